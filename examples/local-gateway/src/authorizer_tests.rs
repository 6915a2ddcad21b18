//! The authorizer's rules, each with a token that is accepted and twins that are not.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::sha2::{Digest as _, Sha256};
use serde_json::{Value, json};

use super::{Authorizer, Identity, Refusal};
use crate::issuer::{Algorithm, Flaw, Issuer};
use crate::keys::Keys;
use crate::render::Numbers;
use crate::test_issuer;
use crate::users::{USERS, User};

const NOW: u64 = 1_800_000_000;

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

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
    json!({"iss": test_issuer().url(), "aud": "orders", "sub": "7", "iat": NOW - 10, "exp": NOW + 10})
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
    authorizer().check(Some(authorization), &[], at(NOW)).await
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
    ] {
        assert!(
            matches!(check(&authorization).await, Err(Refusal::InvalidToken(_))),
            "{authorization}"
        );
    }
    for nothing in ["", " ", "Bearer", "bearer "] {
        assert_eq!(check(nothing).await, Err(Refusal::NoToken), "{nothing:?}");
    }
    assert_eq!(
        authorizer().check(None, &[], at(NOW)).await,
        Err(Refusal::NoToken)
    );
}

#[tokio::test]
async fn issuer_and_audience_must_be_equal() {
    assert_accepted(&payload()).await;
    for (claim, wrong, why) in [
        (
            "iss",
            json!("https://issuer.test/auth/"),
            "the token does not have a valid issuer",
        ),
        (
            "iss",
            json!(["https://issuer.test/auth"]),
            "the token does not have a valid issuer",
        ),
        ("iss", Value::Null, "the token does not have a valid issuer"),
        (
            "aud",
            json!("order"),
            "the token does not have a valid audience",
        ),
        (
            "aud",
            json!("Orders"),
            "the token does not have a valid audience",
        ),
        (
            "aud",
            json!(["x", "y"]),
            "the token does not have a valid audience",
        ),
        ("aud", json!([]), "the token does not have a valid audience"),
        (
            "aud",
            json!({"orders": 1}),
            "the token does not have a valid audience",
        ),
        (
            "aud",
            Value::Null,
            "the token does not have a valid audience",
        ),
    ] {
        assert_refused(&with(claim, wrong), why).await;
    }
    for audience in [json!("backoffice"), json!(["x", "orders"])] {
        assert_accepted(&with("aud", audience)).await;
    }
}

#[tokio::test]
async fn the_client_id_counts_only_where_there_is_no_audience() {
    let mut without = with("aud", Value::Null);
    without["client_id"] = json!("orders");
    assert_accepted(&without).await;
    without["client_id"] = json!(["orders"]);
    assert_refused(&without, "the token does not have a valid audience").await;
    let mut both = with("aud", json!("other"));
    both["client_id"] = json!("orders");
    assert_refused(&both, "the token does not have a valid audience").await;
    // An audience of `null` is there, and wrong.
    both["aud"] = Value::Null;
    assert_refused(&both, "the token does not have a valid audience").await;
}

#[tokio::test]
async fn times_are_checked_and_must_be_numbers() {
    for (claim, right) in [("exp", NOW + 1), ("nbf", NOW), ("iat", NOW)] {
        assert_accepted(&with(claim, json!(right))).await;
        assert_refused(
            &with(claim, json!(right.to_string())),
            "a time claim is not a number",
        )
        .await;
    }
    assert_accepted(&with("exp", json!(1_800_000_000.5))).await;
    assert_accepted(&with("iat", Value::Null)).await;
    assert_refused(&with("exp", json!(NOW)), "the token has expired").await;
    assert_refused(&with("exp", Value::Null), "the token has expired").await;
    assert_refused(&with("nbf", json!(NOW + 1)), "the token is not valid yet").await;
    assert_refused(
        &with("iat", json!(NOW + 1)),
        "the token was issued in the future",
    )
    .await;
}

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
    for algorithm in [Algorithm::Rs256, Algorithm::Rs384, Algorithm::Rs512] {
        let token = test_issuer().sign_text(algorithm, &payload().to_string());
        assert!(
            any.check(Some(&token), &[], at(NOW)).await.is_ok(),
            "{algorithm:?}"
        );
        let only = check(&token).await;
        assert_eq!(only.is_ok(), algorithm == Algorithm::Rs256, "{algorithm:?}");
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
        let signed = issuer.sign_with_header(Algorithm::Rs256, &header, &payload().to_string());
        for token in [unsigned, signed] {
            let why = Refusal::InvalidToken("the algorithm is not supported");
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
    let header = json!({"alg": "HS256", "kid": issuer.key_id()}).to_string();
    let signed = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(payload().to_string())
    );
    let mac = hmac_sha256(modulus.as_bytes(), signed.as_bytes());
    let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac));
    assert_eq!(
        check(&token).await,
        Err(Refusal::InvalidToken("the algorithm is not supported"))
    );
}

fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = [0; 64];
    block[..32].copy_from_slice(&Sha256::digest(key));
    let padded = |pad: u8| block.map(|byte| byte ^ pad).to_vec();
    let inner = Sha256::digest([&padded(0x36)[..], message].concat());
    Sha256::digest([&padded(0x5c)[..], &inner[..]].concat()).to_vec()
}

#[tokio::test]
async fn the_key_must_be_named_and_be_the_one_that_signed() {
    let issuer = test_issuer();
    let other = Issuer::new(issuer.url(), "orders").unwrap();
    let text = payload().to_string();
    for (signer, header, why) in [
        (&*issuer, json!({"alg": "RS256"}), "the token has no key id"),
        (
            &*issuer,
            json!({"alg": "RS256", "kid": 7}),
            "the token has no key id",
        ),
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
        let token = signer.sign_with_header(Algorithm::Rs256, &header, &text);
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
        let token = issuer.sign_text(Algorithm::Rs256, payload);
        assert!(
            matches!(check(&token).await, Err(Refusal::InvalidToken(_))),
            "{payload}"
        );
    }
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
        let outcome = authorizer.check(Some(&token), &wanted, at(NOW)).await;
        match expected {
            Some(scopes) => {
                assert_eq!(outcome.unwrap().scopes.unwrap(), scopes, "{value}");
                let unasked = authorizer.check(Some(&token), &[], at(NOW)).await.unwrap();
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
    assert_eq!(claims["exp"], "1800000010");
}

#[tokio::test]
async fn every_demo_user_comes_through_and_no_flawed_token_does() {
    let issuer = test_issuer();
    for user in USERS {
        let good = issuer.token(user, None);
        assert!(
            authorizer()
                .check(Some(&good), &[], SystemTime::now())
                .await
                .is_ok(),
            "{}",
            user.name
        );
        for flaw in [Flaw::Expired, Flaw::OtherAudience, Flaw::ChangedCharacter] {
            let bad = issuer.token(user, Some(flaw));
            assert!(
                authorizer()
                    .check(Some(&bad), &[], SystemTime::now())
                    .await
                    .is_err(),
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
