//! Strings of a Lambda authorizer, which are no text of a gateway.

use lambda_http::aws_lambda_events::apigw::ApiGatewayProxyRequest;
use require_claims::ReasonKind;
use require_claims::supertokens::{AUDIENCE, AUTHENTICATED, EMAIL_VERIFIED, ROLE, SCOPE, TENANT};
use require_claims_tests::custom_claims::GROUPS;
use require_claims_tests::events;
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

/// A Lambda authorizer's `claims`, in each place and with each neighbour that it may have there.
fn claims_of_lambda(claims: &Value) -> Vec<Value> {
    let beside = |key: &str, value: Value| json!({"claims": claims, key: value});
    let mut all = vec![
        events::v2(&json!({"lambda": {"claims": claims}})),
        events::v2(&json!({"lambda": beside("scopes", Value::Null)})),
        // In payload format 1.0 these stand where those of a JWT authorizer do.
        events::v1(&beside("principalId", json!("user"))),
        events::v1(&beside("scopes", json!("orders:read"))),
        events::v1(&json!({"claims": claims, "scopes": null, "principalId": "user"})),
    ];
    // Alone and with a number among them, they are as a REST API's JWT authorizer writes them.
    if claims["exp"].is_string() {
        all.push(events::v1(&json!({"claims": claims})));
    }
    all
}

/// Regression: in format 1.0 they were taken for a gateway's text, and beside a number in them for
/// strings of the token.
#[test]
fn a_string_among_its_claims_may_be_json_in_either_format() {
    for exp in [json!("1"), json!(1)] {
        for (key, text) in [
            ("tId", r#""test""#),
            ("tId", "null"),
            ("aud", "[\"test\"]\n"),
            ("aud", r#"["\u0074est"]"#),
            ("scope", r#""test x""#),
            ("groups", r#"["\u0074est"]"#),
            ("groups", "null"),
            ("groups", "{}"),
            ("st-ev", "map[v:true]"),
            ("st-role", "map[v:[admin]]"),
        ] {
            let claims =
                json!({"iss": "i", "sub": "u", "sessionHandle": "s", "exp": exp, key: text});
            for event in claims_of_lambda(&claims) {
                let event = events::request(&event);
                for requirement in [
                    TENANT.has_none_of(&["test"]),
                    AUDIENCE.excludes("test"),
                    SCOPE.excludes("test"),
                    GROUPS.excludes("test"),
                    EMAIL_VERIFIED.is_true(),
                    ROLE.includes("admin"),
                ] {
                    let decided = requirement.check(&event);
                    assert!(decided.is_err(), "{key} {text} {exp} {requirement:?}");
                }
            }
        }
        for name in ["null", r#""""#, ""] {
            let claims = json!({"exp": exp, "sub": name, "sessionHandle": "s"});
            for event in claims_of_lambda(&claims) {
                let decided = AUTHENTICATED.check(&events::request(&event));
                assert!(decided.is_err(), "{name} {exp} {event}");
            }
        }
        let claims = json!({
            "exp": exp, "sub": "u", "sessionHandle": "s", "tId": "public", "aud": "orders",
            "st-ev": r#"{"v":true}"#, "st-role": r#"{"v":["admin"]}"#,
        });
        for event in claims_of_lambda(&claims) {
            let event = events::request(&event);
            for requirement in [
                AUTHENTICATED,
                TENANT.has_none_of(&["test"]),
                AUDIENCE.excludes("test"),
                EMAIL_VERIFIED.is_true(),
                ROLE.includes("admin"),
            ] {
                let decided = requirement.check(&event);
                assert!(decided.is_ok(), "{exp} {requirement:?} {decided:?}");
            }
        }
    }
}

#[test]
fn a_token_is_not_bound_to_what_a_lambda_authorizer_wrote() {
    let claims = json!({"iss": "i", "exp": "1", "st-role": "map[v:[foo admin]]"});
    let forged = r#"{"iss":"i","exp":1,"st-role":{"v":["foo","admin"]}}"#;
    for event in claims_of_lambda(&claims) {
        let event = events::with_token(event, forged);
        assert!(
            ROLE.includes("admin")
                .check(&events::request(&event))
                .is_err()
        );
        // An event of the plain runtime, in which the header of format 1.0 counts.
        if event.get("version") != Some(&json!("2.0")) {
            let event: ApiGatewayProxyRequest = serde_json::from_value(event).unwrap();
            assert!(ROLE.includes("admin").check(&event).is_err());
        }
    }
}

/// Regression: a claim of that name took all others with it.
#[test]
fn a_token_may_have_a_claim_scopes_beside_the_gateways_own() {
    let text = json!({"iss": "i", "exp": "1", "scopes": "[]", "st-ev": "map[v:true]"});
    for scopes in [Value::Null, json!(["orders:read"])] {
        let event = events::v1(&json!({"claims": text, "scopes": scopes}));
        assert!(
            EMAIL_VERIFIED
                .is_true()
                .check(&events::request(&event))
                .is_ok()
        );
    }
}

#[test]
fn claims_with_types_beside_the_scopes_are_no_text() {
    let claims = json!({"iss": "i", "exp": 1, "st-role": "map[v:[admin]]", "st-ev": {"v": true}});
    let event = events::request(&events::v1(&json!({"claims": claims, "scopes": null})));
    assert!(ROLE.includes("admin").check(&event).is_err());
    assert!(EMAIL_VERIFIED.is_true().check(&event).is_ok());
}

#[test]
fn a_string_that_is_no_json_is_no_list_of_a_lambda_authorizer() {
    let event = events::http_api_lambda_flat(&json!({"exp": 1, "groups": "admin"}));
    let decided = GROUPS.includes("admin").check(&events::request(&event));
    let rejection = decided.unwrap_err();
    assert_eq!(rejection.errors()[0].kind(), ReasonKind::WrongType);
}

/// Where lists are joined, it may be one without names, and else it is the empty name.
#[test]
fn an_empty_audience_has_no_name_for_sure() {
    let event = events::request(&events::rest_cognito(&json!({"sub": "u", "aud": ""})));
    assert!(AUDIENCE.includes("").check(&event).is_err());
    assert!(AUDIENCE.excludes("").check(&event).is_err());
    assert!(AUDIENCE.includes("orders").check(&event).is_err());
    assert!(AUDIENCE.excludes("orders").check(&event).is_ok());
}
