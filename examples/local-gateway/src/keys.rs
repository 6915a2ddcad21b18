//! The issuer's keys: cached, and fetched anew for an unknown `kid`, but not at anybody's will.

mod key_set;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use self::key_set::Key;
use crate::issuer::Issuer;

/// How long API Gateway keeps an issuer's keys.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html>
const CACHE_LIFETIME: Duration = Duration::from_secs(2 * 60 * 60);

/// The least time between two fetches: tokens with invented key ids cost the issuer no more.
pub(crate) const FETCH_INTERVAL: Duration = Duration::from_secs(30);

/// Where keys come from. A call may block; it is made on a thread of its own.
pub trait KeySource: Send + Sync + 'static {
    /// The key set (JWKS) as JSON text.
    ///
    /// # Errors
    ///
    /// When the keys cannot be had now.
    fn fetch(&self) -> Result<String, KeysError>;
}

impl KeySource for Arc<Issuer> {
    fn fetch(&self) -> Result<String, KeysError> {
        Ok(self.key_set().to_string())
    }
}

/// Why there are no keys.
#[derive(Debug)]
pub struct KeysError(pub(crate) String);

impl fmt::Display for KeysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for KeysError {}

/// The keys of one issuer.
pub struct Keys {
    source: Arc<dyn KeySource>,
    /// Locked for a moment only: whoever has a known key does not wait for the issuer.
    cache: std::sync::Mutex<Cache>,
    /// When the issuer was last asked, with or without success. Locked while it is asked: of several
    /// requests with a new id, one asks and the others wait.
    last_attempt: Mutex<Option<Instant>>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

#[derive(Default)]
struct Cache {
    by_id: HashMap<String, Arc<Key>>,
    /// When these keys came in.
    fetched: Option<Instant>,
}

impl Keys {
    /// The keys from this source, of which none has been fetched yet.
    #[must_use]
    pub fn new(source: impl KeySource) -> Self {
        Self {
            source: Arc::new(source),
            cache: std::sync::Mutex::default(),
            last_attempt: Mutex::default(),
        }
    }

    /// Fetches the keys, so that a wrong address shows at the start.
    ///
    /// # Errors
    ///
    /// When the issuer does not answer with a key set.
    pub async fn prefetch(&self) -> Result<(), KeysError> {
        let (mut last_attempt, now) = (self.last_attempt.lock().await, Instant::now());
        *last_attempt = Some(now);
        self.refresh(now).await
    }

    /// The key of this id, which may have to be fetched first.
    pub(crate) async fn find(&self, key_id: &str, now: Instant) -> Option<Arc<Key>> {
        if let Some(key) = self.cache().get(key_id, now) {
            return Some(key);
        }
        let mut last_attempt = self.last_attempt.lock().await;
        // Another request may have asked meanwhile.
        if let Some(key) = self.cache().get(key_id, now) {
            return Some(key);
        }
        if last_attempt.is_some_and(|at| now.saturating_duration_since(at) < FETCH_INTERVAL) {
            return None;
        }
        *last_attempt = Some(now);
        if let Err(error) = self.refresh(now).await {
            tracing::warn!(%error, "the issuer's keys could not be fetched");
        }
        self.cache().get(key_id, now)
    }

    async fn refresh(&self, now: Instant) -> Result<(), KeysError> {
        let source = Arc::clone(&self.source);
        let fetched = tokio::task::spawn_blocking(move || source.fetch()).await;
        let text = fetched.map_err(|error| KeysError(error.to_string()))??;
        let by_id = key_set::parse(&text)?;
        *self.cache() = Cache {
            by_id,
            fetched: Some(now),
        };
        Ok(())
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        // It is replaced as a whole, so it is never half-written.
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Cache {
    fn get(&self, key_id: &str, now: Instant) -> Option<Arc<Key>> {
        let fetched = self.fetched?;
        if now.saturating_duration_since(fetched) >= CACHE_LIFETIME {
            return None;
        }
        self.by_id.get(key_id).cloned()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex};
    use std::time::{Duration, Instant};

    use tokio::sync::mpsc;

    use super::{CACHE_LIFETIME, FETCH_INTERVAL, KeySource, Keys, KeysError};
    use crate::test_issuer;

    /// Counts how often it is asked, and answers with the test issuer's key under these ids.
    #[derive(Clone, Default)]
    struct Counted {
        asked: Arc<AtomicUsize>,
        ids: Arc<Mutex<Vec<&'static str>>>,
    }

    impl Counted {
        fn asked(&self) -> usize {
            self.asked.load(Ordering::SeqCst)
        }

        fn publish(&self, ids: &[&'static str]) {
            *self.ids.lock().unwrap() = ids.to_vec();
        }
    }

    impl KeySource for Counted {
        fn fetch(&self) -> Result<String, KeysError> {
            self.asked.fetch_add(1, Ordering::SeqCst);
            let ids = self.ids.lock().unwrap();
            if ids.is_empty() {
                return Err(KeysError("down".to_owned()));
            }
            let key = test_issuer().key_set()["keys"][0].clone();
            let keys: Vec<_> = ids
                .iter()
                .map(|id| {
                    let mut key = key.clone();
                    key["kid"] = (*id).into();
                    key
                })
                .collect();
            Ok(serde_json::json!({ "keys": keys }).to_string())
        }
    }

    #[tokio::test]
    async fn a_known_key_is_fetched_once() {
        let source = Counted::default();
        source.publish(&["a"]);
        let (keys, start) = (Keys::new(source.clone()), Instant::now());
        for _ in 0..3 {
            assert!(keys.find("a", start).await.is_some());
        }
        assert_eq!(source.asked(), 1);
    }

    #[tokio::test]
    async fn unknown_keys_make_it_ask_again_but_not_before_the_interval_is_over() {
        let source = Counted::default();
        source.publish(&["a"]);
        let (keys, start) = (Keys::new(source.clone()), Instant::now());
        assert!(keys.find("a", start).await.is_some());
        source.publish(&["a", "b"]);
        for n in 0..10 {
            let within = start + FETCH_INTERVAL * n / 10;
            assert!(keys.find("b", within).await.is_none());
        }
        assert_eq!(source.asked(), 1);
        assert!(keys.find("b", start + FETCH_INTERVAL).await.is_some());
        assert_eq!(source.asked(), 2);
    }

    #[tokio::test]
    async fn an_issuer_that_is_down_is_not_asked_by_every_request_and_its_known_keys_stay() {
        let source = Counted::default();
        let (keys, start) = (Keys::new(source.clone()), Instant::now());
        assert!(keys.find("a", start).await.is_none());
        assert!(keys.find("a", start).await.is_none());
        assert_eq!(source.asked(), 1);
        source.publish(&["a"]);
        let later = start + FETCH_INTERVAL;
        assert!(keys.find("a", later).await.is_some());
        source.publish(&[]);
        assert!(keys.find("b", later + FETCH_INTERVAL).await.is_none());
        assert!(keys.find("a", later + FETCH_INTERVAL).await.is_some());
    }

    #[tokio::test]
    async fn a_withdrawn_key_is_gone_when_its_time_is_over() {
        let source = Counted::default();
        source.publish(&["a"]);
        let (keys, start) = (Keys::new(source.clone()), Instant::now());
        assert!(keys.find("a", start).await.is_some());
        source.publish(&["b"]);
        let end = start + CACHE_LIFETIME;
        assert!(
            keys.find("a", end.checked_sub(Duration::from_secs(1)).unwrap())
                .await
                .is_some()
        );
        assert!(keys.find("a", end).await.is_none());
    }

    /// Says when it is asked, and answers with the key `b` once it is let go.
    struct Slow {
        asked: mpsc::UnboundedSender<()>,
        released: Mutex<std::sync::mpsc::Receiver<()>>,
        source: Counted,
    }

    impl KeySource for Slow {
        fn fetch(&self) -> Result<String, KeysError> {
            self.asked.send(()).unwrap();
            // An error is the end of the test.
            let _ = self.released.lock().unwrap().recv();
            self.source.fetch()
        }
    }

    #[tokio::test]
    async fn whoever_has_a_known_key_does_not_wait_for_a_slow_issuer() {
        let (asked, mut is_asked) = mpsc::unbounded_channel();
        let (release, released) = std::sync::mpsc::channel();
        let source = Counted::default();
        source.publish(&["a"]);
        let slow = Slow {
            asked,
            released: Mutex::new(released),
            source: source.clone(),
        };
        let (keys, start) = (Arc::new(Keys::new(slow)), Instant::now());
        release.send(()).unwrap();
        assert!(keys.find("a", start).await.is_some());
        is_asked.recv().await.unwrap();

        source.publish(&["a", "b"]);
        let later = start + FETCH_INTERVAL;
        let of_new_key = || {
            let keys = Arc::clone(&keys);
            tokio::spawn(async move { keys.find("b", later).await.is_some() })
        };
        let waiting = [of_new_key(), of_new_key()];
        is_asked.recv().await.unwrap();
        tokio::select! {
            biased;
            known = keys.find("a", later) => assert!(known.is_some()),
            () = std::future::ready(()) => panic!("it waits"),
        }
        release.send(()).unwrap();
        for found in waiting {
            assert!(found.await.unwrap());
        }
        assert_eq!(source.asked(), 2);
    }
}
