//! Tests of each authorizer rule with accepted and rejected tokens.

mod claims;
mod signature;

use jsonwebtoken::get_current_timestamp as now;
use serde_json::{Value, json};

use super::{AuthorizationError, Authorizer, Identity};
use crate::issuer::TokenFlaw;
use crate::issuer::users::{USERS, User};
use crate::keys::Keys;
use crate::test_issuer;
use require_claims::testing::render::Numbers;

fn authorizer() -> Authorizer {
    let audiences = vec!["orders".to_owned(), "backoffice".to_owned()];
    Authorizer::new(
        test_issuer().url(),
        audiences,
        Keys::new(test_issuer()),
        Numbers::Float64,
    )
}

fn payload() -> Value {
    json!({
        "iss": test_issuer().url(), "aud": "orders", "sub": "7", "iat": now() - 10, "exp": now() + 60
    })
}

/// The payload with one claim changed, or removed if the value is `null`.
fn with(name: &str, value: Value) -> Value {
    let mut payload = payload();
    let members = payload.as_object_mut().unwrap();
    match value {
        Value::Null => members.remove(name),
        value => members.insert(name.to_owned(), value),
    };
    payload
}

async fn check(authorization: &str) -> Result<Identity, AuthorizationError> {
    authorizer().check(Some(authorization), &[]).await
}

async fn check_payload(payload: &Value) -> Result<Identity, AuthorizationError> {
    check(&test_issuer().sign(payload)).await
}

async fn assert_accepted(payload: &Value) {
    assert!(check_payload(payload).await.is_ok(), "{payload}");
}

async fn assert_rejected(payload: &Value, reason: &'static str) {
    assert_eq!(
        check_payload(payload).await,
        Err(AuthorizationError::InvalidToken(reason)),
        "{payload}"
    );
}

#[tokio::test]
async fn accepts_a_token_with_or_without_bearer_in_any_case() {
    let token = test_issuer().sign(&payload());
    for authorization in [
        token.clone(),
        format!("Bearer {token}"),
        format!("bearer {token}"),
        format!("BEARER  {token}"),
    ] {
        assert!(check(&authorization).await.is_ok(), "{authorization}");
    }
    for authorization in [
        format!("Basic {token}"),
        format!("Bearer{token}"),
        format!("{token},{token}"),
        format!("{token} x"),
        // A no-break space, which is not whitespace in HTTP.
        format!("\u{a0}{token}"),
    ] {
        assert!(
            matches!(
                check(&authorization).await,
                Err(AuthorizationError::InvalidToken(_))
            ),
            "{authorization}"
        );
    }
    for empty in ["", " ", "Bearer", "bearer "] {
        assert_eq!(
            check(empty).await,
            Err(AuthorizationError::MissingToken),
            "{empty:?}"
        );
    }
    assert_eq!(
        authorizer().check(None, &[]).await,
        Err(AuthorizationError::MissingToken)
    );
}

#[tokio::test]
async fn requires_one_of_the_scopes_of_a_route() {
    let authorizer = authorizer();
    let route_scopes = ["read".to_owned(), "all".to_owned()];
    for (claim, value, expected) in [
        ("scope", json!("write read"), Some(vec!["write", "read"])),
        ("scp", json!("all"), Some(vec!["all"])),
        ("scp", json!(["write", "all"]), Some(vec!["write", "all"])),
        ("scope", json!("write"), None),
        ("scope", json!("reader"), None),
        ("scope", json!(7), None),
        ("other", json!("read"), None),
    ] {
        let token = test_issuer().sign(&with(claim, value.clone()));
        let outcome = authorizer.check(Some(&token), &route_scopes).await;
        match expected {
            Some(scopes) => {
                assert_eq!(outcome.unwrap().scopes.unwrap(), scopes, "{value}");
                let without_scopes = authorizer.check(Some(&token), &[]).await.unwrap();
                assert_eq!(without_scopes.scopes, None);
            }
            None => assert_eq!(
                outcome,
                Err(AuthorizationError::InsufficientScope),
                "{value}"
            ),
        }
    }
}

#[tokio::test]
async fn renders_the_claims_of_an_accepted_token_as_text() {
    let token = test_issuer().sign(&with(
        "st-role",
        json!({"v": ["a", "b c"], "t": 1_700_000_000_000_u64}),
    ));
    let claims = check(&token).await.unwrap().claims;
    assert_eq!(claims["st-role"], "map[t:1.7e+12 v:[a b c]]");
    assert_eq!(claims["sub"], "7");
}

#[tokio::test]
async fn accepts_tokens_of_all_demo_users_and_rejects_flawed_ones() {
    let issuer = test_issuer();
    for user in USERS {
        let valid = issuer.token(user, None);
        assert!(
            authorizer().check(Some(&valid), &[]).await.is_ok(),
            "{}",
            user.name
        );
        for flaw in [
            TokenFlaw::Expired,
            TokenFlaw::OtherAudience,
            TokenFlaw::ChangedCharacter,
        ] {
            let flawed = issuer.token(user, Some(flaw));
            assert!(
                authorizer().check(Some(&flawed), &[]).await.is_err(),
                "{} {flaw:?}",
                user.name
            );
        }
    }
    assert!(User::named("nobody").is_none());
}

#[test]
fn debug_output_of_an_identity_contains_no_claim_values() {
    let identity = Identity {
        claims: [("sub".to_owned(), "alice".to_owned())].into(),
        scopes: None,
    };
    let debug = format!("{identity:?}");
    assert!(debug.contains("sub") && !debug.contains("alice"));
}
