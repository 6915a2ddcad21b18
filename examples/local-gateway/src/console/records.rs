//! What the page can ask about its own requests: the event that the function received, and why a request failed.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use super::claims;

/// The number of requests that are kept.
const MAX_RECORDS: usize = 1024;

/// The size of an event, in bytes, above which it is not kept.
const MAX_EVENT: usize = 64 * 1024;

/// The last requests of the page.
#[derive(Default)]
pub(super) struct Records(Mutex<VecDeque<(String, Value)>>);

impl Records {
    /// The record of one request of the page.
    pub(super) fn record(&self, request_id: &str) -> Record<'_> {
        Record(Some((self, request_id.to_owned())))
    }

    pub(super) fn get(&self, request_id: &str) -> Option<Value> {
        let records = self.lock();
        let mut found = records.iter().filter(|(id, _)| id == request_id);
        found.next().map(|(_, record)| record.clone())
    }

    fn add(&self, request_id: &str, name: &str, value: Value) {
        let mut records = self.lock();
        if let Some((_, record)) = records.iter_mut().find(|(id, _)| id == request_id) {
            if let Some(members) = record.as_object_mut() {
                members.insert(name.to_owned(), value);
            }
            return;
        }
        if records.len() == MAX_RECORDS {
            records.pop_front();
        }
        records.push_back((request_id.to_owned(), json!({ name: value })));
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(String, Value)>> {
        // Each change is a single insertion, so a panic cannot leave a record half-written.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The record of one request, which keeps nothing unless the request is one of the page's.
pub(crate) struct Record<'r>(Option<(&'r Records, String)>);

impl Record<'_> {
    /// The record of a request of any other client.
    pub(super) fn none() -> Self {
        Self(None)
    }

    /// Keeps the event that the function receives, next to the claims of this token.
    pub(crate) fn event(&self, event: &[u8], token: impl FnOnce() -> Option<String>) {
        let Some((records, id)) = &self.0 else {
            return;
        };
        if event.len() > MAX_EVENT {
            let note = "the event is too large to keep, because of its body";
            records.add(id, "note", note.into());
        } else if let Ok(event) = serde_json::from_slice(event) {
            let compared = claims::compared(&event, token().as_deref());
            records.add(id, "claims", compared);
            records.add(id, "event", event);
        }
    }

    /// Keeps the reason for which the gateway itself answered, which is also in its log.
    pub(crate) fn reason(&self, reason: &impl ToString) {
        if let Some((records, id)) = &self.0 {
            records.add(id, "reason", reason.to_string().into());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{MAX_EVENT, MAX_RECORDS, Record, Records};

    #[test]
    fn keeps_the_event_and_the_reason_of_the_last_requests() {
        let records = Records::default();
        records.record("a").event(b"{\"version\":\"2.0\"}", || None);
        records.record("a").reason(&"the function failed");
        let record = records.get("a").unwrap();
        assert_eq!(record["event"], json!({"version": "2.0"}));
        assert_eq!(record["reason"], "the function failed");
        for number in 0..MAX_RECORDS {
            records.record(&number.to_string()).reason(&"other");
        }
        assert!(records.get("a").is_none());
        assert!(records.get("0").is_some());
    }

    #[test]
    fn keeps_nothing_of_other_requests_and_no_large_event() {
        let records = Records::default();
        Record::none().event(b"{}", || panic!("the token is not needed"));
        Record::none().reason(&"denied");
        assert_eq!(records.lock().len(), 0);
        let large = json!({"body": "a".repeat(MAX_EVENT)}).to_string();
        records.record("large").event(large.as_bytes(), || None);
        let record = records.get("large").unwrap();
        assert!(record.get("event").is_none() && record["note"].is_string());
    }
}
