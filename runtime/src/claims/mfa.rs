//! The type of the claim of completed factors, `st-mfa`.

use crate::requirement::Requirement;
use crate::validator::{Factors, Validator};
use crate::value::{Claim, Type};

/// The claim of the completed authentication factors.
///
/// ```
/// use require_claims::{Factors, supertokens::MFA};
///
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// MFA.has_completed_requirements_for_auth().check(event)?;
/// MFA.has_completed_requirement_list(&[
///     Factors::One("emailpassword"),
///     Factors::OneOf(&["totp", "webauthn"]),
/// ])
/// .check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// In the token, the claim is `{"c": {factor: seconds}, "v": boolean}`. `c` contains the time at which each
/// factor was completed, in seconds since 1970. `v` is whether all factors that SuperTokens requires of the
/// user are completed. This type corresponds to the SDK's [`MultiFactorAuthClaim`][sdk].
///
/// [sdk]: https://supertokens.com/docs/additional-verification/mfa/introduction
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a claim does nothing until it is required"]
pub struct MultiFactorAuthClaim(Claim);

impl MultiFactorAuthClaim {
    /// Declares the claim with this key, in SuperTokens' form `{"c": {factor: seconds}, "v": boolean}`.
    pub const fn new(key: &'static str) -> Self {
        Self(Claim::bare(key, Type::Factors))
    }

    /// The declaration of the claim.
    pub(crate) const fn claim(self) -> Claim {
        self.0
    }

    /// Requires all factors that SuperTokens requires of this user to be completed.
    ///
    /// If SuperTokens requires no second factor of the user, the first factor is enough. To require a
    /// specific factor, use
    /// [`has_completed_requirement_list`](Self::has_completed_requirement_list).
    ///
    /// The claim does not contain the time at which this became true, so this requirement is never met with a
    /// maximum age.
    pub const fn has_completed_requirements_for_auth(self) -> Requirement<'static> {
        Requirement::on(self.0, Validator::HasCompletedRequirementsForAuth)
    }

    /// Requires this step to be completed: one factor, one of several, or all of several.
    ///
    /// This is the same as a [list](Self::has_completed_requirement_list) with this step only.
    pub const fn has_completed(self, step: Factors<'_>) -> Requirement<'_> {
        Requirement::on(self.0, Validator::HasCompleted(step))
    }

    /// Requires all of these steps to be completed. The error names the first step that is not completed.
    ///
    /// With a maximum age, only factors completed within that time count. An empty list, or a step with an
    /// empty list, is never met: `empty requirement`.
    pub const fn has_completed_requirement_list<'a>(
        self,
        steps: &'a [Factors<'a>],
    ) -> Requirement<'a> {
        Requirement::on(self.0, Validator::HasCompletedList(steps))
    }
}
