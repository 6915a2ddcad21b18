//! The error for one unmet requirement, as the SDK writes it in JSON.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

/// The error for one unmet requirement: an entry of `claimValidationErrors` in the response.
///
/// ```
/// use require_claims::supertokens::EMAIL_VERIFIED;
///
/// let event = lambda_http::Request::default();
/// let rejection = EMAIL_VERIFIED.is_true().check(&event).unwrap_err();
/// let error = &rejection.errors()[0];
/// assert_eq!(error.id(), "st-ev");
/// assert_eq!(error.message(), "value does not exist");
/// assert_eq!(error.to_string(), "st-ev: value does not exist");
/// ```
///
/// It serializes to `{"id": <key of the claim>, "reason": {"message": …, …}}`, as in
/// [SuperTokens' `verifySession`][sdk]. SuperTokens' browser SDKs read this form.
///
/// The serialized reason may contain the claim's value, which is personal data. `Debug` and `Display` never
/// print it.
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

    /// The key of the claim, such as `st-ev`, or the path of a nested one, such as `realm_access.roles`. It is empty
    /// if the error is not about one claim, such as an empty `all`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The kind of reason.
    #[must_use]
    pub fn kind(&self) -> ReasonKind {
        self.reason.kind
    }

    /// The message of the reason, such as `wrong value`. It is stable and never contains the claim's value.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.reason.message
    }

    /// Another field of the reason, or `None` if the reason has no field of this name.
    ///
    /// ```
    /// use require_claims::supertokens::EMAIL_VERIFIED;
    ///
    /// let event = lambda_http::Request::default();
    /// let rejection = EMAIL_VERIFIED.is_true().check(&event).unwrap_err();
    /// assert_eq!(rejection.errors()[0].detail("expectedValue"), Some(&true.into()));
    /// ```
    ///
    /// The names of the fields are stable:
    ///
    /// | kind | fields |
    /// |---|---|
    /// | [`ValueDoesNotExist`](ReasonKind::ValueDoesNotExist) | the expected value, if there is one |
    /// | [`WrongValue`](ReasonKind::WrongValue) | the expected value; `actualValue`, if the claim has one interpretation |
    /// | [`Expired`](ReasonKind::Expired), [`TimeInFuture`](ReasonKind::TimeInFuture) | `ageInSeconds`, `maxAgeInSeconds`: numbers of seconds |
    /// | [`TimeUnknown`](ReasonKind::TimeUnknown) | `maxAgeInSeconds`: a number of seconds |
    /// | [`FactorsIncomplete`](ReasonKind::FactorsIncomplete) | `factorId`: a string; or `oneOf`, `allOfInAnyOrder`: arrays of strings |
    /// | [`WrongType`](ReasonKind::WrongType) | `expectedType`, `actualType`: strings |
    /// | [`Unreadable`](ReasonKind::Unreadable) | `expectedType`: a string |
    /// | [`Ambiguous`](ReasonKind::Ambiguous) | the expected value and `remedy`, a string, if there is one |
    /// | [`NotAsDeclared`](ReasonKind::NotAsDeclared) | `problem`: a string, which may contain the claim's value |
    /// | [`NoPathParameter`](ReasonKind::NoPathParameter) | `pathParameter`: the name of the parameter, a string |
    /// | [`UnknownRendering`](ReasonKind::UnknownRendering), [`EmptyRequirement`](ReasonKind::EmptyRequirement) | none |
    ///
    /// The expected value is a value or an array of values. Depending on the validator, its field is
    /// `expectedValue`, `expectedToInclude`, `expectedToNotInclude` or `expectedToIncludeAtLeastOneOf`.
    #[must_use]
    pub fn detail(&self, name: &str) -> Option<&Value> {
        let mut details = self.reason.details.iter();
        details.find_map(|(field, value)| (*field == name).then_some(value))
    }
}

/// Writes `<id>: <message>`, or only the message if the id is empty. Never writes the claim's value.
impl fmt::Display for ClaimValidationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.id.is_empty() {
            write!(formatter, "{}: ", self.id)?;
        }
        formatter.write_str(self.message())
    }
}

impl std::error::Error for ClaimValidationError {}

impl fmt::Debug for ClaimValidationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The details may contain the claim's value, which is personal data and must not be logged.
        formatter
            .debug_struct("ClaimValidationError")
            .field("id", &self.id)
            .field("kind", &self.reason.kind)
            .finish_non_exhaustive()
    }
}

/// The kind of reason for which a requirement is not met.
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
    /// `value does not exist`: the claim is missing or `null`, or the event has no authorizer claims. For
    /// `authenticated`, the claim may also be an empty string.
    ValueDoesNotExist,
    /// `wrong value`: no interpretation of the claim meets the requirement, or the token (`stt`) is of another type
    /// than the requirements.
    WrongValue,
    /// `expired`: the value was fetched, or the factor completed, longer ago than the maximum age.
    Expired,
    /// `MFA requirement for auth is not satisfied`, or a message that names the missing factors: required
    /// factors are not completed.
    FactorsIncomplete,
    /// `wrong type`: the claim, one of its elements, its time `t` or an object on the way to it has another JSON
    /// type than declared. If a claim must equal a boolean or a single value, this is reported as `wrong
    /// value`, as in the SDK.
    WrongType,
    /// `unreadable value`: the claim's text is not a rendering of any value of the declared type, or the JSON
    /// text of the claims or of this claim cannot be parsed.
    Unreadable,
    /// `ambiguous value`: the claim has several interpretations, and not all of them meet the requirement. This
    /// is mostly text of an HTTP API. A claim that is extracted must have exactly one.
    Ambiguous,
    /// `unknown rendering`: the token in `Authorization` is the one that the authorizer verified, but the
    /// claim's text is not a known rendering of the token's value, or only one of the two has the claim.
    UnknownRendering,
    /// `time unknown`: a maximum age is required, but the value has no time.
    TimeUnknown,
    /// `time in the future`: the time of the value is more than 60 seconds in the future.
    TimeInFuture,
    /// `not as declared`: the claim cannot be deserialized as the type of the `#[claims]` argument, or as the
    /// type passed to [`extract_claims`](crate::extract_claims).
    NotAsDeclared,
    /// `no path parameter`: the claim must equal a path parameter, but the route has no parameter of this
    /// name, or its value is empty or longer than 1,024 bytes.
    NoPathParameter,
    /// `empty requirement`: the requirement is an empty list, or a name in the claim's path is empty. Both are
    /// treated as mistakes.
    EmptyRequirement,
}

impl ReasonKind {
    /// The [message](ClaimValidationError::message) of every reason of this kind.
    ///
    /// ```
    /// use require_claims::ReasonKind;
    ///
    /// assert_eq!(ReasonKind::WrongValue.as_str(), "wrong value");
    /// ```
    ///
    /// The texts are stable. Only [`FactorsIncomplete`](Self::FactorsIncomplete) has several messages. For
    /// it, this function returns `MFA requirement for auth is not satisfied`; the other messages name the
    /// missing factors.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ValueDoesNotExist => "value does not exist",
            Self::WrongValue => "wrong value",
            Self::Expired => "expired",
            Self::FactorsIncomplete => "MFA requirement for auth is not satisfied",
            Self::WrongType => "wrong type",
            Self::Unreadable => "unreadable value",
            Self::Ambiguous => "ambiguous value",
            Self::UnknownRendering => "unknown rendering",
            Self::TimeUnknown => "time unknown",
            Self::TimeInFuture => "time in the future",
            Self::NotAsDeclared => "not as declared",
            Self::NoPathParameter => "no path parameter",
            Self::EmptyRequirement => "empty requirement",
        }
    }
}

/// Writes the text of [`as_str`](ReasonKind::as_str).
impl fmt::Display for ReasonKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A reason: a message and other fields, in the SDK's order.
#[derive(Clone, PartialEq)]
pub(super) struct Reason {
    kind: ReasonKind,
    message: Cow<'static, str>,
    details: Vec<(&'static str, Value)>,
}

impl Reason {
    pub(super) fn new(kind: ReasonKind) -> Self {
        Self {
            kind,
            message: kind.as_str().into(),
            details: Vec::new(),
        }
    }

    /// Replaces the message, for the kind that has several.
    pub(super) fn with_message(mut self, message: String) -> Self {
        self.message = message.into();
        self
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.details.push((name, value.into()));
        self
    }

    pub(super) fn with_optional(mut self, field: Option<(&'static str, Value)>) -> Self {
        self.details.extend(field);
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
    fn serializes_an_error_like_the_sdk() {
        let reason = Reason::new(ReasonKind::WrongValue)
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
    fn debug_does_not_print_the_value() {
        let reason = Reason::new(ReasonKind::WrongValue).with("actualValue", "secret");
        let error = ClaimValidationError::new("plan".to_owned(), reason);
        let debug = format!("{error:?}");
        assert!(
            debug.contains("plan") && debug.contains("WrongValue"),
            "{debug}"
        );
        assert!(!debug.contains("secret"), "{debug}");
    }

    #[test]
    fn displays_the_id_and_the_message_without_the_value() {
        let reason = || Reason::new(ReasonKind::WrongValue).with("actualValue", "secret");
        let error = ClaimValidationError::new("plan".to_owned(), reason());
        assert_eq!(error.to_string(), "plan: wrong value");
        let error = ClaimValidationError::new(String::new(), reason());
        assert_eq!(error.to_string(), "wrong value");
    }

    #[test]
    fn displays_a_kind_as_its_message() {
        assert_eq!(ReasonKind::TimeInFuture.to_string(), "time in the future");
    }
}
