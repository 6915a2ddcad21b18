//! Strings of a Lambda authorizer, which are no text of a gateway.

use require_claims::supertokens::{AUDIENCE, AUTHENTICATED, EMAIL_VERIFIED, ROLE, SCOPE, TENANT};
use require_claims_tests::events;
use require_claims_tests::own_claims::GROUPS;
use serde_json::{Value, json};

use super::{Gateway, allows};

#[tokio::test]
async fn a_string_of_a_lambda_authorizer_is_no_rendering_of_a_gateway() {
    for (key, text) in [
        ("st-ev", "map[t:1.7e+12 v:true]"),
        ("st-role", "map[t:1.7e+12 v:[admin]]"),
        ("st-mfa", "map[c:map[] v:true]"),
    ] {
        let flat: [Gateway; 2] = [events::http_api_lambda_flat, events::rest_lambda_flat];
        for gateway in flat {
            assert!(!allows(gateway, key, json!(text)).await, "{key}");
        }
    }
    let flat = |claims: Value| events::request(&events::http_api_lambda_flat(&claims));
    for (key, text) in [
        ("tId", r#""test""#),
        ("tId", r#"["test"]"#),
        ("tId", "null"),
        ("aud", "null"),
        ("scope", " null"),
        ("aud", r#""test""#),
        ("aud", "[\"test\"]\n"),
        ("aud", "test,x"),
        ("scope", r#""test x""#),
        ("scope", "[test]"),
    ] {
        let event = flat(json!({"exp": 1, key: text}));
        for requirement in [
            TENANT.has_none_of(&["test"]),
            AUDIENCE.excludes("test"),
            SCOPE.excludes("test"),
        ] {
            assert!(
                requirement.check(&event).is_err(),
                "{key} {text} {requirement:?}"
            );
        }
    }
    assert!(
        GROUPS
            .includes("admin")
            .check(&flat(json!({"groups": "[admin]"})))
            .is_err()
    );
    assert!(
        GROUPS
            .includes("admin")
            .check(&flat(json!({"groups": r#"["admin"]"#})))
            .is_ok()
    );
}

#[test]
fn nobody_is_authenticated_by_a_string_that_names_nobody() {
    let session = |name: &str| json!({"exp": 1, "sub": name, "sessionHandle": name});
    for (name, met) in [
        ("u1", true),
        ("", false),
        ("null", false),
        (r#""""#, false),
        ("null ", false),
    ] {
        let event = events::request(&events::rest_lambda_flat(&session(name)));
        assert_eq!(AUTHENTICATED.check(&event).is_ok(), met, "{name}");
    }
}

#[test]
fn a_string_of_a_lambda_authorizer_that_is_no_json_is_itself() {
    let event = events::request(&events::http_api_lambda_flat(&json!({
        "exp": 1, "tId": "public", "aud": "orders", "scope": "openid orders:read",
    })));
    for (requirement, met) in [
        (TENANT.has_value("public"), true),
        (TENANT.has_value("pub"), false),
        (TENANT.has_none_of(&["test"]), true),
        (TENANT.has_none_of(&["public"]), false),
        (AUDIENCE.includes("orders"), true),
        (AUDIENCE.includes("order"), false),
        (AUDIENCE.excludes("test"), true),
        (AUDIENCE.excludes("orders"), false),
        (SCOPE.includes("orders:read"), true),
        (SCOPE.includes("orders"), false),
        (SCOPE.excludes("test"), true),
        (SCOPE.excludes("openid"), false),
    ] {
        assert_eq!(requirement.check(&event).is_ok(), met, "{requirement:?}");
    }
}

/// All of them strings, as of an authorizer that makes strings of everything, so there is no number
/// that shows that types are kept.
#[test]
fn nor_is_a_string_among_strings() {
    let decide = |claims: Value| {
        let event = events::http_api_lambda_claims(&claims);
        let event = events::with_token(event, r#"{"iss":"i","exp":1,"st-role":{"v":["admin"]}}"#);
        let event = events::request(&event);
        let requirements = [EMAIL_VERIFIED.is_true(), ROLE.includes("admin")];
        requirements.map(|requirement| requirement.check(&event).is_ok())
    };
    let claims = |verified: &str, role: &str| json!({"iss": "i", "exp": "1", "st-ev": verified, "st-role": role});
    assert_eq!(decide(claims("map[v:true]", "map[v:[admin]]")), [false; 2]);
    assert_eq!(
        decide(claims(r#"{"v":true}"#, r#"{"v":["admin"]}"#)),
        [true; 2]
    );
}
