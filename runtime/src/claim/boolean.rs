//! Claims that are true or false.

use std::time::Duration;

use serde_json::Value;

use super::{Case, Form, Part, age::check_age};
use crate::reason::{Errors, Reason};
use crate::requirement::{Requirement, Rule};
use crate::text;

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

const EXPECTED_TYPE: &str = "boolean";

impl BooleanClaim {
    /// The claim of this name.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key }
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
        case: &Case<'_>,
        max_age: Option<Duration>,
        errors: &mut Errors,
    ) -> bool {
        let (id, expected) = (self.claim.key, self.expected);
        let fetched = match Form::Dated.read(case.claims.get(id)) {
            Ok(fetched) => fetched,
            Err(unread) => {
                let absent = || Reason::does_not_exist().with("expectedValue", expected);
                return errors.deny(id, || unread.reason(EXPECTED_TYPE, absent));
            }
        };
        if let Err(wrong_age) = check_age(|| fetched.time(), max_age, case.clock) {
            return errors.deny(id, || wrong_age.reason());
        }
        match (boolean(fetched.v), fetched.v) {
            (Some(actual), _) if actual == expected => true,
            (None, Part::Text(_)) => errors.deny(id, || Reason::unreadable(EXPECTED_TYPE)),
            (actual, part) => errors.deny(id, || {
                let actual = actual.map(Value::Bool).or_else(|| part.to_value());
                Reason::wrong_value()
                    .with("expectedValue", expected)
                    .with("actualValue", actual.unwrap_or_default())
            }),
        }
    }
}

fn boolean(part: Part<'_>) -> Option<bool> {
    match part {
        Part::Json(value) => value.as_bool(),
        Part::JsonText(text) | Part::Text(text) => text::boolean(text),
    }
}
