//! Claims that are true or false.

use std::time::Duration;

use serde_json::Value;

use super::fetched::{Fetched, Form};
use super::question::{Question, Verdict};
use super::supertokens::AnyClaim;
use crate::errors::Errors;
use crate::evidence::Evidence;
use crate::part::{Part, type_name};
use crate::reason::Reason;
use crate::requirement::{Requirement, Rule};
use crate::written::{Asked, Written};

/// A claim that is true or false, `{"v": boolean, "t": milliseconds}` in the token.
///
/// ```
/// use require_claims::BooleanClaim;
///
/// /// Set by the second factor of an older guide.
/// const TWO_FACTOR_COMPLETED: BooleanClaim = BooleanClaim::new("2fa-completed");
///
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// TWO_FACTOR_COMPLETED.is_true().check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The counterpart of the SDK's [`BooleanClaim`][sdk]. Only the JSON values `true` and `false` are
/// booleans; `"true"` and `1` are wrong values.
///
/// [sdk]: https://supertokens.com/docs/additional-verification/session-verification/claim-validation
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BooleanClaim {
    key: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct BooleanRule {
    claim: BooleanClaim,
    expected: bool,
}

impl BooleanClaim {
    /// The claim of this key, in SuperTokens' form `{"v": boolean, "t": milliseconds}`.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key }
    }

    /// The name that the claim has in the token.
    pub(crate) const fn key(self) -> &'static str {
        self.key
    }

    /// Requires that the claim is there and true.
    #[must_use]
    pub const fn is_true(self) -> Requirement<'static> {
        self.has_value(true)
    }

    /// Requires that the claim is there and false; a missing claim is not false.
    #[must_use]
    pub const fn is_false(self) -> Requirement<'static> {
        self.has_value(false)
    }

    /// Requires that the claim is there and has this value.
    #[must_use]
    pub const fn has_value(self, expected: bool) -> Requirement<'static> {
        Requirement::new(Rule::Boolean(BooleanRule {
            claim: self,
            expected,
        }))
    }
}

impl BooleanRule {
    pub(crate) fn decide(
        self,
        evidence: &Evidence<'_>,
        max_age: Option<Duration>,
        errors: &mut Errors,
    ) -> bool {
        let question = Question {
            key: self.claim.key,
            expected_type: type_name::BOOLEAN,
            evidence,
            max_age,
        };
        let expect = |reason: Reason| reason.with("expectedValue", self.expected);
        let read = Form::Dated.read(evidence.claims.get(question.key));
        let absent = || expect(Reason::does_not_exist());
        let Some(Fetched { v, .. }) = question.take_up(read, Fetched::time, absent, errors) else {
            return false;
        };
        let actual = v.boolean();
        let verdict = match (actual, v) {
            (Some(actual), _) if actual == self.expected => Verdict::Met,
            (None, Part::Text(_)) => Verdict::Undeclared(v),
            // As in the SDK, an exact value of another type is a wrong value.
            _ => Verdict::Unmet,
        };
        let actual = || actual.map(Value::Bool).or_else(|| v.to_value());
        question.answer(verdict, expect, actual, || false, errors)
    }

    /// The rule as the attribute writes it.
    pub(crate) fn written(self) -> Written<'static> {
        let word = AnyClaim::Boolean(self.claim).word();
        let value = if self.expected {
            Asked::Nothing
        } else {
            Asked::Boolean(false)
        };
        Written::Claim(word, value)
    }
}
