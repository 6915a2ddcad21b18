//! Tests of each authorizer rule with accepted and rejected tokens.

mod claims;
mod signature;

use jsonwebtoken::get_current_timestamp as now;
use serde_json::{Value, json};

use super::{
    AuthorizationError, Authorizer, ClaimForm, Identity, Issuer, JwtAuthorizer, TrustedIssuer,
};
use crate::issuer::TokenFlaw;
use crate::issuer::users::{USERS, User};
use crate::keys::{KeyCache, KeySource, Keys};
use crate::test_issuer;
use require_claims::testing::render::Numbers;

const TEXT: ClaimForm = ClaimForm::Text(Numbers::Float64);

fn authorizer() -> Authorizer {
    authorizer_with(test_issuer(), TEXT)
}

fn issuer(keys: impl KeySource) -> Issuer {
    Issuer {
        url: test_issuer().url().to_owned(),
        audiences: vec!["orders".to_owned(), "backoffice".to_owned()],
        keys: std::sync::Arc::new(Keys::new(keys, KeyCache::FetchUnknown)),
    }
}

fn authorizer_with(keys: impl KeySource, form: ClaimForm) -> Authorizer {
    let config = JwtAuthorizer::for_issuer(TrustedIssuer::built_in("orders"));
    Authorizer::new(config, vec![issuer(keys)], form)
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
                assert_eq!(token_scopes(outcome.unwrap()).unwrap(), scopes, "{value}");
                let without_scopes = authorizer.check(Some(&token), &[]).await.unwrap();
                assert_eq!(token_scopes(without_scopes), None);
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
    let Identity::HttpJwt { claims, .. } = check(&token).await.unwrap() else {
        panic!("another identity")
    };
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

/// The scopes that are passed to the function of an HTTP API.
fn token_scopes(identity: Identity) -> Option<Vec<String>> {
    match identity {
        Identity::HttpJwt { scopes, .. } => scopes,
        _ => panic!("another identity"),
    }
}

#[tokio::test]
async fn a_rest_api_passes_json_types_and_requires_the_audience() {
    let rest = authorizer_with(test_issuer(), ClaimForm::Json);
    let payload = with("st-ev", json!({"v": true, "t": 1_700_000_000_000_u64}));
    let token = test_issuer().sign(&payload);
    let identity = rest.check(Some(&token), &[]).await;
    assert_eq!(identity, Ok(Identity::RestJwt(payload)));

    // An HTTP API accepts `client_id` instead of `aud`.
    let mut client = with("aud", Value::Null);
    client["client_id"] = json!("orders");
    let token = test_issuer().sign(&client);
    assert!(authorizer().check(Some(&token), &[]).await.is_ok());
    let rejected = AuthorizationError::InvalidToken("the token does not have a valid audience");
    assert_eq!(rest.check(Some(&token), &[]).await, Err(rejected));
}

#[tokio::test]
async fn the_issuer_of_a_token_selects_the_keys_and_audiences() {
    let other_issuer = crate::Issuer::new(
        "https://other.test",
        vec![],
        crate::issuer::extra_claims::ExtraClaims::default(),
    );
    let other_issuer = std::sync::Arc::new(other_issuer.unwrap());
    let other = Issuer {
        url: "https://other.test".to_owned(),
        audiences: vec!["other".to_owned()],
        ..issuer(std::sync::Arc::clone(&other_issuer))
    };
    let config = JwtAuthorizer::for_issuer(TrustedIssuer::built_in("orders"));
    let both = Authorizer::new(config, vec![issuer(test_issuer()), other], ClaimForm::Json);
    let check = async |token: String| both.check(Some(&token), &[]).await.is_ok();
    let of_other = |audience: &str| {
        let mut payload = with("iss", json!("https://other.test"));
        payload["aud"] = json!(audience);
        payload
    };
    assert!(check(test_issuer().sign(&payload())).await);
    assert!(check(other_issuer.sign(&of_other("other"))).await);
    // The audience of one issuer is not that of the other, and neither are its keys.
    assert!(!check(other_issuer.sign(&of_other("orders"))).await);
    assert!(!check(test_issuer().sign(&of_other("other"))).await);
    assert!(!check(other_issuer.sign(&payload())).await);
    assert!(!check(test_issuer().sign(&with("iss", json!("https://third.test")))).await);
}
