//! Why not: the reasons of a denial, in the SDK's JSON.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// What one requirement does not find met in one claim: an entry of the answer's `claimValidationErrors`.
///
/// It is written as `{"id": <claim name>, "reason": {"message": …, …}}`, as
/// [SuperTokens' `verifySession`][sdk] does, which its browser SDKs read. Some of the reason's
/// fields tell the claim's value; `Debug` does not print those.
///
/// [sdk]: https://supertokens.com/docs/additional-verification/session-verification/claim-validation
#[derive(Clone, PartialEq)]
pub struct ClaimValidationError {
    id: String,
    reason: Reason,
}

impl ClaimValidationError {
    pub(crate) fn new(id: &str, reason: Reason) -> Self {
        Self {
            id: id.to_owned(),
            reason,
        }
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

impl Serialize for ClaimValidationError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("reason", &self.reason)?;
        map.end()
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
    /// `value does not exist`: the claim is absent, or the route has no authorizer.
    ValueDoesNotExist,
    /// `wrong value`: the claim says otherwise, in every reading of it.
    WrongValue,
    /// `expired`: the value was fetched, or the factor completed, longer ago than allowed.
    Expired,
    /// `MFA requirement for auth is not satisfied`, and the messages that name missing factors.
    FactorsIncomplete,
    /// `wrong type`: the claim is JSON of another type than its issuer writes, and no other answer of
    /// the SDK's says so: a boolean or one value of another type is a `wrong value`, as there.
    WrongType,
    /// `unreadable value`: the claim's text is no rendering of the claim's declared type.
    Unreadable,
    /// `ambiguous value`: the claim's text has several readings, and not all meet the requirement.
    Ambiguous,
    /// `unknown rendering`: the token in `Authorization` is the one that the authorizer looked at,
    /// and yet the claim's text is no known rendering of what the token says.
    UnknownRendering,
    /// `time unknown`: a maximum age was asked of a value that does not say when it was fetched.
    TimeUnknown,
    /// `time in the future`: the value claims to be fetched more than 60 seconds from now.
    TimeInFuture,
    /// `not as declared`: the claim is not what the handler's `#[claims]` argument declares.
    NotAsDeclared,
    /// `no path parameter`: the claim must be equal to a parameter of the request's path, and the
    /// route has none of this name, or one that is empty or of more than 1,024 bytes.
    NoPathParameter,
    /// `empty requirement`: nothing was required, which is taken for a mistake.
    EmptyRequirement,
}

/// What would make an ambiguous value clear.
#[derive(Clone, Copy)]
pub(crate) struct Remedy {
    /// The token itself, in a header that is looked at.
    pub(crate) token: bool,
    /// That no name of the claim has a blank in it.
    pub(crate) without_blanks: bool,
}

impl Remedy {
    /// The token, where it would help; nothing else would.
    pub(crate) fn token_if(would_help: bool) -> Self {
        Self {
            token: would_help,
            without_blanks: false,
        }
    }

    fn text(self) -> Option<&'static str> {
        match (self.token, self.without_blanks) {
            (false, false) => None,
            (true, false) => Some("send the token in `Authorization`"),
            (false, true) => {
                Some("declare the claim `.without_blanks()` if none of its names can have one")
            }
            (true, true) => Some(
                "send the token in `Authorization`, or declare the claim `.without_blanks()` if none \
                 of its names can have one",
            ),
        }
    }
}

/// A reason: a message, and what else the SDK tells with it, in its order.
#[derive(Clone, PartialEq)]
pub(crate) struct Reason {
    kind: ReasonKind,
    message: Cow<'static, str>,
    details: Vec<(&'static str, Value)>,
}

impl Reason {
    fn plain(kind: ReasonKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            message: message.into(),
            details: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.details.push((name, value.into()));
        self
    }

    pub(crate) fn does_not_exist() -> Self {
        Self::plain(ReasonKind::ValueDoesNotExist, "value does not exist")
    }

    pub(crate) fn wrong_value() -> Self {
        Self::plain(ReasonKind::WrongValue, "wrong value")
    }

    pub(crate) fn factors_incomplete(message: impl Into<Cow<'static, str>>) -> Self {
        Self::plain(ReasonKind::FactorsIncomplete, message)
    }

    pub(crate) fn expired(age_in_seconds: f64, max_age_in_seconds: Value) -> Self {
        Self::plain(ReasonKind::Expired, "expired")
            .with("ageInSeconds", age_in_seconds)
            .with("maxAgeInSeconds", max_age_in_seconds)
    }

    pub(crate) fn wrong_type(expected: &'static str, actual: &'static str) -> Self {
        Self::plain(ReasonKind::WrongType, "wrong type")
            .with("expectedType", expected)
            .with("actualType", actual)
    }

    pub(crate) fn unreadable(expected: &'static str) -> Self {
        Self::plain(ReasonKind::Unreadable, "unreadable value").with("expectedType", expected)
    }

    pub(crate) fn unknown_rendering() -> Self {
        Self::plain(ReasonKind::UnknownRendering, "unknown rendering")
    }

    pub(crate) fn ambiguous() -> Self {
        Self::plain(ReasonKind::Ambiguous, "ambiguous value")
    }

    /// What would make an ambiguous value clear, if something would.
    pub(crate) fn with_remedy(self, remedy: Remedy) -> Self {
        match remedy.text() {
            Some(remedy) => self.with("remedy", remedy),
            None => self,
        }
    }

    pub(crate) fn time_unknown(max_age_in_seconds: Value) -> Self {
        Self::plain(ReasonKind::TimeUnknown, "time unknown")
            .with("maxAgeInSeconds", max_age_in_seconds)
    }

    pub(crate) fn time_in_future(age_in_seconds: f64, max_age_in_seconds: Value) -> Self {
        Self::plain(ReasonKind::TimeInFuture, "time in the future")
            .with("ageInSeconds", age_in_seconds)
            .with("maxAgeInSeconds", max_age_in_seconds)
    }

    pub(crate) fn not_as_declared(problem: String) -> Self {
        Self::plain(ReasonKind::NotAsDeclared, "not as declared").with("problem", problem)
    }

    pub(crate) fn no_path_parameter(name: &str) -> Self {
        Self::plain(ReasonKind::NoPathParameter, "no path parameter").with("pathParameter", name)
    }

    pub(crate) fn empty_requirement() -> Self {
        Self::plain(ReasonKind::EmptyRequirement, "empty requirement")
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
        let reason = Reason::wrong_value()
            .with("expectedValue", true)
            .with("actualValue", false);
        let error = ClaimValidationError::new("st-ev", reason);
        assert_eq!(
            serde_json::to_string(&error).unwrap(),
            r#"{"id":"st-ev","reason":{"message":"wrong value","expectedValue":true,"actualValue":false}}"#
        );
        assert_eq!(error.detail("actualValue"), Some(&Value::Bool(false)));
        assert_eq!(error.detail("expectedToInclude"), None);
    }

    #[test]
    fn debug_does_not_tell_the_value() {
        let reason = Reason::wrong_value().with("actualValue", "secret");
        let error = ClaimValidationError::new("plan", reason);
        let debug = format!("{error:?}");
        assert!(
            debug.contains("plan") && debug.contains("WrongValue"),
            "{debug}"
        );
        assert!(!debug.contains("secret"), "{debug}");
    }
}
