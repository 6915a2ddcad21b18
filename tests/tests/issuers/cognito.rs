//! Amazon Cognito: ID tokens and access tokens, with the JWT authorizers and Cognito's own.

use require_claims::{PrimitiveArrayClaim, PrimitiveClaim, cognito};
use require_claims_tests::events;
use serde_json::{Value, json};

use super::{EXACT, TEXT, assert_twins, assert_verdict, handler, verdict, with, without};

const GROUPS_WITHOUT_COMMAS: PrimitiveArrayClaim = cognito::GROUPS.without_commas();
const ACCESS_TOKEN_USERNAME: PrimitiveClaim = PrimitiveClaim::bare("username");
const PLAN: PrimitiveClaim = PrimitiveClaim::bare("custom:plan");
const IS_MEMBER: PrimitiveClaim = PrimitiveClaim::bare("custom:is_member");

handler!(admin: cognito::GROUPS = "admin");
handler!(not_suspended: cognito::GROUPS = none("suspended"));
handler!(admin_without_commas: GROUPS_WITHOUT_COMMAS = "admin");
handler!(email_verified: cognito::EMAIL_VERIFIED);
handler!(phone_number_verified: cognito::PHONE_NUMBER_VERIFIED);
handler!(jane: cognito::USERNAME = "jane");
handler!(jane_by_access_token: ACCESS_TOKEN_USERNAME = "jane");
handler!(web_client: cognito::CLIENT_ID = "57cbishk4j24pabc1234567890");
handler!(access_token: cognito::TOKEN_USE = "access");
handler!(id_token: cognito::TOKEN_USE = "id");
handler!(reads_orders: cognito::SCOPE = "orders/read");
handler!(pro: PLAN = "pro");
handler!(member: IS_MEMBER = "true");
handler!(issue_example: cognito::EMAIL_VERIFIED, cognito::GROUPS = "admin");

fn an_id_token() -> Value {
    json!({
        "sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "cognito:groups": ["user", "admin"],
        "email_verified": true,
        "cognito:preferred_role": "arn:aws:iam::111122223333:role/admin",
        "iss": "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example",
        "phone_number_verified": true,
        "cognito:username": "jane",
        "custom:plan": "pro",
        "custom:is_member": "true",
        "origin_jti": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "cognito:roles": ["arn:aws:iam::111122223333:role/admin"],
        "aud": "57cbishk4j24pabc1234567890",
        "identities": [{"userId": "1", "providerName": "Google", "primary": "true"}],
        "event_id": "64f513be-32db-42b0-b78e-b02127b4f463",
        "token_use": "id",
        "auth_time": 1_700_000_000,
        "exp": 1_700_003_600,
        "iat": 1_700_000_000,
        "jti": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "email": "jane@example.com",
        "phone_number": "+14255551212",
    })
}

fn an_access_token() -> Value {
    json!({
        "sub": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "device_key": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "cognito:groups": ["user", "admin"],
        "iss": "https://cognito-idp.us-west-2.amazonaws.com/us-west-2_example",
        "version": 2,
        "client_id": "57cbishk4j24pabc1234567890",
        "origin_jti": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "event_id": "64f513be-32db-42b0-b78e-b02127b4f463",
        "token_use": "access",
        "scope": "openid orders/read",
        "auth_time": 1_700_000_000,
        "exp": 1_700_003_600,
        "iat": 1_700_000_000,
        "jti": "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "username": "jane",
    })
}

/// The claims as the Cognito authorizer of a REST API passes them: strings, and lists joined with commas.
fn rest_cognito(payload: &Value) -> Value {
    let text = payload.as_object().unwrap().iter().map(|(key, claim)| {
        let text = match claim {
            Value::String(text) => text.clone(),
            Value::Array(names) if names.iter().all(Value::is_string) => {
                let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
                names.join(",")
            }
            other => other.to_string(),
        };
        (key.clone(), json!(text))
    });
    events::rest_cognito(&text.collect())
}

fn groups(groups: &Value) -> Value {
    with(&an_id_token(), "cognito:groups", groups.clone())
}

#[tokio::test]
async fn reads_groups_in_both_tokens() {
    for token in [an_id_token(), an_access_token()] {
        let denied = with(&token, "cognito:groups", json!(["user", "administrator"]));
        assert_twins(admin, &token, &denied, "cognito:groups: wrong value").await;
        let denied = with(&token, "cognito:groups", json!(["user", "suspended"]));
        assert_twins(
            not_suspended,
            &token,
            &denied,
            "cognito:groups: wrong value",
        )
        .await;
    }
}

#[tokio::test]
async fn denies_a_user_without_groups() {
    let token = without(&an_id_token(), "cognito:groups");
    let error = "cognito:groups: value does not exist";
    for gateways in [TEXT, EXACT] {
        assert_verdict(admin, &gateways, &token, error).await;
        assert_verdict(not_suspended, &gateways, &token, error).await;
    }
}

/// Cognito's API rejects a name with a space, but a trigger may write one. Exact values are not split.
#[tokio::test]
async fn does_not_split_an_exact_name() {
    let token = groups(&json!(["x admin"]));
    assert_verdict(admin, &EXACT, &token, "cognito:groups: wrong value").await;
}

/// The API allows brackets and commas in names.
#[tokio::test]
async fn reads_punctuation_in_the_names_of_groups() {
    let token = groups(&json!(["a,admin", "b"]));
    assert_verdict(admin, &TEXT, &token, "cognito:groups: wrong value").await;
    assert_verdict(admin, &EXACT, &token, "cognito:groups: wrong value").await;
    let token = groups(&json!(["admin", "[b]"]));
    assert_verdict(admin, &TEXT, &token, "cognito:groups: ambiguous value").await;
    assert_verdict(admin, &EXACT, &token, "allowed").await;
}

#[tokio::test]
async fn splits_joined_groups_only_without_commas() {
    for (names, declared, undeclared) in [
        (json!(["admin"]), "allowed", "allowed"),
        (json!(["user", "admin"]), "allowed", "ambiguous value"),
        (json!(["user,admin"]), "allowed", "ambiguous value"),
        (json!(["user", "staff"]), "wrong value", "wrong value"),
        (json!(["user"]), "wrong value", "wrong value"),
        (
            json!(["user", "[admin"]),
            "ambiguous value",
            "ambiguous value",
        ),
    ] {
        let event = rest_cognito(&groups(&names));
        for (verdict, expected) in [
            (verdict(admin_without_commas, &event).await, declared),
            (verdict(admin, &event).await, undeclared),
        ] {
            let message = verdict.trim_start_matches("cognito:groups: ");
            assert_eq!(message, expected, "{names}");
        }
    }
    let suspended = rest_cognito(&groups(&json!(["suspended"])));
    let user = rest_cognito(&groups(&json!(["user", "staff"])));
    assert_eq!(verdict(not_suspended, &user).await, "allowed");
    assert_eq!(
        verdict(not_suspended, &suspended).await,
        "cognito:groups: wrong value"
    );
}

#[tokio::test]
async fn reads_the_claims_of_an_id_token() {
    let token = an_id_token();
    let cognito = |payload: &Value| rest_cognito(payload);

    let denied = with(&token, "email_verified", json!(false));
    let error = "email_verified: wrong value";
    assert_twins(email_verified, &token, &denied, error).await;
    assert_eq!(verdict(email_verified, &cognito(&token)).await, "allowed");
    assert_eq!(verdict(email_verified, &cognito(&denied)).await, error);

    let denied = with(&token, "phone_number_verified", json!(false));
    let error = "phone_number_verified: wrong value";
    assert_twins(phone_number_verified, &token, &denied, error).await;
    assert_eq!(
        verdict(phone_number_verified, &cognito(&token)).await,
        "allowed"
    );
    assert_eq!(
        verdict(phone_number_verified, &cognito(&denied)).await,
        error
    );

    let denied = with(&token, "cognito:username", json!("janet"));
    let error = "cognito:username: wrong value";
    assert_twins(jane, &token, &denied, error).await;
    assert_eq!(verdict(jane, &cognito(&token)).await, "allowed");
    assert_eq!(verdict(jane, &cognito(&denied)).await, error);

    let denied = with(&token, "custom:plan", json!("free"));
    let error = "custom:plan: wrong value";
    assert_twins(pro, &token, &denied, error).await;
    assert_eq!(verdict(pro, &cognito(&token)).await, "allowed");
    assert_eq!(verdict(pro, &cognito(&denied)).await, error);

    let denied = with(&token, "custom:is_member", json!("false"));
    let error = "custom:is_member: wrong value";
    assert_twins(member, &token, &denied, error).await;
    assert_eq!(verdict(member, &cognito(&token)).await, "allowed");
    assert_eq!(verdict(member, &cognito(&denied)).await, error);
}

#[tokio::test]
async fn reads_the_claims_of_an_access_token() {
    let token = an_access_token();

    let denied = with(&token, "client_id", json!("57cbishk4j24pabc123456789"));
    let error = "client_id: wrong value";
    assert_twins(web_client, &token, &denied, error).await;
    assert_eq!(verdict(web_client, &rest_cognito(&token)).await, "allowed");
    assert_eq!(verdict(web_client, &rest_cognito(&denied)).await, error);

    let denied = with(&token, "scope", json!("openid orders/readonly"));
    let error = "scope: wrong value";
    assert_twins(reads_orders, &token, &denied, error).await;
    assert_eq!(
        verdict(reads_orders, &rest_cognito(&token)).await,
        "allowed"
    );
    assert_eq!(verdict(reads_orders, &rest_cognito(&denied)).await, error);

    let denied = with(&token, "username", json!("janet"));
    let error = "username: wrong value";
    assert_twins(jane_by_access_token, &token, &denied, error).await;
}

#[tokio::test]
async fn tells_the_two_tokens_apart() {
    let (id, access) = (an_id_token(), an_access_token());
    let error = "token_use: wrong value";
    assert_twins(access_token, &access, &id, error).await;
    assert_twins(id_token, &id, &access, error).await;
    assert_eq!(
        verdict(access_token, &rest_cognito(&access)).await,
        "allowed"
    );
    assert_eq!(verdict(access_token, &rest_cognito(&id)).await, error);
    // Claims of the other token are missing.
    for gateways in [TEXT, EXACT] {
        let missing = "value does not exist";
        let error = |id: &str| format!("{id}: {missing}");
        assert_verdict(email_verified, &gateways, &access, &error("email_verified")).await;
        let id_of_phone = error("phone_number_verified");
        assert_verdict(phone_number_verified, &gateways, &access, &id_of_phone).await;
        assert_verdict(jane, &gateways, &access, &error("cognito:username")).await;
        assert_verdict(web_client, &gateways, &id, &error("client_id")).await;
        assert_verdict(reads_orders, &gateways, &id, &error("scope")).await;
        assert_verdict(jane_by_access_token, &gateways, &id, &error("username")).await;
    }
}

#[tokio::test]
async fn requires_all_of_several_claims() {
    let token = an_id_token();
    let denied = with(&token, "email_verified", json!(false));
    assert_twins(
        issue_example,
        &token,
        &denied,
        "email_verified: wrong value",
    )
    .await;
    let denied = groups(&json!(["user"]));
    assert_twins(
        issue_example,
        &token,
        &denied,
        "cognito:groups: wrong value",
    )
    .await;
}
