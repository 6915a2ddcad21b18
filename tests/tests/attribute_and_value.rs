//! Requirements at random: the attribute and the value decide the same, which is what a plain
//! evaluator says.

use std::time::{Duration, UNIX_EPOCH};

use fastrand::Rng;
use lambda_http::Request;
use require_claims::testing::render::{self, Numbers};
use require_claims::{Factors, FromRejection, Rejection, all, any, require_claims, supertokens};
use require_claims_tests::events;
use require_claims_tests::random_attributes::{
    Asks, CLAIMS, Claim, Holds, NAMES, NUMBERS, Requirement, generate, joined, once_in, one_of,
};
use serde_json::{Map, Value, json};

mod claims {
    use require_claims::BooleanClaim;
    pub(super) use require_claims_tests::own_claims::{PLAN, SEATS, TEAMS};

    pub(super) const BETA: BooleanClaim = BooleanClaim::new("beta");
}

/// What a guarded function answers here.
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

/// One attribute: a function that it guards, and the values that it stands for.
struct Case {
    attribute: &'static str,
    guarded: fn(&Request) -> Outcome,
    checked: fn(&Request) -> Result<(), Rejection>,
}

include!(concat!(env!("OUT_DIR"), "/handlers.rs"));

fn now() -> u64 {
    UNIX_EPOCH.elapsed().unwrap().as_secs()
}

/// Whether a payload meets a requirement, on the path `/…/{id}` of this id.
fn meets(requirement: &Requirement, payload: &Value, id: &str) -> bool {
    match requirement {
        Requirement::Claim(claim) => meets_claim(claim, payload, id),
        Requirement::Any(members) => members.iter().any(|one| meets(one, payload, id)),
        Requirement::All(members) => members.iter().all(|one| meets(one, payload, id)),
    }
}

fn meets_claim(claim: &Claim, payload: &Value, id: &str) -> bool {
    let value = &payload[claim.known.key];
    if claim.known.holds == Holds::Session {
        return value.is_string() && payload["sub"].is_string();
    }
    let oldest = claim
        .max_age
        .map_or(0, |hours| now() - 60 * 60 * u64::from(hours));
    if claim.known.holds == Holds::Factors {
        return meets_factors(&claim.asks, value, oldest);
    }
    let held = if claim.known.timed {
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
        // Names in a string have blanks between.
        Value::String(names) => names.split(' ').map(str::to_owned).collect(),
        Value::Null => return false,
        other => vec![other.to_string()],
    };
    let has = |name: &str| held.iter().any(|held| held == name);
    match &claim.asks {
        Asks::Nothing => has("true"),
        Asks::One(name) => has(name),
        Asks::List("any", names) => names.iter().any(|name| has(name)),
        Asks::List("all", names) => names.iter().all(|name| has(name)),
        Asks::List(_, names) => !names.iter().any(|name| has(name)),
        Asks::Path => has(id),
    }
}

fn meets_factors(asks: &Asks, value: &Value, oldest: u64) -> bool {
    let has = |name: &str| value["c"][name].as_u64().is_some_and(|time| time >= oldest);
    match asks {
        Asks::Nothing => value["v"] == true,
        Asks::One(name) => has(name),
        Asks::List("any", names) => names.iter().any(|name| has(name)),
        Asks::List(_, names) => names.iter().all(|name| has(name)),
        Asks::Path => false,
    }
}

/// A payload in which a claim is there mostly, with a value that is asked for now and then.
fn payload(random: &mut Rng) -> Value {
    let mut payload = Map::new();
    for known in &CLAIMS {
        if once_in(random, 8) {
            continue;
        }
        let mut names = || -> Vec<&str> {
            let names = NAMES.into_iter().filter(|_| once_in(random, 2));
            names.collect()
        };
        let value = match known.holds {
            Holds::Names if known.key == "scope" => json!(names().join(" ")),
            Holds::Names => json!(names()),
            Holds::Session => json!("session-1"),
            Holds::Boolean => json!(!once_in(random, 4)),
            Holds::Name => json!(one_of(random, &NAMES)),
            Holds::Number => one_of(random, &NUMBERS).parse::<i64>().unwrap().into(),
            Holds::Factors => factors(random),
        };
        let value = match known.holds {
            Holds::Factors => value,
            _ if known.timed => json!({"v": value, "t": time(random) * 1000}),
            _ => value,
        };
        payload.insert(known.key.to_owned(), value);
    }
    payload.insert("exp".to_owned(), json!(1_700_003_600));
    Value::Object(payload)
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

/// A time of today or of ten days ago, for ages of two days.
fn time(random: &mut Rng) -> u64 {
    now() - 60 * 60 * if once_in(random, 3) { 240 } else { 1 }
}

fn errors(outcome: &Result<(), Rejection>) -> &[require_claims::ClaimValidationError] {
    outcome.as_ref().err().map_or(&[], Rejection::errors)
}

/// A message, and where it is of an age without the age, which the clock moves on.
fn kinds(outcome: &Result<(), Rejection>) -> Vec<(String, String)> {
    let errors = errors(outcome).iter();
    let told = errors.map(|error| (error.id().to_owned(), error.message().to_owned()));
    told.collect()
}

#[test]
fn attribute_and_value_decide_what_is_true() {
    let seed = env!("REQUIREMENTS_SEED").parse().unwrap();
    let count = env!("REQUIREMENTS_COUNT").parse().unwrap();
    let requirements = generate(seed, count);
    assert_eq!(CASES.len(), requirements.len());
    let mut random = Rng::with_seed(seed);
    let payloads: Vec<Value> = (0..150).map(|_| payload(&mut random)).collect();
    let (mut allowed, mut denied) = (0, 0);
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
            let expected = requirements.iter().all(|one| meets(one, payload, id));
            assert_eq!(
                guarded.is_ok(),
                expected,
                "{attribute} of {payload}: {guarded:?}"
            );
            assert_eq!(
                kinds(&guarded),
                kinds(&(case.checked)(&exact)),
                "{attribute} of {payload}"
            );
            let Outcome(guarded) = (case.guarded)(&text);
            assert!(
                guarded.is_err() || expected,
                "{attribute} of the text of {payload}"
            );
            assert_eq!(
                kinds(&guarded),
                kinds(&(case.checked)(&text)),
                "{attribute} of {payload}"
            );
            *if expected { &mut allowed } else { &mut denied } += 1;
        }
    }
    assert!(
        allowed > 1_500 && denied > 1_500,
        "{allowed} allowed, {denied} denied"
    );
}
