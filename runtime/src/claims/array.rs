//! The type of claims that are lists of names.

use crate::requirement::Requirement;
use crate::validator::Validator;
use crate::value::{Claim, Envelope, Spaces, Type};

/// A claim that is a list of names, such as roles.
///
/// ```
/// use require_claims::{PrimitiveArrayClaim, supertokens::ROLE};
///
/// const TEAMS: PrimitiveArrayClaim = PrimitiveArrayClaim::new("teams");
/// /// A bare array, as other issuers write it.
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
/// In the token, the claim is `{"v": [string], "t": milliseconds}`. `t` is the time at which it was fetched,
/// since 1970. A [`bare`](Self::bare) claim is the array itself. This type corresponds to the SDK's
/// [`PrimitiveArrayClaim`][sdk].
///
/// Whole names are compared, byte for byte. An element that is not a string makes every requirement fail:
/// `wrong type`.
///
/// In the text of an HTTP API, `["foo admin"]` and `["foo", "admin"]` look the same. A requirement is met
/// only if every interpretation of the text meets it. If only some do, it is denied as `ambiguous value`.
///
/// [sdk]: https://supertokens.com/docs/additional-verification/session-verification/claim-validation
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a claim does nothing until it is required"]
pub struct PrimitiveArrayClaim {
    claim: Claim,
}

impl PrimitiveArrayClaim {
    /// Declares the claim with this key, in SuperTokens' form `{"v": [string], "t": milliseconds}`.
    pub const fn new(key: &'static str) -> Self {
        Self::of(key, Envelope::Timestamped, Type::List(Spaces::Allowed))
    }

    /// Declares the claim with this key whose value is the array itself, as other issuers write it.
    ///
    /// The claim has no time, so a requirement with a maximum age is never met.
    ///
    /// The Cognito authorizer of a REST API joins the names with commas ([developer guide, issue
    /// 158][joined]). A name can contain a comma, too, so the text `admin,user` only proves which names are
    /// not in the list. The text `admin` is exact.
    ///
    /// [joined]: https://github.com/awsdocs/amazon-api-gateway-developer-guide/issues/158
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

    /// The declaration of the claim.
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
    /// If the token is not in `Authorization`, the text `[foo admin]` is then read as two names.
    ///
    /// Use this only if the issuer cannot create a name with a space. Otherwise, a user with the role
    /// `foo admin` is treated as having the role `admin`.
    pub const fn without_spaces(mut self) -> Self {
        if let Type::List(_) = self.claim.ty {
            self.claim.ty = Type::List(Spaces::Never);
        }
        self
    }

    /// Requires the list to contain this name.
    pub const fn includes(self, name: &str) -> Requirement<'_> {
        self.requires(Validator::Includes(name))
    }

    /// Requires the list not to contain this name. A missing claim is denied.
    pub const fn excludes(self, name: &str) -> Requirement<'_> {
        self.requires(Validator::Excludes(name))
    }

    /// Requires the list to contain all of these names. An empty slice is never met: `empty requirement`.
    pub const fn includes_all<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.requires(Validator::IncludesAll(names))
    }

    /// Requires the list to contain at least one of these names. An empty slice is never met: `empty
    /// requirement`.
    pub const fn includes_any<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.requires(Validator::IncludesAny(names))
    }

    /// Requires the list to contain none of these names. A missing claim is denied. An empty slice is never
    /// met: `empty requirement`.
    pub const fn excludes_all<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.requires(Validator::ExcludesAll(names))
    }

    /// Requires the list to contain the value of this path parameter.
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
    /// Path parameters are those of `lambda_http`'s `path_parameters()`. If the route has no parameter of this
    /// name, or its value is empty or longer than 1,024 bytes, the request is denied: `no path parameter`.
    pub const fn includes_path_parameter(self, name: &str) -> Requirement<'_> {
        self.requires(Validator::IsPathParameter(name))
    }

    const fn requires(self, validator: Validator<'_>) -> Requirement<'_> {
        Requirement::on(self.claim, validator)
    }
}
