//! Compares one payload, in every form in which a gateway passes it, with the SDK's results.

use std::collections::BTreeMap;

use lambda_http::Request;
use require_claims::Requirement;
use require_claims::testing::render::{self, Numbers};
use require_claims_tests::declared_types::has_declared_type;
use require_claims_tests::requirement_sets::Validation;
use require_claims_tests::{denials, events, forged_tokens, payloads};
use serde_json::{Value, json};

use super::sdk::Answer;
use super::stricter;

/// Compares payloads, and counts the comparisons.
#[derive(Default)]
pub(crate) struct Comparison<'a> {
    sets: &'a [Vec<Validation>],
    pub(crate) payloads: usize,
    /// Verdicts of sets, of all kinds of events.
    pub(crate) verdicts: u64,
    pub(crate) allowed: u64,
    pub(crate) denied: u64,
    /// Sets that the text allows without a token.
    pub(crate) allowed_by_text: u64,
    /// How often each case occurred in which the guard is stricter.
    pub(crate) stricter: BTreeMap<&'static str, u64>,
}

/// The expected errors of a payload: for each set, that of each requirement.
type Expected = Vec<Vec<Option<Value>>>;

impl<'a> Comparison<'a> {
    pub(crate) fn of(sets: &'a [Vec<Validation>]) -> Self {
        Self {
            sets,
            ..Self::default()
        }
    }

    /// Compares one payload, as JSON text, with the SDK's results.
    pub(crate) fn compare(&mut self, text: &str, answers: &[Vec<Answer>]) {
        let payload: Value = serde_json::from_str(text).unwrap();
        let expected = self.expected(&payload, answers);
        self.assert_decided_as_expected(&events::rest_jwt(&payload), &payload, &expected);
        for numbers in [Numbers::Float64, Numbers::AsWritten] {
            let claims = json!(render::claims(text, numbers).unwrap());
            let event = events::http_api_jwt(&claims);
            let bound = events::with_token(event.clone(), text);
            self.assert_decided_as_expected(&bound, &payload, &expected);
            let by_text = self.assert_allows_no_more(&event, &payload, &expected);
            self.assert_forged_tokens_denied(&event, &payload, &by_text);
        }
        self.payloads += 1;
    }

    fn expected(&mut self, payload: &Value, answers: &[Vec<Answer>]) -> Expected {
        let sets = self.sets.iter().zip(answers);
        sets.map(|(set, answers)| {
            assert_eq!(set.len(), answers.len());
            let each = set.iter().zip(answers);
            each.map(|(validation, answer)| {
                let (error, case) = stricter::expected(validation, payload, answer);
                if let Some(case) = case {
                    *self.stricter.entry(case).or_default() += 1;
                }
                error
            })
            .collect()
        })
        .collect()
    }

    /// If the types are known, verdict and reasons are the expected ones.
    fn assert_decided_as_expected(&mut self, event: &Value, payload: &Value, expected: &Expected) {
        let request = events::request(event);
        for (set, expected) in self.sets.iter().zip(expected) {
            let errors: Vec<Value> = token_error(payload)
                .into_iter()
                .chain(expected.iter().flatten().cloned())
                .collect();
            let answered = errors_of(set, &request);
            assert_same(&answered, &errors, set, event);
            self.verdicts += 1;
            self.allowed += u64::from(errors.is_empty());
            self.denied += u64::from(!errors.is_empty());
        }
    }

    /// Without a token, the text allows only what is expected, if the claim is of its declared type. Returns
    /// its errors.
    fn assert_allows_no_more(
        &mut self,
        event: &Value,
        payload: &Value,
        expected: &Expected,
    ) -> Vec<Vec<Value>> {
        let request = events::request(event);
        let sets = self.sets.iter().zip(expected);
        sets.map(|(set, expected)| {
            for (validation, expected) in set.iter().zip(expected) {
                let is_allowed = validation
                    .requirement
                    .check_at(&request, payloads::now())
                    .is_ok();
                let may_be = expected.is_none() || !has_declared_type(payload, validation.key);
                assert!(
                    may_be || !is_allowed,
                    "{validation:?} allowed by the text of {event}"
                );
            }
            let errors = errors_of(set, &request);
            let is_session = token_error(payload).is_none() || !has_declared_type(payload, "stt");
            assert!(is_session || !errors.is_empty(), "no session: {event}");
            self.verdicts += 1;
            self.allowed_by_text += u64::from(errors.is_empty());
            errors
        })
        .collect()
    }

    /// A token with another identity changes nothing. One with the same identity and other claims is denied,
    /// because its claims differ from those that the authorizer passed.
    fn assert_forged_tokens_denied(
        &mut self,
        event: &Value,
        payload: &Value,
        by_text: &[Vec<Value>],
    ) {
        let forged = forged_tokens::with_another_identity(payload, self.payloads);
        let unbound = events::with_token(event.clone(), &forged);
        let request = events::request(&unbound);
        for (set, errors) in self.sets.iter().zip(by_text) {
            assert_same(&errors_of(set, &request), errors, set, &unbound);
            self.verdicts += 1;
        }

        let forged = forged_tokens::with_the_same_identity(payload);
        let bound = events::with_token(event.clone(), &forged);
        let request = events::request(&bound);
        for set in self.sets {
            let answered = errors_of(set, &request);
            let differs = set.iter().map(
                |validation| json!({"id": validation.key, "reason": {"message": "unknown rendering"}}),
            );
            // Except for the kind of token, which the forged one has of a session.
            let of_claims = answered.iter().filter(|error| error["id"] != "stt");
            let of_claims: Vec<Value> = of_claims.cloned().collect();
            assert_same(&of_claims, &differs.collect::<Vec<_>>(), set, &bound);
            assert!(token_error(payload).is_none() || answered.len() > of_claims.len());
            self.verdicts += 1;
        }
    }
}

/// For each set, whether a payload meets each requirement.
pub(crate) fn verdicts(
    sets: &[Vec<Validation>],
    payload: &Value,
    answers: &[Vec<Answer>],
) -> Vec<Vec<bool>> {
    let expected = Comparison::of(sets).expected(payload, answers);
    let is_session = token_error(payload).is_none();
    let is_met = |error: &Option<Value>| is_session && error.is_none();
    let sets = expected.iter();
    sets.map(|set| set.iter().map(is_met).collect()).collect()
}

/// The error of a token that is not that of a session. The SDK rejects it before it validates claims.
fn token_error(payload: &Value) -> Option<Value> {
    let kind = payload.get("stt")?;
    let mut reason = json!({"message": "wrong value", "expectedValue": 0});
    if let Value::Number(number) = kind {
        if number.as_f64() == Some(0.0) {
            return None;
        }
        reason["actualValue"] = kind.clone();
    }
    Some(json!({"id": "stt", "reason": reason}))
}

fn errors_of(set: &[Validation], request: &Request) -> Vec<Value> {
    let requirements: Vec<Requirement<'_>> = set
        .iter()
        .map(|validation| validation.requirement)
        .collect();
    denials::errors_of(&requirements, request)
}

fn assert_same(answered: &[Value], expected: &[Value], set: &[Validation], event: &Value) {
    let is_same = denials::are_all_equal(answered, expected);
    assert!(
        is_same,
        "answered {}\nexpected {}\nto {set:?}\nof {event}",
        json!(answered),
        json!(expected)
    );
}
