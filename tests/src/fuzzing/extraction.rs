//! Extracting claims as values, with a token that is bound or not.

use lambda_http::Request;
use require_claims::{Session, extract_claims};
use serde_json::{Map, Value};

use super::binding::{self, Sameness};
use super::requests::{self, Texts};
use super::requirements::rounded;

/// The extracted claims are those of the payload if the token is bound, and those of the text if it is not.
///
/// # Panics
///
/// If that does not hold.
pub(super) fn assert_extracted_claims(event: &Request, texts: &Texts, payload: &str) {
    let read = extract_claims::<Map<String, Value>, _>(event);
    let session = extract_claims::<Session, _>(event);
    if binding::sameness(payload, texts) == Sameness::Different {
        let from_text = extract_claims::<Map<String, Value>, _>(&requests::http_api(texts));
        assert_eq!(read.is_ok(), from_text.is_ok(), "an unbound token");
        let from_text = extract_claims::<Session, _>(&requests::http_api(texts));
        assert_eq!(session.ok(), from_text.ok(), "an unbound token");
        return;
    }
    let Ok(read) = read else { return };
    let members: Map<String, Value> = serde_json::from_str(payload).unwrap_or_default();
    for (key, value) in read {
        // `serde_json` may round the last bit of a number differently.
        let expected = members.get(&key).cloned().map(rounded);
        assert_eq!(expected, Some(rounded(value)), "{key} in {payload}");
    }
}

/// Only a session's token has a session: the type of the token is 0, or absent. In text, `null` is absent, and
/// text of another type may be a number.
///
/// # Panics
///
/// If that does not hold.
pub(super) fn assert_only_of_a_session(event: &Request, payload: &Value) {
    let token_type = payload.get("stt").and_then(Value::as_f64);
    if token_type.is_some_and(|token_type| token_type != 0.0) {
        let session = extract_claims::<Session, _>(event);
        assert!(session.is_err(), "the session of {payload}");
    }
}
