//! What a careful engineer would write instead of `#[require_claims(email_verified, role = "admin", mfa)]`, for one
//! kind of authorizer each.
//!
//! The checks of text and of JSON types are strict. Those of a token believe it: they do not compare it with the
//! authorizer's claims.

#![allow(dead_code, reason = "a test uses the check of text alone")]

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Extensions;
use lambda_http::request::RequestContext;
use lambda_http::{Request, RequestExt as _};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Checks the claims that an HTTP API passes as text.
pub(crate) fn is_verified_admin(extensions: &Extensions) -> bool {
    texts(extensions).is_some_and(check_texts)
}

/// The claims that an HTTP API passes as text.
pub(crate) fn texts(extensions: &Extensions) -> Option<&HashMap<String, String>> {
    match extensions.request_context_ref()? {
        RequestContext::ApiGatewayV2(context) => {
            Some(&context.authorizer.as_ref()?.jwt.as_ref()?.claims)
        }
        _ => None,
    }
}

/// Checks the three claims as text, without allocating. Text with several interpretations is denied.
pub(crate) fn check_texts(claims: &HashMap<String, String>) -> bool {
    let value = |key| claims.get(key).and_then(|text| timestamped(text));
    claims.get("stt").is_none_or(|stt| stt == "0")
        && value("st-ev") == Some("true")
        // With several roles, it is unknown where one ends.
        && value("st-role") == Some("[admin]")
        && claims.get("st-mfa").is_some_and(|text| is_completed(text))
}

/// The value in `map[t:1.7e+12 v:true]` or `map[v:true]`.
fn timestamped(text: &str) -> Option<&str> {
    let members = text.strip_prefix("map[")?.strip_suffix(']')?;
    if let Some(value) = members.strip_prefix("v:") {
        return Some(value);
    }
    let (time, value) = members.strip_prefix("t:")?.split_once(" v:")?;
    is_number(time).then_some(value)
}

/// Whether this is `map[c:map[totp:1.7e+09] v:true]`, with any factors in their order.
fn is_completed(text: &str) -> bool {
    let factors = text
        .strip_prefix("map[c:map[")
        .and_then(|rest| rest.strip_suffix("] v:true]"));
    let mut previous = "";
    factors.is_some_and(|factors| {
        factors.is_empty()
            || factors.split(' ').all(|factor| {
                let (id, time) = factor.split_once(':').unwrap_or_default();
                let is_next = previous < id && !id.contains(['[', ']']);
                previous = id;
                is_next && is_number(time)
            })
    })
}

/// Whether this is a number as Go writes it. Rust's parser would also accept `inf`.
fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit() || first == '-')
        && text.parse::<f64>().is_ok()
}

/// Checks the claims with JSON types.
pub(crate) fn check_values(claims: &Value) -> bool {
    let value = |key: &str| claims.get(key)?.get("v");
    let is_true = |key| value(key).and_then(Value::as_bool) == Some(true);
    let roles = value("st-role").and_then(Value::as_array);
    claims.get("stt").is_none_or(|stt| *stt == 0)
        && is_true("st-ev")
        && roles.is_some_and(|roles| roles.iter().any(|role| *role == "admin"))
        && is_true("st-mfa")
}

/// The required claims of a payload.
#[derive(Deserialize)]
pub(crate) struct Payload {
    #[serde(default)]
    stt: u8,
    #[serde(rename = "st-ev")]
    email_verified: Timestamped<bool>,
    #[serde(rename = "st-role")]
    role: Timestamped<Vec<String>>,
    #[serde(rename = "st-mfa")]
    mfa: Timestamped<bool>,
}

#[derive(Deserialize)]
struct Timestamped<T> {
    v: T,
}

/// Checks the claims of a payload.
pub(crate) fn check_payload(payload: &Payload) -> bool {
    let is_admin = payload.role.v.iter().any(|role| role == "admin");
    payload.stt == 0 && payload.email_verified.v && is_admin && payload.mfa.v
}

/// The payload of the token in the header, as this type.
pub(crate) fn token<T: DeserializeOwned>(event: &Request) -> Option<T> {
    let header = event.headers().get("authorization")?.to_str().ok()?;
    let payload = header.strip_prefix("Bearer ")?.split('.').nth(1)?;
    let payload = URL_SAFE_NO_PAD.decode(payload).ok()?;
    serde_json::from_slice(&payload).ok()
}

/// The context that the authorizer of a REST API passed.
pub(crate) fn rest_context(event: &Request) -> Option<&HashMap<String, Value>> {
    match event.request_context_ref()? {
        RequestContext::ApiGatewayV1(context) => Some(&context.authorizer.fields),
        _ => None,
    }
}

/// Checks claims that each are a field of the context: numbers as numbers, objects as JSON text.
pub(crate) fn check_flat(context: &HashMap<String, Value>) -> Option<bool> {
    fn value<T: DeserializeOwned>(context: &HashMap<String, Value>, key: &str) -> Option<T> {
        let text = context.get(key)?.as_str()?;
        let claim: Timestamped<T> = serde_json::from_str(text).ok()?;
        Some(claim.v)
    }
    let roles: Vec<String> = value(context, "st-role")?;
    Some(
        context.get("stt").is_none_or(|stt| *stt == 0)
            && value(context, "st-ev")?
            && roles.iter().any(|role| role == "admin")
            && value(context, "st-mfa")?,
    )
}
