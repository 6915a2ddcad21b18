//! What the built-in issuer answers: its discovery document, its keys, and tokens for everybody.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response, StatusCode};

use crate::issuer::{Flaw, Issuer};
use crate::response::{json_response, message_response};
use crate::users::User;

/// What all paths of the issuer begin with, but one.
const PREFIX: &str = "/auth/";

/// Where some clients look for the discovery document.
const DISCOVERY: &str = "/.well-known/openid-configuration";

/// Whether this path belongs to the issuer, so that the function never sees a request for it.
pub(crate) fn is_issuer_path(path: &str) -> bool {
    path.starts_with(PREFIX) || path == DISCOVERY
}

/// The answer, if this path belongs to the issuer.
pub(crate) fn answer(issuer: &Issuer, path: &str) -> Option<Response<Body>> {
    let Some(rest) = path.strip_prefix(PREFIX) else {
        return (path == DISCOVERY).then(|| json_response(StatusCode::OK, &issuer.discovery()));
    };
    let segments: Vec<_> = rest.split('/').collect();
    Some(match *segments.as_slice() {
        [".well-known", "openid-configuration"] => {
            json_response(StatusCode::OK, &issuer.discovery())
        }
        ["jwt", "jwks.json"] => json_response(StatusCode::OK, &issuer.key_set()),
        ["token", user] => token(issuer, user, None),
        ["token", user, flaw] => match Flaw::from_path_segment(flaw) {
            Some(flaw) => token(issuer, user, Some(flaw)),
            None => message_response(StatusCode::NOT_FOUND, "there is no such flaw"),
        },
        _ => message_response(StatusCode::NOT_FOUND, "Not Found"),
    })
}

fn token(issuer: &Issuer, user: &str, flaw: Option<Flaw>) -> Response<Body> {
    let Some(user) = User::named(user) else {
        return message_response(StatusCode::NOT_FOUND, "there is no such user");
    };
    let mut response = Response::new(Body::from(issuer.token(user, flaw)));
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    response
}

#[cfg(test)]
mod tests {
    use super::{answer, is_issuer_path};
    use crate::test_issuer;

    #[test]
    fn the_issuer_answers_for_its_own_paths_and_for_no_others() {
        let issuer = test_issuer();
        for (path, own) in [
            ("/auth/jwt/jwks.json", true),
            ("/auth/token/admin", true),
            ("/auth/nothing", true),
            ("/auth/", true),
            ("/.well-known/openid-configuration", true),
            ("/auth", false),
            ("/authors/1", false),
            ("/orders", false),
        ] {
            assert_eq!(is_issuer_path(path), own, "{path}");
            assert_eq!(answer(&issuer, path).is_some(), own, "{path}");
        }
    }
}
