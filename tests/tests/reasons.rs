//! Every validator's reasons, in the SDK's words and fields.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]
#![allow(clippy::needless_pass_by_value, reason = "`json!(…)` makes values")]

use std::collections::HashMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use require_claims::supertokens::{
    AUDIENCE, AUTHENTICATED, EMAIL_VERIFIED, MFA, PERMISSION, ROLE, SCOPE, TENANT,
};
use require_claims::{
    Factors, PrimitiveArrayClaim, ReasonKind, Requirement, Session, all, any, claims_of,
};
use require_claims_tests::events;
use require_claims_tests::own_claims::{GROUPS, PLAN, SEATS, TWO_FACTOR};
use serde_json::{Value, json};

/// The errors of a requirement on exact claims, 300 seconds after the claims were fetched: the same
/// for JSON values and for JSON text.
fn errors(claims: &Value, requirements: &[Requirement<'_>]) -> Value {
    let errors = errors_of(&events::http_api_lambda_claims(claims), requirements);
    let of_text = errors_of(&events::http_api_lambda_json(claims), requirements);
    assert_eq!(errors, of_text, "{claims}");
    errors
}

/// The errors of a requirement on the text of an HTTP API.
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

/// A claim of SuperTokens' form, fetched 300 seconds ago.
fn dated(v: &Value) -> Value {
    json!({"v": v, "t": 1_700_000_000_000_i64})
}

/// Claims in JSON types; `exp` shows that they are.
fn claims(key: &str, claim: Value) -> Value {
    let mut claims = json!({"exp": 1_700_003_600});
    claims[key] = claim;
    claims
}

fn one(id: &str, reason: Value) -> Value {
    json!([{"id": id, "reason": reason}])
}

#[test]
fn booleans() {
    let ev = |v: Value| claims("st-ev", dated(&v));
    assert_eq!(
        errors(&ev(json!(true)), &[EMAIL_VERIFIED.is_true()]),
        json!([])
    );
    assert_eq!(
        errors(&ev(json!(false)), &[EMAIL_VERIFIED.is_false()]),
        json!([])
    );
    assert_eq!(
        errors(&json!({"exp": 1}), &[EMAIL_VERIFIED.is_true()]),
        one(
            "st-ev",
            json!({"message": "value does not exist", "expectedValue": true})
        )
    );
    for actual in [
        json!(false),
        json!("true"),
        json!(1),
        json!(null),
        json!({"v": true}),
    ] {
        let wrong = json!({
            "message": "wrong value", "expectedValue": true, "actualValue": actual
        });
        assert_eq!(
            errors(&ev(actual), &[EMAIL_VERIFIED.is_true()]),
            one("st-ev", wrong)
        );
    }
    for absent in [
        json!(null),
        json!({}),
        json!({"t": 1}),
        json!("true"),
        json!(true),
        json!([]),
    ] {
        assert_eq!(
            errors(&claims("st-ev", absent), &[EMAIL_VERIFIED.is_false()]),
            one(
                "st-ev",
                json!({"message": "value does not exist", "expectedValue": false})
            )
        );
    }
    assert_eq!(
        text_errors(
            &json!({"st-ev": "map[t:1 v:yes]"}),
            &[EMAIL_VERIFIED.is_true()]
        ),
        one(
            "st-ev",
            json!({"message": "unreadable value", "expectedType": "boolean"})
        )
    );
}

#[test]
fn a_claim_of_ones_own() {
    let two_factor = claims("2fa-completed", dated(&json!(true)));
    assert_eq!(errors(&two_factor, &[TWO_FACTOR.is_true()]), json!([]));

    let plan = claims("plan", dated(&json!("pro")));
    assert_eq!(errors(&plan, &[PLAN.has_value("pro")]), json!([]));
    assert_eq!(
        errors(&plan, &[PLAN.has_value("free")]),
        one(
            "plan",
            json!({
                "message": "wrong value", "expectedValue": "free", "actualValue": "pro"
            })
        )
    );
    let text = json!({"plan": "map[t:1.7e+12 v:pro]"});
    assert_eq!(text_errors(&text, &[PLAN.has_value("pro")]), json!([]));
    assert_eq!(
        text_errors(&text, &[PLAN.has_value("pr")]),
        one(
            "plan",
            json!({
                "message": "wrong value", "expectedValue": "pr", "actualValue": "pro"
            })
        )
    );

    for seats in [json!(5), json!(5.0)] {
        let seats = claims("seats", dated(&seats));
        assert_eq!(errors(&seats, &[SEATS.has_value(5)]), json!([]));
    }
    for text in ["map[t:1.7e+12 v:5]", "map[v:5e+00]", r#"{"v":5.0}"#] {
        assert_eq!(
            text_errors(&json!({"seats": text}), &[SEATS.has_value(5)]),
            json!([])
        );
    }
    for (wrong, message) in [
        ("map[v:5.5]", "wrong value"),
        ("map[v:50]", "wrong value"),
        (r#"{"v":"5"}"#, "wrong value"),
        // Text of no number is of no type that the claim may have.
        ("map[v:five]", "unreadable value"),
        ("map[v:]", "unreadable value"),
    ] {
        let errors = text_errors(&json!({"seats": wrong}), &[SEATS.has_value(5)]);
        assert_eq!(errors[0]["reason"]["message"], message, "{wrong}");
    }
}

#[test]
fn a_number_that_a_float_cannot_tell_from_its_neighbour_is_never_met() {
    for (value, text, met) in [
        (9_007_199_254_740_991, "map[v:9.007199254740991e+15]", true),
        (
            -9_007_199_254_740_991,
            "map[v:-9.007199254740991e+15]",
            true,
        ),
        (9_007_199_254_740_992, "map[v:9.007199254740992e+15]", false),
        (9_007_199_254_740_993, "map[v:9007199254740993]", false),
        (i64::MIN, "map[v:-9223372036854775808]", false),
    ] {
        let errors = text_errors(&json!({"seats": text}), &[SEATS.has_value(value)]);
        assert_eq!(errors == json!([]), met, "{value}");
    }
}

#[test]
fn lists() {
    const NAMES: &[&str] = &["admin", "owner"];
    let table = [
        (
            ROLE.includes("admin"),
            "expectedToInclude",
            "expectedToInclude",
            json!("admin"),
        ),
        (
            ROLE.excludes("user"),
            "expectedToNotInclude",
            "expectedToNotInclude",
            json!("user"),
        ),
        (
            ROLE.includes_all(NAMES),
            "expectedToInclude",
            "expectedToInclude",
            json!(NAMES),
        ),
        (
            ROLE.includes_any(NAMES),
            "expectedToNotInclude",
            "expectedToIncludeAtLeastOneOf",
            json!(NAMES),
        ),
        (
            ROLE.excludes_all(&["user", "guest"]),
            "expectedToNotInclude",
            "expectedToNotInclude",
            json!(["user", "guest"]),
        ),
    ];
    let met = claims("st-role", dated(&json!(["owner", "admin"])));
    let unmet = claims("st-role", dated(&json!(["user"])));
    for (requirement, absent_field, wrong_field, expected) in table {
        assert_eq!(errors(&met, &[requirement]), json!([]));
        let absent = json!({"message": "value does not exist", absent_field: expected});
        assert_eq!(
            errors(&json!({"exp": 1}), &[requirement]),
            one("st-role", absent)
        );
        let wrong = json!({
            "message": "wrong value", wrong_field: expected, "actualValue": ["user"]
        });
        assert_eq!(errors(&unmet, &[requirement]), one("st-role", wrong));
    }
}

#[test]
fn a_list_of_another_type_is_denied_by_every_validator() {
    let names = &["admin"];
    for (value, actual_type) in [
        (json!("administrator"), "string"),
        (json!({"admin": true}), "object"),
        (json!(1), "number"),
        (json!(true), "boolean"),
        (json!(null), "null"),
    ] {
        let claims = claims("st-role", dated(&value));
        let wrong = one(
            "st-role",
            json!({
                "message": "wrong type", "expectedType": "array of strings", "actualType": actual_type
            }),
        );
        for requirement in [
            ROLE.includes("admin"),
            ROLE.excludes("user"),
            ROLE.includes_all(names),
            ROLE.includes_any(names),
            ROLE.excludes_all(&["user"]),
        ] {
            assert_eq!(errors(&claims, &[requirement]), wrong);
        }
    }
}

/// Where the readings of a text differ: what was expected, and the two ways out.
fn ambiguous(field: &str, expected: &str) -> Value {
    let remedy = "send the token in `Authorization`, or declare the claim `.without_blanks()` if none \
                  of its names can have one";
    one(
        "st-role",
        json!({"message": "ambiguous value", field: expected, "remedy": remedy}),
    )
}

#[test]
fn text_with_several_readings_is_ambiguous_only_where_they_differ() {
    let two_words = json!({"st-role": "map[t:1.7e+12 v:[foo admin]]"});
    let errors = |requirement| text_errors(&two_words, &[requirement]);
    assert_eq!(
        errors(ROLE.includes("admin")),
        ambiguous("expectedToInclude", "admin")
    );
    assert_eq!(errors(ROLE.excludes("guest")), json!([]));
    assert_eq!(
        errors(ROLE.excludes("foo")),
        ambiguous("expectedToNotInclude", "foo")
    );
    // No reading has the name, and which one is the value remains open.
    let wrong = json!({"message": "wrong value", "expectedToInclude": "guest"});
    assert_eq!(errors(ROLE.includes("guest")), one("st-role", wrong));
    assert_eq!(
        text_errors(&json!({"st-role": "admin"}), &[ROLE.includes("admin")]),
        one(
            "st-role",
            json!({"message": "unreadable value", "expectedType": "array of strings"})
        )
    );
}

#[test]
fn a_remedy_is_told_only_where_it_is_one() {
    const TEAMS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("teams");
    const PLAN: PrimitiveClaim = PrimitiveClaim::new("plan");
    const TOKEN: &str = "send the token in `Authorization`";
    const BLANKS: &str = "declare the claim `.without_blanks()` if none of its names can have one";

    let both = format!("{TOKEN}, or {BLANKS}");
    let two_words = json!({"st-role": "map[t:1 v:[foo admin]]", "teams": "[a b]", "aud": "[a]"});
    let bracket =
        json!({"st-role": "map[t:1 v:[foo] admin]]", "teams": "[a,b c]", "scope": "[a b]"});
    let plan = json!({"plan": "map[t:1 v:free w:x]"});
    let json_text = json!({"st-role": {"v": ["a"]}, "aud": "[\"a\"]"});
    let token = "{\"iss\":\"i\",\"exp\":1,\"scope\":\"a\",\"scp\":\"b\"}";
    let two_scopes = json!({"iss": "i", "exp": "1", "scope": "a", "scp": "b"});
    let two_scopes = events::with_token(events::http_api_jwt(&two_scopes), token);

    let v2 = events::http_api_jwt;
    let v1 = events::http_api_jwt_v1;
    let roles = ROLE.includes("admin");
    for (event, requirement, remedy) in [
        (v2(&two_words), roles, Some(both.as_str())),
        (v2(&two_words), TEAMS.excludes("a"), Some(&*both)),
        // Said already, or not true of the name that is asked for.
        (
            v2(&bracket),
            ROLE.without_blanks().includes("admin"),
            Some(TOKEN),
        ),
        (v2(&two_words), ROLE.includes("foo admin"), Some(TOKEN)),
        // What a blank has no part in.
        (v2(&bracket), roles, Some(TOKEN)),
        (v2(&bracket), TEAMS.includes("a"), Some(TOKEN)),
        (v2(&two_words), AUDIENCE.includes("a"), Some(TOKEN)),
        (v2(&bracket), SCOPE.includes("a"), Some(TOKEN)),
        (v2(&plan), PLAN.has_none_of(&["free"]), Some(TOKEN)),
        // The header is not looked at.
        (v1(&two_words), roles, Some(BLANKS)),
        (v1(&two_words), AUDIENCE.includes("a"), None),
        (v1(&plan), PLAN.has_none_of(&["free"]), None),
        (events::rest_cognito(&two_words), TEAMS.includes("a"), None),
        // No token was rendered.
        (
            events::http_api_lambda_flat(&json_text),
            AUDIENCE.includes("a"),
            None,
        ),
        // The token says two things.
        (two_scopes, SCOPE.includes("a"), None),
    ] {
        let errors = errors_of(&event, &[requirement]);
        let reason = &errors[0]["reason"];
        assert_eq!(
            reason["message"], "ambiguous value",
            "{requirement} {event}"
        );
        let told = reason.get("remedy").map(|remedy| remedy.as_str().unwrap());
        assert_eq!(told, remedy, "{requirement} {event}");
    }
}

#[test]
fn the_token_is_the_only_remedy_of_an_argument_and_only_where_it_is_looked_at() {
    let claims = json!({
        "sub": "u", "sessionHandle": "s", "exp": "1", "st-role": "map[t:1 v:[a b]]"
    });
    let remedies = |event: &Value| {
        let event = events::request(event);
        let session = claims_of::<Session, _>(&event).unwrap_err();
        let map = claims_of::<HashMap<String, Value>, _>(&event).unwrap_err();
        [session, map].map(|rejection| {
            assert_eq!(rejection.errors()[0].kind(), ReasonKind::Ambiguous);
            rejection.errors()[0].detail("remedy").cloned()
        })
    };
    let token = || Some(json!("send the token in `Authorization`"));
    assert_eq!(remedies(&events::http_api_jwt(&claims)), [token(), token()]);
    assert_eq!(remedies(&events::http_api_jwt_v1(&claims)), [None, None]);
}

#[test]
fn an_issuer_whose_names_have_no_blanks_has_no_ambiguous_roles() {
    const WORDS: PrimitiveArrayClaim = ROLE.without_blanks();
    let two_words = json!({"st-role": "map[t:1.7e+12 v:[foo admin]]"});
    let errors = |requirement| text_errors(&two_words, &[requirement]);
    assert_eq!(errors(WORDS.includes_all(&["foo", "admin"])), json!([]));
    assert_eq!(errors(WORDS.excludes("guest")), json!([]));
    assert_ne!(errors(WORDS.excludes("foo")), json!([]));
    assert_ne!(errors(WORDS.includes("foo admin")), json!([]));
}

#[test]
fn an_excluded_value_with_a_neighbour_behind_it_is_ambiguous() {
    let free = PLAN.has_none_of(&["free"]);
    let plan = |text: &str| text_errors(&json!({"plan": text}), &[free]);
    assert_eq!(plan("map[t:1 v:pro]"), json!([]));
    assert_eq!(plan("map[t:1 v:freedom]"), json!([]));
    assert_eq!(
        plan("map[t:1 v:free]")[0]["reason"]["message"],
        "wrong value"
    );
    assert_eq!(
        plan("map[t:1 v:free w:x]")[0]["reason"]["message"],
        "ambiguous value"
    );
    assert_eq!(
        plan("map[t:1 v:<nil>]")[0]["reason"]["message"],
        "unreadable value"
    );
    // What the gateway also writes for half a surrogate pair, which is no text.
    assert_eq!(
        plan("map[t:1 v:fre\u{fffd}]")[0]["reason"]["message"],
        "unreadable value"
    );
    assert_eq!(
        errors(&claims("plan", dated(&json!(5))), &[free]),
        one(
            "plan",
            json!({
                "message": "wrong type", "expectedType": "string", "actualType": "number"
            })
        )
    );
}

#[test]
fn ages() {
    let ev = claims("st-ev", dated(&json!(true)));
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
    // The age is looked at before the value, as in the SDK.
    let unverified = claims("st-ev", dated(&json!(false)));
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
        assert_eq!(errors(&claims, &[verified]), json!([]));
    }
}

#[test]
fn claims_without_a_time_are_of_no_age() {
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

#[test]
fn factors_for_auth() {
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
        (json!({"c": {}}), "value does not exist"),
        (json!({"c": {}, "v": "true"}), "wrong type"),
        (json!({"c": {}, "v": 1}), "wrong type"),
        (json!(true), "unreadable value"),
        (json!([]), "unreadable value"),
    ] {
        assert_eq!(mfa(claim)[0]["reason"]["message"], message);
    }
}

/// The errors of a list of factors on these completed ones.
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
fn the_first_step_of_factors_that_is_missing_is_told() {
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
fn a_factor_has_the_age_of_its_completion() {
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

#[test]
fn a_string_or_a_list_of_audiences_and_scopes() {
    let audience = |aud: Value| errors(&claims("aud", aud), &[AUDIENCE.includes("orders")]);
    assert_eq!(audience(json!("orders")), json!([]));
    assert_eq!(audience(json!(["web", "orders"])), json!([]));
    assert_eq!(
        audience(json!("orders2")),
        one(
            "aud",
            json!({
                "message": "wrong value", "expectedToInclude": "orders", "actualValue": "orders2"
            })
        )
    );
    assert_eq!(audience(json!(5))[0]["reason"]["message"], "wrong type");

    let scope = |claims: Value| {
        let errors = errors(&claims, &[SCOPE.includes("orders:read")]);
        errors == json!([])
    };
    assert!(scope(json!({"exp": 1, "scope": "openid orders:read"})));
    assert!(scope(json!({"exp": 1, "scp": ["openid", "orders:read"]})));
    assert!(scope(json!({"exp": 1, "scp": "orders:read"})));
    assert!(scope(
        json!({"exp": 1, "scp": ["orders:read"], "scope": "orders:read"})
    ));
    assert!(!scope(
        json!({"exp": 1, "scp": ["orders:read"], "scope": "openid"})
    ));
    // As an HTTP API's text, a `null` is absent.
    assert!(scope(
        json!({"exp": 1, "scp": null, "scope": "orders:read"})
    ));
    assert!(scope(
        json!({"exp": 1, "scp": "orders:read", "scope": null})
    ));
    assert!(!scope(json!({"exp": 1, "scp": null, "scope": null})));
    assert!(!scope(json!({"exp": 1, "scp": ["openid orders:read"]})));
    assert!(!scope(json!({"exp": 1, "scope": "orders:readall"})));
    assert!(!scope(json!({"exp": 1, "scope": 5, "scp": "orders:read"})));
}

#[test]
fn what_requires_nothing_is_never_met() {
    let session = json!({
        "exp": 1, "st-role": dated(&json!(["admin"])), "st-mfa": {"c": {}, "v": true}, "tId": "a",
    });
    let nothing: [&[Requirement<'_>]; 8] = [
        &[all(&[])],
        &[any(&[])],
        &[ROLE.includes_all(&[])],
        &[ROLE.includes_any(&[])],
        &[ROLE.excludes_all(&[])],
        &[TENANT.has_none_of(&[])],
        &[MFA.has_completed_requirement_list(&[])],
        &[MFA.has_completed_requirement_list(&[Factors::AllOf(&[])])],
    ];
    for requirements in nothing {
        let errors = errors(&session, requirements);
        assert_eq!(errors[0]["reason"]["message"], "empty requirement");
    }
}

#[test]
fn combined_requirements_tell_what_all_branches_lack() {
    let claims = json!({
        "exp": 1,
        "st-role": dated(&json!(["user"])),
        "st-perm": dated(&json!(["orders:write"])),
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
    // A branch that is met leaves no error, not even of those before it.
    let user_or_admin = [ROLE.includes("admin"), ROLE.includes("user")];
    assert_eq!(
        ids(&[
            EMAIL_VERIFIED.is_true(),
            any(&user_or_admin),
            MFA.has_completed_requirements_for_auth()
        ]),
        ["st-ev", "st-mfa"]
    );

    // An age on a combination holds for everything in it, and the least one counts.
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

#[test]
fn arrays_by_themselves_are_read_as_the_gateway_writes_them() {
    let admin = GROUPS.includes("admin");
    assert_eq!(
        text_errors(&json!({"groups": "[admin]"}), &[admin]),
        json!([])
    );
    for denied in [
        "[admin user]",
        r#"["admin"]"#,
        "admin",
        "[]",
        "[administrator]",
    ] {
        assert_ne!(
            text_errors(&json!({"groups": denied}), &[admin]),
            json!([]),
            "{denied}"
        );
    }
}
