//! Compares the outcomes of a text with all its interpretations, and those of a token with its value.

use std::collections::BTreeMap;

use lambda_http::Request;
use require_claims::testing::render::{Numbers, claims};
use require_claims::{PrimitiveArrayClaim, PrimitiveClaim, Requirement, all, any};
use require_claims_tests::events;
use require_claims_tests::fuzzing::{http_api, with_authorization};

use super::values::{Interpretation, NAMES, Names};

/// Whether a value meets a requirement with this name.
pub(crate) type Oracle = fn(&Names, &str) -> bool;

/// Requirements with one name.
pub(crate) type Requirements<'a> = Vec<(Requirement<'a>, Oracle)>;

/// The interpretations of each text.
pub(crate) type ByText = BTreeMap<String, Vec<Interpretation>>;

/// Checks the text of each value, and the text next to the value's token. Asserts that the texts are allowed
/// more than this many times, because a guard that denies everything would pass, too.
pub(crate) fn assert_every_interpretation(
    more_than: u32,
    key: &str,
    values: &[Interpretation],
    requirements: impl for<'a> Fn(&'a [&'a str; 1]) -> Requirements<'a>,
) {
    assert_every_interpretation_of_text(more_than, key, values, &requirements);
    assert_token_decides(key, values, requirements);
}

/// Checks the text of each value only.
pub(crate) fn assert_every_interpretation_of_text(
    more_than: u32,
    key: &str,
    values: &[Interpretation],
    requirements: impl for<'a> Fn(&'a [&'a str; 1]) -> Requirements<'a>,
) {
    let mut by_text = ByText::new();
    for value in values {
        let payload = format!(r#"{{"{key}":{}}}"#, value.json);
        let mut text = claims(&payload, Numbers::Float64).unwrap();
        let interpretations = by_text.entry(text.remove(key).unwrap()).or_default();
        interpretations.push(value.clone());
    }
    let event = |text: &str| http_api(&[(key.to_owned(), text.to_owned())].into());
    let allowed = assert_all_interpretations_allow(&by_text, event, requirements);
    assert!(allowed > more_than, "allowed {allowed} times");
}

/// Checks every requirement on every text, and compares the outcome with all interpretations of that text.
/// Returns how often it was allowed.
pub(crate) fn assert_all_interpretations_allow(
    by_text: &ByText,
    event: impl Fn(&str) -> Request,
    requirements: impl for<'a> Fn(&'a [&'a str; 1]) -> Requirements<'a>,
) -> u32 {
    let names = NAMES.map(|name| [name]);
    let checks = Checks::new(&names, requirements);
    let mut allowed = 0;
    for (text, interpretations) in by_text {
        let event = event(text);
        let (met, unmet) = checks.partition(interpretations);
        if any(&unmet).check(&event).is_ok() {
            let wrong = unmet.iter().find(|unmet| unmet.check(&event).is_ok());
            let values: Vec<&str> = interpretations.iter().map(|value| &*value.json).collect();
            panic!("{wrong:?} allowed by {text:?}, which one of {values:?} does not meet");
        }
        allowed += if all(&met).check(&event).is_ok() {
            met.len()
        } else {
            let met = met.iter();
            met.filter(|met| met.check(&event).is_ok()).count()
        };
    }
    u32::try_from(allowed).unwrap()
}

/// Checks every requirement on every value's text with the value's token: the value decides.
fn assert_token_decides(
    key: &str,
    values: &[Interpretation],
    requirements: impl for<'a> Fn(&'a [&'a str; 1]) -> Requirements<'a>,
) {
    let names = NAMES.map(|name| [name]);
    let checks = Checks::new(&names, requirements);
    for (index, value) in values.iter().enumerate() {
        // The audience identifies the token, so a token with an invalid one is not bound.
        if key == "aud" && !value.is_valid() {
            continue;
        }
        let payload = format!(r#"{{"iss":"i","exp":1,"{key}":{}}}"#, value.json);
        let numbers = [Numbers::Float64, Numbers::AsWritten][index % 2];
        let text = claims(&payload, numbers).unwrap().into_iter().collect();
        let token = events::token(&payload);
        let event = with_authorization(http_api(&text), [token.as_bytes()]);
        let (met, unmet) = if value.is_valid() {
            checks.partition(std::slice::from_ref(value))
        } else {
            checks.partition(&[value.without_names()])
        };
        let is_each_met = met.is_empty() || all(&met).check(&event).is_ok();
        assert!(is_each_met, "denied by {}: one of {met:?}", value.json);
        let is_any_met = any(&unmet).check(&event).is_ok();
        assert!(!is_any_met, "allowed by {}: one of {unmet:?}", value.json);
    }
}

/// Requirements with each of the names. They are checked together, which is faster than one by one.
struct Checks<'a>(Vec<(&'a str, Requirement<'a>, Oracle)>);

impl<'a> Checks<'a> {
    fn new(
        names: &'a [[&'a str; 1]],
        requirements: impl Fn(&'a [&'a str; 1]) -> Requirements<'a>,
    ) -> Self {
        let each = names.iter().flat_map(|name| {
            let requirements = requirements(name).into_iter();
            requirements.map(|(requirement, is_met)| (name[0], requirement, is_met))
        });
        Self(each.collect())
    }

    /// The requirements that all values meet, and the others.
    fn partition(&self, values: &[Interpretation]) -> (Vec<Requirement<'a>>, Vec<Requirement<'a>>) {
        let (mut met, mut unmet) = (Vec::new(), Vec::new());
        for (name, requirement, is_met) in &self.0 {
            let mut values = values.iter().map(|value| &value.names);
            let is_met =
                values.all(|names| names.as_ref().is_some_and(|names| is_met(names, name)));
            let requirements = if is_met { &mut met } else { &mut unmet };
            requirements.push(*requirement);
        }
        (met, unmet)
    }
}

pub(crate) fn has(names: &Names, name: &str) -> bool {
    names.contains(&Some(name))
}

pub(crate) fn has_not(names: &Names, name: &str) -> bool {
    !has(names, name)
}

pub(crate) fn list_requirements<'a>(
    claim: PrimitiveArrayClaim,
    names: &'a [&'a str; 1],
) -> Requirements<'a> {
    vec![
        (claim.includes(names[0]), has),
        (claim.excludes_all(names), has_not),
    ]
}

pub(crate) fn string_requirements<'a>(
    claim: PrimitiveClaim,
    names: &'a [&'a str; 1],
) -> Requirements<'a> {
    vec![
        (claim.has_value(names[0]), has),
        (claim.has_any_of(names), has),
        (claim.has_none_of(names), has_not),
    ]
}
