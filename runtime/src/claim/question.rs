//! What every requirement has in common: how a claim is taken up, and how a verdict is answered.

use std::time::Duration;

use serde_json::Value;

use super::age::check_age;
use crate::errors::Errors;
use crate::evidence::Evidence;
use crate::part::{Part, Unread};
use crate::reason::{Reason, Remedy};

/// What all readings of a value say about a requirement together.
#[derive(Clone, Copy)]
pub(super) enum Verdict<'a> {
    /// It is met, in every reading.
    Met,
    /// It is met in no reading.
    Unmet,
    /// It is met in some readings and not in others.
    Ambiguous,
    /// This is not of the type that the claim is declared to have.
    Undeclared(Part<'a>),
}

/// One requirement's question about one claim.
#[derive(Clone, Copy)]
pub(super) struct Question<'e, 'a> {
    pub(super) key: &'static str,
    pub(super) expected_type: &'static str,
    pub(super) evidence: &'e Evidence<'a>,
    pub(super) max_age: Option<Duration>,
}

impl Question<'_, '_> {
    /// The claim as it was read, unless it is absent, unreadable or of the wrong age, in the SDK's
    /// order: before any value is looked at. `absent` is the validator's own form of "value does
    /// not exist".
    pub(super) fn take_up<V>(
        &self,
        read: Result<V, Unread>,
        time: impl FnOnce(&V) -> Option<f64>,
        absent: impl FnOnce() -> Reason,
        errors: &mut Errors,
    ) -> Option<V> {
        let value = match read {
            Ok(value) => value,
            Err(unread) => {
                errors.deny(self.key, || match unread {
                    Unread::Missing | Unread::Null => absent(),
                    other => other.reason(self.expected_type),
                });
                return None;
            }
        };
        match check_age(|| time(&value), self.max_age, &self.evidence.clock) {
            Ok(()) => Some(value),
            Err(wrong_age) => {
                errors.deny(self.key, || wrong_age.reason());
                None
            }
        }
    }

    /// Whether the requirement is met, which only one verdict says. `expect` adds what was
    /// expected; `actual` is the value, where it has one reading; `is_clear_without_blanks` is whether
    /// it had one if no name had a blank in it.
    pub(super) fn answer(
        &self,
        verdict: Verdict<'_>,
        expect: impl FnOnce(Reason) -> Reason,
        actual: impl FnOnce() -> Option<Value>,
        is_clear_without_blanks: impl FnOnce() -> bool,
        errors: &mut Errors,
    ) -> bool {
        let reason = || match verdict {
            Verdict::Undeclared(part) => part.not_of_type(self.expected_type),
            Verdict::Ambiguous => expect(Reason::ambiguous()).with_remedy(Remedy {
                token: self.evidence.token_would_tell,
                without_blanks: is_clear_without_blanks(),
            }),
            Verdict::Met | Verdict::Unmet => {
                let reason = expect(Reason::wrong_value());
                match actual() {
                    Some(actual) => reason.with("actualValue", actual),
                    None => reason,
                }
            }
        };
        matches!(verdict, Verdict::Met) || errors.deny(self.key, reason)
    }
}
