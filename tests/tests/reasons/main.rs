//! The reasons of every validator, with the SDK's messages and fields.

#![allow(clippy::needless_pass_by_value, reason = "`json!(…)` makes values")]

mod ages;
mod booleans;
mod factors;
mod lists;
mod path_parameters;
mod remedies;
mod values;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use require_claims::supertokens::{EMAIL_VERIFIED, MFA, PERMISSION, ROLE, TENANT};
use require_claims::{Factors, Requirement, all, any};
use require_claims_tests::events;
use serde_json::{Value, json};

/// The errors of requirements on exact claims, 300 seconds after the claims were fetched. They are the same
/// for JSON values and JSON text.
fn errors(claims: &Value, requirements: &[Requirement<'_>]) -> Value {
    let errors = errors_of(&events::http_api_lambda_claims(claims), requirements);
    let of_text = errors_of(&events::http_api_lambda_json(claims), requirements);
    assert_eq!(errors, of_text, "{claims}");
    errors
}

/// The errors of requirements on the text of an HTTP API.
fn text_errors(claims: &Value, requirements: &[Requirement<'_>]) -> Value {
    errors_of(&events::http_api_jwt(claims), requirements)
}

fn errors_of(event: &Value, requirements: &[Requirement<'_>]) -> Value {
    let event = events::request(event);
    let verdict = match requirements {
        [requirement] => requirement.check_at(&event, now()),
        requirements => all(requirements).check_at(&event, now()),
    };
    match verdict {
        Ok(()) => json!([]),
        Err(rejection) => {
            let body: Value = serde_json::from_str(&rejection.body()).unwrap();
            assert_eq!(body["message"], "invalid claim");
            body["claimValidationErrors"].clone()
        }
    }
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_300)
}

const MINUTES_5: Duration = Duration::from_secs(300);

const MINUTES_4: Duration = Duration::from_secs(240);

/// A claim with the timestamp of 300 seconds ago.
fn timestamped(v: &Value) -> Value {
    json!({"v": v, "t": 1_700_000_000_000_i64})
}

/// Claims with JSON types, which the guard recognizes by `exp`.
fn claims(key: &str, claim: Value) -> Value {
    let mut claims = json!({"exp": 1_700_003_600});
    claims[key] = claim;
    claims
}

fn one(id: &str, reason: Value) -> Value {
    json!([{"id": id, "reason": reason}])
}

#[test]
fn denies_empty_combinations() {
    let session = json!({
        "exp": 1, "st-role": timestamped(&json!(["admin"])), "st-mfa": {"c": {}, "v": true}, "tId": "a",
    });
    let nothing: [&[Requirement<'_>]; 10] = [
        &[all(&[])],
        &[any(&[])],
        &[ROLE.includes_all(&[])],
        &[ROLE.includes_any(&[])],
        &[ROLE.excludes_all(&[])],
        &[TENANT.has_none_of(&[])],
        &[MFA.has_completed(Factors::OneOf(&[]))],
        &[MFA.has_completed(Factors::AllOf(&[]))],
        &[MFA.has_completed_requirement_list(&[])],
        &[MFA.has_completed_requirement_list(&[Factors::AllOf(&[])])],
    ];
    for requirements in nothing {
        let errors = errors(&session, requirements);
        assert_eq!(errors[0]["reason"]["message"], "empty requirement");
    }
}

#[test]
fn reports_the_errors_of_all_branches() {
    let claims = json!({
        "exp": 1,
        "st-role": timestamped(&json!(["user"])),
        "st-perm": timestamped(&json!(["orders:write"])),
        "st-mfa": {"c": {}, "v": false},
    });
    let staff = [
        PERMISSION.includes("orders:write"),
        MFA.has_completed_requirements_for_auth(),
    ];
    let branches = [ROLE.includes("admin"), all(&staff)];
    let ids = |requirements: &[Requirement<'_>]| -> Vec<String> {
        let errors = errors(&claims, requirements);
        let errors = errors.as_array().unwrap();
        errors
            .iter()
            .map(|error| error["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(&[any(&branches)]), ["st-role", "st-mfa"]);
    // If a branch is met, the errors of the others are not reported.
    let user_or_admin = [ROLE.includes("admin"), ROLE.includes("user")];
    assert_eq!(
        ids(&[
            EMAIL_VERIFIED.is_true(),
            any(&user_or_admin),
            MFA.has_completed_requirements_for_auth()
        ]),
        ["st-ev", "st-mfa"]
    );

    // A maximum age of a combination applies to each requirement in it, and the smallest one counts.
    let fresh = [
        ROLE.includes("user").max_age(MINUTES_4),
        PERMISSION.includes("orders:write"),
    ];
    assert_eq!(ids(&[all(&fresh).max_age(MINUTES_5)]), ["st-role"]);
    assert_eq!(
        ids(&[all(&fresh).max_age(MINUTES_4)]),
        ["st-role", "st-perm"]
    );
}
