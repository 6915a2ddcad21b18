//! Checks that the generated payloads are what other tests assume.

use std::collections::{BTreeMap, BTreeSet};

use arbitrary::Unstructured;
use require_claims_tests::declared_types::has_declared_type;
use require_claims_tests::denials;
use require_claims_tests::payloads::{self, names};
use serde_json::{Value, json};

const KEYS: [&str; 29] = [
    "st-ev",
    "st-role",
    "st-perm",
    "st-mfa",
    "2fa-completed",
    "plan",
    "seats",
    "groups",
    "sub",
    "aud",
    "tId",
    "scope",
    "scp",
    "client_id",
    "sessionHandle",
    "user_groups",
    "email_verified",
    "level",
    "realm_access",
    "profile",
    "account",
    "limits",
    "position",
    "labels",
    "departments",
    "areas",
    "companies",
    "projects",
    "access",
];

/// Payloads, each with its JSON text.
fn generated() -> impl Iterator<Item = (Value, String)> {
    payloads::generated(1).take(5_000)
}

#[test]
fn generates_a_plain_session_without_bytes() {
    let payload = payloads::payload(&mut Unstructured::new(&[])).unwrap();
    assert!(
        KEYS.iter().all(|key| has_declared_type(&payload, key)),
        "{payload}"
    );
    assert_eq!(payload["st-ev"]["v"], json!(true));
    assert_eq!(payload["st-role"]["v"], json!(["admin"]));
    let text = payloads::spelled(&payload, &mut Unstructured::new(&[])).unwrap();
    assert_eq!(text, payload.to_string());
}

#[test]
fn claims_are_mostly_of_declared_types_and_sometimes_not() {
    let mut declared = BTreeMap::new();
    for (payload, _) in generated() {
        for key in KEYS {
            *declared.entry(key).or_insert(0) += u32::from(has_declared_type(&payload, key));
        }
    }
    for (key, declared) in declared {
        assert!((3_000..4_990).contains(&declared), "{key}: {declared}");
    }
}

#[test]
fn uses_every_name_as_a_role() {
    let roles: BTreeSet<String> = generated()
        .filter_map(|(payload, _)| payload["st-role"]["v"].as_array().cloned())
        .flatten()
        .filter_map(|role| role.as_str().map(str::to_owned))
        .collect();
    for name in names::PLAIN.iter().chain(&names::HOSTILE) {
        assert!(roles.contains(*name), "{name}");
    }
}

#[test]
fn every_json_text_has_the_same_value() {
    let mut respelled = 0;
    for (payload, text) in generated() {
        let plain = payload.to_string();
        respelled += u32::from(text != plain);
        // Numbers are compared as floats, as in JavaScript.
        let read: Value = serde_json::from_str(&text).unwrap();
        assert!(denials::are_equal(&read, &payload), "{text}");
    }
    assert!(respelled > 1_000, "{respelled}");
}
