//! Claims that are a list of names.

use crate::requirement::Requirement;
use crate::validator::Validator;
use crate::value::{Claim, Envelope, Spaces, Type};

/// A claim that is a list of names, `{"v": [string], "t": milliseconds}` in the token.
///
/// ```
/// use require_claims::{PrimitiveArrayClaim, supertokens::ROLE};
///
/// const TEAMS: PrimitiveArrayClaim = PrimitiveArrayClaim::new("teams");
/// /// A claim of another issuer, whose value is the array itself.
/// const GROUPS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("groups");
///
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// ROLE.includes("admin").check(event)?;
/// TEAMS.includes_any(&["billing", "support"]).check(event)?;
/// GROUPS.excludes("suspended").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The counterpart of the SDK's [`PrimitiveArrayClaim`][sdk]. Names are compared whole and byte for
/// byte. In the text of an HTTP API, `["foo admin"]` and `["foo", "admin"]` look the same. A
/// requirement is met only if every interpretation of the text meets it. If only some do, it is denied
/// as `ambiguous value`.
///
/// [sdk]: https://supertokens.com/docs/additional-verification/session-verification/claim-validation
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrimitiveArrayClaim {
    claim: Claim,
}

impl PrimitiveArrayClaim {
    /// The claim of this key, in SuperTokens' form `{"v": [string], "t": milliseconds}`.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self::of(key, Envelope::Timestamped, Type::List(Spaces::Allowed))
    }

    /// The claim of this key whose value is the array itself, as other issuers write it.
    ///
    /// It has no time, so a requirement with a maximum age is never met. The Cognito authorizer of a
    /// REST API joins the names with commas ([its developer guide, issue 158][joined]). A name can
    /// contain a comma, too, so the text `admin,user` only proves which names are not in the list. The
    /// text `admin` is exact.
    ///
    /// [joined]: https://github.com/awsdocs/amazon-api-gateway-developer-guide/issues/158
    #[must_use]
    pub const fn bare(key: &'static str) -> Self {
        Self::of(key, Envelope::Bare, Type::List(Spaces::Allowed))
    }

    pub(super) const fn audience() -> Self {
        Self::of("aud", Envelope::Bare, Type::Audience)
    }

    pub(super) const fn scope() -> Self {
        Self::of("scope", Envelope::Bare, Type::Scope)
    }

    const fn of(key: &'static str, envelope: Envelope, ty: Type) -> Self {
        let claim = Claim::new(key, envelope, ty);
        Self { claim }
    }

    /// The claim's declaration.
    pub(crate) const fn claim(self) -> Claim {
        self.claim
    }

    /// Declares that no name in this claim contains a space (U+0020).
    ///
    /// ```
    /// use require_claims::{PrimitiveArrayClaim, supertokens};
    ///
    /// const ROLE: PrimitiveArrayClaim = supertokens::ROLE.without_spaces();
    /// ```
    ///
    /// Without a token, the text `[foo admin]` is then read as two names. Use this only if nobody can
    /// create a name with a space: otherwise the role `foo admin` counts as `admin`.
    #[must_use]
    pub const fn without_spaces(mut self) -> Self {
        if let Type::List(_) = self.claim.ty {
            self.claim.ty = Type::List(Spaces::Never);
        }
        self
    }

    /// Requires that the list has this name.
    #[must_use]
    pub const fn includes(self, name: &str) -> Requirement<'_> {
        self.requires(Validator::Includes(name))
    }

    /// Requires that the claim is there and does not have this name; a missing claim fails.
    #[must_use]
    pub const fn excludes(self, name: &str) -> Requirement<'_> {
        self.requires(Validator::Excludes(name))
    }

    /// Requires that the list has each of these names.
    #[must_use]
    pub const fn includes_all<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.requires(Validator::IncludesAll(names))
    }

    /// Requires that the list has at least one of these names.
    #[must_use]
    pub const fn includes_any<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.requires(Validator::IncludesAny(names))
    }

    /// Requires that the claim is there and has none of these names; a missing claim fails.
    #[must_use]
    pub const fn excludes_all<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.requires(Validator::ExcludesAll(names))
    }

    /// Requires that the list has the value that the request's path has for this parameter.
    ///
    /// ```
    /// use require_claims::PrimitiveArrayClaim;
    ///
    /// const TEAMS: PrimitiveArrayClaim = PrimitiveArrayClaim::new("teams");
    ///
    /// // On a route such as `GET /teams/{team_id}`.
    /// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
    /// TEAMS.includes_path_parameter("team_id").check(event)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The parameter is that of `lambda_http`'s `path_parameters()`. A route without it denies, and
    /// so does an empty one and one of more than 1,024 bytes.
    #[must_use]
    pub const fn includes_path_parameter(self, name: &str) -> Requirement<'_> {
        self.requires(Validator::IsPathParameter(name))
    }

    const fn requires(self, validator: Validator<'_>) -> Requirement<'_> {
        Requirement::on(self.claim, validator)
    }
}
