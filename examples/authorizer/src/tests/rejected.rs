//! Tests of invalid tokens, each next to a valid one. The client receives a 401.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, get_current_timestamp};
use serde_json::{Value, json};

use super::api::{Fixture, Outcome};
use super::signer::{FIRST, SECOND};
use crate::token::MAX_SIZE;

async fn assert_outcomes(api: &Fixture, cases: &[(&str, Value, Outcome)]) {
    for (claim, value, expected) in cases {
        let payload = api.payload_with(claim, value.clone());
        assert_eq!(
            api.outcome_for(&payload).await,
            *expected,
            "{claim}: {value}"
        );
    }
}

#[tokio::test]
async fn rejects_tokens_outside_of_their_time() {
    use Outcome::{Allowed, Unauthorized};
    let api = Fixture::start().await;
    let now = get_current_timestamp();
    let (past, future) = (now - 60, now + 60);
    let cases = [
        ("exp", json!(future), Allowed),
        ("exp", json!(past), Unauthorized),
        // A token has expired in the second of its `exp`. Time can only pass until it is checked.
        ("exp", json!(now), Unauthorized),
        ("exp", json!(0), Unauthorized),
        ("exp", json!(-1), Unauthorized),
        ("exp", json!(null), Unauthorized),
        ("exp", json!(future.to_string()), Unauthorized),
        ("nbf", json!(past), Allowed),
        ("nbf", json!(now), Allowed),
        ("nbf", json!(future), Unauthorized),
        ("nbf", json!(past.to_string()), Unauthorized),
    ];
    assert_outcomes(&api, &cases).await;
}

#[tokio::test]
async fn rejects_tokens_of_other_issuers_and_without_a_user() {
    use Outcome::{Allowed, Unauthorized};
    let api = Fixture::start().await;
    let issuer = &api.issuer.url;
    let cases = [
        ("iss", json!(issuer), Allowed),
        ("iss", json!("https://issuer.example.com"), Unauthorized),
        ("iss", json!(format!("{issuer}/")), Unauthorized),
        ("iss", json!([issuer]), Unauthorized),
        ("iss", json!(null), Unauthorized),
        ("sub", json!("user-2"), Allowed),
        ("sub", json!(""), Unauthorized),
        ("sub", json!(7), Unauthorized),
        ("sub", json!(null), Unauthorized),
    ];
    assert_outcomes(&api, &cases).await;
}

#[tokio::test]
async fn rejects_all_other_algorithms() {
    let api = Fixture::start().await;
    let payload = api.payload().to_string();
    for algorithm in [
        "none", "None", "", "HS256", "ES256", "PS256", "rs256", "RS1",
    ] {
        let header = json!({"alg": algorithm, "kid": FIRST.kid});
        let unsigned = format!(
            "{}.{}.",
            URL_SAFE_NO_PAD.encode(header.to_string()),
            URL_SAFE_NO_PAD.encode(&payload)
        );
        let signed = FIRST.sign_text(Algorithm::RS256, &header, &payload);
        for token in [unsigned, signed] {
            assert_eq!(
                api.outcome(&token).await,
                Outcome::Unauthorized,
                "{algorithm}"
            );
        }
    }
    assert_eq!(api.issuer.fetches(), 0);
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some(FIRST.kid.to_owned());
    let jwk = FIRST.jwk();
    let modulus = jwk["n"].as_str().unwrap();
    let decoded = URL_SAFE_NO_PAD.decode(modulus).unwrap();
    for secret in [modulus.as_bytes(), &decoded] {
        let secret = EncodingKey::from_secret(secret);
        let token = jsonwebtoken::encode(&header, &api.payload(), &secret).unwrap();
        assert_eq!(api.outcome(&token).await, Outcome::Unauthorized);
    }
}

#[tokio::test]
async fn requires_a_signature_with_the_key_of_the_header() {
    let api = Fixture::start().await;
    let payload = api.payload().to_string();
    let kid = FIRST.kid;
    let jwk = SECOND.jwk();
    for (signer, header, expected) in [
        (
            &FIRST,
            json!({"alg": "RS256", "kid": kid}),
            Outcome::Allowed,
        ),
        (
            &SECOND,
            json!({"alg": "RS256", "kid": kid}),
            Outcome::Unauthorized,
        ),
        // A key in the token itself is ignored.
        (
            &SECOND,
            json!({"alg": "RS256", "kid": kid, "jwk": jwk}),
            Outcome::Unauthorized,
        ),
        (
            &FIRST,
            json!({"alg": "RS512", "kid": kid}),
            Outcome::Unauthorized,
        ),
        (&FIRST, json!({"alg": "RS256"}), Outcome::Unauthorized),
        (
            &FIRST,
            json!({"alg": "RS256", "kid": 7}),
            Outcome::Unauthorized,
        ),
        (
            &FIRST,
            json!({"alg": "RS256", "kid": "first "}),
            Outcome::Unauthorized,
        ),
        (
            &FIRST,
            json!({"alg": "RS256", "kid": kid, "crit": ["b64"]}),
            Outcome::Unauthorized,
        ),
        (&FIRST, json!({"kid": kid}), Outcome::Unauthorized),
    ] {
        let token = signer.sign_text(Algorithm::RS256, &header, &payload);
        assert_eq!(api.outcome(&token).await, expected, "{header}");
    }
}

#[tokio::test]
async fn requires_the_algorithm_of_the_key() {
    let api = Fixture::start().await;
    let mut key = FIRST.jwk();
    key["alg"] = json!("RS256");
    let issuer = &api.issuer;
    issuer.publish_documents(issuer.discovery(), json!({"keys": [key]}));
    let payload = api.payload().to_string();
    for (algorithm, expected) in [
        (Algorithm::RS256, Outcome::Allowed),
        (Algorithm::RS512, Outcome::Unauthorized),
    ] {
        let header = json!({"alg": algorithm, "kid": FIRST.kid});
        let token = FIRST.sign_text(algorithm, &header, &payload);
        assert_eq!(api.outcome(&token).await, expected, "{algorithm:?}");
    }
}

#[tokio::test]
async fn rejects_a_token_with_a_changed_character() {
    let api = Fixture::start().await;
    let token = api.token();
    for at in (0..token.len()).step_by(23).chain([token.len() - 1]) {
        let replacement = match token.as_bytes()[at] {
            b'.' => continue,
            b'A' => "B",
            _ => "A",
        };
        let mut changed = token.clone();
        changed.replace_range(at..=at, replacement);
        assert_eq!(
            api.outcome(&changed).await,
            Outcome::Unauthorized,
            "at {at}"
        );
    }
    assert_eq!(api.outcome(&token).await, Outcome::Allowed);
}

#[tokio::test]
async fn rejects_malformed_tokens() {
    let api = Fixture::start().await;
    let token = api.token();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    for malformed in [
        "x".to_owned(),
        "..".to_owned(),
        signed.to_owned(),
        format!("{signed}."),
        format!("{token}.{signature}"),
        format!("{token}="),
        format!("{signed} .{signature}"),
    ] {
        assert_eq!(
            api.outcome(&malformed).await,
            Outcome::Unauthorized,
            "{malformed}"
        );
    }
    let url = &api.issuer.url;
    let header = json!({"alg": "RS256", "kid": FIRST.kid});
    for payload in [
        String::new(),
        "7".to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        r#"{"iss":"#.to_owned(),
        // The audience occurs twice.
        format!(
            r#"{{"iss":"{url}","sub":"u","exp":4000000000,"aud":"another-api","aud":"orders"}}"#
        ),
    ] {
        let token = FIRST.sign_text(Algorithm::RS256, &header, &payload);
        assert_eq!(
            api.outcome(&token).await,
            Outcome::Unauthorized,
            "{payload}"
        );
    }
}

#[tokio::test]
async fn rejects_tokens_larger_than_the_gateway_passes() {
    let api = Fixture::start().await;
    let with_length = |length: usize| FIRST.sign(&api.payload_with("x", json!("x".repeat(length))));
    let overhead = with_length(3).len() - 4;
    let fitting = with_length((MAX_SIZE - overhead) / 4 * 3);
    assert!(fitting.len() <= MAX_SIZE && fitting.len() > MAX_SIZE - 8);
    assert_eq!(api.outcome(&fitting).await, Outcome::Allowed);
    let larger = with_length((MAX_SIZE - overhead) / 4 * 3 + 6);
    assert!(larger.len() > MAX_SIZE && larger.len() < MAX_SIZE + 16);
    assert_eq!(api.outcome(&larger).await, Outcome::Unauthorized);
}
