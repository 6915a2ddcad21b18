//! 260 payloads with the gateway's rendering: text never allows what the payload denies.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

mod questions;

use std::collections::BTreeMap;

use lambda_http::Request;
use require_claims::supertokens::ROLE;
use require_claims::{Factors, ReasonKind};
use require_claims_tests::declared::is_declared;
use require_claims_tests::events;
use serde_json::Value;

use questions::{
    FACTORS, Question, arrays, booleans, factors, names_of, scopes, strings, strings_of,
};

fn vectors() -> Vec<Value> {
    include_str!("../../vectors/gateway-claims.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// How often each verdict was given, claim by claim.
#[derive(Debug, Default)]
struct Tally(BTreeMap<String, Verdicts>);

#[derive(Debug, Default)]
struct Verdicts {
    allowed: u32,
    denied: u32,
    ambiguous: u32,
}

impl Tally {
    /// Asks everything of the events made from each payload.
    fn of(events: impl Fn(&Value) -> Vec<Request>, exact: bool) -> Self {
        let mut tally = Self::default();
        for vector in vectors() {
            let payload = &vector["payload"];
            let names = names_of(payload);
            let values = [
                &payload["sub"],
                &payload["iss"],
                &payload["tId"],
                &payload["plan"]["v"],
            ];
            let values = values
                .into_iter()
                .filter_map(Value::as_str)
                .map(str::to_owned);
            let values: Vec<String> = names.iter().cloned().chain(values).collect();
            let name_pairs = pairs(&names);
            let value_pairs = pairs(&values);
            let factor_pairs: Vec<&[&str]> = FACTORS.windows(2).collect();
            let steps: Vec<Factors<'_>> = FACTORS
                .iter()
                .map(|factor| Factors::One(factor))
                .chain(factor_pairs.iter().map(|pair| Factors::OneOf(pair)))
                .chain(factor_pairs.iter().map(|pair| Factors::AllOf(pair)))
                .collect();

            let mut questions = Vec::new();
            booleans(payload, &mut questions);
            arrays(payload, &names, &name_pairs, &mut questions);
            scopes(payload, &names, &mut questions);
            strings(payload, &values, &value_pairs, &mut questions);
            factors(payload, &steps, &mut questions);
            for event in &events(&vector) {
                for question in &questions {
                    tally.ask(question, event, payload, exact);
                }
            }
        }
        tally
    }

    fn ask(&mut self, question: &Question<'_>, event: &Request, payload: &Value, exact: bool) {
        let verdict = question.requirement.check(event);
        let Question {
            key,
            requirement,
            met,
            declared,
        } = question;
        if exact {
            assert_eq!(
                verdict.is_ok(),
                *met,
                "{requirement:?} of {payload}: {verdict:?}"
            );
        } else if verdict.is_ok() && *declared {
            assert!(met, "{requirement:?} allowed by the text of {payload}");
        }
        let verdicts = self.0.entry((*key).to_owned()).or_default();
        match verdict {
            Ok(()) => verdicts.allowed += 1,
            Err(rejection) if rejection.errors()[0].kind() == ReasonKind::Ambiguous => {
                verdicts.ambiguous += 1;
            }
            Err(_) => verdicts.denied += 1,
        }
    }

    /// Asserts that each claim was read: some requirements on it were met and some were not.
    fn assert_both_answers(&self) {
        assert!(self.0.len() > 10, "{self:?}");
        for (key, verdicts) in &self.0 {
            let Verdicts {
                allowed, denied, ..
            } = verdicts;
            assert!(*allowed > 0 && *denied > 0, "{key}: {verdicts:?}");
        }
    }

    fn ambiguous(&self) -> u32 {
        self.0.values().map(|verdicts| verdicts.ambiguous).sum()
    }
}

fn pairs(names: &[String]) -> Vec<[&str; 2]> {
    let pairs = names.windows(2);
    pairs
        .map(|pair| [pair[0].as_str(), pair[1].as_str()])
        .collect()
}

#[test]
fn text_allows_nothing_that_the_payload_denies() {
    let tally = Tally::of(
        |vector| {
            ["claims_float", "claims_number"]
                .map(|form| &vector[form])
                .into_iter()
                .flat_map(|text| [events::http_api_jwt(text), events::http_api_jwt_v1(text)])
                .map(|event| events::request(&event))
                .collect()
        },
        false,
    );
    tally.assert_both_answers();
    assert!(tally.ambiguous() > 1_000, "{tally:?}");
}

#[test]
fn json_types_decide_exactly_as_the_payload_does() {
    let tally = Tally::of(
        |vector| {
            let payload = &vector["payload"];
            let events = [
                events::rest_jwt(payload),
                events::http_api_lambda_claims(payload),
                events::http_api_lambda_json(payload),
            ];
            events.iter().map(events::request).collect()
        },
        true,
    );
    tally.assert_both_answers();
    assert_eq!(tally.ambiguous(), 0, "{tally:?}");
}

#[test]
fn text_with_its_token_is_decided_exactly_as_the_payload_is() {
    let tally = Tally::of(
        |vector| {
            let payload = vector["payload"].to_string();
            ["claims_float", "claims_number"]
                .map(|form| &vector[form])
                .into_iter()
                .map(|text| events::with_token(events::http_api_jwt(text), &payload))
                .map(|event| events::request(&event))
                .collect()
        },
        true,
    );
    tally.assert_both_answers();
    assert_eq!(tally.ambiguous(), 0, "{tally:?}");
}

#[test]
fn text_of_declared_types_without_blanks_is_decided_as_the_payload_is() {
    let mut plain = 0;
    for vector in vectors() {
        let payload = &vector["payload"];
        let roles = strings_of(&payload["st-role"]["v"]).unwrap_or_default();
        let (true, [role]) = (is_declared(payload, "st-role"), &roles[..]) else {
            continue;
        };
        if role.is_empty() || role.contains([' ', '[', ']', '"']) {
            continue;
        }
        plain += 1;
        for form in ["claims_float", "claims_number"] {
            let event = events::request(&events::http_api_jwt(&vector[form]));
            assert!(ROLE.includes(role).check(&event).is_ok(), "{payload}");
            assert!(ROLE.excludes(role).check(&event).is_err(), "{payload}");
            let other = format!("{role}x");
            assert!(ROLE.includes(&other).check(&event).is_err(), "{payload}");
            assert!(ROLE.excludes(&other).check(&event).is_ok(), "{payload}");
        }
    }
    assert!(plain > 40, "{plain}");
}
