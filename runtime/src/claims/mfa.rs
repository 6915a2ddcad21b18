//! The claim of the second factors, `st-mfa`.

use crate::requirement::Requirement;
use crate::validator::{Factors, Validator};
use crate::value::{Claim, Envelope, Type};

/// The claim of the completed factors, `{"c": {factor: seconds}, "v": boolean}` in the token.
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
/// The counterpart of the SDK's [`MultiFactorAuthClaim`][sdk].
///
/// [sdk]: https://supertokens.com/docs/additional-verification/mfa/introduction
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MultiFactorAuthClaim {
    key: &'static str,
}

impl MultiFactorAuthClaim {
    /// The claim of this key, in SuperTokens' form `{"c": {factor: seconds}, "v": boolean}`.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key }
    }

    /// The claim's declaration.
    pub(crate) const fn claim(self) -> Claim {
        Claim::new(self.key, Envelope::Bare, Type::Factors)
    }

    /// Requires that every factor which SuperTokens requires of this user is completed.
    ///
    /// If SuperTokens requires no second factor of a user, the first factor is enough. To require a
    /// certain factor, use
    /// [`has_completed_requirement_list`](Self::has_completed_requirement_list).
    ///
    /// The claim does not say when this became true, so a requirement with a maximum age is never met.
    #[must_use]
    pub const fn has_completed_requirements_for_auth(self) -> Requirement<'static> {
        self.requires(Validator::HasCompletedRequirementsForAuth)
    }

    /// Requires this step: one factor, or one of several.
    ///
    /// The same as a [list](Self::has_completed_requirement_list) of only this step.
    #[must_use]
    pub const fn has_completed(self, step: Factors<'_>) -> Requirement<'_> {
        self.requires(Validator::HasCompleted(step))
    }

    /// Requires every one of these steps. The error names the first step that is not completed.
    ///
    /// With a maximum age, only factors completed within that time count.
    #[must_use]
    pub const fn has_completed_requirement_list<'a>(
        self,
        steps: &'a [Factors<'a>],
    ) -> Requirement<'a> {
        self.requires(Validator::HasCompletedList(steps))
    }

    const fn requires(self, validator: Validator<'_>) -> Requirement<'_> {
        Requirement::on(self.claim(), validator)
    }
}
