//! Why claims are not of the type that the handler declares.

use std::fmt::{self, Debug, Display};

use crate::decide::{AMBIGUOUS, Denial, Why};
use crate::value::Unread;

/// One claim that cannot be read as declared.
pub(super) struct Error {
    /// Its key, once that is known.
    key: Option<String>,
    why: Why<'static>,
}

impl Error {
    pub(super) fn new(why: impl Into<Why<'static>>) -> Self {
        let why = why.into();
        Self { key: None, why }
    }

    pub(super) fn ambiguous() -> Self {
        Self::new(AMBIGUOUS)
    }

    pub(super) fn unreadable(expected: &'static str) -> Self {
        Self::new(Why::Unreadable(expected))
    }

    /// The same, of the claim of this key, if it is of none yet.
    pub(super) fn of(mut self, key: &str) -> Self {
        self.key.get_or_insert_with(|| key.to_owned());
        self
    }

    /// Whether the claim's value is uncertain, independent of the declared type.
    pub(super) fn is_doubt(&self) -> bool {
        let is_known = matches!(
            self.why,
            Why::NotAsDeclared(_) | Why::Unread(Unread::Missing | Unread::Null)
        );
        !is_known
    }

    pub(super) fn into_denial(self) -> Denial<'static> {
        Denial::of(self.key.unwrap_or_default(), self.why)
    }
}

/// Without the claim's value, which is personal data.
impl Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, formatter)
    }
}

impl Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a claim is not as declared")
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(Why::NotAsDeclared(message.to_string()))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(Unread::Missing).of(field)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        serde::de::Error::custom(error)
    }
}
