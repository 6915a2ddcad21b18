//! Auth0: access tokens with permissions, and roles of an Action.

use require_claims::{PrimitiveArrayClaim, auth0, oidc};
use serde_json::{Value, json};

use super::{EXACT, TEXT, assert_twins, assert_twins_with_token, assert_verdict};
use super::{handler, with, without};

const PERMISSIONS: PrimitiveArrayClaim = auth0::PERMISSIONS.without_spaces();
const ROLES: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("https://orders.example.com/roles");

handler!(writes_orders: auth0::PERMISSIONS = "orders:write");
handler!(writes_orders_without_spaces: PERMISSIONS = "orders:write");
handler!(not_restricted: auth0::PERMISSIONS = none("restricted"));
handler!(reads_orders: auth0::SCOPE = "orders:read");
handler!(admin: ROLES = "admin");
handler!(user: oidc::SUBJECT = "auth0|5fe435b5cbbc85006b071eba");

fn token() -> Value {
    json!({
        "https://orders.example.com/roles": ["admin"],
        "iss": "https://my-domain.auth0.com/",
        "sub": "auth0|5fe435b5cbbc85006b071eba",
        "aud": ["https://orders.example.com", "https://my-domain.auth0.com/userinfo"],
        "iat": 1_700_000_000,
        "exp": 1_700_086_400,
        "scope": "openid profile orders:read",
        "azp": "my_client_id",
        "permissions": ["orders:read", "orders:write"],
    })
}

#[tokio::test]
async fn reads_several_permissions_in_the_token() {
    let denied = with(
        &token(),
        "permissions",
        json!(["orders:read", "x orders:write"]),
    );
    assert_twins_with_token(writes_orders, &token(), &denied, "permissions").await;
    let denied = with(&token(), "permissions", json!(["orders:read"]));
    let error = "permissions: wrong value";
    assert_twins(writes_orders_without_spaces, &token(), &denied, error).await;
}

#[tokio::test]
async fn reads_one_permission_without_the_token() {
    let allowed = with(&token(), "permissions", json!(["orders:write"]));
    let denied = with(&token(), "permissions", json!(["orders:writer"]));
    assert_twins(writes_orders, &allowed, &denied, "permissions: wrong value").await;
    let denied = with(&token(), "permissions", json!(["restricted"]));
    assert_twins(
        not_restricted,
        &token(),
        &denied,
        "permissions: wrong value",
    )
    .await;
}

/// Without "Add Permissions in the Access Token".
#[tokio::test]
async fn denies_a_token_without_permissions() {
    let token = without(&token(), "permissions");
    let error = "permissions: value does not exist";
    for gateways in [TEXT, EXACT] {
        assert_verdict(writes_orders, &gateways, &token, error).await;
        assert_verdict(not_restricted, &gateways, &token, error).await;
    }
}

#[tokio::test]
async fn reads_scopes_and_roles_and_subjects() {
    let token = token();
    let denied = with(&token, "scope", json!("openid profile"));
    assert_twins(reads_orders, &token, &denied, "scope: wrong value").await;
    let key = "https://orders.example.com/roles";
    let denied = with(&token, key, json!(["administrator"]));
    assert_twins(admin, &token, &denied, &format!("{key}: wrong value")).await;
    let denied = with(&token, "sub", json!("auth0|5fe435b5cbbc85006b071ebb"));
    assert_twins(user, &token, &denied, "sub: wrong value").await;
}
