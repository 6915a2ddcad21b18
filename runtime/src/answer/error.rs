//! One unmet requirement, in the SDK's JSON.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

/// One unmet requirement: an entry of `claimValidationErrors` in the answer.
///
/// It is written as `{"id": <claim name>, "reason": {"message": …, …}}`, as
/// [SuperTokens' `verifySession`][sdk] does, which its browser SDKs read. Some of the reason's
/// fields tell the claim's value; `Debug` does not print those.
///
/// [sdk]: https://supertokens.com/docs/additional-verification/session-verification/claim-validation
#[derive(Clone, PartialEq, Serialize)]
pub struct ClaimValidationError {
    id: String,
    reason: Reason,
}

impl ClaimValidationError {
    pub(super) fn new(id: String, reason: Reason) -> Self {
        Self { id, reason }
    }

    /// The name of the claim, such as `st-ev`; empty where nothing was required, and so of no claim.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The kind of reason.
    #[must_use]
    pub fn kind(&self) -> ReasonKind {
        self.reason.kind
    }

    /// The reason's message, such as `wrong value`: a stable text without the claim's value.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.reason.message
    }

    /// A further field of the reason, if it has one of this name.
    ///
    /// | kind | fields |
    /// |---|---|
    /// | [`ValueDoesNotExist`](ReasonKind::ValueDoesNotExist) | what was expected |
    /// | [`WrongValue`](ReasonKind::WrongValue) | what was expected; `actualValue`, where there is one reading |
    /// | [`Expired`](ReasonKind::Expired), [`TimeInFuture`](ReasonKind::TimeInFuture) | `ageInSeconds`, `maxAgeInSeconds`: numbers |
    /// | [`TimeUnknown`](ReasonKind::TimeUnknown) | `maxAgeInSeconds`: a number |
    /// | [`FactorsIncomplete`](ReasonKind::FactorsIncomplete) | `factorId`: a string; or `oneOf`, `allOfInAnyOrder`: arrays of strings |
    /// | [`WrongType`](ReasonKind::WrongType) | `expectedType`, `actualType`: strings |
    /// | [`Unreadable`](ReasonKind::Unreadable) | `expectedType`: a string |
    /// | [`Ambiguous`](ReasonKind::Ambiguous) | what was expected; `remedy`, where there is one: a string |
    /// | [`NotAsDeclared`](ReasonKind::NotAsDeclared) | `problem`: a string, which may tell the value |
    /// | [`NoPathParameter`](ReasonKind::NoPathParameter) | `pathParameter`: its name, a string |
    /// | [`UnknownRendering`](ReasonKind::UnknownRendering), [`EmptyRequirement`](ReasonKind::EmptyRequirement) | none |
    ///
    /// What was expected is, by validator, `expectedValue`, `expectedToInclude`,
    /// `expectedToNotInclude` or `expectedToIncludeAtLeastOneOf`: the value, or an array of them.
    ///
    /// ```
    /// use require_claims::supertokens::EMAIL_VERIFIED;
    ///
    /// let event = lambda_http::Request::default();
    /// let rejection = EMAIL_VERIFIED.is_true().check(&event).unwrap_err();
    /// assert_eq!(rejection.errors()[0].detail("expectedValue"), Some(&true.into()));
    /// ```
    #[must_use]
    pub fn detail(&self, name: &str) -> Option<&Value> {
        let mut details = self.reason.details.iter();
        details
            .find(|(field, _)| *field == name)
            .map(|(_, value)| value)
    }
}

impl fmt::Debug for ClaimValidationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The details hold the claim's value, which is personal data and belongs in no log.
        formatter
            .debug_struct("ClaimValidationError")
            .field("id", &self.id)
            .field("kind", &self.reason.kind)
            .finish_non_exhaustive()
    }
}

/// The kinds of reasons for which a requirement is not met.
///
/// ```
/// use require_claims::{ReasonKind, supertokens::EMAIL_VERIFIED};
///
/// let event = lambda_http::Request::default();
/// let rejection = EMAIL_VERIFIED.is_true().check(&event).unwrap_err();
/// assert_eq!(rejection.errors()[0].kind(), ReasonKind::ValueDoesNotExist);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReasonKind {
    /// `value does not exist`: the claim is absent or `null`, or the route has no authorizer. For
    /// `authenticated`, it may be an empty string.
    ValueDoesNotExist,
    /// `wrong value`: no interpretation of the claim meets the requirement; or `stt` is not 0.
    WrongValue,
    /// `expired`: the value was fetched, or the factor completed, longer ago than allowed.
    Expired,
    /// `MFA requirement for auth is not satisfied`, and the messages that name missing factors.
    FactorsIncomplete,
    /// `wrong type`: the claim, one of its elements or its time `t` is of another JSON type than
    /// declared. Where the SDK reports `wrong value`, of a boolean or a single value, so does this crate.
    WrongType,
    /// `unreadable value`: the claim's text is not that of a value of the declared type; or the claims,
    /// or the JSON text of this one, cannot be parsed.
    Unreadable,
    /// `ambiguous value`: the claim's text has several interpretations, and not all meet the requirement.
    Ambiguous,
    /// `unknown rendering`: the token in `Authorization` is the one that the authorizer verified, and the
    /// claim's text is not a known rendering of the token's value; or only one of them has the claim.
    UnknownRendering,
    /// `time unknown`: a maximum age is required of a value without a time.
    TimeUnknown,
    /// `time in the future`: the value was fetched more than 60 seconds from now.
    TimeInFuture,
    /// `not as declared`: the claim is not what the handler's `#[claims]` argument declares.
    NotAsDeclared,
    /// `no path parameter`: the claim must be equal to a parameter of the request's path, and the
    /// route has no parameter of this name, or it is empty or longer than 1,024 bytes.
    NoPathParameter,
    /// `empty requirement`: an empty list is required, which is treated as a mistake.
    EmptyRequirement,
}

/// A reason: a message, and further fields in the SDK's order.
#[derive(Clone, PartialEq)]
pub(super) struct Reason {
    kind: ReasonKind,
    message: Cow<'static, str>,
    details: Vec<(&'static str, Value)>,
}

impl Reason {
    pub(super) fn new(kind: ReasonKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            message: message.into(),
            details: Vec::new(),
        }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.details.push((name, value.into()));
        self
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1 + self.details.len()))?;
        map.serialize_entry("message", &self.message)?;
        for (name, value) in &self.details {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_written_as_the_sdk_writes_it() {
        let reason = Reason::new(ReasonKind::WrongValue, "wrong value")
            .with("expectedValue", true)
            .with("actualValue", false);
        let error = ClaimValidationError::new("st-ev".to_owned(), reason);
        assert_eq!(
            serde_json::to_string(&error).unwrap(),
            r#"{"id":"st-ev","reason":{"message":"wrong value","expectedValue":true,"actualValue":false}}"#
        );
        assert_eq!(error.detail("actualValue"), Some(&Value::Bool(false)));
        assert_eq!(error.detail("expectedToInclude"), None);
    }

    #[test]
    fn debug_does_not_tell_the_value() {
        let reason =
            Reason::new(ReasonKind::WrongValue, "wrong value").with("actualValue", "secret");
        let error = ClaimValidationError::new("plan".to_owned(), reason);
        let debug = format!("{error:?}");
        assert!(
            debug.contains("plan") && debug.contains("WrongValue"),
            "{debug}"
        );
        assert!(!debug.contains("secret"), "{debug}");
    }
}
