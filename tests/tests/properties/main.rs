//! Properties of random payloads, texts and headers, shrunk to a small example if they do not hold.

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
    AUDIENCE, AUTHENTICATED, CLIENT, EMAIL_VERIFIED, ISSUER, MFA, OAUTH2, PERMISSION, ROLE, SCOPE,
    SUBJECT, TENANT,
};
use require_claims::testing::render::{self, Numbers};
use require_claims::{Factors, Requirement, Session, all, any, extract_claims};
use require_claims_tests::claims::SDK_CLAIMS;
use require_claims_tests::custom_claims::PLAN;
use require_claims_tests::declared_types::has_declared_type;
use require_claims_tests::fuzzing::{self, KeyedRequirement, Texts};
use require_claims_tests::payloads::{self, ENOUGH_BYTES, names};
use require_claims_tests::{denials, events};
use serde_json::{Value, json};

/// The requirements of the requirement sets, and those for which the SDK has no validator.
fn requirements() -> Vec<KeyedRequirement<'static>> {
    const HOUR: Duration = Duration::from_secs(3_600);
    const NAMES: &[&str] = &["admin", "foo admin", "orders:read"];
    const SCOPES: &[&str] = &["admin", "orders:read"];
    const EITHER: &[Requirement<'static>] = &[ROLE.includes("admin"), EMAIL_VERIFIED.is_true()];
    const EACH: &[Requirement<'static>] = &[
        PERMISSION.excludes("admin"),
        any(EITHER),
        AUTHENTICATED.max_age(HOUR),
    ];
    const READERS: &[Requirement<'static>] = &[OAUTH2, SCOPE.includes("orders:read")];
    const OF_CLIENT: &[Requirement<'static>] = &[OAUTH2, CLIENT.has_value("orders-cli")];
    // The members of `any` belong to the list around it.
    const IN_ANY: &[Requirement<'static>] = &[OAUTH2, CLIENT.has_value("orders-cli")];
    const WITH_ANY: &[Requirement<'static>] = &[AUDIENCE.includes("orders"), any(IN_ANY)];
    const EITHER_TYPE: &[Requirement<'static>] = &[ROLE.includes("admin"), all(READERS)];
    const SCOPE_KEYS: &[&str] = &["scope", "scp"];
    let further: [(&'static [&'static str], Requirement<'static>); 22] = [
        (SCOPE_KEYS, SCOPE.includes("admin")),
        (SCOPE_KEYS, SCOPE.excludes("admin")),
        (SCOPE_KEYS, SCOPE.includes_any(SCOPES)),
        (SCOPE_KEYS, SCOPE.includes_all(SCOPES)),
        (SCOPE_KEYS, SCOPE.excludes_all(SCOPES)),
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
        (SCOPE_KEYS, all(READERS)),
        (&["client_id"], all(OF_CLIENT)),
        (&["aud", "client_id"], all(WITH_ANY)),
        (&["st-role", "scope", "scp"], any(EITHER_TYPE)),
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
    let further = further.map(|(keys, requirement)| KeyedRequirement { keys, requirement });
    let mut requirements = fuzzing::of_requirement_sets();
    requirements.extend(further);
    requirements.extend(fuzzing::on_shapes(NAMES));
    requirements
}

/// The JSON text of a payload, generated from bytes. Fewer and smaller bytes generate a simpler payload.
fn payload() -> impl Strategy<Value = String> {
    vec(BYTE, 0..=ENOUGH_BYTES).prop_map(|bytes| {
        let mut bytes = Unstructured::new(&bytes);
        let payload = payloads::payload(&mut bytes).unwrap();
        payloads::spelled(&payload, &mut bytes).unwrap()
    })
}

/// Checks a property on many random values, and reports the smallest value for which it does not hold.
/// Returns the number of values.
fn for_every<S: Strategy>(strategy: &S, holds: impl Fn(S::Value)) -> u32 {
    for_more(1, strategy, holds)
}

/// Like `for_every`, with `times` as many values, for properties of rare payloads.
fn for_more<S: Strategy>(times: u32, strategy: &S, holds: impl Fn(S::Value)) -> u32 {
    let mut config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    // This variable of proptest sets another number.
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

/// The forms in which gateways write numbers.
const TEXT_NUMBERS: [Numbers; 2] = [Numbers::Float64, Numbers::AsWritten];

/// The payload's claims as an HTTP API passes them.
fn claims(payload: &str, numbers: Numbers) -> Texts {
    let claims = render::claims(payload, numbers).unwrap();
    claims.into_iter().collect()
}

/// Events of an HTTP API with the payload's claims, in both forms of numbers.
fn text_events(payload: &str) -> [Value; 2] {
    TEXT_NUMBERS.map(|numbers| events::http_api_jwt(&json!(claims(payload, numbers))))
}

fn exact_request(text: &str) -> Request {
    let payload: Value = serde_json::from_str(text).unwrap();
    events::request(&events::rest_jwt(&payload))
}

fn errors_of(requirement: Requirement<'_>, request: &Request) -> Value {
    Value::from(denials::errors_of(&[requirement], request))
}

/// Replaces the fuzzer: see `fuzzing::check_payload`.
#[test]
fn decides_a_payload_alike_in_every_form() {
    let requirements = requirements();
    let allowed = Cell::new(0);
    let cases = for_every(&payload(), |text| {
        let texts = TEXT_NUMBERS.map(|numbers| claims(&text, numbers));
        let outcomes = fuzzing::check_payload(&text, &texts, &requirements);
        let allowed_now = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        allowed.set(allowed.get() + u32::try_from(allowed_now).unwrap());
    });
    assert!(allowed.get() > cases, "{}", allowed.get());
}

#[test]
fn extracts_the_same_session_from_text_as_from_exact_claims_or_none() {
    const KEYS: [&str; 9] = [
        "sub",
        "rsub",
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
        let exact = extract_claims::<Session, _>(&exact_request(&text)).ok();
        let token_type = payload.get("stt").unwrap_or(&json!(0)).as_f64();
        assert!(exact.is_none() || token_type == Some(0.0), "another type");
        for event in text_events(&text) {
            let bound = events::request(&events::with_token(event.clone(), &text));
            // Not with `assert_eq!`, because the `Debug` output of a session is redacted.
            assert!(
                extract_claims::<Session, _>(&bound).ok() == exact,
                "with the token"
            );
            let from_text = extract_claims::<Session, _>(&events::request(&event)).ok();
            if from_text.is_some() && KEYS.iter().all(|key| has_declared_type(&payload, key)) {
                read.set(read.get() + 1);
                assert!(from_text == exact, "from the text");
            }
        }
    });
    assert!(read.get() > cases / 50, "{}", read.get());
}

/// Whether the denial does not depend on the interpretation of the text.
fn is_definite_denial(errors: &Value) -> bool {
    let errors = errors.as_array().unwrap();
    let indefinite = ["ambiguous value", "unreadable value"];
    let mut messages = errors.iter().map(|error| &error["reason"]["message"]);
    !errors.is_empty() && messages.all(|message| indefinite.iter().all(|other| message != other))
}

#[test]
fn exact_claims_deny_what_text_denies_definitely() {
    let requirements = requirements();
    let denied = Cell::new(0);
    let cases = for_every(&payload(), |text| {
        let payload: Value = serde_json::from_str(&text).unwrap();
        let exact = exact_request(&text);
        for event in text_events(&text).iter().map(events::request) {
            for KeyedRequirement { keys, requirement } in &requirements {
                let mut all_keys = keys.iter().chain(&["stt"]);
                let declared = all_keys.all(|key| has_declared_type(&payload, key));
                let from_text = errors_of(*requirement, &event);
                if declared && is_definite_denial(&from_text) {
                    denied.set(denied.get() + 1);
                    let expected = errors_of(*requirement, &exact);
                    assert_ne!(expected, json!([]), "{requirement:?}: {from_text}");
                }
            }
        }
    });
    assert!(denied.get() > 10 * cases, "{}", denied.get());
}

#[test]
fn uses_each_claim_of_a_bound_token_only_if_its_text_is_the_authorizers() {
    let requirements = requirements();
    let keys = SDK_CLAIMS.each_ref().map(|claim| claim.key);
    for_every(&(payload(), vec(BYTE, 0..16)), |(text, bytes)| {
        let payload: Value = serde_json::from_str(&text).unwrap();
        let forged = edits::edited(&payload, &keys, &mut Unstructured::new(&bytes)).unwrap();
        let exact = events::request(&events::rest_jwt(&forged));
        let forged = forged.to_string();
        for numbers in [Numbers::Float64, Numbers::AsWritten] {
            // Both from `to_string`, so that equal numbers have the same text.
            let claims = json!(render::claims(&payload.to_string(), numbers).unwrap());
            let others = json!(render::claims(&forged, numbers).unwrap());
            let event = events::with_token(events::http_api_jwt(&claims), &forged);
            let request = events::request(&event);
            for KeyedRequirement { keys, requirement } in &requirements {
                let answered = errors_of(*requirement, &request);
                if keys.iter().all(|key| claims[key] == others[key]) {
                    assert!(denials::are_equal(
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

/// Random sequences of parts of the gateway's text.
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
        "roles:",
        "names:",
        "contact:",
        "confirmed:",
        "tier:",
        "quota:",
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

/// Replaces the fuzzer: see `fuzzing::text`.
#[test]
fn text_allows_only_what_all_interpretations_allow() {
    for_every(&(text(), text()), |(text, name)| {
        fuzzing::text(format!("{text}\n{name}").as_bytes());
    });
}

/// Replaces the fuzzer: see `fuzzing::token`.
#[test]
fn only_a_bound_token_counts() {
    let inputs = (text(), text(), text(), vec(BYTE, 0..64));
    for_every(&inputs, |(claim, member, json, bytes)| {
        let header = String::from_utf8_lossy(&bytes).replace(char::is_control, "");
        let claims = format!("iss: issuer\nexp: 1\nst-ev: {claim}\nst-role: {member}");
        let unbound = format!(r#"{{"iss":"issuer","exp":1,"st-ev":{json}}}"#);
        let bound = json!({"iss": "issuer", "exp": 1, "plan": {"v": json}});
        for token in [
            format!("authorization: Bearer e30.@.c2ln\ntoken: {json}"),
            format!("authorization: Bearer e30.@.c2ln\ntoken: {unbound}"),
            format!("authorization: Bearer e30.@.c2ln\ntoken: {bound}"),
            format!("authorization: Bearer {header}"),
        ] {
            fuzzing::token(format!("{claims}\n{token}").as_bytes());
        }
    });
}
