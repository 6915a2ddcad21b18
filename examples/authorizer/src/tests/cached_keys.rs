//! Tests of the issuer's keys during the life of the authorizer: rotation, unknown ids, and an issuer that is down.

use std::time::Duration;

use jsonwebtoken::Algorithm;
use serde_json::json;

use super::api::{Api, Fixture, Outcome};
use super::signer::{FIRST, SECOND};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn follows_a_rotation_of_the_keys() {
    let mut api = Fixture::start().await;
    let (old, new) = (FIRST.sign(&api.payload()), SECOND.sign(&api.payload()));
    assert_eq!(api.outcome(&old).await, Outcome::Allowed);
    assert_eq!(api.outcome(&new).await, Outcome::Unauthorized);
    assert_eq!(api.issuer.fetches(), 1);

    api.issuer.publish(&[&FIRST, &SECOND]);
    api.now += MINUTE;
    assert_eq!(api.outcome(&new).await, Outcome::Allowed);
    assert_eq!(api.outcome(&old).await, Outcome::Allowed);
    assert_eq!(api.issuer.fetches(), 2);

    // The old key is withdrawn. It is forgotten when the keys are fetched the next time.
    api.issuer.publish(&[&SECOND]);
    api.now += 61 * MINUTE;
    assert_eq!(api.outcome(&old).await, Outcome::Unauthorized);
    assert_eq!(api.outcome(&new).await, Outcome::Allowed);
    assert_eq!(api.issuer.fetches(), 3);
}

#[tokio::test]
async fn fetches_once_for_a_flood_of_unknown_keys() {
    let mut api = Fixture::start().await;
    assert_eq!(api.outcome(&api.token()).await, Outcome::Allowed);
    let payload = api.payload().to_string();
    api.now += MINUTE;
    for n in 0..50 {
        let header = json!({"alg": "RS256", "kid": format!("unknown-{n}")});
        let token = SECOND.sign_text(Algorithm::RS256, &header, &payload);
        assert_eq!(api.outcome(&token).await, Outcome::Unauthorized);
        assert_eq!(api.outcome(&api.token()).await, Outcome::Allowed);
    }
    assert_eq!(api.issuer.fetches(), 2);
}

#[tokio::test]
async fn accepts_known_keys_while_the_issuer_is_down() {
    let mut api = Fixture::start().await;
    assert_eq!(api.outcome(&api.token()).await, Outcome::Allowed);
    api.issuer.stop();
    for _ in 0..3 {
        api.now += 90 * MINUTE;
        assert_eq!(api.outcome(&api.token()).await, Outcome::Allowed);
        let unknown = SECOND.sign(&api.payload());
        assert_eq!(api.outcome(&unknown).await, Outcome::Unauthorized);
    }
}

#[tokio::test]
async fn fails_without_any_keys_and_recovers() {
    let mut api = Fixture::start().await;
    api.issuer.stop();
    api.authorizer.fetch_keys(api.now).await;
    assert_eq!(api.outcome(&api.token()).await, Outcome::Failed);
    // What needs no key is still rejected.
    assert_eq!(api.outcome("x").await, Outcome::Unauthorized);
    api.issuer.publish(&[&FIRST]);
    api.now += MINUTE;
    assert_eq!(api.outcome(&api.token()).await, Outcome::Allowed);
}

#[tokio::test]
async fn fetches_the_keys_at_start() {
    let api = Fixture::start().await;
    api.authorizer.fetch_keys(api.now).await;
    assert_eq!(api.issuer.fetches(), 1);
    assert_eq!(api.outcome(&api.token()).await, Outcome::Allowed);
    assert_eq!(api.issuer.fetches(), 1);
}

#[tokio::test]
async fn uses_no_other_documents_than_those_of_the_issuer() {
    let api = Fixture::start().await;
    let keys = json!({"keys": [FIRST.jwk()]});
    let event = Api::RestRequest.event(&api.token());
    let large = json!({"keys": [FIRST.jwk()], "x": "x".repeat(1 << 20)});
    let issuer = api.issuer.url.as_str();
    let mut now = api.now;
    for (name, path, keys, expected) in [
        (
            "https://another.example/auth",
            "/jwt/jwks.json",
            &keys,
            Outcome::Failed,
        ),
        (issuer, "/missing.json", &keys, Outcome::Failed),
        (issuer, "/moved.json", &keys, Outcome::Failed),
        (issuer, "/jwt/jwks.json", &large, Outcome::Failed),
        (issuer, "/jwt/jwks.json", &keys, Outcome::Allowed),
    ] {
        let discovery = json!({"issuer": name, "jwks_uri": format!("{issuer}{path}")});
        api.issuer.publish_documents(discovery, keys.clone());
        now += MINUTE;
        let allowed = api.authorizer.respond(&event, now).await.is_ok();
        assert_eq!(allowed, expected == Outcome::Allowed, "{name} {path}");
    }
}

#[tokio::test]
async fn fetches_no_keys_over_http_from_another_machine() {
    let api = Fixture::start().await;
    let keys = json!({"keys": [FIRST.jwk()]});
    let insecure = "http://192.0.2.1/jwks.json";
    let discovery = json!({"issuer": api.issuer.url, "jwks_uri": insecure});
    api.issuer.publish_documents(discovery, keys);
    let log = super::log::of(api.authorizer.fetch_keys(api.now)).await;
    assert!(
        log.contains("only the local machine can use `http:`"),
        "{log}"
    );
    assert_eq!(api.outcome(&api.token()).await, Outcome::Failed);
}
