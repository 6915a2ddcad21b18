//! The authorizer's rules, each with a token that is accepted and twins that are not.

mod claims;
mod signature;

use jsonwebtoken::get_current_timestamp as now;
use serde_json::{Value, json};

use super::{Authorizer, Identity, Refusal};
use crate::issuer::Flaw;
use crate::keys::Keys;
use crate::test_issuer;
use crate::users::{USERS, User};
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

/// The payload with one member changed, or taken out where the value is `null`.
fn with(name: &str, value: Value) -> Value {
    let mut payload = payload();
    let members = payload.as_object_mut().unwrap();
    match value {
        Value::Null => members.remove(name),
        value => members.insert(name.to_owned(), value),
    };
    payload
}

async fn check(authorization: &str) -> Result<Identity, Refusal> {
    authorizer().check(Some(authorization), &[]).await
}

async fn check_payload(payload: &Value) -> Result<Identity, Refusal> {
    check(&test_issuer().sign(payload)).await
}

async fn assert_accepted(payload: &Value) {
    assert!(check_payload(payload).await.is_ok(), "{payload}");
}

async fn assert_refused(payload: &Value, why: &'static str) {
    assert_eq!(
        check_payload(payload).await,
        Err(Refusal::InvalidToken(why)),
        "{payload}"
    );
}

#[tokio::test]
async fn the_token_stands_alone_or_after_bearer_in_any_case() {
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
        // No blank of HTTP.
        format!("\u{a0}{token}"),
    ] {
        assert!(
            matches!(check(&authorization).await, Err(Refusal::InvalidToken(_))),
            "{authorization}"
        );
    }
    for nothing in ["", " ", "Bearer", "bearer "] {
        assert_eq!(check(nothing).await, Err(Refusal::NoToken), "{nothing:?}");
    }
    assert_eq!(authorizer().check(None, &[]).await, Err(Refusal::NoToken));
}

#[tokio::test]
async fn a_route_with_scopes_takes_tokens_that_have_one_of_them() {
    let authorizer = authorizer();
    let wanted = ["read".to_owned(), "all".to_owned()];
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
        let outcome = authorizer.check(Some(&token), &wanted).await;
        match expected {
            Some(scopes) => {
                assert_eq!(outcome.unwrap().scopes.unwrap(), scopes, "{value}");
                let unasked = authorizer.check(Some(&token), &[]).await.unwrap();
                assert_eq!(unasked.scopes, None);
            }
            None => assert_eq!(outcome, Err(Refusal::InsufficientScope), "{value}"),
        }
    }
}

#[tokio::test]
async fn the_claims_of_an_accepted_token_are_the_gateways_text() {
    let token = test_issuer().sign(&with(
        "st-role",
        json!({"v": ["a", "b c"], "t": 1_700_000_000_000_u64}),
    ));
    let claims = check(&token).await.unwrap().claims;
    assert_eq!(claims["st-role"], "map[t:1.7e+12 v:[a b c]]");
    assert_eq!(claims["sub"], "7");
}

#[tokio::test]
async fn every_demo_user_comes_through_and_no_flawed_token_does() {
    let issuer = test_issuer();
    for user in USERS {
        let good = issuer.token(user, None);
        assert!(
            authorizer().check(Some(&good), &[]).await.is_ok(),
            "{}",
            user.name
        );
        for flaw in [Flaw::Expired, Flaw::OtherAudience, Flaw::ChangedCharacter] {
            let bad = issuer.token(user, Some(flaw));
            assert!(
                authorizer().check(Some(&bad), &[]).await.is_err(),
                "{} {flaw:?}",
                user.name
            );
        }
    }
    assert!(User::named("nobody").is_none());
}

#[test]
fn what_is_shown_for_debugging_names_no_person() {
    let identity = Identity {
        claims: [("sub".to_owned(), "alice".to_owned())].into(),
        scopes: None,
    };
    let shown = format!("{identity:?}");
    assert!(shown.contains("sub") && !shown.contains("alice"));
}
