//! The cache of a Lambda authorizer's results, by the values of its identity sources.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::result::Verdict;

/// The maximum number of cached results. Expired ones are removed first.
const MAX_ENTRIES: usize = 1000;

/// Results by identity. Denials are cached like permissions, but errors are not.
#[derive(Debug)]
pub(super) struct Cache {
    ttl: Duration,
    results: HashMap<Vec<String>, (Instant, Verdict)>,
}

impl Cache {
    pub(super) fn new(ttl: Duration) -> Self {
        Self {
            ttl,
            results: HashMap::new(),
        }
    }

    pub(super) fn get(&self, identity: &[String], now: Instant) -> Option<Verdict> {
        let (stored, verdict) = self.results.get(identity)?;
        self.is_fresh(*stored, now).then(|| verdict.clone())
    }

    pub(super) fn insert(&mut self, identity: Vec<String>, verdict: Verdict, now: Instant) {
        if self.ttl.is_zero() {
            return;
        }
        if self.results.len() >= MAX_ENTRIES {
            let ttl = self.ttl;
            self.results
                .retain(|_, (stored, _)| now.saturating_duration_since(*stored) < ttl);
        }
        if self.results.len() < MAX_ENTRIES {
            self.results.insert(identity, (now, verdict));
        }
    }

    fn is_fresh(&self, stored: Instant, now: Instant) -> bool {
        now.saturating_duration_since(stored) < self.ttl
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Cache;
    use crate::authorizer::lambda::result::Verdict;

    #[test]
    fn keeps_a_result_for_its_identity_until_the_ttl() {
        let verdict = Verdict::parse(br#"{"isAuthorized":true}"#, true, false).unwrap();
        let identity = |name: &str| vec![name.to_owned()];
        let (start, second) = (Instant::now(), Duration::from_secs(1));
        let mut cache = Cache::new(2 * second);
        cache.insert(identity("a"), verdict.clone(), start);
        assert!(cache.get(&identity("a"), start + second).is_some());
        assert!(cache.get(&identity("b"), start + second).is_none());
        assert!(cache.get(&identity("a"), start + 2 * second).is_none());

        let mut disabled = Cache::new(Duration::ZERO);
        disabled.insert(identity("a"), verdict, start);
        assert!(disabled.get(&identity("a"), start).is_none());
    }
}
