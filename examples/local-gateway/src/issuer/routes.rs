//! The HTTP endpoints of the built-in issuer: discovery document, key set, and tokens of the demo users.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, Response, StatusCode};
use serde_json::json;

use super::users::User;
use super::{Issuer, TokenFlaw};
use crate::access;
use crate::json_response::{json_response, message_response};

/// The prefix of all issuer paths except [`DISCOVERY`].
const PREFIX: &str = "/auth/";

/// The path at the root where some clients look for the discovery document.
const DISCOVERY: &str = "/.well-known/openid-configuration";

/// Returns whether the issuer handles this path, so that requests for it never reach a function. Other paths below
/// `/auth/` are free for a backend.
pub(crate) fn is_issuer_path(path: &str) -> bool {
    path == DISCOVERY
        || path.strip_prefix(PREFIX).is_some_and(|rest| {
            let documents = [".well-known/openid-configuration", "jwt/jwks.json"];
            documents.contains(&rest) || rest == "rotate-key" || rest.starts_with("token/")
        })
}

/// Returns the issuer's response, or `None` if this is not an issuer path.
///
/// The documents are public. A token and a new key are for this machine only, as the console is.
pub(crate) async fn respond(
    issuer: &Arc<Issuer>,
    head: &Parts,
    path: &str,
) -> Option<Response<Body>> {
    if !is_issuer_path(path) {
        return None;
    }
    let Some(rest) = path.strip_prefix(PREFIX) else {
        return Some(json_response(StatusCode::OK, &issuer.discovery()));
    };
    Some(match rest {
        ".well-known/openid-configuration" => json_response(StatusCode::OK, &issuer.discovery()),
        "jwt/jwks.json" => json_response(StatusCode::OK, &issuer.key_set()),
        _ => match access::check(&head.headers) {
            Ok(()) => private_response(issuer, &head.method, rest).await,
            Err(reason) => message_response(StatusCode::FORBIDDEN, &reason),
        },
    })
}

/// The response to a program or a page of this machine.
async fn private_response(issuer: &Arc<Issuer>, method: &Method, rest: &str) -> Response<Body> {
    let segments: Vec<_> = rest.split('/').collect();
    match *segments.as_slice() {
        // A website can make the browser send a `GET` without `Origin`.
        ["rotate-key"] if method != Method::POST => message_response(
            StatusCode::METHOD_NOT_ALLOWED,
            "expected the method POST, which replaces the key",
        ),
        ["rotate-key"] => rotate_key(issuer).await,
        ["token", user] => token(issuer, user, None),
        ["token", user, flaw] => match TokenFlaw::from_path_segment(flaw) {
            Some(flaw) => token(issuer, user, Some(flaw)),
            None => message_response(StatusCode::NOT_FOUND, "unknown token flaw"),
        },
        _ => message_response(StatusCode::NOT_FOUND, "Not Found"),
    }
}

/// Replaces the issuer's key, to try a key rotation.
async fn rotate_key(issuer: &Arc<Issuer>) -> Response<Body> {
    let issuer = Arc::clone(issuer);
    // Generating a key keeps the CPU busy for a while, so it must not block the async runtime.
    let rotated =
        tokio::task::spawn_blocking(move || issuer.rotate_key().map(|()| issuer.key_id()));
    match rotated.await {
        Ok(Ok(id)) => json_response(StatusCode::OK, &json!({ "kid": id })),
        _ => message_response(StatusCode::INTERNAL_SERVER_ERROR, "cannot generate a key"),
    }
}

fn token(issuer: &Issuer, user: &str, flaw: Option<TokenFlaw>) -> Response<Body> {
    let Some(user) = User::named(user) else {
        return message_response(StatusCode::NOT_FOUND, "unknown user");
    };
    let mut response = Response::new(Body::from(issuer.token(user, flaw)));
    // Otherwise, a website could load the token as a script.
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    headers.insert(policy, HeaderValue::from_static("same-origin"));
    response
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::{is_issuer_path, respond};
    use crate::test_issuer;

    #[tokio::test]
    async fn responds_to_issuer_paths_only() {
        let issuer = test_issuer();
        for (path, expected) in [
            ("/auth/jwt/jwks.json", true),
            ("/auth/token/admin", true),
            ("/auth/token/nobody/at/all", true),
            ("/auth/rotate-key", true),
            ("/auth/nothing", false),
            ("/auth/signin", false),
            ("/auth/token", false),
            ("/auth/", false),
            ("/.well-known/openid-configuration", true),
            ("/auth", false),
            ("/authors/1", false),
            ("/orders", false),
        ] {
            assert_eq!(is_issuer_path(path), expected, "{path}");
            let (head, ()) = Request::new(()).into_parts();
            let response = respond(&issuer, &head, path).await;
            assert_eq!(response.is_some(), expected, "{path}");
        }
    }
}
