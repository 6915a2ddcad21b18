//! OpenID Connect.

use require_claims::{PrimitiveArrayClaim, oidc};
use serde_json::{Value, json};

use super::{EXACT, TEXT, assert_twins, assert_twins_with_token, assert_verdict};
use super::{handler, with, without};

const AMR: PrimitiveArrayClaim = oidc::AMR.without_spaces();

handler!(subject: oidc::SUBJECT = "248289761001");
handler!(order: oidc::SUBJECT = path("id"));
handler!(issuer: oidc::ISSUER = "https://server.example.com");
handler!(audience: oidc::AUDIENCE = "orders");
handler!(email_verified: oidc::EMAIL_VERIFIED);
handler!(email_not_verified: oidc::EMAIL_VERIFIED = false);
handler!(level: oidc::ACR = any("silver", "gold"));
handler!(one_time_password: oidc::AMR = "otp");
handler!(one_time_password_without_spaces: AMR = "otp");
handler!(signed_in_lately: oidc::AUTH_TIME(max_age = "15m"));
handler!(reads_orders: oidc::SCOPE = "orders:read");
handler!(authenticated: oidc::AUTHENTICATED);
handler!(authenticated_and_verified: all(oidc::AUTHENTICATED, oidc::EMAIL_VERIFIED));

fn token() -> Value {
    json!({
        "iss": "https://server.example.com",
        "sub": "248289761001",
        "aud": "orders",
        "exp": 1_700_003_600,
        "iat": 1_700_000_000,
        "auth_time": 1_699_999_000,
        "nonce": "n-0S6_WzA2Mj",
        "azp": "web",
        "acr": "silver",
        "amr": ["otp"],
        "email": "jane@example.com",
        "email_verified": true,
        "phone_number": "+1 (425) 555-1212",
        "address": {"street_address": "1234 Main St", "locality": "Anytown"},
        "name": "Jane Doe",
        "updated_at": 1_699_990_000,
        "scope": "openid email orders:read",
    })
}

#[tokio::test]
async fn compares_the_registered_claims() {
    let token = token();
    let denied = with(&token, "sub", json!("2482897610010"));
    assert_twins(subject, &token, &denied, "sub: wrong value").await;
    // The path of the events is `/orders/7`.
    let own = with(&token, "sub", json!("7"));
    assert_twins(order, &own, &token, "sub: wrong value").await;
    let denied = with(&token, "iss", json!("https://server.example.com/"));
    assert_twins(issuer, &token, &denied, "iss: wrong value").await;
    let denied = with(&token, "aud", json!("users"));
    assert_twins(audience, &token, &denied, "aud: wrong value").await;
}

#[tokio::test]
async fn reads_several_audiences_in_the_token() {
    let allowed = with(&token(), "aud", json!(["users", "orders"]));
    let denied = with(&token(), "aud", json!(["users", "orders x"]));
    assert_twins_with_token(audience, &allowed, &denied, "aud").await;
}

#[tokio::test]
async fn requires_a_verified_email_address() {
    let token = token();
    let denied = with(&token, "email_verified", json!(false));
    assert_twins(
        email_verified,
        &token,
        &denied,
        "email_verified: wrong value",
    )
    .await;
    assert_twins(
        email_not_verified,
        &denied,
        &token,
        "email_verified: wrong value",
    )
    .await;
    let missing = without(&token, "email_verified");
    let error = "email_verified: value does not exist";
    for gateways in [TEXT, EXACT] {
        assert_verdict(email_verified, &gateways, &missing, error).await;
        assert_verdict(email_not_verified, &gateways, &missing, error).await;
    }
    let text = with(&token, "email_verified", json!("true"));
    assert_verdict(email_verified, &EXACT, &text, "email_verified: wrong value").await;
}

#[tokio::test]
async fn compares_the_class_of_the_authentication() {
    let denied = with(&token(), "acr", json!("bronze"));
    assert_twins(level, &token(), &denied, "acr: wrong value").await;
}

#[tokio::test]
async fn reads_the_methods_of_the_authentication() {
    let token = token();
    let denied = with(&token, "amr", json!(["pwd"]));
    assert_twins(one_time_password, &token, &denied, "amr: wrong value").await;
    let allowed = with(&token, "amr", json!(["pwd", "otp"]));
    let denied = with(&token, "amr", json!(["pwd", "x otp"]));
    assert_twins_with_token(one_time_password, &allowed, &denied, "amr").await;
    let denied = with(&token, "amr", json!(["pwd", "otpx"]));
    let handler = one_time_password_without_spaces;
    assert_twins(handler, &allowed, &denied, "amr: wrong value").await;
}

#[tokio::test]
async fn reads_the_scopes() {
    let denied = with(&token(), "scope", json!("openid orders:readonly"));
    assert_twins(reads_orders, &token(), &denied, "scope: wrong value").await;
    let array = with(
        &without(&token(), "scope"),
        "scp",
        json!(["openid", "orders:read"]),
    );
    assert_verdict(reads_orders, &EXACT, &array, "allowed").await;
}

#[tokio::test]
async fn requires_a_subject() {
    let error = "sub: value does not exist";
    let token = token();
    for denied in [without(&token, "sub"), with(&token, "sub", json!(""))] {
        assert_twins(authenticated, &token, &denied, error).await;
        assert_twins(authenticated_and_verified, &token, &denied, error).await;
    }
    let number = with(&token, "sub", json!(7));
    assert_verdict(authenticated, &EXACT, &number, "sub: wrong type").await;
}

#[tokio::test]
async fn requires_a_recent_sign_in() {
    let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let signed_in = |ago: u64| with(&token(), "auth_time", json!(now - ago));
    let (recent, long_ago) = (signed_in(60), signed_in(3_600));
    let expired = "auth_time: expired";
    assert_twins(signed_in_lately, &recent, &long_ago, expired).await;
    let future = with(&token(), "auth_time", json!(now + 3_600));
    assert_twins(
        signed_in_lately,
        &recent,
        &future,
        "auth_time: time in the future",
    )
    .await;
    let missing = without(&token(), "auth_time");
    assert_twins(
        signed_in_lately,
        &recent,
        &missing,
        "auth_time: value does not exist",
    )
    .await;
}
