//! A text allows only what all its interpretations allow: all values of the declared type with this text.
//!
//! The tests generate all small values of each type, from strings that look like parts of the gateway's text,
//! and group them by their text. With the token next to the text, the token's value decides.

use std::collections::BTreeMap;

use lambda_http::Request;
use require_claims::supertokens::{AUDIENCE, MFA, ROLE, SCOPE};
use require_claims::testing::render::{Numbers, claims};
use require_claims::{Factors, PrimitiveArrayClaim, PrimitiveClaim, Requirement};
use require_claims_tests::custom_claims::{GROUPS, PLAN};
use require_claims_tests::events;
use serde_json::json;

const ACR: PrimitiveClaim = PrimitiveClaim::bare("acr");

/// JSON strings and their values. A Rust string cannot contain half a surrogate pair.
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

/// The names in the requirements: the pieces, and names that could be confused with them.
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
type Interpretation = (String, Vec<Option<&'static str>>);

/// Lists of up to two of the pieces, and of three of the simplest.
fn lists() -> Vec<Interpretation> {
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

fn list(pieces: &[(&str, Option<&'static str>)]) -> Interpretation {
    let json: Vec<&str> = pieces.iter().map(|(json, _)| *json).collect();
    let names = pieces.iter().map(|(_, name)| *name).collect();
    (format!("[{}]", json.join(",")), names)
}

fn strings() -> Vec<Interpretation> {
    PIECES
        .map(|(piece, name)| (piece.to_owned(), vec![name]))
        .into()
}

/// The values in `{"v": …}`, with and without a timestamp.
fn timestamped(values: Vec<Interpretation>) -> Vec<Interpretation> {
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

fn without_spaces(values: Vec<Interpretation>) -> Vec<Interpretation> {
    let mut values = values;
    values.retain(|(_, names)| !names.iter().flatten().any(|name| name.contains(' ')));
    values
}

/// Whether a value meets a requirement with this name.
type Oracle = fn(&[Option<&str>], &str) -> bool;

/// Checks every requirement on every text, and compares the outcome with all values of that text. Returns how
/// often it was allowed.
fn compare(
    key: &str,
    values: Vec<Interpretation>,
    requirements: for<'a> fn(&'a [&'a str; 1]) -> Vec<(Requirement<'a>, Oracle)>,
) -> u32 {
    let mut by_text: BTreeMap<String, Vec<Interpretation>> = BTreeMap::new();
    for interpretation in values {
        let payload = format!(r#"{{"{key}":{}}}"#, interpretation.0);
        let mut text = claims(&payload, Numbers::Float64).unwrap();
        by_text
            .entry(text.remove(key).unwrap())
            .or_default()
            .push(interpretation);
    }
    let mut allowed = 0;
    for (text, interpretations) in by_text {
        let event: Request = events::request(&events::http_api_jwt(&json!({ key: text })));
        for name in NAMES {
            for (requirement, is_met) in requirements(&[name]) {
                if requirement.check(&event).is_err() {
                    continue;
                }
                allowed += 1;
                for (json, names) in &interpretations {
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

/// Checks every requirement on every value's text with the value's token: the value decides.
fn compare_with_token(
    key: &str,
    values: Vec<Interpretation>,
    requirements: for<'a> fn(&'a [&'a str; 1]) -> Vec<(Requirement<'a>, Oracle)>,
) {
    for (index, (json, names)) in values.into_iter().enumerate() {
        let payload = format!(r#"{{"iss":"i","exp":1,"{key}":{json}}}"#);
        let numbers = [Numbers::Float64, Numbers::AsWritten][index % 2];
        let text = claims(&payload, numbers).unwrap();
        let event = events::with_token(events::http_api_jwt(&json!(text)), &payload);
        let event = events::request(&event);
        for name in NAMES {
            for (requirement, is_met) in requirements(&[name]) {
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

fn list_requirements<'a>(
    claim: PrimitiveArrayClaim,
    names: &'a [&'a str; 1],
) -> Vec<(Requirement<'a>, Oracle)> {
    vec![
        (claim.includes(names[0]), has),
        (claim.excludes_all(names), has_not),
    ]
}

fn string_requirements<'a>(
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
fn timestamped_list() {
    let allowed = compare("st-role", timestamped(lists()), |names| {
        list_requirements(ROLE, names)
    });
    assert!(allowed > 3_000, "{allowed}");
}

#[test]
fn bare_list() {
    let allowed = compare("groups", lists(), |names| list_requirements(GROUPS, names));
    assert!(allowed > 1_000, "{allowed}");
}

#[test]
fn list_without_spaces() {
    let allowed = compare("st-role", without_spaces(timestamped(lists())), |names| {
        list_requirements(ROLE.without_spaces(), names)
    });
    assert!(allowed > 3_000, "{allowed}");
}

#[test]
fn audience() {
    let values = lists().into_iter().chain(strings()).collect();
    let allowed = compare("aud", values, |names| list_requirements(AUDIENCE, names));
    assert!(allowed > 1_000, "{allowed}");
}

#[test]
fn scopes() {
    // In brackets, the text is read as an array.
    let is_bracketed = |name: &str| name.starts_with('[') && name.ends_with(']');
    let strings = strings().into_iter();
    let strings = strings.filter(|(_, names)| !names[0].is_some_and(is_bracketed));
    let strings = strings.map(|(json, names)| {
        let scopes = names[0].map_or(Vec::new(), |scopes| scopes.split(' ').map(Some).collect());
        (json, scopes)
    });
    // A scope contains no space.
    let values = without_spaces(lists()).into_iter().chain(strings).collect();
    let allowed = compare("scp", values, |names| list_requirements(SCOPE, names));
    assert!(allowed > 1_000, "{allowed}");
}

#[test]
fn timestamped_string() {
    let allowed = compare("plan", timestamped(strings()), |names| {
        string_requirements(PLAN, names)
    });
    assert!(allowed > 50, "{allowed}");
}

#[test]
fn bare_string() {
    let allowed = compare("acr", strings(), |names| string_requirements(ACR, names));
    assert!(allowed > 50, "{allowed}");
}

/// `st-mfa` with one or two of the pieces as factors.
fn factors() -> Vec<Interpretation> {
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

fn factor_requirements<'a>(names: &'a [&'a str; 1]) -> Vec<(Requirement<'a>, Oracle)> {
    vec![
        (MFA.has_completed(Factors::One(names[0])), has),
        (MFA.has_completed(Factors::OneOf(names)), has),
    ]
}

#[test]
fn completed_factors() {
    let allowed = compare("st-mfa", factors(), factor_requirements);
    assert!(allowed > 100, "{allowed}");
}

/// Half a surrogate pair is not a valid string, so with the token such a value meets no requirement.
fn are_text(names: &[Option<&str>]) -> bool {
    names.iter().all(Option::is_some)
}

#[test]
fn decides_the_value_of_a_bound_token() {
    compare_with_token("st-role", timestamped(lists()), |names| {
        list_requirements(ROLE, names)
    });
    compare_with_token("groups", lists(), |names| list_requirements(GROUPS, names));
    // The audience identifies the token, so a token with an invalid one is not bound.
    let audiences = strings().into_iter().filter(|(_, names)| are_text(names));
    compare_with_token("aud", audiences.collect(), |names| {
        list_requirements(AUDIENCE, names)
    });
    compare_with_token("acr", strings(), |names| string_requirements(ACR, names));
    compare_with_token("plan", timestamped(strings()), |names| {
        string_requirements(PLAN, names)
    });
}
