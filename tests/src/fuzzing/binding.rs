//! Whether a header contains the token that the authorizer verified: a second implementation of the rules in
//! `SECURITY.md`, simpler than the guard's.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lambda_http::http::HeaderValue;
use require_claims::testing::render::{self, Numbers};
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::requests::Texts;
use super::{duplicate_keys, go_text};

/// The claims that identify a token.
const IDENTITY: [&str; 7] = ["iss", "sub", "aud", "exp", "iat", "jti", "sessionHandle"];

/// Whether two sources agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sameness {
    Same,
    Different,
    /// This implementation cannot decide it: numbers in objects, and JSON that only some parsers accept.
    Unknown,
}

impl Sameness {
    /// Same if both are.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Different, _) | (_, Self::Different) => Self::Different,
            (Self::Same, Self::Same) => Self::Same,
            _ => Self::Unknown,
        }
    }
}

/// The payload of the token in the headers, if they contain exactly one.
pub(super) fn payload(headers: &[Vec<u8>]) -> Option<String> {
    let mut values = headers
        .iter()
        .filter(|value| HeaderValue::from_bytes(value).is_ok());
    let (Some(value), None) = (values.next(), values.next()) else {
        return None;
    };
    let value = std::str::from_utf8(value).ok()?;
    if value.len() > 10_240 {
        return None;
    }
    let token = match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token,
        Some(_) => return None,
        None => value,
    };
    let [header, payload, signature] = token.split('.').collect::<Vec<_>>()[..] else {
        return None;
    };
    let is_part = |part: &str| {
        let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        !part.is_empty() && part.chars().all(is_letter)
    };
    if !is_part(header) || !is_part(signature) {
        return None;
    }
    String::from_utf8(URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

/// Whether a payload identifies the token whose claims these are.
pub(super) fn sameness(payload: &str, claims: &Texts) -> Sameness {
    if !claims.contains_key("iss") || !claims.contains_key("exp") {
        return Sameness::Different;
    }
    let Ok(members) = serde_json::from_str::<Map<String, Value>>(payload) else {
        let is_json = serde_json::from_str::<IgnoredAny>(payload).is_ok();
        return if is_json && payload.trim_start().starts_with('{') {
            Sameness::Unknown
        } else {
            Sameness::Different
        };
    };
    let repeated = duplicate_keys::repeated(payload);
    if IDENTITY.iter().any(|key| repeated.contains(*key)) {
        return Sameness::Different;
    }
    // The guard compares 64 levels.
    let depth = if payload.matches(['{', '[']).count() < 64 {
        Sameness::Same
    } else {
        Sameness::Unknown
    };
    IDENTITY
        .iter()
        .map(|key| claim_sameness(members.get(*key), claims.get(*key)))
        .fold(depth, Sameness::and)
}

/// Whether a text is the gateway's text of a claim.
pub(super) fn claim_sameness(claim: Option<&Value>, text: Option<&String>) -> Sameness {
    let same_if = |same| {
        if same {
            Sameness::Same
        } else {
            Sameness::Different
        }
    };
    match (claim, text) {
        (None | Some(Value::Null), None) => Sameness::Same,
        // Gateways omit a `null`.
        (Some(Value::Null) | None, Some(_)) | (Some(_), None) => Sameness::Different,
        (Some(Value::String(claim)), Some(text)) => same_if(claim == text),
        (Some(Value::Bool(claim)), Some(text)) => same_if(claim.to_string() == *text),
        (Some(Value::Number(claim)), Some(text)) => {
            number_sameness(claim.as_f64().unwrap_or_default(), text)
        }
        (Some(claim @ (Value::Array(_) | Value::Object(_))), Some(text)) => {
            composite_sameness(claim, text)
        }
    }
}

fn number_sameness(claim: f64, text: &str) -> Sameness {
    let number = serde_json::from_str::<f64>(text).ok();
    let Some(number) = number.filter(|_| go_text::is_number(text)) else {
        return Sameness::Different;
    };
    let difference = (number - claim).abs();
    if difference == 0.0 {
        Sameness::Same
    } else if difference <= claim.abs() * 1e-15 {
        // Parsers differ in the last bit of numbers with many digits.
        Sameness::Unknown
    } else {
        Sameness::Different
    }
}

fn composite_sameness(claim: &Value, text: &str) -> Sameness {
    let is_json_text = text.starts_with(['{', '[']);
    if is_json_text && serde_json::from_str::<Value>(text).is_ok_and(|value| value == *claim) {
        return Sameness::Same;
    }
    let json = claim.to_string();
    let is_large = !is_shallow(&json) || json.matches(',').count() > 15;
    let has_numbers = json.contains(|c: char| c.is_ascii_digit());
    let is_written = [Numbers::Float64, Numbers::AsWritten]
        .into_iter()
        .any(|numbers| render::value(&json, numbers).is_ok_and(|written| written == text));
    match (is_written, is_large, has_numbers) {
        (_, true, _) | (false, _, true) => Sameness::Unknown,
        (true, ..) => Sameness::Same,
        (false, ..) => Sameness::Different,
    }
}

/// Whether the nesting of this JSON is within the limit up to which the guard compares it with a text.
pub(super) fn is_shallow(json: &str) -> bool {
    json.matches(['{', '[']).count() <= 15
}
