//! Bare booleans and integers.

use require_claims::{BooleanClaim, PrimitiveClaim};

use super::comparison::{Requirements, assert_every_interpretation, has};
use super::values::Interpretation;

pub(crate) fn booleans() -> Vec<Interpretation> {
    [("true", "true"), ("false", "false")]
        .map(|(json, name)| Interpretation::new(json, &[Some(name)]))
        .into()
}

/// Numbers in several spellings. Some are not integers, or are not exact as a float.
pub(crate) fn integers() -> Vec<Interpretation> {
    [
        ("0", "0"),
        ("-0", "0"),
        ("1", "1"),
        ("1.0", "1"),
        ("1e0", "1"),
        ("-1", "-1"),
        ("1.5", "1.5"),
        ("1000000", "1000000"),
        ("1e6", "1000000"),
        ("1.7e12", "1700000000000"),
        ("9007199254740993", "unsafe"),
        ("1e300", "unsafe"),
    ]
    .map(|(json, name)| Interpretation::new(json, &[Some(name)]))
    .into()
}

/// The same for all names, so only for the first one.
pub(crate) fn boolean_requirements<'a>(
    claim: BooleanClaim,
    names: &'a [&'a str; 1],
) -> Requirements<'a> {
    if !names[0].is_empty() {
        return Vec::new();
    }
    vec![
        (claim.is_true(), |names, _| has(names, "true")),
        (claim.is_false(), |names, _| has(names, "false")),
    ]
}

/// The same for all names, so only for the first one.
pub(crate) fn integer_requirements<'a>(
    claim: PrimitiveClaim<i64>,
    names: &'a [&'a str; 1],
) -> Requirements<'a> {
    if !names[0].is_empty() {
        return Vec::new();
    }
    vec![
        (claim.has_value(0), |names, _| has(names, "0")),
        (claim.has_value(1), |names, _| has(names, "1")),
        (claim.has_value(-1), |names, _| has(names, "-1")),
        (claim.has_value(15), |names, _| has(names, "15")),
        (claim.has_value(1_000_000), |names, _| has(names, "1000000")),
        (claim.has_value(1_700_000_000_000), |names, _| {
            has(names, "1700000000000")
        }),
    ]
}

#[test]
fn bare_boolean() {
    assert_every_interpretation(1, "email_verified", &booleans(), |names| {
        boolean_requirements(BooleanClaim::bare("email_verified"), names)
    });
}

#[test]
fn bare_integer() {
    assert_every_interpretation(4, "seats", &integers(), |names| {
        integer_requirements(PrimitiveClaim::<i64>::bare("seats"), names)
    });
}
