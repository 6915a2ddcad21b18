//! Names that are the keys of an object: `"urn:zitadel:iam:org:project:roles": {"admin": {…}}`.

use require_claims::PrimitiveArrayClaim;
use require_claims_tests::events;
use serde_json::json;

use super::{handler, http_api, http_lambda, rest_jwt, rest_lambda, verdict, with_token};

const KEY: &str = "urn:zitadel:iam:org:project:roles";
const ROLES: PrimitiveArrayClaim = PrimitiveArrayClaim::bare(KEY).keys();
const NESTED: PrimitiveArrayClaim = PrimitiveArrayClaim::at(&["user", "roles"]).keys();
const TIMESTAMPED: PrimitiveArrayClaim = PrimitiveArrayClaim::new("timed").keys();

handler!(admin: ROLES = "admin");
handler!(not_suspended: ROLES = none("suspended"));
handler!(nested: NESTED = "admin");
handler!(timestamped: TIMESTAMPED = "admin");

#[tokio::test]
async fn reads_the_keys_of_an_object() {
    let roles = json!({"admin": {"123": "example.com"}, "user": null});
    for event in [
        with_token(KEY, &roles),
        rest_jwt(KEY, &roles),
        http_lambda(KEY, &roles),
        rest_lambda(KEY, &roles),
        http_api(KEY, &json!({"admin": true})),
        http_api(KEY, &json!({"admin": {}})),
    ] {
        assert_eq!(verdict(admin, &event).await, "allowed", "{event}");
        assert_eq!(verdict(not_suspended, &event).await, "allowed", "{event}");
    }
    for roles in [json!({"suspended": "admin"}), json!({"suspended": {}})] {
        for gateway in [http_api, with_token, rest_jwt, http_lambda, rest_lambda] {
            let event = gateway(KEY, &roles);
            let denied = format!("{KEY}: wrong value");
            assert_eq!(verdict(admin, &event).await, denied, "{event}");
            assert_eq!(verdict(not_suspended, &event).await, denied, "{event}");
        }
    }
    for gateway in [http_api, with_token, rest_jwt, http_lambda, rest_lambda] {
        let event = gateway(KEY, &json!({}));
        assert_eq!(verdict(not_suspended, &event).await, "allowed", "{event}");
        assert_eq!(
            verdict(admin, &event).await,
            format!("{KEY}: wrong value"),
            "{event}"
        );
    }
}

#[tokio::test]
async fn denies_text_with_several_interpretations() {
    for text in [
        "map[admin:map[123:example.com]]",
        "map[admin:true user:true]",
        "map[user:admin:1]",
        "map[\u{fffd}:1]",
        "map[admin",
    ] {
        let event = events::http_api_jwt(&json!({"exp": "1", KEY: text}));
        let denied = format!("{KEY}: ambiguous value");
        assert_eq!(verdict(not_suspended, &event).await, denied, "{text}");
    }
    for text in ["admin", "[admin]", "[\"admin\"]"] {
        let event = events::http_api_jwt(&json!({"exp": "1", KEY: text}));
        let denied = format!("{KEY}: unreadable value");
        assert_eq!(verdict(not_suspended, &event).await, denied, "{text}");
    }
}

#[tokio::test]
async fn denies_any_other_type() {
    for roles in [
        json!(["admin"]),
        json!("admin"),
        json!(true),
        json!(r#"{"admin":1}"#),
    ] {
        for event in [with_token(KEY, &roles), rest_jwt(KEY, &roles)] {
            let denied = format!("{KEY}: wrong type");
            assert_eq!(verdict(admin, &event).await, denied, "{event}");
            assert_eq!(verdict(not_suspended, &event).await, denied, "{event}");
        }
    }
    let event = rest_jwt(KEY, &json!(null));
    assert_eq!(
        verdict(admin, &event).await,
        format!("{KEY}: value does not exist")
    );
}

#[tokio::test]
async fn reads_keys_in_objects_and_with_a_time() {
    for (roles, allowed) in [
        (json!({"admin": 1, "b": 2}), true),
        (json!({"b": "admin"}), false),
    ] {
        for gateway in [with_token, rest_jwt] {
            let event = gateway("user", &json!({"roles": roles, "z": 1}));
            assert_eq!(
                verdict(nested, &event).await == "allowed",
                allowed,
                "{event}"
            );
            let event = gateway("timed", &json!({"v": roles, "t": 1}));
            assert_eq!(
                verdict(timestamped, &event).await == "allowed",
                allowed,
                "{event}"
            );
        }
    }
    let event = http_api("timed", &json!({"v": {"admin": 1}, "t": 1}));
    assert_eq!(verdict(timestamped, &event).await, "allowed");
    let event = http_api("user", &json!({"roles": {"admin": 1}}));
    assert_eq!(verdict(nested, &event).await, "user.roles: ambiguous value");
}
