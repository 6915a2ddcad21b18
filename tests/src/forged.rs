//! Tokens in which everything is granted, as a caller could put them into `Authorization`.

use serde_json::{Map, Value, json};

use crate::payloads::{NOW_IN_MILLISECONDS, names};

/// Some time that no generated payload has.
const ANOTHER_TIME: u32 = 12_345;

/// The payload with everything granted, of somebody else; `number` chooses what tells so.
#[must_use]
pub fn of_somebody_else(payload: &Value, number: usize) -> String {
    let mut forged = granted(payload);
    let another = [
        ("sub", Some(json!("somebody-else"))),
        ("iss", Some(json!("https://attacker.example"))),
        ("sessionHandle", Some(json!("another-session"))),
        ("exp", Some(json!(ANOTHER_TIME))),
        ("jti", Some(json!("another-token"))),
        ("aud", Some(json!("another-audience"))),
        ("iat", Some(json!(ANOTHER_TIME))),
        // The gateway asks for these two, so every other token has them.
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

/// The payload with everything granted and the identity kept. No claim's text is that of the
/// payload's claim: its lists are longer and its times are others.
#[must_use]
pub fn with_the_identity_of(payload: &Value) -> String {
    Value::Object(granted(payload)).to_string()
}

fn granted(payload: &Value) -> Map<String, Value> {
    let mut forged = payload.as_object().cloned().unwrap_or_default();
    let t = NOW_IN_MILLISECONDS - 1_001;
    let dated = |v: Value| json!({"v": v, "t": t});
    let names = [&names::PLAIN[..], &["foo admin", ""]].concat();
    let completed = names::FACTORS.map(|factor| (factor.to_owned(), json!(t / 1_000)));
    let claims = [
        ("st-ev", dated(json!(true))),
        ("2fa-completed", dated(json!(true))),
        ("st-role", dated(json!(names))),
        ("st-perm", dated(json!(names))),
        ("groups", json!(names)),
        ("plan", dated(json!("pro"))),
        ("seats", dated(json!(5))),
        ("st-mfa", json!({"c": Map::from_iter(completed), "v": true})),
    ];
    forged.extend(claims.map(|(key, claim)| (key.to_owned(), claim)));
    // A token that says of which kind it is says that it is a session's.
    if let Some(kind) = forged.get_mut("stt") {
        *kind = json!(0);
    }
    forged
}
