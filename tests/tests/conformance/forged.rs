//! Tokens in which everything is granted, as a caller could put them into `Authorization`.

use require_claims_tests::payloads::{NOW_IN_MILLISECONDS, names};
use serde_json::{Map, Value, json};

/// What identifies a token, each with a value that no generated payload has; `null` for a token
/// that leaves it out.
const OTHERS: [(&str, &str); 9] = [
    ("sub", "somebody-else"),
    ("iss", "https://attacker.example"),
    ("sessionHandle", "another-session"),
    ("exp", "12345"),
    ("jti", "another-token"),
    ("aud", "another-audience"),
    ("iat", "12345"),
    ("exp", ""),
    ("iss", ""),
];

/// The payload with everything granted, of somebody else; `number` chooses what tells so.
pub(crate) fn of_somebody_else(payload: &Value, number: usize) -> String {
    let mut forged = granted(payload);
    let (key, other) = OTHERS[number % OTHERS.len()];
    match (key, other) {
        (key, "") => forged.remove(key),
        ("exp" | "iat", time) => forged.insert(key.to_owned(), json!(time.parse::<u64>().unwrap())),
        (key, other) => forged.insert(key.to_owned(), json!(other)),
    };
    Value::Object(forged).to_string()
}

/// The payload with everything granted and the identity kept. No claim's text is that of the
/// payload's claim: its lists are longer and its times are others.
pub(crate) fn with_the_identity_of(payload: &Value) -> String {
    Value::Object(granted(payload)).to_string()
}

fn granted(payload: &Value) -> Map<String, Value> {
    let mut forged = payload.as_object().unwrap().clone();
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
