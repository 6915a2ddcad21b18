//! Events for the tests and benchmarks of this crate.

#![allow(dead_code, reason = "each test and benchmark uses some of them")]
#![allow(
    clippy::expect_used,
    reason = "an event that cannot be read is a broken test"
)]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lambda_http::Request;
use serde_json::{Value, json};

/// An event of typical size. The caller is an administrator whose claims meet the usual requirements.
pub(crate) const EVENT: &str = include_str!("../event.json");

/// The payload of the token from which the event's claims were rendered.
pub(crate) const PAYLOAD: &str = include_str!("../payload.json");

pub(crate) fn read(event: &str) -> Request {
    lambda_http::request::from_str(event).expect("an event")
}

/// A token with this payload.
pub(crate) fn token(payload: &str) -> String {
    let payload = URL_SAFE_NO_PAD.encode(payload.trim());
    format!("e30.{payload}.c2lnbmF0dXJl")
}

/// The event with a token in the `Authorization` header.
pub(crate) fn with_token(event: &str, payload: &str) -> Request {
    let headers = format!(
        r#""headers": {{ "authorization": "Bearer {}","#,
        token(payload)
    );
    read(&event.replacen(r#""headers": {"#, &headers, 1))
}

/// The typical event with this authorizer context and `Authorization` header.
pub(crate) fn authorized(authorizer: &Value, authorization: &str) -> Request {
    let mut event: Value = serde_json::from_str(EVENT).expect("an event");
    for (pointer, key, value) in [
        ("/headers", "authorization", &json!(authorization)),
        ("/requestContext", "authorizer", authorizer),
    ] {
        let members = event.pointer_mut(pointer).and_then(Value::as_object_mut);
        members
            .expect("an object")
            .insert(key.to_owned(), value.clone());
    }
    read(&event.to_string())
}

/// An event of an HTTP API with these claims.
pub(crate) fn texts(claims: &Value, authorization: &str) -> Request {
    let jwt = json!({"jwt": {"claims": claims, "scopes": null}});
    authorized(&jwt, authorization)
}

/// An event of an HTTP API with this claim.
pub(crate) fn text(key: &str, text: &str) -> Request {
    texts(&json!({key: text}), "")
}

/// An event of an HTTP API with this claim, and with the token from which its text was rendered. In the
/// token, `members` precede the claim; each ends with a comma.
pub(crate) fn text_with_token(key: &str, text: &str, value: &str, members: &str) -> Request {
    let token = token(&format!(
        r#"{{"iss":"i","exp":1,{members}"{key}":{value}}}"#
    ));
    assert!(token.len() <= 10_240, "{}", token.len());
    texts(&json!({"iss": "i", "exp": "1", key: text}), &token)
}

/// This many short members of an object: each has two letters and a number.
pub(crate) fn short_members(count: usize) -> String {
    let letters = ('A'..='Z').chain('a'..='z');
    let pairs = letters
        .clone()
        .flat_map(|first| letters.clone().map(move |second| (first, second)));
    let members = pairs.map(|(first, second)| format!(r#""{first}{second}":1,"#));
    members.take(count).collect::<Vec<_>>().concat()
}
