//! The claims as values, beside a token that is bound or not.

use lambda_http::Request;
use require_claims::{Session, extract_claims};
use serde_json::{Map, Value};

use super::ask;
use super::event::{self, Texts};
use super::identity::{self, Sameness};

/// What is read are the claims of the payload; and of a token that is not bound, nothing.
///
/// # Panics
///
/// Where that does not hold.
pub(super) fn claims_are_those_of_the_payload(event: &Request, texts: &Texts, payload: &str) {
    let read = extract_claims::<Map<String, Value>, _>(event);
    let session = extract_claims::<Session, _>(event);
    if identity::sameness(payload, texts) == Sameness::Different {
        let from_text = extract_claims::<Map<String, Value>, _>(&event::http_api(texts));
        assert_eq!(read.is_ok(), from_text.is_ok(), "an unbound token");
        let from_text = extract_claims::<Session, _>(&event::http_api(texts));
        assert_eq!(session.ok(), from_text.ok(), "an unbound token");
        return;
    }
    let Ok(read) = read else { return };
    let members: Map<String, Value> = serde_json::from_str(payload).unwrap_or_default();
    for (key, value) in read {
        // `serde_json` may miss the last bit of a number.
        let expected = members.get(&key).cloned().map(ask::rounded);
        assert_eq!(expected, Some(ask::rounded(value)), "{key} in {payload}");
    }
}
