//! Caches the issuer's keys, and fetches them again for an unknown `kid`, with a rate limit.

pub(crate) mod discovery;
mod key_set;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use self::key_set::Key;
use crate::issuer::Issuer;

/// How long API Gateway caches an issuer's keys.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html>
const CACHE_LIFETIME: Duration = Duration::from_secs(2 * 60 * 60);

/// The minimum time between two fetches, so that tokens with invented key ids do not overload the issuer.
pub(crate) const FETCH_INTERVAL: Duration = Duration::from_secs(30);

/// When an issuer's keys are fetched again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyCache {
    /// For a token with an unknown `kid`, at most twice a minute, and after two hours.
    #[default]
    FetchUnknown,
    /// Only after two hours, as API Gateway may do. After a key rotation, new tokens are rejected until then.
    Strict,
}

/// A source of an issuer's keys. It is called on a separate thread, so it may block.
pub trait KeySource: Send + Sync + 'static {
    /// Fetches the key set (JWKS) as JSON text.
    ///
    /// # Errors
    ///
    /// Returns an error if the keys are not available.
    fn fetch(&self) -> Result<String, KeysError>;
}

impl KeySource for Arc<Issuer> {
    fn fetch(&self) -> Result<String, KeysError> {
        Ok(self.key_set().to_string())
    }
}

/// The keys could not be fetched or parsed.
#[derive(Debug)]
pub struct KeysError(pub(crate) String);

impl fmt::Display for KeysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for KeysError {}

/// The cached keys of one issuer.
pub struct Keys {
    source: Arc<dyn KeySource>,
    policy: KeyCache,
    /// Never locked during a fetch, so requests with a cached key do not wait for the issuer.
    cache: std::sync::Mutex<Cache>,
    /// The time of the last fetch, successful or not. Locked during a fetch: if several requests need a new
    /// key, one fetches it and the others wait.
    last_attempt: Mutex<Option<Instant>>,
    /// The skipped keys that the log has already named.
    reported: std::sync::Mutex<HashSet<String>>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

#[derive(Default)]
struct Cache {
    by_id: HashMap<String, Arc<Key>>,
    /// When the keys were fetched; `None` before the first fetch.
    fetched: Option<Instant>,
}

impl Keys {
    /// Creates an empty cache for the keys from this source.
    #[must_use]
    pub fn new(source: impl KeySource, policy: KeyCache) -> Self {
        Self {
            source: Arc::new(source),
            policy,
            cache: std::sync::Mutex::default(),
            last_attempt: Mutex::default(),
            reported: std::sync::Mutex::default(),
        }
    }

    /// Fetches the keys immediately, so that a wrong URL is reported at start.
    ///
    /// # Errors
    ///
    /// Returns an error if the issuer does not return a key set.
    pub async fn prefetch(&self) -> Result<(), KeysError> {
        let (mut last_attempt, now) = (self.last_attempt.lock().await, Instant::now());
        *last_attempt = Some(now);
        self.refresh(now).await
    }

    /// Finds the key with this id, fetching the key set if necessary and allowed by the rate limit.
    pub(crate) async fn find(&self, key_id: &str, now: Instant) -> Option<Arc<Key>> {
        if let Some(key) = self.cache().get(key_id, now) {
            return Some(key);
        }
        let mut last_attempt = self.last_attempt.lock().await;
        // Another request may have fetched the key while this one waited for the lock.
        if let Some(key) = self.cache().get(key_id, now) {
            return Some(key);
        }
        if self.policy == KeyCache::Strict && self.cache().is_fresh(now) {
            tracing::warn!(
                kid = key_id,
                "the key is not in the strict cache, and is not fetched until the cache expires"
            );
            return None;
        }
        if last_attempt.is_some_and(|at| now.saturating_duration_since(at) < FETCH_INTERVAL) {
            tracing::warn!(
                kid = key_id,
                "the key is unknown, and the keys were fetched less than {} seconds ago",
                FETCH_INTERVAL.as_secs()
            );
            return None;
        }
        *last_attempt = Some(now);
        if let Err(error) = self.refresh(now).await {
            tracing::warn!(%error, "cannot fetch the issuer's keys");
        }
        self.cache().get(key_id, now)
    }

    async fn refresh(&self, now: Instant) -> Result<(), KeysError> {
        let source = Arc::clone(&self.source);
        let fetched = tokio::task::spawn_blocking(move || source.fetch()).await;
        let text = fetched.map_err(|error| KeysError(error.to_string()))??;
        let parsed = key_set::parse(&text)?;
        for skipped in self.not_reported(parsed.skipped) {
            tracing::warn!("skipped {skipped}");
        }
        *self.cache() = Cache {
            by_id: parsed.by_id,
            fetched: Some(now),
        };
        Ok(())
    }

    /// Those of these descriptions that were not returned before.
    fn not_reported(&self, mut skipped: Vec<String>) -> Vec<String> {
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        skipped.retain(|description| reported.insert(description.clone()));
        skipped
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        // The cache is always replaced as a whole, so a panic cannot leave it half-written.
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Cache {
    fn is_fresh(&self, now: Instant) -> bool {
        let age = |fetched| now.saturating_duration_since(fetched);
        self.fetched.is_some_and(|at| age(at) < CACHE_LIFETIME)
    }

    fn get(&self, key_id: &str, now: Instant) -> Option<Arc<Key>> {
        let key = self.by_id.get(key_id).filter(|_| self.is_fresh(now));
        key.cloned()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex};
    use std::time::{Duration, Instant};

    use tokio::sync::mpsc;

    use super::{CACHE_LIFETIME, FETCH_INTERVAL, KeyCache, KeySource, Keys, KeysError};
    use crate::test_issuer;

    /// Counts its fetches, and returns the test issuer's key with each of the published ids.
    #[derive(Clone, Default)]
    struct CountingSource {
        fetches: Arc<AtomicUsize>,
        ids: Arc<Mutex<Vec<&'static str>>>,
    }

    impl CountingSource {
        fn fetches(&self) -> usize {
            self.fetches.load(Ordering::SeqCst)
        }

        fn publish(&self, ids: &[&'static str]) {
            *self.ids.lock().unwrap() = ids.to_vec();
        }
    }

    impl KeySource for CountingSource {
        fn fetch(&self) -> Result<String, KeysError> {
            self.fetches.fetch_add(1, Ordering::SeqCst);
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
    async fn fetches_a_key_once() {
        let source = CountingSource::default();
        source.publish(&["a"]);
        let (keys, start) = (
            Keys::new(source.clone(), KeyCache::FetchUnknown),
            Instant::now(),
        );
        for _ in 0..3 {
            assert!(keys.find("a", start).await.is_some());
        }
        assert_eq!(source.fetches(), 1);
    }

    #[tokio::test]
    async fn fetches_again_for_an_unknown_key_after_the_interval() {
        let source = CountingSource::default();
        source.publish(&["a"]);
        let (keys, start) = (
            Keys::new(source.clone(), KeyCache::FetchUnknown),
            Instant::now(),
        );
        assert!(keys.find("a", start).await.is_some());
        source.publish(&["a", "b"]);
        for n in 0..10 {
            let within = start + FETCH_INTERVAL * n / 10;
            assert!(keys.find("b", within).await.is_none());
        }
        assert_eq!(source.fetches(), 1);
        assert!(keys.find("b", start + FETCH_INTERVAL).await.is_some());
        assert_eq!(source.fetches(), 2);
    }

    #[tokio::test]
    async fn limits_fetches_and_keeps_cached_keys_if_the_issuer_is_down() {
        let source = CountingSource::default();
        let (keys, start) = (
            Keys::new(source.clone(), KeyCache::FetchUnknown),
            Instant::now(),
        );
        assert!(keys.find("a", start).await.is_none());
        assert!(keys.find("a", start).await.is_none());
        assert_eq!(source.fetches(), 1);
        source.publish(&["a"]);
        let later = start + FETCH_INTERVAL;
        assert!(keys.find("a", later).await.is_some());
        source.publish(&[]);
        assert!(keys.find("b", later + FETCH_INTERVAL).await.is_none());
        assert!(keys.find("a", later + FETCH_INTERVAL).await.is_some());
    }

    #[tokio::test]
    async fn forgets_a_withdrawn_key_after_the_cache_lifetime() {
        let source = CountingSource::default();
        source.publish(&["a"]);
        let (keys, start) = (
            Keys::new(source.clone(), KeyCache::FetchUnknown),
            Instant::now(),
        );
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

    #[tokio::test]
    async fn a_strict_cache_fetches_an_unknown_key_only_after_its_lifetime() {
        let source = CountingSource::default();
        source.publish(&["a"]);
        let keys = Keys::new(source.clone(), KeyCache::Strict);
        let start = Instant::now();
        assert!(keys.find("a", start).await.is_some());
        source.publish(&["a", "b"]);
        let end = start + CACHE_LIFETIME;
        let before = end.checked_sub(Duration::from_secs(1)).unwrap();
        assert!(keys.find("b", before).await.is_none());
        assert!(keys.find("b", end).await.is_some());
    }

    #[test]
    fn reports_each_skipped_key_once() {
        let keys = Keys::new(CountingSource::default(), KeyCache::FetchUnknown);
        let skipped = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(keys.not_reported(skipped(&["a"])), ["a"]);
        assert_eq!(keys.not_reported(skipped(&["a", "b"])), ["b"]);
    }

    /// Signals the start of each fetch, and waits for a signal before it returns.
    struct SlowSource {
        started: mpsc::UnboundedSender<()>,
        released: Mutex<std::sync::mpsc::Receiver<()>>,
        source: CountingSource,
    }

    impl KeySource for SlowSource {
        fn fetch(&self) -> Result<String, KeysError> {
            self.started.send(()).unwrap();
            // It fails if the test has already ended.
            let _ = self.released.lock().unwrap().recv();
            self.source.fetch()
        }
    }

    #[tokio::test]
    async fn finds_a_cached_key_while_another_fetch_is_pending() {
        let (started, mut fetch_started) = mpsc::unbounded_channel();
        let (release, released) = std::sync::mpsc::channel();
        let source = CountingSource::default();
        source.publish(&["a"]);
        let slow = SlowSource {
            started,
            released: Mutex::new(released),
            source: source.clone(),
        };
        let (keys, start) = (
            Arc::new(Keys::new(slow, KeyCache::FetchUnknown)),
            Instant::now(),
        );
        release.send(()).unwrap();
        assert!(keys.find("a", start).await.is_some());
        fetch_started.recv().await.unwrap();

        source.publish(&["a", "b"]);
        let later = start + FETCH_INTERVAL;
        let find_new_key = || {
            let keys = Arc::clone(&keys);
            tokio::spawn(async move { keys.find("b", later).await.is_some() })
        };
        let waiting = [find_new_key(), find_new_key()];
        fetch_started.recv().await.unwrap();
        tokio::select! {
            biased;
            known = keys.find("a", later) => assert!(known.is_some()),
            () = std::future::ready(()) => panic!("waited for the pending fetch"),
        }
        release.send(()).unwrap();
        for found in waiting {
            assert!(found.await.unwrap());
        }
        assert_eq!(source.fetches(), 2);
    }
}
