//! Keycloak: roles of the realm and of a client.

use require_claims::{PrimitiveArrayClaim, keycloak, oidc};
use serde_json::{Value, json};

use super::{EXACT, TEXT, assert_twins, assert_twins_with_token, assert_verdict};
use super::{handler, with, without};

const ORDERS_ROLES: PrimitiveArrayClaim =
    PrimitiveArrayClaim::at(&["resource_access", "orders", "roles"]);
const TOP_LEVEL_ROLES: PrimitiveArrayClaim =
    PrimitiveArrayClaim::bare("realm_roles").without_spaces();

handler!(admin: keycloak::REALM_ROLES = "admin");
handler!(not_suspended: keycloak::REALM_ROLES = none("suspended"));
handler!(orders_admin: ORDERS_ROLES = "admin");
handler!(top_level_admin: TOP_LEVEL_ROLES = "admin");
handler!(orders: keycloak::SCOPE = "orders");
handler!(email_verified: oidc::EMAIL_VERIFIED);

fn token() -> Value {
    json!({
        "exp": 1_700_000_300,
        "iat": 1_700_000_000,
        "auth_time": 1_699_999_999,
        "jti": "d58f5dc8-fd8f-462b-8a19-716f8f83985b",
        "iss": "https://login.example.com/realms/shop",
        "aud": ["orders", "account"],
        "sub": "36fa0f91-f94d-4a0c-afed-6b7d952e47da",
        "typ": "Bearer",
        "azp": "web",
        "sid": "2a88c258-f73a-4103-b862-e1fbd8f4e04e",
        "acr": "1",
        "allowed-origins": ["https://shop.example.com"],
        "realm_access": {"roles": ["offline_access", "admin", "uma_authorization"]},
        "resource_access": {
            "orders": {"roles": ["admin"]},
            "account": {"roles": ["manage-account", "view-profile"]},
        },
        "scope": "openid email orders",
        "email_verified": true,
        "name": "Jane Doe",
        "preferred_username": "jane",
        "email": "jane@example.com",
    })
}

fn realm_roles(roles: &Value) -> Value {
    with(&token(), "realm_access", json!({"roles": roles}))
}

#[tokio::test]
async fn reads_several_roles_in_the_token() {
    let id = "realm_access.roles";
    let denied = realm_roles(&json!(["offline_access", "x admin"]));
    assert_twins_with_token(admin, &token(), &denied, id).await;
    let denied = realm_roles(&json!(["offline_access", "suspended"]));
    assert_twins_with_token(not_suspended, &token(), &denied, id).await;
    assert_verdict(
        not_suspended,
        &TEXT,
        &denied,
        "realm_access.roles: ambiguous value",
    )
    .await;
}

#[tokio::test]
async fn reads_one_role_without_the_token() {
    let allowed = realm_roles(&json!(["admin"]));
    let denied = realm_roles(&json!(["administrator"]));
    let error = "realm_access.roles: wrong value";
    assert_twins(admin, &allowed, &denied, error).await;
    let denied = realm_roles(&json!(["suspended"]));
    assert_twins(not_suspended, &allowed, &denied, error).await;
}

#[tokio::test]
async fn denies_a_user_without_roles() {
    let missing = without(&token(), "realm_access");
    for gateways in [TEXT, EXACT] {
        let error = "realm_access.roles: value does not exist";
        assert_verdict(admin, &gateways, &missing, error).await;
        assert_verdict(not_suspended, &gateways, &missing, error).await;
    }
}

#[tokio::test]
async fn reads_the_roles_of_one_client() {
    let others = json!({"users": {"roles": ["admin"]}, "orders": {"roles": ["user"]}});
    let denied = with(&token(), "resource_access", others);
    let id = "resource_access.orders.roles";
    assert_twins_with_token(orders_admin, &token(), &denied, id).await;
}

#[tokio::test]
async fn reads_roles_that_a_mapper_writes_at_the_top_level() {
    let allowed = with(&token(), "realm_roles", json!(["offline_access", "admin"]));
    let denied = with(&token(), "realm_roles", json!(["offline_access", "user"]));
    assert_twins(
        top_level_admin,
        &allowed,
        &denied,
        "realm_roles: wrong value",
    )
    .await;
}

#[tokio::test]
async fn reads_scopes_and_the_email_address() {
    let denied = with(&token(), "scope", json!("openid email"));
    assert_twins(orders, &token(), &denied, "scope: wrong value").await;
    let denied = with(&token(), "email_verified", json!(false));
    assert_twins(
        email_verified,
        &token(),
        &denied,
        "email_verified: wrong value",
    )
    .await;
}
