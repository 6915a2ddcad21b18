//! Claims as text, with the token in the `Authorization` header.

use lambda_http::{Request, Response};
use require_claims::require_claims;
use serde::Deserialize;
use serde_json::Value;

use super::{measure_guarded, measure_parsing, text};
use crate::by_hand::{self, Payload};
use crate::events::{self, EVENT, PAYLOAD};
use crate::measure::measure;

/// The event with a token, as text. Its header and signature are as long as those of RS256.
fn text_with_token(event: &str, payload: &str) -> String {
    let token = events::token(payload);
    let token = token.replace("e30.", "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.");
    let token = token.replace(".c2lnbmF0dXJl", &format!(".{}", "A1_-z9".repeat(57)));
    let headers = format!(r#""headers": {{ "authorization": "Bearer {token}","#);
    event.replacen(r#""headers": {"#, &headers, 1)
}

pub(super) fn with_token(event: &str, payload: &str) -> Request {
    events::read(&text_with_token(event, payload))
}

fn event() -> Request {
    with_token(EVENT, PAYLOAD)
}

pub(super) fn parse() {
    measure_parsing(&text_with_token(EVENT, PAYLOAD));
}

pub(super) fn allowed() {
    measure_guarded(&event(), 200);
}

pub(super) fn by_hand_as_value() {
    measure_value(&event());
}

fn measure_value(event: &Request) {
    let is_allowed = measure(|| {
        let payload: Option<Value> = by_hand::token(event);
        payload.is_some_and(|payload| by_hand::check_values(&payload))
    });
    assert!(is_allowed);
}

pub(super) fn by_hand_as_struct() {
    let event = event();
    let is_allowed = measure(|| {
        let payload: Option<Payload> = by_hand::token(&event);
        payload.is_some_and(|payload| by_hand::check_payload(&payload))
    });
    assert!(is_allowed);
}

pub(super) fn denied() {
    let event = EVENT.replace("[admin]", "[customer]");
    let payload = PAYLOAD.replace(r#"["admin"]"#, r#"["customer"]"#);
    measure_guarded(&with_token(&event, &payload), 403);
}

/// The token is not used, and the text alone decides.
pub(super) fn of_somebody_else() {
    let payload = PAYLOAD.replace("db5b5fab", "aaaaaaaa");
    measure_guarded(&with_token(EVENT, &payload), 200);
}

/// As many permissions as fit into a token.
fn with_permissions() -> Request {
    let letters = || ('A'..='Z').chain('a'..='z');
    let names = letters().flat_map(|first| letters().map(move |second| format!("{first}{second}")));
    let names: Vec<String> = names.take(1000).collect();
    let event = EVENT.replace("[reports:read]", &format!("[{}]", names.join(" ")));
    let names = serde_json::json!(names).to_string();
    let payload = PAYLOAD.replace(r#"["reports:read"]"#, &names);
    with_token(&event, &payload)
}

#[require_claims(permission = "TL")]
fn with_permission(event: &Request) -> Response<String> {
    let _ = event;
    Response::new(String::new())
}

pub(super) fn permissions() {
    let event = with_permissions();
    assert_eq!(measure(|| with_permission(&event)).status(), 200);
}

pub(super) fn permissions_by_hand() {
    let event = with_permissions();
    let is_allowed = measure(|| {
        let payload: Value = by_hand::token(&event)?;
        let permissions = payload.get("st-perm")?.get("v")?.as_array()?;
        Some(permissions.iter().any(|permission| *permission == "TL"))
    });
    assert_eq!(is_allowed, Some(true));
}

#[derive(Deserialize)]
struct User {
    sub: String,
    #[serde(rename = "tId")]
    tenant: String,
    exp: u64,
}

#[require_claims(email_verified, role = "admin", mfa)]
fn with_claims(event: &Request, #[claims] user: User) -> Response<String> {
    let _ = (event, user.tenant, user.exp);
    Response::new(user.sub)
}

pub(super) fn claims() {
    let event = event();
    assert_eq!(measure(|| with_claims(&event)).status(), 200);
}

pub(super) fn session() {
    text::measure_session(&event());
}
