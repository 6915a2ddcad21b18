//! Creates the event for the function, in both payload formats of an HTTP API and in that of a REST API.
//!
//! - <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>
//! - <https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html>

mod format_1_0;
mod format_2_0;

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::time::SystemTime;

use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, USER_AGENT};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::authorizer::Identity;

/// The payload format of an HTTP API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PayloadFormat {
    /// Format 1.0, similar to the event of a REST API.
    V1,
    /// Format 2.0, the default of an HTTP API.
    #[default]
    V2,
}

/// The format of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An HTTP API's event in this payload format.
    Http(PayloadFormat),
    /// A REST API's event.
    Rest,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http(PayloadFormat::V1) => "payload format 1.0",
            Self::Http(PayloadFormat::V2) => "payload format 2.0",
            Self::Rest => "the format of a REST API",
        })
    }
}

/// The account id in events, the same as in AWS's documentation.
pub(crate) const ACCOUNT_ID: &str = "123456789012";
pub(crate) const REGION: &str = "us-east-1";
pub(crate) const API_ID: &str = "local";
/// A request that the route's authorizer has accepted, or that needs no authorizer.
#[derive(Debug)]
pub struct IncomingRequest<'a> {
    /// The method, in upper case.
    pub method: &'a str,
    /// The path, without the stage of a REST API. An HTTP API decodes it in both formats; a REST API passes it as
    /// sent.
    pub path: &'a str,
    /// The stage of the API.
    pub stage: &'a str,
    /// The query string as sent, without the `?`.
    pub query: &'a str,
    /// The protocol version, such as `HTTP/1.1`.
    pub protocol: &'a str,
    /// The client's headers and those that the gateway adds.
    pub headers: &'a HeaderMap,
    /// The complete body.
    pub body: &'a [u8],
    /// The client's address.
    pub source_ip: IpAddr,
    /// The route key, such as `GET /orders/{id}`.
    pub route: &'a str,
    /// The path in the route key, such as `/orders/{id}`.
    pub resource: &'a str,
    /// The values of the path parameters.
    pub path_parameters: &'a BTreeMap<String, String>,
    /// The identity from the authorizer, or `None` if the route has no authorizer.
    pub identity: Option<&'a Identity>,
    /// The time at which the request arrived.
    pub time: SystemTime,
    /// The gateway's request id.
    pub request_id: &'a str,
}

impl IncomingRequest<'_> {
    /// Creates the event for this request.
    #[must_use]
    pub fn event(&self, format: Format) -> Value {
        match format {
            Format::Http(PayloadFormat::V2) => format_2_0::event(self),
            Format::Http(PayloadFormat::V1) | Format::Rest => format_1_0::event(self, format),
        }
    }

    /// The body as it appears in the event, and whether it is Base64-encoded. A REST API passes all text unencoded.
    fn body(&self, format: Format) -> (Option<String>, bool) {
        if self.body.is_empty() {
            return (None, false);
        }
        match str::from_utf8(self.body) {
            Ok(text) if format == Format::Rest || self.is_text() => (Some(text.to_owned()), false),
            _ => (Some(STANDARD.encode(self.body)), true),
        }
    }

    /// Returns whether the headers declare the body as text. An HTTP API treats a form as binary.
    fn is_text(&self) -> bool {
        if self.headers.contains_key(CONTENT_ENCODING) {
            return false;
        }
        let Some(content_type) = self.headers.get(CONTENT_TYPE) else {
            return true;
        };
        let content_type = header_text(content_type).to_ascii_lowercase();
        let media = content_type.split(';').next().unwrap_or_default().trim();
        media.starts_with("text/")
            || matches!(
                media,
                "application/json" | "application/javascript" | "application/xml"
            )
            || media.ends_with("+json")
            || media.ends_with("+xml")
    }

    /// The decoded query parameters. The values of a name keep their order.
    fn query_parameters(&self) -> BTreeMap<String, Vec<String>> {
        let mut parameters = BTreeMap::<_, Vec<_>>::new();
        for (name, value) in form_urlencoded::parse(self.query.as_bytes()) {
            parameters
                .entry(name.into_owned())
                .or_default()
                .push(value.into_owned());
        }
        parameters
    }

    fn user_agent(&self) -> String {
        self.headers
            .get(USER_AGENT)
            .map(header_text)
            .unwrap_or_default()
    }

    /// The host name of the API, without the port.
    fn domain(&self) -> String {
        let host = self
            .headers
            .get("host")
            .map(header_text)
            .unwrap_or_default();
        match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name.to_owned(),
            _ => host,
        }
    }

    fn epoch_milliseconds(&self) -> u64 {
        crate::timestamp::epoch_milliseconds(self.time)
    }
}

/// A header's value as text. Invalid UTF-8 is replaced by U+FFFD.
fn header_text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// The values of all headers with this name, in order.
pub(crate) fn header_texts(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    headers.get_all(name).iter().map(header_text).collect()
}

/// The map as JSON, or `null` if it is empty, as in format 1.0.
fn null_if_empty<V>(map: &BTreeMap<String, V>) -> Value
where
    V: serde::Serialize,
{
    if map.is_empty() {
        Value::Null
    } else {
        json!(map)
    }
}

#[cfg(test)]
mod tests;
