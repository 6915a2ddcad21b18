//! The error for a claim that cannot be extracted.

use std::fmt::{self, Debug, Display};

use crate::decide::{AMBIGUOUS, Cause, Denial};
use crate::value::ReadError;

/// A claim that cannot be extracted as the declared type.
pub(super) struct Error {
    /// The key of the claim, if it is known yet.
    key: Option<String>,
    cause: Cause<'static>,
}

impl Error {
    pub(super) fn new(cause: impl Into<Cause<'static>>) -> Self {
        let cause = cause.into();
        Self { key: None, cause }
    }

    pub(super) fn ambiguous() -> Self {
        Self::new(AMBIGUOUS)
    }

    pub(super) fn unreadable(expected: &'static str) -> Self {
        let actual = None;
        Self::new(ReadError::OtherType { expected, actual })
    }

    /// Adds the key of the claim, if the error has none yet.
    pub(super) fn with_key(mut self, key: &str) -> Self {
        self.key.get_or_insert_with(|| key.to_owned());
        self
    }

    /// Whether the claim's value is uncertain, regardless of the declared type. A default must not replace
    /// such a value.
    pub(super) fn is_fatal(&self) -> bool {
        let is_known = matches!(
            self.cause,
            Cause::NotAsDeclared(_) | Cause::NotRead(ReadError::Missing | ReadError::Null)
        );
        !is_known
    }

    pub(super) fn into_denial(self) -> Denial<'static> {
        Denial::for_key(self.key.unwrap_or_default(), self.cause)
    }
}

/// Does not print the claim's value, which is personal data.
impl Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, formatter)
    }
}

impl Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a claim does not have the declared type")
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(Cause::NotAsDeclared(message.to_string()))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(ReadError::Missing).with_key(field)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        serde::de::Error::custom(error)
    }
}
