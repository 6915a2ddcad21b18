//! A text allows only what every value of the declared type allows that the gateway writes like it.
//!
//! Small values of each type are made of pieces that look like the gateway's own marks, written as
//! the gateway writes them, and sorted by their text. With the token beside the text, each is decided
//! as it is.

use std::collections::BTreeMap;

use lambda_http::Request;
use require_claims::supertokens::{AUDIENCE, MFA, ROLE, SCOPE};
use require_claims::testing::render::{Numbers, claims};
use require_claims::{Factors, PrimitiveArrayClaim, PrimitiveClaim, Requirement};
use require_claims_tests::custom_claims::{GROUPS, PLAN};
use require_claims_tests::events;
use serde_json::json;

const ACR: PrimitiveClaim = PrimitiveClaim::bare("acr");

/// JSON strings and their values. A Rust string cannot hold half a surrogate pair.
const PIECES: [(&str, Option<&str>); 22] = [
    (r#""""#, Some("")),
    (r#"" ""#, Some(" ")),
    (r#""a""#, Some("a")),
    (r#""b""#, Some("b")),
    (r#""a b""#, Some("a b")),
    (r#""b a""#, Some("b a")),
    (r#""a,b""#, Some("a,b")),
    (r#""[a]""#, Some("[a]")),
    (r#""[a""#, Some("[a")),
    (r#""b]""#, Some("b]")),
    (r#""\"a\"""#, Some("\"a\"")),
    (r#""[\"a\"]""#, Some("[\"a\"]")),
    (r#""<nil>""#, Some("<nil>")),
    (r#""true""#, Some("true")),
    (r#""1""#, Some("1")),
    (r#""t:1 v:a""#, Some("t:1 v:a")),
    (r#""a] v:[b""#, Some("a] v:[b")),
    (r#""map[v:a]""#, Some("map[v:a]")),
    (r#""{\"v\":[\"a\"]}""#, Some("{\"v\":[\"a\"]}")),
    (r#""\ud800""#, None),
    ("\"\u{fffd}\"", Some("\u{fffd}")),
    (r#""a\udc00""#, None),
];

/// What is asked for: the pieces, and what their texts look like to a reader that guesses.
const NAMES: [&str; 16] = [
    "",
    " ",
    "a",
    "b",
    "a b",
    "a,b",
    "[a]",
    "\"a\"",
    "<nil>",
    "1",
    "t:1 v:a",
    "a] v:[b",
    "{\"v\":[\"a\"]}",
    "\u{fffd}",
    "a\u{fffd}",
    "c",
];

/// A value's JSON, and the strings in it.
type Reading = (String, Vec<Option<&'static str>>);

/// Lists of no, one and two of the pieces, and of three of the plainest.
fn lists() -> Vec<Reading> {
    let mut lists = vec![("[]".to_owned(), Vec::new())];
    for first in PIECES {
        lists.push(list(&[first]));
        for second in PIECES {
            lists.push(list(&[first, second]));
        }
    }
    let plainest = &PIECES[..5];
    for first in plainest {
        for second in plainest {
            lists.extend(
                plainest
                    .iter()
                    .map(|third| list(&[*first, *second, *third])),
            );
        }
    }
    lists
}

fn list(pieces: &[(&str, Option<&'static str>)]) -> Reading {
    let json: Vec<&str> = pieces.iter().map(|(json, _)| *json).collect();
    let names = pieces.iter().map(|(_, name)| *name).collect();
    (format!("[{}]", json.join(",")), names)
}

fn strings() -> Vec<Reading> {
    PIECES
        .map(|(piece, name)| (piece.to_owned(), vec![name]))
        .into()
}

/// As SuperTokens' claims hold a value, with a time and without.
fn dated(values: Vec<Reading>) -> Vec<Reading> {
    values
        .into_iter()
        .flat_map(|(json, names)| {
            [
                (format!(r#"{{"v":{json}}}"#), names.clone()),
                (format!(r#"{{"v":{json},"t":1}}"#), names),
            ]
        })
        .collect()
}

fn without_spaces(values: Vec<Reading>) -> Vec<Reading> {
    let mut values = values;
    values.retain(|(_, names)| !names.iter().flatten().any(|name| name.contains(' ')));
    values
}

/// Whether a value meets what is asked.
type Oracle = fn(&[Option<&str>], &str) -> bool;

/// Asks every requirement of every text, and compares it with all values of that text. Answers how
/// often it was allowed.
fn compare(
    key: &str,
    values: Vec<Reading>,
    ask: for<'a> fn(&'a [&'a str; 1]) -> Vec<(Requirement<'a>, Oracle)>,
) -> u32 {
    let mut by_text: BTreeMap<String, Vec<Reading>> = BTreeMap::new();
    for reading in values {
        let payload = format!(r#"{{"{key}":{}}}"#, reading.0);
        let mut text = claims(&payload, Numbers::Float64).unwrap();
        by_text
            .entry(text.remove(key).unwrap())
            .or_default()
            .push(reading);
    }
    let mut allowed = 0;
    for (text, readings) in by_text {
        let event: Request = events::request(&events::http_api_jwt(&json!({ key: text })));
        for name in NAMES {
            for (requirement, is_met) in ask(&[name]) {
                if requirement.check(&event).is_err() {
                    continue;
                }
                allowed += 1;
                for (json, names) in &readings {
                    assert!(
                        is_met(names, name),
                        "{requirement:?} allowed by {text:?}, which {json} does not meet"
                    );
                }
            }
        }
    }
    allowed
}

/// Asks every requirement of every value's text with the value's token beside it: the value alone
/// decides.
fn compare_with_token(
    key: &str,
    values: Vec<Reading>,
    ask: for<'a> fn(&'a [&'a str; 1]) -> Vec<(Requirement<'a>, Oracle)>,
) {
    for (index, (json, names)) in values.into_iter().enumerate() {
        let payload = format!(r#"{{"iss":"i","exp":1,"{key}":{json}}}"#);
        let numbers = [Numbers::Float64, Numbers::AsWritten][index % 2];
        let text = claims(&payload, numbers).unwrap();
        let event = events::with_token(events::http_api_jwt(&json!(text)), &payload);
        let event = events::request(&event);
        for name in NAMES {
            for (requirement, is_met) in ask(&[name]) {
                assert_eq!(
                    requirement.check(&event).is_ok(),
                    are_text(&names) && is_met(&names, name),
                    "{requirement:?} of {json}"
                );
            }
        }
    }
}

fn has(names: &[Option<&str>], name: &str) -> bool {
    names.contains(&Some(name))
}

fn has_not(names: &[Option<&str>], name: &str) -> bool {
    !has(names, name)
}

fn array_questions<'a>(
    claim: PrimitiveArrayClaim,
    names: &'a [&'a str; 1],
) -> Vec<(Requirement<'a>, Oracle)> {
    vec![
        (claim.includes(names[0]), has),
        (claim.excludes_all(names), has_not),
    ]
}

fn string_questions<'a>(
    claim: PrimitiveClaim,
    names: &'a [&'a str; 1],
) -> Vec<(Requirement<'a>, Oracle)> {
    vec![
        (claim.has_value(names[0]), has),
        (claim.has_any_of(names), has),
        (claim.has_none_of(names), has_not),
    ]
}

#[test]
fn a_list_with_a_time_is_allowed_what_all_its_readings_are() {
    let allowed = compare("st-role", dated(lists()), |names| {
        array_questions(ROLE, names)
    });
    assert!(allowed > 3_000, "{allowed}");
}

#[test]
fn a_list_by_itself_is_allowed_what_all_its_readings_are() {
    let allowed = compare("groups", lists(), |names| array_questions(GROUPS, names));
    assert!(allowed > 1_000, "{allowed}");
}

#[test]
fn a_list_whose_names_have_no_blanks_is_allowed_what_all_its_readings_are() {
    let allowed = compare("st-role", without_spaces(dated(lists())), |names| {
        array_questions(ROLE.without_spaces(), names)
    });
    assert!(allowed > 3_000, "{allowed}");
}

#[test]
fn an_audience_is_allowed_what_all_its_readings_are() {
    let values = lists().into_iter().chain(strings()).collect();
    let allowed = compare("aud", values, |names| array_questions(AUDIENCE, names));
    assert!(allowed > 1_000, "{allowed}");
}

#[test]
fn scopes_are_allowed_what_all_their_readings_are() {
    let strings = strings().into_iter().map(|(json, names)| {
        let scopes = names[0].map_or(Vec::new(), |scopes| scopes.split(' ').map(Some).collect());
        (json, scopes)
    });
    let values = lists().into_iter().chain(strings).collect();
    let allowed = compare("scp", values, |names| array_questions(SCOPE, names));
    assert!(allowed > 1_000, "{allowed}");
}

#[test]
fn a_string_with_a_time_is_allowed_what_all_its_readings_are() {
    let allowed = compare("plan", dated(strings()), |names| {
        string_questions(PLAN, names)
    });
    assert!(allowed > 50, "{allowed}");
}

#[test]
fn a_string_by_itself_is_allowed_what_all_its_readings_are() {
    let allowed = compare("acr", strings(), |names| string_questions(ACR, names));
    assert!(allowed > 50, "{allowed}");
}

/// `st-mfa` with one or two of the pieces as factors.
fn factors() -> Vec<Reading> {
    let mut all = Vec::new();
    for (first, name) in PIECES {
        all.push((format!(r#"{{"c":{{{first}:1}},"v":true}}"#), vec![name]));
        for (second, other) in PIECES.into_iter().filter(|(second, _)| *second != first) {
            let json = format!(r#"{{"c":{{{first}:1,{second}:2}},"v":true}}"#);
            all.push((json, vec![name, other]));
        }
    }
    all
}

fn factor_questions<'a>(names: &'a [&'a str; 1]) -> Vec<(Requirement<'a>, Oracle)> {
    vec![
        (MFA.has_completed(Factors::One(names[0])), has),
        (MFA.has_completed(Factors::OneOf(names)), has),
    ]
}

#[test]
fn factors_are_completed_where_all_readings_say_so() {
    let allowed = compare("st-mfa", factors(), factor_questions);
    assert!(allowed > 100, "{allowed}");
}

/// Half a surrogate pair is not text, so with the token such a value meets no requirement.
fn are_text(names: &[Option<&str>]) -> bool {
    names.iter().all(Option::is_some)
}

#[test]
fn with_the_token_each_value_is_decided_as_it_is() {
    compare_with_token("st-role", dated(lists()), |names| {
        array_questions(ROLE, names)
    });
    compare_with_token("groups", lists(), |names| array_questions(GROUPS, names));
    // It identifies the token, so without text there it is bound to nothing.
    let audiences = strings().into_iter().filter(|(_, names)| are_text(names));
    compare_with_token("aud", audiences.collect(), |names| {
        array_questions(AUDIENCE, names)
    });
    compare_with_token("acr", strings(), |names| string_questions(ACR, names));
    compare_with_token("plan", dated(strings()), |names| {
        string_questions(PLAN, names)
    });
}
