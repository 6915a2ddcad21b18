//! What holds of every payload: the text allows nothing that the exact claims deny, the bound token
//! decides as they do, another token changes nothing, and nothing panics.

mod edits;

use std::cell::Cell;
use std::time::Duration;

use arbitrary::Unstructured;
use lambda_http::Request;
use proptest::collection::vec;
use proptest::num::u8::ANY as BYTE;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestRunner};
use require_claims::supertokens::{
    AUDIENCE, AUTHENTICATED, EMAIL_VERIFIED, ISSUER, MFA, PERMISSION, ROLE, SCOPE, SUBJECT, TENANT,
};
use require_claims::testing::render::{self, Numbers};
use require_claims::{Factors, Requirement, Session, all, any, extract_claims};
use require_claims_tests::declared::is_declared;
use require_claims_tests::own_claims::PLAN;
use require_claims_tests::payloads::{self, ENOUGH_BYTES, names};
use require_claims_tests::sdk_sets::requirement_sets;
use require_claims_tests::{answers, events, forged};
use serde_json::{Map, Value, json};

/// A requirement, with the claims that it looks at.
type Looking = (&'static [&'static str], Requirement<'static>);

/// What the requirement sets ask for, and what no validator of the SDK does.
fn requirements() -> Vec<Looking> {
    const HOUR: Duration = Duration::from_secs(3_600);
    const NAMES: &[&str] = &["admin", "foo admin", "orders:read"];
    const SCOPES: &[&str] = &["admin", "orders:read"];
    const EITHER: &[Requirement<'static>] = &[ROLE.includes("admin"), EMAIL_VERIFIED.is_true()];
    const EACH: &[Requirement<'static>] = &[
        PERMISSION.excludes("admin"),
        any(EITHER),
        AUTHENTICATED.max_age(HOUR),
    ];
    const SCOPED: &[&str] = &["scope", "scp"];
    let further: [Looking; 18] = [
        (SCOPED, SCOPE.includes("admin")),
        (SCOPED, SCOPE.excludes("admin")),
        (SCOPED, SCOPE.includes_any(SCOPES)),
        (SCOPED, SCOPE.includes_all(SCOPES)),
        (SCOPED, SCOPE.excludes_all(SCOPES)),
        (&["aud"], AUDIENCE.includes("orders")),
        (&["aud"], AUDIENCE.excludes("foo admin")),
        (&["aud"], AUDIENCE.includes_any(NAMES)),
        (&["tId"], TENANT.has_value("public")),
        (&["tId"], TENANT.has_none_of(NAMES)),
        (&["sub"], SUBJECT.has_any_of(NAMES)),
        (&["iss"], ISSUER.has_value("https://api.example.com/auth")),
        (&["plan"], PLAN.has_any_of(NAMES)),
        (&["plan"], PLAN.has_none_of(&["pro", "free"]).max_age(HOUR)),
        (&["sub", "sessionHandle"], AUTHENTICATED),
        (&["st-role", "st-ev"], any(EITHER)),
        (
            &["st-perm", "st-role", "st-ev", "sub", "sessionHandle"],
            all(EACH),
        ),
        (
            &["st-mfa"],
            MFA.has_completed_requirement_list(&[Factors::OneOf(&["totp", "webauthn"])])
                .max_age(HOUR),
        ),
    ];
    let sets = requirement_sets().into_iter().flatten();
    let of_sets = sets.map(|question| -> Looking {
        let keys = KEYS
            .iter()
            .find(|keys| keys.contains(&question.key))
            .unwrap();
        (keys, question.requirement)
    });
    of_sets.chain(further).collect()
}

const KEYS: [&[&str]; 8] = [
    &["st-ev"],
    &["st-role"],
    &["st-perm"],
    &["st-mfa"],
    &["2fa-completed"],
    &["plan"],
    &["seats"],
    &["groups"],
];

/// The text of a payload, made of any bytes; fewer and smaller bytes make a plainer one.
fn payload() -> impl Strategy<Value = String> {
    vec(BYTE, 0..=ENOUGH_BYTES).prop_map(|bytes| {
        let mut bytes = Unstructured::new(&bytes);
        let payload = payloads::payload(&mut bytes).unwrap();
        payloads::spelled(&payload, &mut bytes).unwrap()
    })
}

/// Tries a property on many values; prints the smallest one of which it does not hold. Answers how
/// many they are.
fn for_every<S: Strategy>(strategy: &S, holds: impl Fn(S::Value)) -> u32 {
    for_more(1, strategy, holds)
}

/// As `for_every`, with so many times as many values: where what matters is rare.
fn for_more<S: Strategy>(times: u32, strategy: &S, holds: impl Fn(S::Value)) -> u32 {
    let mut config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    // proptest's own variable asks for more, or for fewer.
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 100;
    }
    config.cases *= times;
    let cases = config.cases;
    let result = TestRunner::new(config).run(strategy, |value| {
        holds(value);
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
    cases
}

/// The events of an HTTP API with this payload's claims, in both forms of numbers.
fn text_events(text: &str) -> [Value; 2] {
    [Numbers::Float64, Numbers::AsWritten].map(|numbers| {
        let claims = render::claims(text, numbers).unwrap();
        events::http_api_jwt(&json!(claims))
    })
}

fn exact_request(text: &str) -> Request {
    let payload: Value = serde_json::from_str(text).unwrap();
    events::request(&events::rest_jwt(&payload))
}

fn errors_of(requirement: Requirement<'_>, request: &Request) -> Value {
    Value::from(answers::errors_of(&[requirement], request))
}

#[test]
fn the_text_allows_nothing_that_the_exact_claims_deny() {
    let requirements = requirements();
    let allowed = Cell::new(0);
    let cases = for_every(&payload(), |text| {
        let payload: Value = serde_json::from_str(&text).unwrap();
        let exact = exact_request(&text);
        for event in text_events(&text).iter().map(events::request) {
            for (keys, requirement) in &requirements {
                let declared = keys
                    .iter()
                    .chain(&["stt"])
                    .all(|key| is_declared(&payload, key));
                if declared && requirement.check_at(&event, answers::now()).is_ok() {
                    allowed.set(allowed.get() + 1);
                    assert_eq!(
                        errors_of(*requirement, &exact),
                        json!([]),
                        "{requirement:?}"
                    );
                }
            }
        }
    });
    assert!(allowed.get() > cases, "{}", allowed.get());
}

#[test]
fn the_bound_token_decides_as_the_exact_claims_do_and_says_why_alike() {
    let requirements = requirements();
    for_every(&payload(), |text| {
        let exact = exact_request(&text);
        for event in text_events(&text) {
            let bound = events::request(&events::with_token(event, &text));
            for (_, requirement) in &requirements {
                let answered = errors_of(*requirement, &bound);
                let expected = errors_of(*requirement, &exact);
                assert!(
                    answers::are_equal(&answered, &expected),
                    "{requirement:?}: {answered}, not {expected}"
                );
            }
        }
    });
}

#[test]
fn a_session_is_read_from_the_text_as_from_the_exact_claims_or_not_at_all() {
    const KEYS: [&str; 8] = [
        "sub",
        "sessionHandle",
        "tId",
        "exp",
        "stt",
        "st-role",
        "st-perm",
        "st-mfa",
    ];
    let read = Cell::new(0);
    let cases = for_more(5, &payload(), |text| {
        let payload: Value = serde_json::from_str(&text).unwrap();
        let exactly = extract_claims::<Session, _>(&exact_request(&text)).ok();
        for event in text_events(&text) {
            let bound = events::request(&events::with_token(event.clone(), &text));
            // Not by `assert_eq!`: a session prints nothing of itself.
            assert!(
                extract_claims::<Session, _>(&bound).ok() == exactly,
                "with the token"
            );
            let by_text = extract_claims::<Session, _>(&events::request(&event)).ok();
            if by_text.is_some() && KEYS.iter().all(|key| is_declared(&payload, key)) {
                read.set(read.get() + 1);
                assert!(by_text == exactly, "by the text");
            }
        }
    });
    assert!(read.get() > cases / 50, "{}", read.get());
}

/// Where the answer is a definite no.
fn is_denied_for_sure(errors: &Value) -> bool {
    let errors = errors.as_array().unwrap();
    let unsure = ["ambiguous value", "unreadable value"];
    let mut messages = errors.iter().map(|error| &error["reason"]["message"]);
    !errors.is_empty() && messages.all(|message| unsure.iter().all(|unsure| message != unsure))
}

#[test]
fn what_the_text_denies_for_sure_no_claims_of_that_text_allow() {
    let requirements = requirements();
    let denied = Cell::new(0);
    let cases = for_every(&payload(), |text| {
        let payload: Value = serde_json::from_str(&text).unwrap();
        let exact = exact_request(&text);
        for event in text_events(&text).iter().map(events::request) {
            for (keys, requirement) in &requirements {
                let declared = keys
                    .iter()
                    .chain(&["stt"])
                    .all(|key| is_declared(&payload, key));
                let by_text = errors_of(*requirement, &event);
                if declared && is_denied_for_sure(&by_text) {
                    denied.set(denied.get() + 1);
                    let exactly = errors_of(*requirement, &exact);
                    assert_ne!(exactly, json!([]), "{requirement:?}: {by_text}");
                }
            }
        }
    });
    assert!(denied.get() > 10 * cases, "{}", denied.get());
}

#[test]
fn a_token_with_the_identity_counts_claim_by_claim_where_its_text_is_the_authorizers() {
    let requirements = requirements();
    let keys: Vec<&str> = KEYS.iter().copied().flatten().copied().collect();
    for_every(&(payload(), vec(BYTE, 0..16)), |(text, bytes)| {
        let payload: Value = serde_json::from_str(&text).unwrap();
        let forged = edits::edited(&payload, &keys, &mut Unstructured::new(&bytes)).unwrap();
        let exact = events::request(&events::rest_jwt(&forged));
        let forged = forged.to_string();
        for numbers in [Numbers::Float64, Numbers::AsWritten] {
            // Both of one spelling, so that the same number is the same text.
            let claims = json!(render::claims(&payload.to_string(), numbers).unwrap());
            let others = json!(render::claims(&forged, numbers).unwrap());
            let event = events::with_token(events::http_api_jwt(&claims), &forged);
            let request = events::request(&event);
            for (keys, requirement) in &requirements {
                let answered = errors_of(*requirement, &request);
                if keys.iter().all(|key| claims[key] == others[key]) {
                    assert!(answers::are_equal(
                        &answered,
                        &errors_of(*requirement, &exact)
                    ));
                } else if let [key] = keys {
                    let differs = json!({"id": key, "reason": {"message": "unknown rendering"}});
                    let errors = answered.as_array().unwrap();
                    assert!(
                        errors.contains(&differs),
                        "{requirement:?} of {forged}: {answered}"
                    );
                }
            }
        }
    });
}

#[test]
fn a_token_of_somebody_else_changes_nothing() {
    let requirements = requirements();
    for_every(&(payload(), 0..9_usize), |(text, number)| {
        let payload: Value = serde_json::from_str(&text).unwrap();
        let forged = forged::of_somebody_else(&payload, number);
        for event in text_events(&text) {
            let alone = events::request(&event);
            let unbound = events::request(&events::with_token(event, &forged));
            for (_, requirement) in &requirements {
                let answered = errors_of(*requirement, &unbound);
                assert_eq!(answered, errors_of(*requirement, &alone), "{requirement:?}");
            }
        }
    });
}

/// Texts put together of what texts of claims consist of.
fn text() -> impl Strategy<Value = String> {
    let structure = [
        "map[",
        "]",
        "[",
        "{",
        "}",
        "v:",
        "t:",
        "c:",
        " ",
        ":",
        ",",
        "\"v\":",
        "\"t\":",
        "\"",
        "\\",
        "true",
        "false",
        "<nil>",
        "null",
        "1.7e+12",
        "1700000300123",
        "-",
        "e",
        "\0",
        "\u{e9}",
    ];
    let pieces: Vec<&str> = structure
        .into_iter()
        .chain(names::PLAIN)
        .chain(names::FACTORS)
        .collect();
    vec(proptest::sample::select(pieces), 0..12).prop_map(|pieces| pieces.concat())
}

#[test]
fn no_text_and_no_header_makes_the_guard_panic_or_deny_without_a_reason() {
    let requirements = requirements();
    let keys = KEYS.iter().copied().flatten();
    let keys: Vec<&str> = keys
        .copied()
        .chain(["scope", "scp", "aud", "sub", "stt"])
        .collect();
    let texts = vec(text(), keys.len());
    for_every(
        &(texts, text(), vec(BYTE, 0..64)),
        |(texts, json, bytes)| {
            let mut claims: Map<String, Value> = keys
                .iter()
                .zip(texts)
                .map(|(key, text)| ((*key).to_owned(), json!(text)))
                .collect();
            claims.insert("iss".to_owned(), json!("issuer"));
            claims.insert("exp".to_owned(), json!("1"));
            let event = events::http_api_jwt(&Value::Object(claims));
            let header = String::from_utf8_lossy(&bytes).replace(char::is_control, "");
            for event in [
                events::with_token(event.clone(), &json),
                events::with_token(
                    event.clone(),
                    &format!(r#"{{"iss":"issuer","exp":1,"st-ev":{json}}}"#),
                ),
                events::with_authorization(event, &format!("Bearer {header}")),
            ] {
                let request = events::request(&event);
                for (_, requirement) in &requirements {
                    // Asserts that a denial has a reason.
                    let _ = errors_of(*requirement, &request);
                }
            }
        },
    );
}
