//! The text of a claim without a token: it may deny, but it allows nothing that one of its interpretations
//! denies.

use std::cmp::Ordering;
use std::fmt::Debug;

use require_claims::any;
use require_claims::supertokens::{AUDIENCE, AUTHENTICATED, SCOPE};
use serde_json::{Value, json};

use super::binding::is_shallow;
use super::interpretations::{self, Interpretation};
use super::requests::{self, Texts};
use super::requirements::{
    self, KeyedRequirement, booleans, combined, is_met, lists, numbers, numbers_in, outcome_of_all,
    outcomes, strings, without_keys,
};
use super::{access_tokens, duplicate_keys, go_text};
use crate::{claims, events};

/// The first line of the input is the text of every claim, the others are names in the requirements.
///
/// # Panics
///
/// If a property of the guard does not hold.
pub fn text(input: &[u8]) {
    let input = String::from_utf8_lossy(input);
    let mut lines = input.split('\n');
    let text = lines.next().unwrap_or_default();
    let names = names(text, lines);
    let steps = requirements::steps(&names);
    let requirements = requirements::all_requirements(&names, &steps);

    let claims = in_every_claim(text);
    let event = requests::http_api(&claims);
    assert_consistent_lists(&event, &names);
    assert_single_values(&event, &names);
    assert_combined_scopes(text, &names);
    assert_other_types_of_tokens_denied(text, &names, &requirements);
    requirements::assert_complete_body(&requirements, &event);

    let expected = combined(&outcomes(&requirements, &event));
    let v1 = requests::http_api_v1(&claims);
    let from_v1 = outcome_of_all(&requirements, &v1);
    requirements::assert_same_except_for_remedies(&from_v1, &expected, &text);
    let plain = requests::plain_v1(&v1, v1.headers());
    assert_eq!(outcome_of_all(&requirements, &plain), expected, "{text:?}");
    for json in requests::as_json(&plain) {
        assert_eq!(outcome_of_all(&requirements, &json), expected, "{json}");
    }

    let cognito = requests::cognito(&claims);
    let interpretations = interpretations::of(text);
    assert_denied_without_interpretation(&requirements, &event, text, &interpretations);
    for interpretation in interpretations {
        let event = if interpretation.is_joined {
            &cognito
        } else {
            &event
        };
        let mut requirements = requirements.clone();
        requirements.retain(|keyed| keyed.keys.contains(&interpretation.key));
        assert_interpretation_allowed(&requirements, event, text, &interpretation);
    }
}

/// The number of names in the requirements: up to two from the input, the others parts of the text.
const NAMES: usize = 4;

fn names<'a>(text: &'a str, given: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let v = go_text::timestamped(text).map_or(text, |(_, v)| v);
    let list = go_text::list(v).unwrap_or(v);
    let words = list.split([' ', '[', ']', ',', ':', '"']);
    let mut names = Vec::new();
    for name in given.take(2).chain([list, "admin"]).chain(words) {
        if !names.contains(&name) && names.len() < NAMES {
            names.push(name);
        }
    }
    names
}

/// The text as the value of every claim, among them those of a session.
fn in_every_claim(text: &str) -> Texts {
    claims::all()
        .map(|claim| (claim.key.to_owned(), text.to_owned()))
        .collect()
}

/// A list does not both include and exclude a name, and requirements on several names agree with those on
/// each name.
fn assert_consistent_lists(event: &lambda_http::Request, names: &[&str]) {
    let met = |requirement| is_met(requirement, event);
    for (claim, list) in lists() {
        let key = claim.key;
        let included = names.iter().map(|name| met(list.includes(name)));
        let included: Vec<bool> = included.collect();
        let excluded = names.iter().map(|name| met(list.excludes(name)));
        let excluded: Vec<bool> = excluded.collect();
        let both = included
            .iter()
            .zip(&excluded)
            .any(|both| both == (&true, &true));
        assert!(!both, "{key} includes and excludes one of {names:?}");

        let pairs = included.windows(2).zip(excluded.windows(2));
        for (pair, (included, excluded)) in names.windows(2).zip(pairs) {
            let all = met(list.includes_all(pair));
            assert_eq!(all, included == [true, true], "{key} {pair:?}");
            let any = met(list.includes_any(pair));
            assert_eq!(any, included.contains(&true), "{key} {pair:?}");
            let none = met(list.excludes_all(pair));
            assert_eq!(none, excluded == [true, true], "{key} {pair:?}");
        }
    }
}

/// A claim with a single value does not equal two values.
fn assert_single_values(event: &lambda_http::Request, names: &[&str]) {
    let met = |requirement| is_met(requirement, event);
    for (claim, boolean) in booleans() {
        let is_both = met(boolean.is_true()) && met(boolean.is_false());
        assert!(!is_both, "{}", claim.key);
    }
    for (claim, string) in strings() {
        let key = claim.key;
        assert_at_most_one(key, names, |name| met(string.has_value(name)));
        for pair in names.windows(2) {
            let is_one = pair.iter().any(|name| met(string.has_value(name)));
            assert_eq!(met(string.has_any_of(pair)), is_one, "{key} {pair:?}");
            let is_neither = met(string.has_none_of(pair));
            assert!(!(is_one && is_neither), "{key} {pair:?}");
        }
    }
    for (claim, number) in numbers() {
        let mut values = numbers_in(names);
        values.sort_unstable();
        values.dedup();
        assert_at_most_one(claim.key, &values, |value| met(number.has_value(*value)));
    }
}

fn assert_at_most_one<'v, V: Debug>(key: &str, values: &'v [V], is: impl Fn(&'v V) -> bool) {
    let met: Vec<&V> = values.iter().filter(|value| is(value)).collect();
    assert!(met.len() < 2, "{key} is {met:?}");
}

/// `scope` and `scp` together allow only what each of them allows.
fn assert_combined_scopes(text: &str, names: &[&str]) {
    let other = names.first().copied().unwrap_or_default();
    let of = |claims: &[(&str, &str)]| {
        let claims = claims.iter();
        requests::http_api(
            &claims
                .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
                .collect(),
        )
    };
    let both = of(&[("scope", text), ("scp", other)]);
    let single = [of(&[("scope", text)]), of(&[("scp", other)])];
    for name in names {
        for requirement in [SCOPE.includes(name), SCOPE.excludes(name)] {
            let each = single.iter().all(|event| is_met(requirement, event));
            assert_eq!(is_met(requirement, &both), each, "{requirement:?}");
        }
    }
}

/// A token whose `stt` is not 0 meets no requirement on sessions, and one whose `stt` is not 1 none on OAuth 2
/// access tokens.
fn assert_other_types_of_tokens_denied(
    text: &str,
    names: &[&str],
    requirements: &[KeyedRequirement<'_>],
) {
    let mut claims = in_every_claim(text);
    claims.insert("stt".to_owned(), text.to_owned());
    let mut of_sessions = without_keys(requirements);
    of_sessions.extend([AUTHENTICATED, AUDIENCE.includes(text)]);
    let lists = access_tokens::lists(names);
    let of_access_tokens = without_keys(&access_tokens::requirements(&lists));
    let event = requests::http_api(&claims);
    let number = serde_json::from_str::<f64>(text).ok();
    for (token_type, requirements) in [(0.0, of_sessions), (1.0, of_access_tokens)] {
        let is_allowed = is_met(any(&requirements), &event);
        let is_of_type = number.partial_cmp(&Some(token_type)) == Some(Ordering::Equal);
        assert!(is_of_type || !is_allowed, "allowed with another `stt`");
        // Without `stt`, the token is not an access token.
        let event = requests::http_api(&in_every_claim(text));
        assert!(token_type == 0.0 || !is_met(any(&requirements), &event));
    }
}

/// A text is allowed only if it is the text of some claim of its declared type.
fn assert_denied_without_interpretation(
    requirements: &[KeyedRequirement<'_>],
    event: &lambda_http::Request,
    text: &str,
    interpretations: &[Interpretation],
) {
    let mut requirements = requirements.to_vec();
    requirements.retain(|keyed| {
        let mut interpretations = interpretations.iter();
        !interpretations.any(|interpretation| keyed.keys.contains(&interpretation.key))
    });
    // Other parsers accept JSON that `serde_json` rejects, such as half a surrogate pair.
    if !requirements.is_empty() && !text.starts_with('{') {
        let requirements = without_keys(&requirements);
        assert!(!is_met(any(&requirements), event), "{text:?} is allowed");
    }
}

/// Every interpretation allows what the text allows. With the token of an interpretation, its outcomes decide.
fn assert_interpretation_allowed(
    requirements: &[KeyedRequirement<'_>],
    event: &lambda_http::Request,
    text: &str,
    interpretation: &Interpretation,
) {
    let Interpretation { key, json, .. } = interpretation;
    let Ok(claim) = serde_json::from_str::<Value>(json) else {
        return;
    };
    let exact = json!({"exp": 1, "iss": "issuer", *key: claim});
    let exact = requests::rest(exact.as_object().cloned().unwrap_or_default());
    let from_claim = outcomes(requirements, &exact);
    let from_text = outcomes(requirements, event);

    // Only of an object: the text of a list may be the gateway's, with quotes in its names.
    let is_json_text = text.starts_with('{') && json == text;
    let is_json_text = is_json_text && is_shallow(text) && duplicate_keys::are_unique(text);
    for ((keyed, from_text), from_claim) in requirements.iter().zip(&from_text).zip(&from_claim) {
        let requirement = keyed.requirement;
        assert!(
            from_text.is_err() || from_claim.is_ok(),
            "{requirement:?} is allowed by {text:?}, an interpretation of which is {json}"
        );
        if is_json_text {
            requirements::assert_same(from_text, from_claim, &(requirement, text));
        }
    }
    if let Some(bound) = bound(text, interpretation) {
        let from_token = outcome_of_all(requirements, &bound);
        requirements::assert_same(&from_token, &combined(&from_claim), json);
    }
}

/// An event with the text and the token of its interpretation.
fn bound(text: &str, interpretation: &Interpretation) -> Option<lambda_http::Request> {
    let is_known = !interpretation.is_joined
        && is_shallow(&interpretation.json)
        && duplicate_keys::are_unique(&interpretation.json)
        && interpretation.json.matches(',').count() < 16;
    // A header has at most 10,240 bytes.
    if !is_known || interpretation.json.len() > 7_000 {
        return None;
    }
    let claims = [("iss", "issuer"), ("exp", "1"), (interpretation.key, text)];
    let claims = claims.map(|(key, text)| (key.to_owned(), text.to_owned()));
    let issuer = if interpretation.key == "iss" {
        ""
    } else {
        r#""iss":"issuer","#
    };
    let payload = format!(
        r#"{{"exp":1,{issuer}"{}":{}}}"#,
        interpretation.key, interpretation.json
    );
    let event = requests::http_api(&Texts::from(claims));
    let token = events::token(&payload);
    Some(requests::with_authorization(event, [token.as_bytes()]))
}
