//! The type of boolean claims.

use crate::requirement::Requirement;
use crate::validator::Validator;
use crate::value::{Claim, Envelope, Type};

/// A boolean claim.
///
/// ```
/// use require_claims::BooleanClaim;
///
/// const TWO_FACTOR_COMPLETED: BooleanClaim = BooleanClaim::new("2fa-completed");
///
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// TWO_FACTOR_COMPLETED.is_true().check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// In the token, the claim is `{"v": boolean, "t": milliseconds}`. `t` is the time at which it was fetched,
/// since 1970. This type corresponds to the SDK's [`BooleanClaim`][sdk].
///
/// Only the JSON values `true` and `false` are booleans; `"true"` and `1` are reported as `wrong value`.
///
/// [sdk]: https://supertokens.com/docs/additional-verification/session-verification/claim-validation
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a claim does nothing until it is required"]
pub struct BooleanClaim {
    key: &'static str,
}

impl BooleanClaim {
    /// Declares the claim with this key, in SuperTokens' form `{"v": boolean, "t": milliseconds}`.
    pub const fn new(key: &'static str) -> Self {
        Self { key }
    }

    /// Requires the claim to be true.
    pub const fn is_true(self) -> Requirement<'static> {
        self.has_value(true)
    }

    /// Requires the claim to be false. A missing claim is denied.
    pub const fn is_false(self) -> Requirement<'static> {
        self.has_value(false)
    }

    /// Requires the claim to have this value. A missing claim is denied.
    pub const fn has_value(self, expected: bool) -> Requirement<'static> {
        let claim = Claim::new(self.key, Envelope::Timestamped, Type::Boolean);
        Requirement::on(claim, Validator::IsBoolean(expected))
    }
}
