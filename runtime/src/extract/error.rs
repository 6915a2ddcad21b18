//! Why claims are not of the type that the handler declares.

use std::fmt::{self, Display};

use crate::errors::Errors;
use crate::evidence::Evidence;
use crate::part::{Unread, type_name};
use crate::reason::{Reason, Remedy};

/// One claim that cannot be read as declared.
#[derive(Clone, Debug)]
pub(super) struct Error {
    /// Its key, once that is known.
    key: Option<String>,
    problem: Problem,
}

#[derive(Clone, Debug)]
enum Problem {
    Unread(Unread),
    /// The text has several readings, or its type is not declared.
    Ambiguous,
    /// It is no text of this type.
    Unreadable(&'static str),
    /// It is no JSON, or JSON with two answers, in the words of whoever parses it.
    NoJson(String),
    /// In the words of whoever deserializes. They may tell the value, so they belong to no log.
    NotAsDeclared(String),
}

impl Error {
    fn new(problem: Problem) -> Self {
        Self { key: None, problem }
    }

    pub(super) fn ambiguous() -> Self {
        Self::new(Problem::Ambiguous)
    }

    pub(super) fn unreadable(expected: &'static str) -> Self {
        Self::new(Problem::Unreadable(expected))
    }

    /// Of a text that cannot be parsed, whatever is declared.
    pub(super) fn no_json(error: &serde_json::Error) -> Self {
        Self::new(Problem::NoJson(error.to_string()))
    }

    pub(super) fn unread(unread: Unread) -> Self {
        Self::new(Problem::Unread(unread))
    }

    /// The same, of the claim of this key, if it is of none yet.
    pub(super) fn of(mut self, key: &str) -> Self {
        self.key.get_or_insert_with(|| key.to_owned());
        self
    }

    /// Whether nobody can say what the claim is, whatever the type that is declared would take.
    pub(super) fn is_doubt(&self) -> bool {
        match self.problem {
            Problem::Unread(unread) => matches!(unread, Unread::Differs | Unread::Unreadable),
            Problem::Ambiguous | Problem::Unreadable(_) | Problem::NoJson(_) => true,
            Problem::NotAsDeclared(_) => false,
        }
    }

    /// Records it as the error of a request that is denied.
    pub(super) fn report(self, evidence: &Evidence<'_>, errors: &mut Errors) {
        let key = self.key.unwrap_or_default();
        errors.deny(&key, || match self.problem {
            Problem::Unread(unread) => unread.reason(type_name::JSON),
            Problem::Ambiguous => {
                Reason::ambiguous().with_remedy(Remedy::token_if(evidence.token_would_tell))
            }
            Problem::Unreadable(expected) => Reason::unreadable(expected),
            Problem::NoJson(problem) | Problem::NotAsDeclared(problem) => {
                Reason::not_as_declared(problem)
            }
        });
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a claim is not as declared")
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(Problem::NotAsDeclared(message.to_string()))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::unread(Unread::Missing).of(field)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::new(Problem::NotAsDeclared(error.to_string()))
    }
}
