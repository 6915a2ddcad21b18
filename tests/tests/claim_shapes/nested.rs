//! Values within objects: `"realm_access": {"roles": ["admin"]}`.

use require_claims::{BooleanClaim, PrimitiveArrayClaim, PrimitiveClaim, ReasonKind};
use require_claims_tests::events;
use serde_json::{Map, Value, json};

use super::{
    cognito, denial, handler, http_api, http_lambda, payload, rest_jwt, rest_lambda, verdict,
    with_token,
};

const REALM_ROLE: PrimitiveArrayClaim = PrimitiveArrayClaim::at(&["realm_access", "roles"]);
const CLIENT_ROLE: PrimitiveArrayClaim =
    PrimitiveArrayClaim::at(&["resource_access", "orders", "roles"]);
const VERIFIED: BooleanClaim = BooleanClaim::at(&["profile", "verified"]);
const ORGANIZATION: PrimitiveClaim = PrimitiveClaim::at(&["organization", "id"]);
const LEVEL: PrimitiveClaim<i64> = PrimitiveClaim::<i64>::at(&["profile", "level"]);

handler!(realm_admin: REALM_ROLE = "admin");
handler!(not_suspended: REALM_ROLE = none("suspended"));
handler!(orders_admin: CLIENT_ROLE = "admin");
handler!(verified: VERIFIED);
handler!(acme: ORGANIZATION = "acme");
handler!(own_organization: ORGANIZATION = path("organization"));
handler!(level_3: LEVEL = 3);

/// The claims of a Keycloak user.
fn realm(roles: &Value) -> Value {
    json!({"roles": roles})
}

#[tokio::test]
async fn reads_a_nested_list() {
    let admin = realm(&json!(["admin"]));
    let two = realm(&json!(["user", "admin"]));
    for event in [
        http_api("realm_access", &admin),
        with_token("realm_access", &admin),
        with_token("realm_access", &two),
        rest_jwt("realm_access", &two),
        http_lambda("realm_access", &two),
        rest_lambda("realm_access", &two),
        cognito("realm_access", &json!(two.to_string())),
        http_api("realm_access", &json!(two.to_string())),
        rest_jwt("realm_access", &json!(two.to_string())),
    ] {
        assert_eq!(verdict(realm_admin, &event).await, "allowed", "{event}");
        assert_eq!(verdict(not_suspended, &event).await, "allowed", "{event}");
    }
    let user = realm(&json!(["suspended"]));
    for event in [
        http_api("realm_access", &user),
        with_token("realm_access", &user),
        rest_jwt("realm_access", &user),
        http_lambda("realm_access", &user),
        rest_lambda("realm_access", &user),
        cognito("realm_access", &json!(user.to_string())),
    ] {
        for handler in [
            verdict(realm_admin, &event).await,
            verdict(not_suspended, &event).await,
        ] {
            assert_eq!(handler, "realm_access.roles: wrong value", "{event}");
        }
    }
}

/// In `map[roles:[user admin]]`, a role may contain the space.
#[tokio::test]
async fn decides_little_text_without_the_token() {
    for text in [
        "map[roles:[user admin]]",
        "map[a:1 roles:[admin]]",
        "map[roles:[admin] z:1]",
        "map[roles:[a:b]]",
        "map[roles:[admin]:1]",
        "map[x:map[roles:[admin]]]",
        "map[role:[admin]]",
        "map[roles:[\"admin\"]]",
        "map[roles:[[admin]]]",
        "map[roles:[\u{fffd}]]",
    ] {
        let event = events::http_api_jwt(&json!({"exp": "1", "realm_access": text}));
        let (id, reason) = denial(realm_admin, &event).await.unwrap();
        assert_eq!(id, "realm_access.roles");
        assert_eq!(reason["message"], "ambiguous value", "{text}");
        let remedy = "send the token in `Authorization`, or use a REST API, whose JWT authorizer \
                      passes JSON types";
        assert_eq!(reason["remedy"], remedy, "{text}");
        let denied = verdict(not_suspended, &event).await;
        assert_eq!(denied, "realm_access.roles: ambiguous value", "{text}");
    }
    for (text, message) in [
        ("map[]", "value does not exist"),
        ("map[roles:admin]", "unreadable value"),
        ("map[roles:<nil>]", "unreadable value"),
        ("[admin]", "unreadable value"),
        ("admin", "unreadable value"),
        ("", "unreadable value"),
        ("{\"roles\":[\"admin\"", "unreadable value"),
        (
            "{\"roles\":[\"admin\\ufffd\"],\"x\":\"\u{fffd}\"}",
            "ambiguous value",
        ),
    ] {
        let event = events::http_api_jwt(&json!({"exp": "1", "realm_access": text}));
        let expected = format!("realm_access.roles: {message}");
        assert_eq!(verdict(not_suspended, &event).await, expected, "{text}");
    }
    // An empty list, or a list of one empty name.
    let event = http_api("realm_access", &realm(&json!([])));
    assert_eq!(verdict(not_suspended, &event).await, "allowed");
}

/// The client credentials and roles of a Keycloak user with 17 clients.
#[tokio::test]
async fn reads_objects_of_any_size() {
    let client = |index| {
        (
            format!("client-{index}"),
            realm(&json!(["viewer", "editor"])),
        )
    };
    let mut access: Map<String, Value> = (0..17).map(client).collect();
    for (role, expected) in [
        ("admin", "allowed"),
        ("viewer", "resource_access.orders.roles: wrong value"),
    ] {
        access.insert("orders".to_owned(), realm(&json!(["a", role])));
        let access = Value::Object(access.clone());
        for event in [
            with_token("resource_access", &access),
            rest_jwt("resource_access", &access),
            rest_lambda("resource_access", &access),
        ] {
            assert_eq!(verdict(orders_admin, &event).await, expected);
        }
        let ambiguous = "resource_access.orders.roles: ambiguous value";
        let event = http_api("resource_access", &access);
        assert_eq!(verdict(orders_admin, &event).await, ambiguous);
    }
}

#[tokio::test]
async fn reads_json_text_at_every_step() {
    let orders = realm(&json!(["admin"])).to_string();
    let access = json!({"orders": orders});
    for access in [
        access.clone(),
        json!(access.to_string()),
        json!(format!(" \n{access}")),
    ] {
        for event in [
            with_token("resource_access", &access),
            rest_jwt("resource_access", &access),
            http_lambda("resource_access", &access),
            rest_lambda("resource_access", &access),
        ] {
            assert_eq!(verdict(orders_admin, &event).await, "allowed", "{event}");
        }
    }
    // The same key twice, invalid JSON, and text after the object.
    for access in [
        r#"{"orders":{"roles":["admin"]},"orders":{"roles":["admin"]}}"#,
        r#"{"orders":{"roles":["admin"]}"#,
        r#"{"orders":{"roles":["admin"]}} x"#,
        r#"{"orders":"{\"roles\":[\"admin\"],}"}"#,
    ] {
        let event = rest_jwt("resource_access", &json!(access));
        let denied = "resource_access.orders.roles: unreadable value";
        assert_eq!(verdict(orders_admin, &event).await, denied, "{event}");
    }
}

#[tokio::test]
async fn reports_the_member_that_is_not_an_object() {
    for (access, expected, actual) in [
        (json!("orders"), "object", "string"),
        (json!(["orders"]), "object", "array"),
        (json!({"orders": "admin"}), "object", "string"),
        (json!({"orders": ["admin"]}), "object", "array"),
        (json!({"orders": true}), "object", "boolean"),
        (
            json!({"orders": {"roles": "admin"}}),
            "array of strings",
            "string",
        ),
        (
            json!({"orders": {"roles": ["admin", 1]}}),
            "array of strings",
            "array",
        ),
    ] {
        for event in [
            with_token("resource_access", &access),
            rest_jwt("resource_access", &access),
        ] {
            let reason = json!({
                "message": "wrong type", "expectedType": expected, "actualType": actual,
            });
            let denied = Some(("resource_access.orders.roles".to_owned(), reason));
            assert_eq!(denial(orders_admin, &event).await, denied, "{event}");
        }
    }
    for access in [
        json!({}),
        json!({"orders": null}),
        json!({"orders": {}}),
        json!({"orders": {"roles": null}}),
        json!({"orders.roles": ["admin"]}),
        json!({"Orders": {"roles": ["admin"]}}),
    ] {
        for event in [
            with_token("resource_access", &access),
            rest_jwt("resource_access", &access),
        ] {
            let denied = "resource_access.orders.roles: value does not exist";
            assert_eq!(verdict(orders_admin, &event).await, denied, "{event}");
        }
    }
    // A key with dots is not a path.
    let event = rest_jwt("resource_access.orders.roles", &json!(["admin"]));
    let denied = "resource_access.orders.roles: value does not exist";
    assert_eq!(verdict(orders_admin, &event).await, denied);
}

#[tokio::test]
async fn reads_nested_values_of_other_types() {
    let profile = json!({"verified": true, "level": 3});
    let organization = json!({"id": "acme"});
    for gateway in [with_token, rest_jwt, http_lambda, rest_lambda] {
        let event = gateway("profile", &profile);
        assert_eq!(verdict(verified, &event).await, "allowed", "{event}");
        assert_eq!(verdict(level_3, &event).await, "allowed", "{event}");
        let event = gateway("organization", &organization);
        assert_eq!(verdict(acme, &event).await, "allowed", "{event}");
        let event = gateway("profile", &json!({"verified": "true", "level": "3"}));
        let denied = verdict(verified, &event).await;
        assert_eq!(denied, "profile.verified: wrong value", "{event}");
        let denied = verdict(level_3, &event).await;
        assert_eq!(denied, "profile.level: wrong value", "{event}");
        let event = gateway("organization", &json!({"id": "acme corp"}));
        let denied = verdict(acme, &event).await;
        assert_eq!(denied, "organization.id: wrong value", "{event}");
    }
    for (claim, allowed) in [
        (json!({"verified": true}), true),
        (json!({"verified": false}), false),
        (json!({"verified": true, "z": 1}), false),
    ] {
        let event = http_api("profile", &claim);
        let is_allowed = verdict(verified, &event).await == "allowed";
        assert_eq!(is_allowed, allowed, "{event}");
    }
    for (claim, allowed) in [
        (json!({"id": "acme"}), true),
        (json!({"id": "acme:x"}), false),
    ] {
        let mut event = http_api("organization", &claim);
        assert_eq!(verdict(acme, &event).await == "allowed", allowed, "{event}");
        event["pathParameters"] = json!({"organization": "acme"});
        let is_allowed = verdict(own_organization, &event).await == "allowed";
        assert_eq!(is_allowed, allowed, "{event}");
    }
}

#[test]
fn treats_an_empty_name_as_a_mistake() {
    let claims = payload("a", &json!({"": {"b": ["admin"]}}));
    let event = events::request(&events::rest_jwt(&claims));
    for requirement in [
        PrimitiveArrayClaim::at(&["a", "", "b"]).includes("admin"),
        PrimitiveArrayClaim::at(&["a", "", "b"]).excludes("x"),
        PrimitiveArrayClaim::at(&[""]).excludes("x"),
        PrimitiveClaim::bare("").has_none_of(&["x"]),
    ] {
        let rejection = requirement.check(&event).unwrap_err();
        let kind = rejection.errors()[0].kind();
        assert_eq!(kind, ReasonKind::EmptyRequirement, "{requirement:?}");
    }
}

/// A claim at a path of one name is a bare claim.
#[tokio::test]
async fn a_path_may_have_one_name() {
    const GROUP: PrimitiveArrayClaim = PrimitiveArrayClaim::at(&["groups"]);
    handler!(admins: GROUP = "admin");
    assert_eq!(GROUP, PrimitiveArrayClaim::bare("groups"));
    let event = http_api("groups", &json!(["admin"]));
    assert_eq!(verdict(admins, &event).await, "allowed");
    let event = http_api("groups", &json!(["user"]));
    assert_eq!(verdict(admins, &event).await, "groups: wrong value");
}
