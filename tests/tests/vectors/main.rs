//! 260 payloads with the gateway's text: the text allows only what the payload allows.

use std::collections::{BTreeMap, BTreeSet};

use lambda_http::Request;
use require_claims::ReasonKind;
use require_claims::supertokens::ROLE;
use require_claims_tests::declared_types::has_declared_type;
use require_claims_tests::fuzzing::{self, Outcome};
use require_claims_tests::requirement_sets::{Validation, requirement_sets};
use require_claims_tests::vectors::{Vector, vectors};
use require_claims_tests::{events, payloads};
use serde_json::{Value, json};

/// The number of outcomes of text without a token, for claims of their declared type.
#[derive(Debug, Default)]
struct Tally {
    allowed: u32,
    denied: u32,
    ambiguous: u32,
}

impl Tally {
    fn count(&mut self, answer: &Outcome) {
        match answer {
            Ok(()) => self.allowed += 1,
            Err(errors) if errors[0].kind() == ReasonKind::Ambiguous => self.ambiguous += 1,
            Err(_) => self.denied += 1,
        }
    }
}

/// The names in a payload's lists, each word of them, its strings and factors, and some names that could be
/// confused with others.
fn names_of(payload: &Value) -> BTreeSet<&str> {
    let mut names = BTreeSet::from(["admin", "v:true", "constructor"]);
    for pointer in [
        "/st-role/v",
        "/st-perm/v",
        "/groups",
        "/roles",
        "/scp",
        "/realm_access/roles",
    ] {
        let list = payload.pointer(pointer).and_then(Value::as_array);
        for name in list.into_iter().flatten().filter_map(Value::as_str) {
            names.insert(name);
            names.extend(name.split(' '));
        }
    }
    for pointer in ["/sub", "/iss", "/tId", "/plan/v"] {
        names.extend(payload.pointer(pointer).and_then(Value::as_str));
    }
    let factors = payload.pointer("/st-mfa/c").and_then(Value::as_object);
    names.extend(factors.into_iter().flatten().map(|(factor, _)| &**factor));
    names
}

#[test]
fn text_allows_only_what_the_payload_allows_and_its_token_decides() {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for Vector { payload, texts, .. } in vectors() {
        let names: Vec<&str> = names_of(&payload).into_iter().collect();
        for (key, answer) in fuzzing::check_with_names(&payload.to_string(), &texts, &names) {
            if has_declared_type(&payload, key) {
                tallies.entry(key).or_default().count(&answer);
            }
        }
    }
    assert!(tallies.len() > 10, "{tallies:?}");
    for (key, tally) in &tallies {
        assert!(tally.allowed > 0 && tally.denied > 0, "{key}: {tally:?}");
    }
    let sum = |of: fn(&Tally) -> u32| tallies.values().map(of).sum::<u32>();
    let (allowed, ambiguous) = (sum(|tally| tally.allowed), sum(|tally| tally.ambiguous));
    assert!(allowed > 35_000 && ambiguous > 7_000, "{tallies:?}");
}

/// Checks the events of each payload against each requirement of the sets. Passes to `holds` whether the
/// payload meets it and whether the event is allowed.
fn for_each_verdict(
    events: impl Fn(&Vector) -> Vec<Value>,
    mut holds: impl FnMut(&Value, &Validation, bool, bool),
) {
    let sets = requirement_sets();
    for vector in vectors() {
        let events = events(&vector);
        let events: Vec<Request> = events.iter().map(events::request).collect();
        assert_eq!(vector.verdicts.len(), sets.len());
        for (set, verdicts) in sets.iter().zip(&vector.verdicts) {
            assert_eq!(verdicts.len(), set.len());
            for (validation, is_met) in set.iter().zip(verdicts) {
                for event in &events {
                    let decided = validation.requirement.check_at(event, payloads::now());
                    holds(&vector.payload, validation, *is_met, decided.is_ok());
                }
            }
        }
    }
}

#[test]
fn text_allows_only_what_the_sdk_allows() {
    let mut allowed = 0;
    for_each_verdict(
        |vector| {
            let texts = vector.texts.iter().map(|text| json!(text));
            texts
                .flat_map(|text| [events::http_api_jwt(&text), events::http_api_jwt_v1(&text)])
                .collect()
        },
        |payload, validation, is_met, is_allowed| {
            if is_allowed && has_declared_type(payload, validation.key) {
                assert!(is_met, "{validation:?} allowed by the text of {payload}");
                allowed += 1;
            }
        },
    );
    assert!(allowed > 4_500, "{allowed}");
}

#[test]
fn decides_json_types_and_a_bound_token_as_the_sdk() {
    let (mut allowed, mut denied) = (0, 0);
    for_each_verdict(
        |vector| {
            let Vector { payload, texts, .. } = vector;
            let token = payload.to_string();
            let bound = texts
                .iter()
                .map(|text| events::with_token(events::http_api_jwt(&json!(text)), &token));
            bound
                .chain([
                    events::rest_jwt(payload),
                    events::http_api_lambda_claims(payload),
                    events::http_api_lambda_json(payload),
                ])
                .collect()
        },
        |payload, validation, is_met, is_allowed| {
            assert_eq!(is_allowed, is_met, "{validation:?} of {payload}");
            *if is_allowed {
                &mut allowed
            } else {
                &mut denied
            } += 1;
        },
    );
    assert!(
        allowed > 7_000 && denied > 50_000,
        "{allowed} allowed, {denied} denied"
    );
}

#[test]
fn decides_text_of_roles_without_spaces_as_the_payload() {
    let mut plain = 0;
    for Vector { payload, texts, .. } in vectors() {
        let roles = payload.pointer("/st-role/v").and_then(Value::as_array);
        let (true, Some([Value::String(role)])) = (
            has_declared_type(&payload, "st-role"),
            roles.map(|roles| &roles[..]),
        ) else {
            continue;
        };
        if role.is_empty() || role.contains([' ', '[', ']', '"']) {
            continue;
        }
        plain += 1;
        for text in texts {
            let event = events::request(&events::http_api_jwt(&json!(text)));
            assert!(ROLE.includes(role).check(&event).is_ok(), "{payload}");
            assert!(ROLE.excludes(role).check(&event).is_err(), "{payload}");
            let other = format!("{role}x");
            assert!(ROLE.includes(&other).check(&event).is_err(), "{payload}");
            assert!(ROLE.excludes(&other).check(&event).is_ok(), "{payload}");
        }
    }
    assert!(plain > 40, "{plain}");
}
