//! Strings of the Cognito authorizer, which joins arrays with commas, and of Lambda authorizers, which pass the
//! JSON text of values.

use std::collections::BTreeSet;

use lambda_http::Request;
use require_claims::{BooleanClaim, PrimitiveArrayClaim, PrimitiveClaim};
use require_claims_tests::fuzzing::{Texts, cognito, lambda_authorizer};
use serde_json::Value;

use super::comparison::{
    ByText, Requirements, assert_all_interpretations_allow, list_requirements, string_requirements,
};
use super::list_shapes::{json_texts, one_or_many, separated_requirements};
use super::scalars::{boolean_requirements, booleans, integer_requirements, integers};
use super::values::{
    Interpretation, lists, objects_with_keys, separated, small_lists, strings, timestamped, without,
};

const LIST: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("roles");

/// The strings that a Lambda authorizer passes for this value: the string itself, and the JSON text.
fn of_lambda_authorizer(value: &Value) -> BTreeSet<String> {
    let string = value.as_str().map(str::to_owned);
    string.into_iter().chain([value.to_string()]).collect()
}

/// The strings that Cognito passes: also names with commas between them. The events of the two look the same.
fn of_cognito(value: &Value) -> BTreeSet<String> {
    let names = value.as_array().into_iter();
    let joined = names.map(|names| {
        let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
        names.join(",")
    });
    joined.chain(of_lambda_authorizer(value)).collect()
}

/// Checks all strings that authorizers pass for the values, as claims of Cognito and of a Lambda authorizer.
fn assert_authorizer_strings(
    more_than: [u32; 2],
    values: &[Interpretation],
    requirements: impl for<'a> Fn(&'a [&'a str; 1]) -> Requirements<'a>,
) {
    type Authorizer = (fn(&Value) -> BTreeSet<String>, fn(&Texts) -> Request);
    let authorizers: [Authorizer; 2] = [
        (of_cognito, cognito),
        (of_lambda_authorizer, lambda_authorizer),
    ];
    for ((strings_of, event), more_than) in authorizers.into_iter().zip(more_than) {
        let mut by_text = ByText::new();
        for value in values {
            // Authorizers parse the token, too, and reject half a surrogate pair.
            let Ok(parsed) = serde_json::from_str(&value.json) else {
                continue;
            };
            for text in strings_of(&parsed) {
                by_text.entry(text).or_default().push(value.clone());
            }
        }
        let event = |text: &str| event(&[("roles".to_owned(), text.to_owned())].into());
        let allowed = assert_all_interpretations_allow(&by_text, event, &requirements);
        assert!(allowed > more_than, "allowed {allowed} times");
    }
}

#[test]
fn booleans_and_integers() {
    assert_authorizer_strings([1, 1], &booleans(), |names| {
        boolean_requirements(BooleanClaim::bare("roles"), names)
    });
    assert_authorizer_strings([4, 4], &integers(), |names| {
        integer_requirements(PrimitiveClaim::<i64>::bare("roles"), names)
    });
}

#[test]
fn one_string() {
    assert_authorizer_strings([50, 50], &strings(), |names| {
        string_requirements(PrimitiveClaim::bare("roles"), names)
    });
}

#[test]
fn array() {
    assert_authorizer_strings([1_000, 5_000], &lists(), |names| {
        list_requirements(LIST, names)
    });
    let lists = without(',', lists());
    assert_authorizer_strings([1_500, 5_000], &lists, |names| {
        list_requirements(LIST.without_commas(), names)
    });
}

#[test]
fn one_name_or_an_array() {
    assert_authorizer_strings([1_000, 300], &one_or_many(), |names| {
        list_requirements(LIST.one_or_many(), names)
    });
    let values = without(',', one_or_many());
    assert_authorizer_strings([1_500, 300], &values, |names| {
        list_requirements(LIST.one_or_many().without_commas(), names)
    });
}

#[test]
fn separated_names() {
    for separator in [',', ' '] {
        assert_authorizer_strings([150, 150], &separated(separator), |names| {
            separated_requirements(LIST.separated(separator), separator, names)
        });
    }
}

#[test]
fn keys_of_an_object() {
    assert_authorizer_strings([5_000, 5_000], &objects_with_keys(), |names| {
        list_requirements(LIST.keys(), names)
    });
}

#[test]
fn json_text_of_a_list() {
    assert_authorizer_strings([500, 500], &json_texts(&small_lists()), |names| {
        list_requirements(LIST.in_json_text(), names)
    });
    let texts: Vec<_> = objects_with_keys()
        .iter()
        .step_by(3)
        .map(Interpretation::in_json_text)
        .collect();
    assert_authorizer_strings([2_000, 2_000], &texts, |names| {
        list_requirements(LIST.in_json_text().keys(), names)
    });
}

/// The JSON text of a string may be the value, or be written by the authorizer.
#[test]
fn json_text_of_one_name_or_an_array() {
    let values = [small_lists(), strings()].concat();
    assert_authorizer_strings([200, 200], &json_texts(&values), |names| {
        list_requirements(LIST.in_json_text().one_or_many(), names)
    });
}

#[test]
fn timestamped_lists() {
    let values = [small_lists(), strings()].concat();
    assert_authorizer_strings([500, 500], &timestamped(&values), |names| {
        list_requirements(PrimitiveArrayClaim::new("roles").one_or_many(), names)
    });
}

#[test]
fn nested_lists() {
    const NESTED: PrimitiveArrayClaim = PrimitiveArrayClaim::at(&["roles", "of"]);
    let within = |values: Vec<Interpretation>| -> Vec<Interpretation> {
        let objects = values.iter().flat_map(|value| {
            let object = value.with_json(format!(r#"{{"z":1,"of":{}}}"#, value.json));
            [object.in_json_text(), object]
        });
        objects.collect()
    };
    assert_authorizer_strings([500, 500], &within(small_lists()), |names| {
        list_requirements(NESTED, names)
    });
    assert_authorizer_strings([500, 500], &within(json_texts(&small_lists())), |names| {
        list_requirements(NESTED.in_json_text(), names)
    });
    let one_or_many = [small_lists(), strings()].concat();
    assert_authorizer_strings([500, 500], &within(one_or_many), |names| {
        list_requirements(NESTED.one_or_many(), names)
    });
}
