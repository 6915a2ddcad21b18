//! Caches the issuer's keys across invocations, and fetches them again for an unknown `kid`, with a rate limit.

pub(crate) mod issuer;
mod key_set;
pub(crate) mod secure_url;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use self::key_set::{Key, KeySet};

/// How long keys are used before they are fetched again, so that a withdrawn key is forgotten.
const LIFETIME: Duration = Duration::from_secs(60 * 60);

/// The minimum time between two fetches, so that tokens with invented key ids do not overload the issuer.
const INTERVAL: Duration = Duration::from_secs(30);

/// The minimum time between two fetches as long as no keys are known. Until then, every request fails.
const INTERVAL_WITHOUT_KEYS: Duration = Duration::from_secs(5);

/// A source of an issuer's key set. It is called on a separate thread, so it may block.
pub(crate) trait KeySource: Send + Sync + 'static {
    /// Fetches the key set as JSON text.
    fn fetch(&self) -> Result<String, FetchError>;
}

/// The key set could not be fetched or parsed.
#[derive(Debug)]
pub(crate) struct FetchError(pub(crate) String);

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why there is no key with a `kid`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoKey {
    /// The issuer's keys are known, and this is not one of them.
    Unknown,
    /// The issuer's keys have never been fetched.
    Unavailable,
}

/// The keys of one issuer.
pub(crate) struct Keys {
    source: Arc<dyn KeySource>,
    /// Locked during a fetch, so that concurrent requests cause only one. A Lambda function usually handles one request
    /// at a time.
    cache: Mutex<Cache>,
}

#[derive(Default)]
struct Cache {
    keys: KeySet,
    /// When the keys were fetched.
    fetched: Option<Instant>,
    /// When a fetch was last started, whether successful or not.
    attempted: Option<Instant>,
}

impl Keys {
    /// An empty cache for the keys of this source.
    pub(crate) fn new(source: impl KeySource) -> Self {
        Self {
            source: Arc::new(source),
            cache: Mutex::default(),
        }
    }

    /// Fetches the keys if necessary.
    pub(crate) async fn prepare(&self, now: Instant) {
        let mut cache = self.cache.lock().await;
        if !cache.is_fresh(now) {
            self.refresh(&mut cache, now).await;
        }
    }

    /// Finds the key with this id. It fetches the key set if the key is not in the cache, or if the cache is too old.
    pub(crate) async fn find(&self, kid: &str, now: Instant) -> Result<Arc<Key>, NoKey> {
        let mut cache = self.cache.lock().await;
        if !(cache.is_fresh(now) && cache.keys.contains_key(kid)) {
            self.refresh(&mut cache, now).await;
        }
        match cache.keys.get(kid) {
            Some(key) => Ok(Arc::clone(key)),
            None if cache.fetched.is_some() => Err(NoKey::Unknown),
            None => Err(NoKey::Unavailable),
        }
    }

    /// Fetches the keys, unless they were fetched a moment ago. If that fails, the old keys stay: an issuer that is
    /// briefly unavailable must not reject all users.
    async fn refresh(&self, cache: &mut Cache, now: Instant) {
        if !cache.may_fetch(now) {
            return;
        }
        cache.attempted = Some(now);
        match self.fetch().await {
            Ok(keys) => {
                cache.keys = keys;
                cache.fetched = Some(now);
            }
            Err(error) => tracing::warn!(%error, "the issuer's keys cannot be fetched"),
        }
    }

    async fn fetch(&self) -> Result<KeySet, FetchError> {
        let source = Arc::clone(&self.source);
        let fetched = tokio::task::spawn_blocking(move || source.fetch()).await;
        let text = fetched.map_err(|error| FetchError(error.to_string()))??;
        key_set::parse(&text)
    }
}

impl Cache {
    fn is_fresh(&self, now: Instant) -> bool {
        self.fetched
            .is_some_and(|at| now.saturating_duration_since(at) < LIFETIME)
    }

    fn may_fetch(&self, now: Instant) -> bool {
        let interval = if self.fetched.is_some() {
            INTERVAL
        } else {
            INTERVAL_WITHOUT_KEYS
        };
        self.attempted
            .is_none_or(|at| now.saturating_duration_since(at) >= interval)
    }
}
