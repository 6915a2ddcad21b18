//! Arrays and strings, bare or with a timestamp, and completed factors.

use require_claims::supertokens::{AUDIENCE, MFA, ROLE, SCOPE};
use require_claims::{Factors, PrimitiveClaim};
use require_claims_tests::custom_claims::{GROUPS, PLAN};

use super::comparison::{
    Requirements, assert_every_interpretation, assert_every_interpretation_of_text, has,
    list_requirements, string_requirements,
};
use super::values::{Interpretation, PIECES, lists, separated, strings, timestamped, without};

const ACR: PrimitiveClaim = PrimitiveClaim::bare("acr");

#[test]
fn timestamped_list() {
    assert_every_interpretation(3_000, "st-role", &timestamped(&lists()), |names| {
        list_requirements(ROLE, names)
    });
}

#[test]
fn bare_list() {
    assert_every_interpretation(1_000, "groups", &lists(), |names| {
        list_requirements(GROUPS, names)
    });
}

#[test]
fn list_without_spaces() {
    let lists = without(' ', lists());
    assert_every_interpretation(3_000, "st-role", &timestamped(&lists), |names| {
        list_requirements(ROLE.without_spaces(), names)
    });
}

#[test]
fn audience() {
    let values = [lists(), strings()].concat();
    assert_every_interpretation(1_000, "aud", &values, |names| {
        list_requirements(AUDIENCE, names)
    });
}

#[test]
fn scopes() {
    // A scope contains no space, and a string in brackets is read as an array.
    let mut values = [lists(), separated(' ')].concat();
    values.retain(|value| {
        let mut names = value.names.iter().flatten().flatten();
        let is_bracketed = value.json.starts_with("\"[") && value.json.ends_with("]\"");
        !is_bracketed && !names.any(|name| name.contains(' '))
    });
    // With the token, the text of a string or an array decides which names are possible.
    assert_every_interpretation_of_text(1_000, "scp", &values, |names| {
        list_requirements(SCOPE, names)
    });
}

#[test]
fn timestamped_string() {
    assert_every_interpretation(50, "plan", &timestamped(&strings()), |names| {
        string_requirements(PLAN, names)
    });
}

#[test]
fn bare_string() {
    assert_every_interpretation(50, "acr", &strings(), |names| {
        string_requirements(ACR, names)
    });
}

/// `st-mfa` with one or two of the pieces as factors.
fn factors() -> Vec<Interpretation> {
    let mut all = Vec::new();
    for (first, name) in PIECES {
        let json = format!(r#"{{"c":{{{first}:1}},"v":true}}"#);
        all.push(Interpretation::new(json, &[name]));
        for (second, other) in PIECES.into_iter().filter(|(second, _)| *second != first) {
            let json = format!(r#"{{"c":{{{first}:1,{second}:2}},"v":true}}"#);
            all.push(Interpretation::new(json, &[name, other]));
        }
    }
    all
}

fn factor_requirements<'a>(names: &'a [&'a str; 1]) -> Requirements<'a> {
    vec![
        (MFA.has_completed(Factors::One(names[0])), has),
        (MFA.has_completed(Factors::OneOf(names)), has),
    ]
}

#[test]
fn completed_factors() {
    assert_every_interpretation(100, "st-mfa", &factors(), factor_requirements);
}
