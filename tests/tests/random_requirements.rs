//! Random requirements: the attribute and the equivalent value have the same outcome, and it is the one that
//! a simple evaluator expects.

use std::time::{Duration, UNIX_EPOCH};

use fastrand::Rng;
use lambda_http::Request;
use require_claims::testing::render::{self, Numbers};
use require_claims::{Factors, FromRejection, Rejection, all, any, require_claims, supertokens};
use require_claims_tests::claims::{Shape, ValueType};
use require_claims_tests::random_attributes::{
    ClaimRequirement, Expected, NAMES, NUMBERS, Requirement, generate, joined, once_in, one_of,
};
use require_claims_tests::{claims as all_claims, events};
use serde_json::{Map, Value, json};

mod claims {
    pub(super) use require_claims_tests::custom_claims::{
        AMR, AREA, COGNITO_GROUP, COMPANY, CONFIRMED, DEPARTMENT, GROUPS, LABEL, LEVEL, PLAN,
        POSITION, PROJECT, QUOTA, REALM_ROLE, RESOURCE, SEATS, TEAMS, TIER, TWO_FACTOR, VERIFIED,
    };
}

/// The return type of the guarded functions.
struct Outcome(Result<(), Rejection>);

impl Outcome {
    /// The body ran.
    fn ran(event: &Request) -> Self {
        assert_eq!(event.uri().path(), "/orders/7");
        Self(Ok(()))
    }
}

impl FromRejection for Outcome {
    fn from_rejection(rejection: Rejection) -> Self {
        Self(Err(rejection))
    }
}

/// An attribute, a function that it guards, and a check of the equivalent values.
struct Case {
    attribute: &'static str,
    guarded: fn(&Request) -> Outcome,
    checked: fn(&Request) -> Result<(), Rejection>,
}

include!(concat!(env!("OUT_DIR"), "/handlers.rs"));

fn now() -> u64 {
    UNIX_EPOCH.elapsed().unwrap().as_secs()
}

/// Whether a payload meets a list of requirements, on the path `/…/{id}` of this id.
fn meets_all(list: &[Requirement], payload: &Value, id: &str) -> bool {
    let token_type = u8::from(has_oauth2(list));
    list.iter().all(|one| meets(one, token_type, payload, id))
}

/// Whether the word is in the list. Each `all(…)` is a list of its own.
fn has_oauth2(members: &[Requirement]) -> bool {
    members.iter().any(|member| match member {
        Requirement::OAuth2 => true,
        Requirement::Any(members) => has_oauth2(members),
        Requirement::Claim(_) | Requirement::All(_) => false,
    })
}

/// Whether a payload meets a requirement of a list about this type of token.
fn meets(requirement: &Requirement, token_type: u8, payload: &Value, id: &str) -> bool {
    match requirement {
        Requirement::Claim(claim) => {
            is_of_type(payload, token_type) && meets_claim(claim, payload, id)
        }
        Requirement::OAuth2 => is_of_type(payload, 1),
        Requirement::Any(members) => {
            let mut members = members.iter();
            members.any(|one| meets(one, token_type, payload, id))
        }
        Requirement::All(members) => meets_all(members, payload, id),
    }
}

/// A token of another issuer has no type.
fn is_of_type(payload: &Value, token_type: u8) -> bool {
    match payload.get("stt") {
        Some(stt) => *stt == token_type,
        None => token_type == 0,
    }
}

fn meets_claim(claim: &ClaimRequirement, payload: &Value, id: &str) -> bool {
    let value = &payload[claim.claim.key];
    if claim.claim.value == ValueType::Session {
        return value.is_string() && payload["sub"].is_string() && is_of_type(payload, 0);
    }
    let oldest = claim
        .max_age
        .map_or(0, |hours| now() - 60 * 60 * u64::from(hours));
    if claim.claim.value == ValueType::Factors {
        return meets_factors(&claim.expected, value, oldest);
    }
    let nested = follow(value, claim.claim.members);
    let value = &nested;
    let held = if claim.claim.is_timestamped {
        if claim.max_age.is_some() && value["t"].as_u64().is_none_or(|t| t / 1000 < oldest) {
            return false;
        }
        &value["v"]
    } else {
        value
    };
    let held: Vec<String> = match held {
        Value::Array(names) => names
            .iter()
            .map(|name| name.as_str().unwrap().to_owned())
            .collect(),
        Value::String(names) => match claim.claim.shape {
            Shape::Separated(separator) => names.split(separator).map(str::to_owned).collect(),
            Shape::JsonText => serde_json::from_str(names).unwrap(),
            _ => vec![names.clone()],
        },
        Value::Object(members) => members.keys().cloned().collect(),
        Value::Null => return false,
        other => vec![other.to_string()],
    };
    let has = |name: &str| held.iter().any(|held| held == name);
    match &claim.expected {
        Expected::Default => has("true"),
        Expected::One(name) => has(name),
        Expected::List("any", names) => names.iter().any(|name| has(name)),
        Expected::List("all", names) => names.iter().all(|name| has(name)),
        Expected::List(_, names) => !names.iter().any(|name| has(name)),
        Expected::Path => has(id),
    }
}

/// The value to which these names lead; `null` if one is missing.
fn follow(value: &Value, members: &[&str]) -> Value {
    members.iter().fold(value.clone(), |value, member| {
        let object = match value {
            Value::String(text) => serde_json::from_str(&text).unwrap(),
            object => object,
        };
        object[*member].clone()
    })
}

fn meets_factors(expected: &Expected, value: &Value, oldest: u64) -> bool {
    let has = |name: &str| value["c"][name].as_u64().is_some_and(|time| time >= oldest);
    match expected {
        Expected::Default => value["v"] == true,
        Expected::One(name) => has(name),
        Expected::List("any", names) => names.iter().any(|name| has(name)),
        Expected::List(_, names) => names.iter().all(|name| has(name)),
        Expected::Path => false,
    }
}

/// A payload with most of the claims. Their values are those of the requirements.
fn payload(random: &mut Rng) -> Value {
    let mut payload = Map::new();
    for claim in all_claims::all() {
        if once_in(random, 8) {
            continue;
        }
        let mut names = || -> Vec<&str> {
            let names = NAMES.into_iter().filter(|_| once_in(random, 2));
            names.collect()
        };
        let value = match claim.value {
            ValueType::Names => several(&names(), claim.shape),
            ValueType::Session => json!("session-1"),
            ValueType::Boolean => json!(!once_in(random, 4)),
            ValueType::Name => json!(one_of(random, &NAMES)),
            ValueType::Number => one_of(random, &NUMBERS).parse::<i64>().unwrap().into(),
            ValueType::Factors => factors(random),
        };
        let value = match claim.value {
            ValueType::Factors => value,
            _ if claim.is_timestamped => json!({"v": value, "t": time(random) * 1000}),
            _ => within(random, claim.members, value),
        };
        payload.insert(claim.key.to_owned(), value);
    }
    payload.insert("exp".to_owned(), json!(1_700_003_600));
    if let Some(token_type) = one_of(random, &[None, Some(0), Some(0), Some(1), Some(1), Some(2)]) {
        payload.insert("stt".to_owned(), json!(token_type));
    }
    Value::Object(payload)
}

/// The names in a shape.
fn several(names: &[&str], shape: Shape) -> Value {
    match shape {
        Shape::OneOrMany if names.len() == 1 => json!(names[0]),
        Shape::Plain | Shape::OneOrMany => json!(names),
        Shape::Separated(separator) => json!(names.join(&separator.to_string())),
        Shape::Keys => names
            .iter()
            .map(|name| ((*name).to_owned(), json!({"since": 1})))
            .collect(),
        Shape::JsonText => json!(json!(names).to_string()),
    }
}

/// The value within objects, in some cases next to another member or as JSON text.
fn within(random: &mut Rng, members: &[&str], value: Value) -> Value {
    members.iter().rev().fold(value, |value, member| {
        let mut object = json!({ *member: value });
        if once_in(random, 3) {
            object["z"] = json!(["admin"]);
        }
        if once_in(random, 4) {
            json!(object.to_string())
        } else {
            object
        }
    })
}

fn factors(random: &mut Rng) -> Value {
    let mut completed = Map::new();
    for name in ["emailpassword", "otp-email", "totp", "webauthn"] {
        if once_in(random, 2) {
            completed.insert(name.to_owned(), time(random).into());
        }
    }
    json!({"c": completed, "v": once_in(random, 2)})
}

/// A time one hour or ten days ago, for a maximum age of two days.
fn time(random: &mut Rng) -> u64 {
    now() - 60 * 60 * if once_in(random, 3) { 240 } else { 1 }
}

fn errors(outcome: &Result<(), Rejection>) -> &[require_claims::ClaimValidationError] {
    outcome.as_ref().err().map_or(&[], Rejection::errors)
}

/// The keys and messages of the errors, without their details, which depend on the clock.
fn messages(outcome: &Result<(), Rejection>) -> Vec<(String, String)> {
    let errors = errors(outcome).iter();
    let messages = errors.map(|error| (error.id().to_owned(), error.message().to_owned()));
    messages.collect()
}

#[test]
fn attribute_and_value_decide_as_the_evaluator() {
    let seed = env!("REQUIREMENTS_SEED").parse().unwrap();
    let count = env!("REQUIREMENTS_COUNT").parse().unwrap();
    let requirements = generate(seed, count);
    assert_eq!(CASES.len(), requirements.len());
    let mut random = Rng::with_seed(seed);
    let payloads: Vec<Value> = (0..150).map(|_| payload(&mut random)).collect();
    let (mut allowed, mut denied, mut access_tokens_allowed) = (0, 0, 0);
    for payload in &payloads {
        let id = one_of(&mut random, &NAMES);
        let text = render::claims(&payload.to_string(), Numbers::default());
        let events = [
            events::rest_jwt(payload),
            events::http_api_jwt(&json!(text.unwrap())),
        ];
        let [exact, text] = events.map(|mut event| {
            event["pathParameters"] = json!({"id": id});
            events::request(&event)
        });
        for (case, requirements) in CASES.iter().zip(&requirements) {
            let attribute = case.attribute;
            assert_eq!(attribute, joined(requirements));
            let Outcome(guarded) = (case.guarded)(&exact);
            let expected = meets_all(requirements, payload, id);
            assert_eq!(
                guarded.is_ok(),
                expected,
                "{attribute} of {payload}: {guarded:?}"
            );
            assert_eq!(
                messages(&guarded),
                messages(&(case.checked)(&exact)),
                "{attribute} of {payload}"
            );
            let Outcome(guarded) = (case.guarded)(&text);
            assert!(
                guarded.is_err() || expected,
                "{attribute} of the text of {payload}"
            );
            assert_eq!(
                messages(&guarded),
                messages(&(case.checked)(&text)),
                "{attribute} of {payload}"
            );
            *if expected { &mut allowed } else { &mut denied } += 1;
            access_tokens_allowed += u32::from(expected && payload["stt"] == 1);
        }
    }
    assert!(
        allowed > 1_500 && denied > 1_500 && access_tokens_allowed > 500,
        "{allowed} allowed, of them {access_tokens_allowed} access tokens; {denied} denied"
    );
}
