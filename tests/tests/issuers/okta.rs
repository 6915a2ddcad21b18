//! Okta: access tokens of a custom authorization server.

use require_claims::{PrimitiveArrayClaim, PrimitiveClaim, okta};
use serde_json::{Value, json};

use super::{EXACT, TEXT, assert_twins, assert_twins_with_token, assert_verdict};
use super::{handler, with, without};

const GROUPS: PrimitiveArrayClaim = okta::GROUPS.without_spaces();
const USER_ID: PrimitiveClaim = PrimitiveClaim::bare("uid");

handler!(writes_orders: okta::SCOPE = "orders:write");
handler!(not_offline: okta::SCOPE = none("offline_access"));
handler!(order_desk: okta::GROUPS = "Order Desk");
handler!(staff: okta::GROUPS = "Staff");
handler!(staff_without_spaces: GROUPS = "Staff");
handler!(jane: USER_ID = "00ujmkLgagxeRrAg20g3");

fn token() -> Value {
    json!({
        "ver": 1,
        "jti": "AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE",
        "iss": "https://example.okta.com/oauth2/default",
        "aud": "api://default",
        "sub": "jane@example.com",
        "iat": 1_700_000_000,
        "exp": 1_700_003_600,
        "auth_time": 1_699_999_000,
        "cid": "nmdP1fcyvdVO11AL7ECm",
        "uid": "00ujmkLgagxeRrAg20g3",
        "scp": ["openid", "orders:write"],
        "groups": ["Everyone", "Order Desk"],
    })
}

#[tokio::test]
async fn reads_several_scopes_without_the_token() {
    let denied = with(&token(), "scp", json!(["openid", "orders:writer"]));
    assert_twins(writes_orders, &token(), &denied, "scp: wrong value").await;
    let denied = with(&token(), "scp", json!(["openid", "offline_access"]));
    assert_twins(not_offline, &token(), &denied, "scp: wrong value").await;
}

#[tokio::test]
async fn denies_missing_scopes_and_a_string_of_scopes() {
    let missing = without(&token(), "scp");
    let string = with(&token(), "scp", json!("openid orders:write"));
    for gateways in [TEXT, EXACT] {
        let error = "scp: value does not exist";
        assert_verdict(writes_orders, &gateways, &missing, error).await;
        assert_verdict(not_offline, &gateways, &missing, error).await;
    }
    assert_verdict(writes_orders, &TEXT, &string, "scp: unreadable value").await;
    assert_verdict(writes_orders, &EXACT, &string, "scp: wrong type").await;
}

/// `[Everyone Order Desk]` has two names or three.
#[tokio::test]
async fn reads_several_groups_in_the_token() {
    let denied = with(&token(), "groups", json!(["Everyone", "Order", "Desk"]));
    assert_twins_with_token(order_desk, &token(), &denied, "groups").await;
    assert_verdict(order_desk, &TEXT, &denied, "groups: ambiguous value").await;
}

#[tokio::test]
async fn reads_one_group_without_the_token() {
    let allowed = with(&token(), "groups", json!(["Staff"]));
    let denied = with(&token(), "groups", json!(["Everyone"]));
    assert_twins(staff, &allowed, &denied, "groups: wrong value").await;
    let allowed = with(&token(), "groups", json!(["Everyone", "Staff"]));
    let denied = with(&token(), "groups", json!(["Everyone", "Staffing"]));
    assert_twins(
        staff_without_spaces,
        &allowed,
        &denied,
        "groups: wrong value",
    )
    .await;
}

#[tokio::test]
async fn compares_the_id_of_the_user() {
    let denied = with(&token(), "uid", json!("00ujmkLgagxeRrAg20g4"));
    assert_twins(jane, &token(), &denied, "uid: wrong value").await;
}
