//! The text of a claim alone: it may deny, but allows nothing that some reading of it denies.

use std::fmt::Debug;

use require_claims::any;
use require_claims::supertokens::{AUDIENCE, AUTHENTICATED, SCOPE};
use serde_json::{Value, json};

use super::ask::{self, Asked, BOOLEANS, LISTS, NUMBERS, STRINGS, is_met};
use super::event::{self, Texts};
use super::identity::is_shallow;
use super::readings::{self, Reading};
use super::{claim_text, json_keys};
use crate::events;

/// The first line of the input is the text of every claim, the others are names that are asked for.
///
/// # Panics
///
/// Where what is said of the guard does not hold.
pub fn text(input: &[u8]) {
    let input = String::from_utf8_lossy(input);
    let mut lines = input.split('\n');
    let text = lines.next().unwrap_or_default();
    let names = names(text, lines);
    let steps = ask::steps(&names);
    let questions = ask::everything(&names, &steps);

    let claims = claims(text);
    let event = event::http_api(&claims);
    lists_say_one_thing(&event, &names);
    values_are_one(&event, &names);
    two_lists_of_scopes_agree(text, &names);
    another_kind_of_token_is_denied(text, &questions);
    ask::the_body_tells_all(&questions, &event);

    let answers = ask::answers(&questions, &event);
    let expected = ask::all_of(&answers);
    let v1 = event::http_api_v1(&claims);
    ask::assert_same_but_for_remedies(&ask::answer_to_all(&questions, &v1), &expected, &text);
    let plain = event::plain_v1(&v1, v1.headers());
    assert_eq!(ask::answer_to_all(&questions, &plain), expected, "{text:?}");

    let cognito = event::cognito(&claims);
    let readings = readings::of(text);
    what_nobody_writes_is_denied(&questions, &event, text, &readings);
    for reading in readings {
        let event = if reading.is_joined { &cognito } else { &event };
        let mut questions = questions.clone();
        questions.retain(|question| question.key == reading.key);
        no_reading_is_denied(&questions, event, text, &reading);
    }
}

/// How many names are asked for: some from the input, and then pieces of the text.
const NAMES: usize = 4;

fn names<'a>(text: &'a str, asked: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let v = claim_text::dated(text).map_or(text, |(_, v)| v);
    let list = claim_text::list(v).unwrap_or(v);
    let words = list.split([' ', '[', ']', ',', ':', '"']);
    let mut names = Vec::new();
    for name in asked.take(2).chain([list, "admin"]).chain(words) {
        if !names.contains(&name) && names.len() < NAMES {
            names.push(name);
        }
    }
    names
}

/// Every claim with this text, and what else makes it a session.
fn claims(text: &str) -> Texts {
    let keys = BOOLEANS.map(|(key, _)| key).into_iter();
    keys.chain(LISTS.map(|(key, _)| key))
        .chain(STRINGS.map(|(key, _)| key))
        .chain(NUMBERS.map(|(key, _)| key))
        .chain([ask::FACTORS, "sessionHandle"])
        .map(|key| (key.to_owned(), text.to_owned()))
        .collect()
}

/// A list has a name or has it not, and several names are as each of them.
fn lists_say_one_thing(event: &lambda_http::Request, names: &[&str]) {
    let met = |requirement| is_met(requirement, event);
    for (key, claim) in LISTS {
        let included = names.iter().map(|name| met(claim.includes(name)));
        let included: Vec<bool> = included.collect();
        let excluded = names.iter().map(|name| met(claim.excludes(name)));
        let excluded: Vec<bool> = excluded.collect();
        let both = included
            .iter()
            .zip(&excluded)
            .any(|both| both == (&true, &true));
        assert!(!both, "{key} includes and excludes one of {names:?}");

        let pairs = included.windows(2).zip(excluded.windows(2));
        for (pair, (included, excluded)) in names.windows(2).zip(pairs) {
            let all = met(claim.includes_all(pair));
            assert_eq!(all, included == [true, true], "{key} {pair:?}");
            let any = met(claim.includes_any(pair));
            assert_eq!(any, included.contains(&true), "{key} {pair:?}");
            let none = met(claim.excludes_all(pair));
            assert_eq!(none, excluded == [true, true], "{key} {pair:?}");
        }
    }
}

/// A claim that is one value is not two.
fn values_are_one(event: &lambda_http::Request, names: &[&str]) {
    let met = |requirement| is_met(requirement, event);
    for (key, claim) in BOOLEANS {
        assert!(!(met(claim.is_true()) && met(claim.is_false())), "{key}");
    }
    for (key, claim) in STRINGS {
        at_most_one(key, names, |name| met(claim.has_value(name)));
        for pair in names.windows(2) {
            let is_one = pair.iter().any(|name| met(claim.has_value(name)));
            assert_eq!(met(claim.has_any_of(pair)), is_one, "{key} {pair:?}");
            let has_neither = met(claim.has_none_of(pair));
            assert!(!(is_one && has_neither), "{key} {pair:?}");
        }
    }
    for (key, claim) in NUMBERS {
        let mut numbers = ask::numbers(names);
        numbers.sort_unstable();
        numbers.dedup();
        at_most_one(key, &numbers, |number| met(claim.has_value(*number)));
    }
}

fn at_most_one<'v, V: Debug>(key: &str, values: &'v [V], is: impl Fn(&'v V) -> bool) {
    let met: Vec<&V> = values.iter().filter(|value| is(value)).collect();
    assert!(met.len() < 2, "{key} is {met:?}");
}

/// `scope` and `scp` together allow only what each of them does.
fn two_lists_of_scopes_agree(text: &str, names: &[&str]) {
    let other = names.first().copied().unwrap_or_default();
    let of = |claims: &[(&str, &str)]| {
        let claims = claims.iter();
        event::http_api(
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

/// A token whose `stt` is anything but 0 is not that of a session, and opens nothing.
fn another_kind_of_token_is_denied(text: &str, questions: &[Asked<'_>]) {
    let mut claims = claims(text);
    claims.insert("stt".to_owned(), text.to_owned());
    let mut requirements = ask::requirements(questions);
    requirements.extend([AUTHENTICATED, AUDIENCE.includes(text)]);
    let is_zero = serde_json::from_str::<f64>(text).is_ok_and(|stt| stt == 0.0);
    let allowed = is_met(any(&requirements), &event::http_api(&claims));
    assert!(is_zero || !allowed, "allowed with another `stt`");
}

/// A text that is allowed is one that some claim of its declared type is written as.
fn what_nobody_writes_is_denied(
    questions: &[Asked<'_>],
    event: &lambda_http::Request,
    text: &str,
    readings: &[Reading],
) {
    let mut questions = questions.to_vec();
    questions.retain(|question| !readings.iter().any(|reading| reading.key == question.key));
    // Other readers take JSON that this one does not, such as half a surrogate pair.
    if !questions.is_empty() && !text.starts_with('{') {
        let requirements = ask::requirements(&questions);
        assert!(!is_met(any(&requirements), event), "{text:?} is allowed");
    }
}

/// Whatever the text allows, the claim allows that it may have been written from. With its token the
/// answer is that claim's.
fn no_reading_is_denied(
    questions: &[Asked<'_>],
    event: &lambda_http::Request,
    text: &str,
    reading: &Reading,
) {
    let Reading { key, json, .. } = reading;
    let Ok(claim) = serde_json::from_str::<Value>(json) else {
        return;
    };
    let exact = json!({"exp": 1, "iss": "issuer", *key: claim});
    let exact = event::rest(exact.as_object().cloned().unwrap_or_default());
    let from_claim = ask::answers(questions, &exact);
    let from_text = ask::answers(questions, event);

    // Of an object: the text of a list may be the gateway's, with quotes in its names.
    let is_json_text = text.starts_with('{') && json == text;
    let is_json_text = is_json_text && is_shallow(text) && json_keys::are_unique(text);
    for ((question, from_text), from_claim) in questions.iter().zip(&from_text).zip(&from_claim) {
        let requirement = question.requirement;
        assert!(
            from_text.is_err() || from_claim.is_ok(),
            "{requirement:?} is allowed by {text:?}, which may be {json}"
        );
        if is_json_text {
            ask::assert_same(from_text, from_claim, &(requirement, text));
        }
    }
    if let Some(bound) = bound(text, reading) {
        let from_token = ask::answer_to_all(questions, &bound);
        ask::assert_same(&from_token, &ask::all_of(&from_claim), json);
    }
}

/// The event of the text, with the token that it was written from.
fn bound(text: &str, reading: &Reading) -> Option<lambda_http::Request> {
    let is_known = !reading.is_joined
        && is_shallow(&reading.json)
        && json_keys::are_unique(&reading.json)
        && reading.json.matches(',').count() < 16;
    // A header has 10,240 bytes at most.
    if !is_known || reading.json.len() > 7_000 {
        return None;
    }
    let claims = [("iss", "issuer"), ("exp", "1"), (reading.key, text)];
    let claims = claims.map(|(key, text)| (key.to_owned(), text.to_owned()));
    let issuer = if reading.key == "iss" {
        ""
    } else {
        r#""iss":"issuer","#
    };
    let payload = format!(r#"{{"exp":1,{issuer}"{}":{}}}"#, reading.key, reading.json);
    let event = event::http_api(&Texts::from(claims));
    let token = events::token(&payload);
    Some(event::with_authorization(event, [token.as_bytes()]))
}
