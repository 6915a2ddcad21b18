//! Tests of the key set and its cache, without HTTP.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use super::{
    FetchError, INTERVAL, INTERVAL_WITHOUT_KEYS, KeySource, Keys, LIFETIME, NoKey, key_set,
};
use crate::tests::signer::FIRST;

/// A source that counts its fetches, and returns a key with each of the published ids. Without ids, it fails.
#[derive(Clone, Default)]
struct Source {
    fetches: Arc<AtomicUsize>,
    ids: Arc<Mutex<Vec<&'static str>>>,
}

impl Source {
    fn publishing(ids: &[&'static str]) -> Self {
        let source = Self::default();
        source.publish(ids);
        source
    }

    fn publish(&self, ids: &[&'static str]) {
        *self.ids.lock().unwrap() = ids.to_vec();
    }

    fn fetches(&self) -> usize {
        self.fetches.load(Ordering::SeqCst)
    }
}

impl KeySource for Source {
    fn fetch(&self) -> Result<String, FetchError> {
        self.fetches.fetch_add(1, Ordering::SeqCst);
        let ids = self.ids.lock().unwrap();
        if ids.is_empty() {
            return Err(FetchError("down".to_owned()));
        }
        let keys: Vec<_> = ids.iter().map(|id| key_with("kid", json!(id))).collect();
        Ok(json!({ "keys": keys }).to_string())
    }
}

fn key_with(member: &str, value: Value) -> Value {
    let mut key = FIRST.jwk();
    key[member] = value;
    key
}

/// The last moment before the end of a period.
fn just_before(end: Instant) -> Instant {
    end.checked_sub(Duration::from_millis(1)).unwrap()
}

#[tokio::test]
async fn fetches_again_for_an_unknown_id_after_the_interval() {
    let source = Source::publishing(&["a"]);
    let (keys, start) = (Keys::new(source.clone()), Instant::now());
    assert!(keys.find("a", start).await.is_ok());
    source.publish(&["a", "b"]);
    for now in [start, just_before(start + INTERVAL)] {
        assert_eq!(keys.find("b", now).await.err(), Some(NoKey::Unknown));
    }
    assert_eq!(source.fetches(), 1);
    assert!(keys.find("b", start + INTERVAL).await.is_ok());
    assert_eq!(source.fetches(), 2);
}

#[tokio::test]
async fn fetches_again_soon_as_long_as_no_keys_are_known() {
    let source = Source::default();
    let (keys, start) = (Keys::new(source.clone()), Instant::now());
    let end = start + INTERVAL_WITHOUT_KEYS;
    for now in [start, just_before(end)] {
        assert_eq!(keys.find("a", now).await.err(), Some(NoKey::Unavailable));
    }
    assert_eq!(source.fetches(), 1);
    source.publish(&["a"]);
    assert!(keys.find("a", end).await.is_ok());
    assert_eq!(source.fetches(), 2);
}

#[tokio::test]
async fn replaces_the_keys_after_their_lifetime() {
    let source = Source::publishing(&["a"]);
    let (keys, start) = (Keys::new(source.clone()), Instant::now());
    keys.prepare(start).await;
    source.publish(&["b"]);
    let end = start + LIFETIME;
    keys.prepare(just_before(end)).await;
    assert!(keys.find("a", just_before(end)).await.is_ok());
    assert_eq!(source.fetches(), 1);
    assert_eq!(keys.find("a", end).await.err(), Some(NoKey::Unknown));
    assert_eq!(source.fetches(), 2);
}

#[tokio::test]
async fn keeps_old_keys_and_the_rate_limit_while_the_issuer_is_down() {
    let source = Source::publishing(&["a"]);
    let (keys, start) = (Keys::new(source.clone()), Instant::now());
    keys.prepare(start).await;
    source.publish(&[]);
    let later = start + LIFETIME;
    for now in [later, just_before(later + INTERVAL), later + INTERVAL] {
        assert!(keys.find("a", now).await.is_ok());
        assert_eq!(keys.find("b", now).await.err(), Some(NoKey::Unknown));
    }
    assert_eq!(source.fetches(), 3);
}

#[tokio::test]
async fn concurrent_requests_cause_one_fetch() {
    let source = Source::publishing(&["a"]);
    let (keys, start) = (Arc::new(Keys::new(source.clone())), Instant::now());
    let find = || {
        let keys = Arc::clone(&keys);
        tokio::spawn(async move { keys.find("a", start).await.is_ok() })
    };
    for found in [find(), find(), find()] {
        assert!(found.await.unwrap());
    }
    assert_eq!(source.fetches(), 1);
}

#[test]
fn accepts_padded_base64() {
    let key = FIRST.jwk();
    let padded = |name: &str| json!(format!("{}==", key[name].as_str().unwrap()));
    let keys = [key_with("n", padded("n")), {
        let mut key = key_with("e", padded("e"));
        key["kid"] = json!("e");
        key
    }];
    let keys = key_set::parse(&json!({ "keys": keys }).to_string()).unwrap();
    assert_eq!(keys.len(), 2);
}

#[test]
fn skips_keys_that_cannot_verify_rsa_signatures() {
    let named = |id: &str, mut key: Value| {
        key["kid"] = json!(id);
        key
    };
    let keys = [
        named("plain", FIRST.jwk()),
        named("encryption", key_with("use", json!("enc"))),
        named("elliptic curve", key_with("kty", json!("EC"))),
        named("unreadable", key_with("n", json!("!"))),
        named("without modulus", key_with("n", Value::Null)),
        key_with("kid", Value::Null),
        json!(1),
    ];
    let keys = key_set::parse(&json!({ "keys": keys }).to_string()).unwrap();
    assert_eq!(keys.keys().collect::<Vec<_>>(), ["plain"]);
}

#[test]
fn restricts_a_key_to_its_algorithm() {
    for (key, expected) in [
        (FIRST.jwk(), [true, true]),
        (key_with("alg", json!("RS256")), [true, false]),
        (key_with("alg", json!("RSA-OAEP-256")), [false, false]),
        (key_with("alg", json!("unknown")), [false, false]),
    ] {
        let keys = key_set::parse(&json!({ "keys": [key] }).to_string()).unwrap();
        let allows = [Algorithm::RS256, Algorithm::RS512].map(|alg| keys["first"].allows(alg));
        assert_eq!(allows, expected, "{key}");
    }
}

#[test]
fn rejects_documents_without_a_usable_key() {
    for (text, expected) in [
        ("<html>", "the document is not a key set"),
        (r#"{"keys": 1}"#, "the document is not a key set"),
        (
            r#"{"keys": []}"#,
            "the key set contains no key for RSA signatures",
        ),
        (
            r#"{"keys": [1]}"#,
            "the key set contains no key for RSA signatures",
        ),
    ] {
        let Err(error) = key_set::parse(text) else {
            panic!("{text}");
        };
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}
