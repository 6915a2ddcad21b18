//! The type of boolean claims.

use crate::requirement::Requirement;
use crate::validator::Validator;
use crate::value::{Claim, Path, Type};

/// A boolean claim.
///
/// ```
/// use require_claims::BooleanClaim;
///
/// const TWO_FACTOR_COMPLETED: BooleanClaim = BooleanClaim::new("2fa-completed");
/// /// A bare value, as other issuers write it.
/// const EMAIL_VERIFIED: BooleanClaim = BooleanClaim::bare("email_verified");
///
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// TWO_FACTOR_COMPLETED.is_true().check(event)?;
/// EMAIL_VERIFIED.is_true().check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// In the token, the claim is `{"v": boolean, "t": milliseconds}`. `t` is the time at which it was fetched,
/// since 1970. A [`bare`](Self::bare) claim is the boolean itself. This type corresponds to the SDK's
/// [`BooleanClaim`][sdk].
///
/// Only the JSON values `true` and `false` are booleans; `"true"` and `1` are reported as `wrong value`. The
/// text `true` of an HTTP API, a Cognito authorizer or a Lambda authorizer is read as the boolean.
///
/// [sdk]: https://supertokens.com/docs/additional-verification/session-verification/claim-validation
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a claim does nothing until it is required"]
pub struct BooleanClaim(Claim);

impl BooleanClaim {
    /// Declares the claim with this key, in SuperTokens' form `{"v": boolean, "t": milliseconds}`.
    pub const fn new(key: &'static str) -> Self {
        Self(Claim::timestamped(key, Type::Boolean))
    }

    /// Declares the claim with this key whose value is the boolean itself, as other issuers write it.
    ///
    /// ```
    /// use require_claims::BooleanClaim;
    ///
    /// /// `"email_verified": true`, a claim of OpenID Connect.
    /// const EMAIL_VERIFIED: BooleanClaim = BooleanClaim::bare("email_verified");
    /// ```
    ///
    /// The claim has no time, so a requirement with a maximum age is never met.
    pub const fn bare(key: &'static str) -> Self {
        Self(Claim::bare(key, Type::Boolean))
    }

    /// Declares a bare boolean within objects, at this path of names.
    ///
    /// ```
    /// use require_claims::BooleanClaim;
    ///
    /// /// `"profile": {"verified": true}`
    /// const VERIFIED: BooleanClaim = BooleanClaim::at(&["profile", "verified"]);
    /// ```
    ///
    /// The rules are those of [`PrimitiveArrayClaim::at`](crate::PrimitiveArrayClaim::at).
    pub const fn at<const N: usize>(path: &'static [&'static str; N]) -> Self
    where
        [&'static str; N]: Path,
    {
        Self(Claim::at(path, Type::Boolean))
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
        Requirement::on(self.0, Validator::IsBoolean(expected))
    }

    /// The declaration of the claim.
    pub(crate) const fn claim(self) -> Claim {
        self.0
    }
}
