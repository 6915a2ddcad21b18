//! The reasons of second factors.

use std::time::Duration;

use require_claims::Factors;
use require_claims::supertokens::MFA;
use serde_json::{Value, json};

use super::{MINUTES_4, MINUTES_5, claims, errors, one, text_errors};

#[test]
fn the_factors_for_auth_are_complete_only_if_the_claim_is_true() {
    let required = [MFA.has_completed_requirements_for_auth()];
    let mfa = |claim: Value| errors(&claims("st-mfa", claim), &required);
    assert_eq!(mfa(json!({"c": {}, "v": true})), json!([]));
    assert_eq!(
        mfa(json!({"c": {"totp": 1_700_000_000}, "v": false})),
        one(
            "st-mfa",
            json!({"message": "MFA requirement for auth is not satisfied"})
        )
    );
    for (claim, message) in [
        (json!(null), "value does not exist"),
        (json!({"c": {}}), "wrong type"),
        (json!({"c": {}, "v": "true"}), "wrong type"),
        (json!({"c": {}, "v": 1}), "wrong type"),
        (json!(true), "wrong type"),
        (json!([]), "wrong type"),
    ] {
        assert_eq!(mfa(claim)[0]["reason"]["message"], message);
    }
}

/// The errors of a list of required factors, given the completed ones.
fn factor_errors(completed: &Value, steps: &[Factors<'_>], max_age: Option<Duration>) -> Value {
    let requirement = MFA.has_completed_requirement_list(steps);
    let requirement = max_age.map_or(requirement, |max_age| requirement.max_age(max_age));
    let mfa = json!({"c": completed, "v": true});
    let exact = errors(&claims("st-mfa", mfa.clone()), &[requirement]);
    let json_text = text_errors(&json!({"st-mfa": mfa.to_string()}), &[requirement]);
    assert_eq!(exact, json_text);
    exact
}

#[test]
fn reports_the_first_missing_step() {
    let completed = json!({"emailpassword": 1_700_000_000, "totp": 1_700_000_000});
    let met: [&[Factors<'_>]; 4] = [
        &[Factors::One("totp")],
        &[Factors::OneOf(&["webauthn", "totp"])],
        &[Factors::AllOf(&["emailpassword", "totp"])],
        &[Factors::One("emailpassword"), Factors::OneOf(&["totp"])],
    ];
    for steps in met {
        assert_eq!(factor_errors(&completed, steps, None), json!([]));
    }
    let unmet: [(&[Factors<'_>], Value); 3] = [
        (
            &[
                Factors::One("totp"),
                Factors::One("webauthn"),
                Factors::One("otp-email"),
            ],
            json!({
                "message": "Factor validation failed: webauthn not completed",
                "factorId": "webauthn",
            }),
        ),
        (
            &[Factors::OneOf(&["webauthn", "otp-phone"])],
            json!({
                "message": "None of these factors are complete in the session: webauthn, otp-phone",
                "oneOf": ["webauthn", "otp-phone"],
            }),
        ),
        (
            &[Factors::AllOf(&["totp", "webauthn", "otp-phone"])],
            json!({
                "message": "Some of the factors are not complete in the session: webauthn, otp-phone",
                "allOfInAnyOrder": ["webauthn", "otp-phone"],
            }),
        ),
    ];
    for (steps, reason) in unmet {
        assert_eq!(
            factor_errors(&completed, steps, None),
            one("st-mfa", reason)
        );
    }
}

#[test]
fn only_a_number_completes_a_factor() {
    for time in [
        json!(null),
        json!(true),
        json!("1700000000"),
        json!({}),
        json!([1]),
    ] {
        let step = [Factors::One("totp")];
        assert_ne!(
            factor_errors(&json!({"totp": time}), &step, None),
            json!([])
        );
    }
    let inherited = [Factors::One("constructor")];
    assert_ne!(factor_errors(&json!({}), &inherited, None), json!([]));
}

#[test]
fn measures_the_age_of_a_factor_from_its_completion() {
    let completed = json!({"emailpassword": 1_600_000_000, "totp": 1_700_000_000});
    let age = |steps: &[Factors<'_>], max_age| factor_errors(&completed, steps, Some(max_age));
    let expired = one(
        "st-mfa",
        json!({
            "message": "expired", "ageInSeconds": 300.0, "maxAgeInSeconds": 240
        }),
    );
    assert_eq!(age(&[Factors::One("totp")], MINUTES_5), json!([]));
    assert_eq!(age(&[Factors::One("totp")], MINUTES_4), expired);
    assert_eq!(
        age(&[Factors::OneOf(&["emailpassword", "totp"])], MINUTES_5),
        json!([])
    );
    assert_eq!(
        age(&[Factors::OneOf(&["webauthn", "totp"])], MINUTES_4),
        expired
    );
    let both = age(&[Factors::AllOf(&["emailpassword", "totp"])], MINUTES_5);
    assert_eq!(both[0]["reason"]["message"], "expired");
    let missing = age(&[Factors::AllOf(&["emailpassword", "webauthn"])], MINUTES_5);
    assert_eq!(missing[0]["reason"]["allOfInAnyOrder"], json!(["webauthn"]));
}
