//! Strings of a Lambda authorizer, which are not the gateway's text of claims.

use lambda_http::aws_lambda_events::apigw::ApiGatewayProxyRequest;
use require_claims::ReasonKind;
use require_claims::supertokens::{AUDIENCE, AUTHENTICATED, EMAIL_VERIFIED, ROLE, SCOPE, TENANT};
use require_claims_tests::custom_claims::GROUPS;
use require_claims_tests::events;
use serde_json::{Value, json};

use super::{Gateway, allows};

#[tokio::test]
async fn does_not_read_a_lambda_authorizers_string_as_gateway_text() {
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
fn does_not_authenticate_an_empty_or_null_name() {
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
fn reads_a_lambda_authorizers_string_that_is_not_json_as_it_is() {
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

/// All claims are strings, so no other type shows that they have JSON types.
#[test]
fn does_not_read_a_string_among_strings_as_gateway_text() {
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

/// A Lambda authorizer's `claims` in each place, with each field that may be next to them.
fn claims_of_lambda(claims: &Value) -> Vec<Value> {
    let next_to = |key: &str, value: Value| json!({"claims": claims, key: value});
    let mut all = vec![
        events::v2(&json!({"lambda": {"claims": claims}})),
        events::v2(&json!({"lambda": next_to("scopes", Value::Null)})),
        // In payload format 1.0, they are in the same place as those of a JWT authorizer.
        events::v1(&next_to("principalId", json!("user"))),
        events::v1(&next_to("scopes", json!("orders:read"))),
        events::v1(&json!({"claims": claims, "scopes": null, "principalId": "user"})),
    ];
    // Without other fields and with a number among them, they look like those of a REST API's JWT authorizer.
    if claims["exp"].is_string() {
        all.push(events::v1(&json!({"claims": claims})));
    }
    all
}

/// Regression: in format 1.0 they were read as the gateway's text, and with a number among them as strings of
/// the token.
#[test]
fn a_string_among_its_claims_may_be_json_in_both_formats() {
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
fn does_not_bind_a_token_to_a_lambda_authorizers_claims() {
    let claims = json!({"iss": "i", "exp": "1", "st-role": "map[v:[foo admin]]"});
    let forged = r#"{"iss":"i","exp":1,"st-role":{"v":["foo","admin"]}}"#;
    for event in claims_of_lambda(&claims) {
        let event = events::with_token(event, forged);
        assert!(
            ROLE.includes("admin")
                .check(&events::request(&event))
                .is_err()
        );
        // An event of the plain Lambda runtime, where the guard reads the header of format 1.0.
        if event.get("version") != Some(&json!("2.0")) {
            let event: ApiGatewayProxyRequest = serde_json::from_value(event).unwrap();
            assert!(ROLE.includes("admin").check(&event).is_err());
        }
    }
}

/// Regression: with a claim of that name, all claims were unreadable.
#[test]
fn reads_claims_with_a_claim_named_scopes() {
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
fn claims_with_json_types_next_to_scopes_are_not_text() {
    let claims = json!({"iss": "i", "exp": 1, "st-role": "map[v:[admin]]", "st-ev": {"v": true}});
    let event = events::request(&events::v1(&json!({"claims": claims, "scopes": null})));
    assert!(ROLE.includes("admin").check(&event).is_err());
    assert!(EMAIL_VERIFIED.is_true().check(&event).is_ok());
}

#[test]
fn a_lambda_authorizers_string_that_is_not_json_is_not_a_list() {
    let event = events::http_api_lambda_flat(&json!({"exp": 1, "groups": "admin"}));
    let decided = GROUPS.includes("admin").check(&events::request(&event));
    let rejection = decided.unwrap_err();
    assert_eq!(rejection.errors()[0].kind(), ReasonKind::WrongType);
}

/// If lists are joined, an empty string may be an empty list; otherwise, it is the empty name.
#[test]
fn an_empty_audience_is_ambiguous() {
    let event = events::request(&events::rest_cognito(&json!({"sub": "u", "aud": ""})));
    assert!(AUDIENCE.includes("").check(&event).is_err());
    assert!(AUDIENCE.excludes("").check(&event).is_err());
    assert!(AUDIENCE.includes("orders").check(&event).is_err());
    assert!(AUDIENCE.excludes("orders").check(&event).is_ok());
}
