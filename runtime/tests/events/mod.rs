//! Events that the tests and the benches of this crate share.

#![allow(dead_code, reason = "each of them uses some")]
#![allow(
    clippy::expect_used,
    reason = "an event that cannot be read is a broken test"
)]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lambda_http::Request;
use serde_json::{Value, json};

/// An event of usual size, of an administrator who has what is mostly asked for.
pub(crate) const EVENT: &str = include_str!("../event.json");

/// The payload of the token that the event's claims were rendered from.
pub(crate) const PAYLOAD: &str = include_str!("../payload.json");

pub(crate) fn read(event: &str) -> Request {
    lambda_http::request::from_str(event).expect("an event")
}

/// A token of this payload.
pub(crate) fn token(payload: &str) -> String {
    let payload = URL_SAFE_NO_PAD.encode(payload.trim());
    format!("e30.{payload}.c2lnbmF0dXJl")
}

/// The event with a token in `Authorization`.
pub(crate) fn with_token(event: &str, payload: &str) -> Request {
    let headers = format!(
        r#""headers": {{ "authorization": "Bearer {}","#,
        token(payload)
    );
    read(&event.replacen(r#""headers": {"#, &headers, 1))
}

/// The usual event with another authorizer's context and header.
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

/// The event of an HTTP API with these claims.
pub(crate) fn texts(claims: &Value, authorization: &str) -> Request {
    let jwt = json!({"jwt": {"claims": claims, "scopes": null}});
    authorized(&jwt, authorization)
}

/// The event of an HTTP API with this one.
pub(crate) fn text(key: &str, text: &str) -> Request {
    texts(&json!({key: text}), "")
}

/// The same with the token that the text was rendered from, in which these members come before the
/// claim, each with a comma behind it.
pub(crate) fn text_with_token(key: &str, text: &str, value: &str, members: &str) -> Request {
    let token = token(&format!(
        r#"{{"iss":"i","exp":1,{members}"{key}":{value}}}"#
    ));
    assert!(token.len() <= 10_240, "{}", token.len());
    texts(&json!({"iss": "i", "exp": "1", key: text}), &token)
}

/// So many members of an object, as short as they can be: two letters and a number.
pub(crate) fn short_members(count: usize) -> String {
    let letters = ('A'..='Z').chain('a'..='z');
    let pairs = letters
        .clone()
        .flat_map(|first| letters.clone().map(move |second| (first, second)));
    let members = pairs.map(|(first, second)| format!(r#""{first}{second}":1,"#));
    members.take(count).collect::<Vec<_>>().concat()
}
