//! Tests of a token's format, header and signature.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::json;

use super::super::UNSUPPORTED;
use super::{AuthorizationError, TEXT, authorizer_with, check, payload};
use crate::issuer::Issuer;
use crate::test_issuer;

#[tokio::test]
async fn accepts_the_three_rsa_algorithms() {
    // The keys of the built-in issuer are restricted to RS256, so remove that restriction.
    struct AnyAlgorithm;
    impl crate::keys::KeySource for AnyAlgorithm {
        fn fetch(&self) -> Result<String, crate::keys::KeysError> {
            let mut set = test_issuer().key_set();
            set["keys"][0].as_object_mut().unwrap().remove("alg");
            Ok(set.to_string())
        }
    }
    let unrestricted = authorizer_with(AnyAlgorithm, TEXT);
    for algorithm in [Algorithm::RS256, Algorithm::RS384, Algorithm::RS512] {
        let token = test_issuer().forge(
            algorithm,
            &json!({"alg": algorithm, "kid": test_issuer().key_id()}),
            &payload().to_string(),
        );
        assert!(
            unrestricted.check(Some(&token), &[]).await.is_ok(),
            "{algorithm:?}"
        );
        let restricted = check(&token).await;
        assert_eq!(
            restricted.is_ok(),
            algorithm == Algorithm::RS256,
            "{algorithm:?}"
        );
    }
}

#[tokio::test]
async fn rejects_all_other_algorithms() {
    let issuer = test_issuer();
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let kid = issuer.key_id();
    for algorithm in ["none", "None", "", "HS256", "ES256", "PS256", "rs256"] {
        let header = json!({"alg": algorithm, "kid": kid});
        // Without a signature, and with a valid RS256 signature.
        let unsigned = format!(
            "{}.{}.",
            encode(&header.to_string()),
            encode(&payload().to_string())
        );
        let signed = issuer.forge(Algorithm::RS256, &header, &payload().to_string());
        for token in [unsigned, signed] {
            let error = AuthorizationError::InvalidToken(UNSUPPORTED);
            assert_eq!(check(&token).await, Err(error), "{algorithm}");
        }
    }
}

#[tokio::test]
async fn rejects_an_hmac_with_the_public_key_as_the_secret() {
    let issuer = test_issuer();
    let modulus = issuer.key_set()["keys"][0]["n"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some(issuer.key_id());
    let secret = EncodingKey::from_secret(modulus.as_bytes());
    let token = jsonwebtoken::encode(&header, &payload(), &secret).unwrap();
    assert_eq!(
        check(&token).await,
        Err(AuthorizationError::InvalidToken(UNSUPPORTED))
    );
}

#[tokio::test]
async fn requires_the_id_of_the_key_that_signed_the_token() {
    let issuer = test_issuer();
    let other = Issuer::new(
        issuer.url(),
        vec!["orders".to_owned()],
        crate::issuer::extra_claims::ExtraClaims::default(),
    )
    .unwrap();
    let text = payload().to_string();
    for (signer, header, reason) in [
        (&*issuer, json!({"alg": "RS256"}), "the token has no key id"),
        (&*issuer, json!({"alg": "RS256", "kid": 7}), UNSUPPORTED),
        (
            &*issuer,
            json!({"alg": "RS256", "kid": "unknown"}),
            "the token's key id is unknown",
        ),
        (
            &*issuer,
            json!({"alg": "RS384", "kid": issuer.key_id()}),
            "the key is for another algorithm",
        ),
        (
            &*issuer,
            json!({"alg": "RS256", "kid": issuer.key_id(), "crit": ["x"]}),
            "the token has an unsupported critical header",
        ),
        (
            &other,
            json!({"alg": "RS256", "kid": issuer.key_id()}),
            "the signature does not match",
        ),
        // A key in the token's own header is ignored.
        (
            &other,
            json!({"alg": "RS256", "kid": issuer.key_id(), "jwk": other.key_set()["keys"][0]}),
            "the signature does not match",
        ),
    ] {
        let token = signer.forge(Algorithm::RS256, &header, &text);
        assert_eq!(
            check(&token).await,
            Err(AuthorizationError::InvalidToken(reason)),
            "{header}"
        );
    }
}

#[tokio::test]
async fn rejects_a_token_with_a_changed_character() {
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
async fn rejects_malformed_tokens() {
    let token = test_issuer().sign(&payload());
    let (signed, signature) = token.rsplit_once('.').unwrap();
    for malformed in [
        "x".to_owned(),
        "..".to_owned(),
        signed.to_owned(),
        format!("{signed}."),
        format!("{token}.{signature}"),
        format!("{token}="),
        format!(" .{token}"),
    ] {
        assert!(
            matches!(
                check(&malformed).await,
                Err(AuthorizationError::InvalidToken(_))
            ),
            "{malformed}"
        );
    }
    let issuer = test_issuer();
    for payload in ["[]", "7", "", "{}", r#"{"iss":"#] {
        let header = json!({"alg": "RS256", "kid": issuer.key_id()});
        let token = issuer.forge(Algorithm::RS256, &header, payload);
        assert!(
            matches!(
                check(&token).await,
                Err(AuthorizationError::InvalidToken(_))
            ),
            "{payload}"
        );
    }
}
