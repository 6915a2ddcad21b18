//! Tokens that grant everything, as a caller could send them in `Authorization`.

use serde_json::{Map, Value, json};

use crate::payloads::{NOW_IN_MILLISECONDS, names};

/// A time that no generated payload contains.
const ANOTHER_TIME: u32 = 12_345;

/// The payload with everything granted and another identity; `number` chooses the part of it that differs.
#[must_use]
pub fn with_another_identity(payload: &Value, number: usize) -> String {
    another_identity(granted(payload), number)
}

/// The payload of an OAuth 2 access token with everything granted and another identity.
#[must_use]
pub fn access_token_with_another_identity(payload: &Value, number: usize) -> String {
    another_identity(granted_access_token(payload), number)
}

/// The same with the payload's identity.
#[must_use]
pub fn access_token_with_the_same_identity(payload: &Value) -> String {
    Value::Object(granted_access_token(payload)).to_string()
}

fn granted_access_token(payload: &Value) -> Map<String, Value> {
    let mut forged = granted(payload);
    forged.remove("scope");
    let scopes = [&names::PLAIN[..], &["[admin", "adm"]].concat();
    let claims = [
        ("stt", json!(1)),
        ("client_id", json!("orders-cli")),
        ("scp", json!(scopes)),
    ];
    forged.extend(claims.map(|(key, claim)| (key.to_owned(), claim)));
    forged
}

fn another_identity(mut forged: Map<String, Value>, number: usize) -> String {
    let another = [
        ("sub", Some(json!("another-user"))),
        ("iss", Some(json!("https://attacker.example"))),
        ("sessionHandle", Some(json!("another-session"))),
        ("exp", Some(json!(ANOTHER_TIME))),
        ("jti", Some(json!("another-token"))),
        ("aud", Some(json!("another-audience"))),
        ("iat", Some(json!(ANOTHER_TIME))),
        // The gateway requires these two, so every other token has them.
        ("exp", None),
        ("iss", None),
    ];
    let chosen = number % another.len();
    for (key, value) in another.into_iter().skip(chosen).take(1) {
        forged.remove(key);
        forged.extend(value.map(|value| (key.to_owned(), value)));
    }
    Value::Object(forged).to_string()
}

/// The payload with everything granted and the same identity. The text of each claim differs from that of the
/// payload's: the lists are longer and the times are different.
#[must_use]
pub fn with_the_same_identity(payload: &Value) -> String {
    Value::Object(granted(payload)).to_string()
}

fn granted(payload: &Value) -> Map<String, Value> {
    let mut forged = payload.as_object().cloned().unwrap_or_default();
    let t = NOW_IN_MILLISECONDS - 1_001;
    let timestamped = |v: Value| json!({"v": v, "t": t});
    let names = [&names::PLAIN[..], &["foo admin", ""]].concat();
    let completed = names::FACTORS.map(|factor| (factor.to_owned(), json!(t / 1_000)));
    let claims = [
        ("st-ev", timestamped(json!(true))),
        ("2fa-completed", timestamped(json!(true))),
        ("st-role", timestamped(json!(names))),
        ("st-perm", timestamped(json!(names))),
        ("groups", json!(names)),
        ("plan", timestamped(json!("pro"))),
        ("seats", timestamped(json!(5))),
        ("st-mfa", json!({"c": Map::from_iter(completed), "v": true})),
        ("email_verified", json!(true)),
        ("level", json!(5)),
        ("realm_access", json!({"roles": names})),
        ("profile", json!({"contact": {"confirmed": true}})),
        ("account", json!({"tier": "pro"})),
        ("limits", json!({"quota": 5})),
        ("position", json!("admin")),
        ("labels", timestamped(json!(names))),
        ("departments", json!(names.join(","))),
        ("areas", json!({"names": names.join(" ")})),
        ("companies", json!(json!(names).to_string())),
        ("projects", json!({"admin": 1})),
        ("access", json!({"resources": {"admin": 1}})),
    ];
    forged.extend(claims.map(|(key, claim)| (key.to_owned(), claim)));
    // If the token has a kind, it is that of a session.
    if let Some(kind) = forged.get_mut("stt") {
        *kind = json!(0);
    }
    forged
}
