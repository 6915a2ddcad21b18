//! The console: a page that calls each route as each demo user, and shows why it was allowed or denied.
//!
//! It is served at `/.console/`, and at `/` unless a route of the API uses that path. It shows nothing that the
//! terminal does not print or that the caller has not sent, and it is for this machine only:
//!
//! - The `Host` header must name the loopback interface, so that no other website can reach the console through a
//!   DNS name of its own.
//! - The page gets a key, which is new at every start. Only requests with this key are recorded, and only they can read
//!   a record or invoke a function with a pasted event. Other websites cannot read the key, because the console's
//!   responses have no CORS headers.
//!
//! Opening the page calls every route of the example `orders`. Of other functions it calls only `GET`, `HEAD` and
//! `OPTIONS`, until a button asks for the other methods, which may change something. A pasted event reaches the function
//! without the authorizer, as in Lambda's own console.

mod claims;
mod page;
mod pasted;
mod reasons;
mod records;
mod route_table;
mod setup;

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode};
use serde_json::Value;

pub(crate) use self::claims::compared as compared_claims;
pub(crate) use self::page::secured;
pub(crate) use self::pasted::{Pasted, address};
pub(crate) use self::records::Record;
use self::records::Records;
use crate::config::Config;
use crate::json_response::{json_response, message_response};
use crate::routes::Route;
use crate::{access, identifier};

/// The prefix of the console's paths. The page is there in every case.
const PREFIX: &str = "/.console/";

/// The header with the key, which only the page knows.
const KEY: &str = "x-console-key";

/// The path of the page: `/` unless a route uses it. `None` if a route uses the console's own paths.
///
/// ```
/// use local_gateway::{Config, console};
///
/// assert_eq!(console::path(&Config::new("orders")), Some("/"));
/// ```
#[must_use]
pub fn path(config: &Config) -> Option<&'static str> {
    let is_hidden = |path: &str| path.starts_with("/.console");
    if !config.api.is_rest() && config.routes.iter().any(|route| is_hidden(route.path())) {
        return None;
    }
    // Every path of a REST API starts with its stage, so `/` is free.
    let is_root = |route: &Route| route.parameters(route.method(), "/").is_some();
    let is_taken = !config.api.is_rest() && config.routes.iter().any(is_root);
    Some(if is_taken { PREFIX } else { "/" })
}

/// The console of one gateway.
pub(crate) struct Console {
    path: Option<&'static str>,
    key: String,
    setup: Value,
    records: Records,
}

/// The answer to a request for the console.
pub(crate) enum Answer {
    /// This response.
    Response(Response<Body>),
    /// The response of a function to the event in the request's body.
    Invoke,
}

impl Console {
    pub(crate) fn new(config: &Config) -> Self {
        // The digits are those of a version 4 UUID, which come from the system's random numbers.
        let key = identifier::random_hex(16);
        Self {
            path: path(config),
            setup: setup::setup(config, &key),
            key,
            records: Records::default(),
        }
    }

    /// Returns whether the console answers requests for this path.
    pub(crate) fn owns(&self, path: &str) -> bool {
        self.path
            .is_some_and(|page| path == page || path.starts_with(PREFIX))
    }

    /// Starts the record of a request to the API, which stays empty unless the request has the page's key. Removes the
    /// key, so that the function receives the same event as from any other client.
    pub(crate) fn record<B>(&self, request: &mut Request<B>, request_id: &str) -> Record<'_> {
        if self.owns(request.uri().path()) || !self.has_key(request.headers()) {
            return Record::none();
        }
        request.headers_mut().remove(KEY);
        self.records.record(request_id)
    }

    /// Answers a request for one of the console's paths.
    pub(crate) fn answer(&self, head: &Parts, path: &str) -> Answer {
        if let Err(reason) = access::check(&head.headers) {
            let refusal = message_response(StatusCode::FORBIDDEN, &reason);
            return Answer::Response(secured(refusal));
        }
        let (is_get, is_post) = (head.method == Method::GET, head.method == Method::POST);
        let response = match path.strip_prefix(PREFIX).unwrap_or_default() {
            "" if is_get => page::response(),
            "setup" if is_get => json_response(StatusCode::OK, &self.setup),
            "" | "setup" => wrong_method("GET"),
            "invoke" if !is_post => wrong_method("POST"),
            _ if !self.has_key(&head.headers) => message_response(
                StatusCode::FORBIDDEN,
                "the request does not have the page's key; reload the page, because the gateway was started again",
            ),
            "invoke" => return Answer::Invoke,
            other => self.recorded(other),
        };
        Answer::Response(secured(response))
    }

    fn has_key(&self, headers: &HeaderMap) -> bool {
        let mut keys = headers.get_all(KEY).iter();
        keys.next().is_some_and(|key| key == &self.key) && keys.next().is_none()
    }

    /// The record of the request whose id is the last part of the path.
    fn recorded(&self, path: &str) -> Response<Body> {
        let id = path.strip_prefix("requests/").unwrap_or_default();
        match self.records.get(id) {
            Some(record) => json_response(StatusCode::OK, &record),
            None => message_response(
                StatusCode::NOT_FOUND,
                "there is no record of this request; the gateway keeps only the last ones, so call the route again",
            ),
        }
    }
}

fn wrong_method(expected: &str) -> Response<Body> {
    message_response(
        StatusCode::METHOD_NOT_ALLOWED,
        &format!("this path of the console has only the method {expected}"),
    )
}

#[cfg(test)]
mod tests;
