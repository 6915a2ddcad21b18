//! The token's form, its header and its signature.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::json;

use super::super::UNSUPPORTED;
use super::{Authorizer, Refusal, check, payload};
use crate::issuer::Issuer;
use crate::keys::Keys;
use crate::test_issuer;
use require_claims::testing::render::Numbers;

#[tokio::test]
async fn the_three_rsa_algorithms_are_accepted() {
    // An authorizer of its own: the built-in key set is for RS256 only.
    struct AnyAlgorithm;
    impl crate::keys::KeySource for AnyAlgorithm {
        fn fetch(&self) -> Result<String, crate::keys::KeysError> {
            let mut set = test_issuer().key_set();
            set["keys"][0].as_object_mut().unwrap().remove("alg");
            Ok(set.to_string())
        }
    }
    let keys = Keys::new(AnyAlgorithm);
    let any = Authorizer::new(
        test_issuer().url(),
        vec!["orders".to_owned()],
        keys,
        Numbers::Float64,
    );
    for algorithm in [Algorithm::RS256, Algorithm::RS384, Algorithm::RS512] {
        let token = test_issuer().forge(
            algorithm,
            &json!({"alg": algorithm, "kid": test_issuer().key_id()}),
            &payload().to_string(),
        );
        assert!(any.check(Some(&token), &[]).await.is_ok(), "{algorithm:?}");
        let only = check(&token).await;
        assert_eq!(only.is_ok(), algorithm == Algorithm::RS256, "{algorithm:?}");
    }
}

#[tokio::test]
async fn no_other_algorithm_is() {
    let issuer = test_issuer();
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let kid = issuer.key_id();
    for algorithm in ["none", "None", "", "HS256", "ES256", "PS256", "rs256"] {
        let header = json!({"alg": algorithm, "kid": kid});
        // Without a signature, and with a right one of RS256.
        let unsigned = format!(
            "{}.{}.",
            part(&header.to_string()),
            part(&payload().to_string())
        );
        let signed = issuer.forge(Algorithm::RS256, &header, &payload().to_string());
        for token in [unsigned, signed] {
            let why = Refusal::InvalidToken(UNSUPPORTED);
            assert_eq!(check(&token).await, Err(why), "{algorithm}");
        }
    }
}

#[tokio::test]
async fn a_token_authenticated_with_the_public_key_as_a_secret_is_refused() {
    let issuer = test_issuer();
    let modulus = issuer.key_set()["keys"][0]["n"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some(issuer.key_id().to_owned());
    let secret = EncodingKey::from_secret(modulus.as_bytes());
    let token = jsonwebtoken::encode(&header, &payload(), &secret).unwrap();
    assert_eq!(check(&token).await, Err(Refusal::InvalidToken(UNSUPPORTED)));
}

#[tokio::test]
async fn the_key_must_be_named_and_be_the_one_that_signed() {
    let issuer = test_issuer();
    let other = Issuer::new(issuer.url(), "orders").unwrap();
    let text = payload().to_string();
    for (signer, header, why) in [
        (&*issuer, json!({"alg": "RS256"}), "the token has no key id"),
        (&*issuer, json!({"alg": "RS256", "kid": 7}), UNSUPPORTED),
        (
            &*issuer,
            json!({"alg": "RS256", "kid": "unknown"}),
            "the key is unknown",
        ),
        (
            &*issuer,
            json!({"alg": "RS384", "kid": issuer.key_id()}),
            "the key is for another algorithm",
        ),
        (
            &*issuer,
            json!({"alg": "RS256", "kid": issuer.key_id(), "crit": ["x"]}),
            "a critical header is not understood",
        ),
        (
            &other,
            json!({"alg": "RS256", "kid": issuer.key_id()}),
            "the signature does not match",
        ),
        // The key that the token brings along is nobody's.
        (
            &other,
            json!({"alg": "RS256", "kid": issuer.key_id(), "jwk": other.key_set()["keys"][0]}),
            "the signature does not match",
        ),
    ] {
        let token = signer.forge(Algorithm::RS256, &header, &text);
        assert_eq!(
            check(&token).await,
            Err(Refusal::InvalidToken(why)),
            "{header}"
        );
    }
}

#[tokio::test]
async fn no_character_of_a_token_can_be_changed() {
    let token = test_issuer().sign(&payload());
    assert!(check(&token).await.is_ok());
    let last = token.len() - 1;
    for at in (0..token.len())
        .step_by(7)
        .chain([last - 1, last])
        .filter(|at| token.as_bytes()[*at] != b'.')
    {
        let other = if token.as_bytes()[at] == b'A' {
            "B"
        } else {
            "A"
        };
        let mut changed = token.clone();
        changed.replace_range(at..=at, other);
        assert!(check(&changed).await.is_err(), "at {at}");
    }
}

#[tokio::test]
async fn what_is_not_a_token_is_refused() {
    let token = test_issuer().sign(&payload());
    let (signed, signature) = token.rsplit_once('.').unwrap();
    for bad in [
        "x".to_owned(),
        "..".to_owned(),
        signed.to_owned(),
        format!("{signed}."),
        format!("{token}.{signature}"),
        format!("{token}="),
        format!(" .{token}"),
    ] {
        assert!(
            matches!(check(&bad).await, Err(Refusal::InvalidToken(_))),
            "{bad}"
        );
    }
    let issuer = test_issuer();
    for payload in ["[]", "7", "", "{}", r#"{"iss":"#] {
        let header = json!({"alg": "RS256", "kid": issuer.key_id()});
        let token = issuer.forge(Algorithm::RS256, &header, payload);
        assert!(
            matches!(check(&token).await, Err(Refusal::InvalidToken(_))),
            "{payload}"
        );
    }
}
