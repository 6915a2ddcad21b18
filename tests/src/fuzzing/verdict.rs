//! One payload in every form: as text, as text with its token, as text with another token, and with its JSON
//! types.

use std::collections::BTreeSet;

use arbitrary::{Result, Unstructured};
use require_claims::PrimitiveArrayClaim;
use require_claims::testing::render::{self, Numbers};
use serde_json::{Map, Value};

use super::requests::{self, Texts};
use super::requirements::{self, KeyedRequirement, Outcome, combined, outcome_of_all, outcomes};
use super::{access_tokens, extraction};
use crate::declared_types::has_declared_type;
use crate::payloads::{self, names};
use crate::{events, forged_tokens};

/// The input generates a payload, its JSON text, and names in the requirements.
///
/// # Panics
///
/// If a property of the guard does not hold.
pub fn verdict(input: &[u8]) {
    // Missing bytes are zeros, so there is no other error.
    let Ok((payload, names)) = read(&mut Unstructured::new(input)) else {
        return;
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let steps = requirements::steps(&names);
    let lists = access_tokens::lists(&names);
    let mut requirements = requirements::all_requirements(&names, &steps);
    requirements.extend(access_tokens::requirements(&lists));
    let _ = check_payload(&payload, &texts(&payload), &requirements);
}

/// The claims of a payload as text, in both forms of numbers.
fn texts(payload: &str) -> Vec<Texts> {
    let texts = [Numbers::Float64, Numbers::AsWritten].map(|numbers| {
        let claims = render::claims(payload, numbers).ok()?;
        Some(claims.into_iter().collect())
    });
    texts.into_iter().flatten().collect()
}

/// Checks a payload and the gateway's texts of it against all requirements with these names.
///
/// Returns the outcomes of the texts without a token, each with the key of its claim.
///
/// # Panics
///
/// If a property of the guard does not hold.
#[must_use]
pub fn check_with_names(
    payload: &str,
    texts: &[Texts],
    names: &[&str],
) -> Vec<(&'static str, Outcome)> {
    const BARE_LISTS: [&str; 3] = ["roles", "permissions", "cognito:groups"];
    let steps = requirements::steps(names);
    let mut requirements = requirements::all_requirements(names, &steps);
    for key in &BARE_LISTS {
        let list = PrimitiveArrayClaim::bare(key);
        let keys = std::slice::from_ref(key);
        requirements::list_requirements(keys, list, names, &mut requirements);
    }
    // Without the claim, all outcomes are the same.
    let is_present = |key: &&str| texts.iter().any(|claims| claims.contains_key(*key));
    requirements.retain(|keyed| keyed.keys.iter().chain(&["stt"]).any(is_present));
    let outcomes = check_payload(payload, texts, &requirements);
    let keys = requirements.iter().filter_map(|keyed| keyed.keys.first());
    keys.copied().cycle().zip(outcomes).collect()
}

/// Checks a payload and the gateway's texts of it:
///
/// - The text allows only what the payload allows, if the claims are of their declared types; so do the strings
///   of Lambda authorizers and of Cognito's.
/// - With its token, the text is decided like the payload with its JSON types, for the same reasons.
/// - With a token of another identity that grants everything, the text is decided as without a token.
/// - A token of another type is a session in none of these forms.
///
/// Returns the outcomes of the first text without a token, then those of the next, and so on.
///
/// # Panics
///
/// If one of these properties does not hold.
#[must_use]
pub fn check_payload(
    payload: &str,
    texts: &[Texts],
    requirements: &[KeyedRequirement<'_>],
) -> Vec<Outcome> {
    let Ok(members) = serde_json::from_str::<Map<String, Value>>(payload) else {
        unreachable!("the payload is not a JSON object: {payload}");
    };
    let whole = Value::Object(members.clone());
    let strings = authorizer_strings(&members);
    let exact = requests::rest(members);
    extraction::assert_only_of_a_session(&exact, &whole);
    let from_claims = outcomes(requirements, &exact);
    for event in strings {
        extraction::assert_only_of_a_session(&event, &whole);
        let from_strings = outcomes(requirements, &event);
        assert_text_allows_no_more(&whole, requirements, &from_strings, &from_claims);
    }
    let mut all = Vec::new();
    for (number, claims) in texts.iter().enumerate() {
        let event = requests::http_api(claims);
        extraction::assert_only_of_a_session(&event, &whole);
        let from_text = outcomes(requirements, &event);
        assert_text_allows_no_more(&whole, requirements, &from_text, &from_claims);

        let event = with_token(claims, payload);
        extraction::assert_only_of_a_session(&event, &whole);
        let from_token = outcome_of_all(requirements, &event);
        requirements::assert_same(&from_token, &combined(&from_claims), &whole);

        let forged = if number == 0 {
            forged_tokens::with_another_identity(&whole, payload.len())
        } else {
            forged_tokens::access_token_with_another_identity(&whole, payload.len())
        };
        let event = with_token(claims, &forged);
        let from_forged = outcome_of_all(requirements, &event);
        assert_eq!(from_forged, combined(&from_text), "{whole} with {forged}");
        all.extend(from_text);
    }
    all
}

/// The claims as strings: JSON text of a Lambda authorizer, and lists that Cognito joins with commas.
fn authorizer_strings(members: &Map<String, Value>) -> [lambda_http::Request; 2] {
    let (mut strings, mut joined) = (Texts::new(), Texts::new());
    for (key, value) in members.iter().filter(|(_, value)| !value.is_null()) {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let names = value
            .as_array()
            .map(|names| names.iter().map(Value::as_str));
        let names: Option<Vec<&str>> = names.and_then(Iterator::collect);
        joined.insert(
            key.clone(),
            names.map_or_else(|| text.clone(), |names| names.join(",")),
        );
        strings.insert(key.clone(), text);
    }
    [
        requests::lambda_authorizer(&strings),
        requests::cognito(&joined),
    ]
}

fn with_token(claims: &Texts, payload: &str) -> lambda_http::Request {
    let token = events::token(payload);
    requests::with_authorization(requests::http_api(claims), [token.as_bytes()])
}

/// The payload as JSON text, and names: names and words in the payload, and others.
fn read(bytes: &mut Unstructured<'_>) -> Result<(String, BTreeSet<String>)> {
    let payload = payloads::payload(bytes)?;
    let spelled = payloads::spelled(&payload, bytes)?;
    let mut names = BTreeSet::from(["admin".to_owned(), names::name(bytes)?]);
    for pointer in [
        "/st-role/v/0",
        "/groups/1",
        "/plan/v",
        "/st-perm/v/0",
        "/realm_access/roles/0",
        "/position",
        "/labels/v",
        "/departments",
        "/account/tier",
        "/client_id",
        "/scp/0",
    ] {
        let name = payload.pointer(pointer).and_then(Value::as_str);
        if let Some(name) = name {
            names.extend(name.split([' ', ',']).next_back().map(str::to_owned));
            names.insert(name.to_owned());
        }
    }
    for pointer in ["/st-mfa/c", "/projects", "/access/resources"] {
        let object = payload.pointer(pointer).and_then(Value::as_object);
        names.extend(object.and_then(|object| object.keys().next().cloned()));
    }
    Ok((spelled, names))
}

/// If the payload's claims are of their declared types, the payload allows what the text allows.
fn assert_text_allows_no_more(
    payload: &Value,
    requirements: &[KeyedRequirement<'_>],
    from_text: &[Outcome],
    from_claims: &[Outcome],
) {
    let outcomes = from_text.iter().zip(from_claims);
    for (keyed, (from_text, from_claims)) in requirements.iter().zip(outcomes) {
        let mut keys = keyed.keys.iter().chain(&["stt"]);
        assert!(
            from_text.is_err()
                || from_claims.is_ok()
                || !keys.all(|key| has_declared_type(payload, key)),
            "{:?} is allowed by the text of {payload}",
            keyed.requirement
        );
    }
}
