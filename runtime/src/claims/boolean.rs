//! Claims that are true or false.

use crate::requirement::Requirement;
use crate::validator::Validator;
use crate::value::{Claim, Envelope, Type};

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

impl BooleanClaim {
    /// The claim of this key, in SuperTokens' form `{"v": boolean, "t": milliseconds}`.
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
        let claim = Claim::new(self.key, Envelope::Timestamped, Type::Boolean);
        Requirement::on(claim, Validator::IsBoolean(expected))
    }
}
