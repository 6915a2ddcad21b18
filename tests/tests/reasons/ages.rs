//! The reasons of a maximum age.

use require_claims::supertokens::{
    AUDIENCE, AUTHENTICATED, EMAIL_VERIFIED, MFA, ROLE, SCOPE, TENANT,
};
use serde_json::json;

use super::{MINUTES_4, MINUTES_5, claims, errors, one, text_errors, timestamped};

#[test]
fn denies_a_value_that_is_too_old_or_without_a_known_time() {
    let ev = claims("st-ev", timestamped(&json!(true)));
    let verified = EMAIL_VERIFIED.is_true();
    assert_eq!(errors(&ev, &[verified.max_age(MINUTES_5)]), json!([]));
    assert_eq!(
        errors(&ev, &[verified.max_age(MINUTES_4)]),
        one(
            "st-ev",
            json!({
                "message": "expired", "ageInSeconds": 300.0, "maxAgeInSeconds": 240
            })
        )
    );
    // The age is checked before the value, as in the SDK.
    let unverified = claims("st-ev", timestamped(&json!(false)));
    assert_eq!(
        errors(&unverified, &[verified.max_age(MINUTES_4)])[0]["reason"]["message"],
        "expired"
    );

    let text = json!({"st-role": "map[t:1.7e+12 v:[admin]]"});
    assert_eq!(
        text_errors(&text, &[ROLE.includes("admin").max_age(MINUTES_5)]),
        json!([])
    );
    assert_eq!(
        text_errors(&text, &[ROLE.includes("admin").max_age(MINUTES_4)])[0]["reason"]["message"],
        "expired"
    );

    let late = claims("st-ev", json!({"v": true, "t": 1_700_000_361_000_i64}));
    assert_eq!(
        errors(&late, &[verified.max_age(MINUTES_5)]),
        one(
            "st-ev",
            json!({
                "message": "time in the future", "ageInSeconds": -61.0, "maxAgeInSeconds": 300
            })
        )
    );
    for t in [
        json!(null),
        json!("1700000000000"),
        json!(true),
        json!([1_700_000_000_000_i64]),
    ] {
        let claims = claims("st-ev", json!({"v": true, "t": t}));
        assert_eq!(
            errors(&claims, &[verified.max_age(MINUTES_5)]),
            one(
                "st-ev",
                json!({"message": "time unknown", "maxAgeInSeconds": 300})
            )
        );
        let wrong = errors(&claims, &[verified]);
        assert_eq!(wrong[0]["reason"]["message"], "wrong type");
    }
}

#[test]
fn denies_a_maximum_age_of_claims_without_a_time() {
    let session = json!({
        "exp": 1, "sub": "user", "sessionHandle": "session", "tId": "public", "aud": "orders",
        "scope": "orders:read", "st-mfa": {"c": {}, "v": true},
    });
    for requirement in [
        AUTHENTICATED,
        TENANT.has_value("public"),
        AUDIENCE.includes("orders"),
        SCOPE.includes("orders:read"),
        MFA.has_completed_requirements_for_auth(),
    ] {
        assert_eq!(errors(&session, &[requirement]), json!([]));
        let denied = errors(&session, &[requirement.max_age(MINUTES_5)]);
        assert_eq!(
            denied[0]["reason"]["message"], "time unknown",
            "{requirement:?}"
        );
    }
}
