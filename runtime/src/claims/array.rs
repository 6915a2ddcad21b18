//! The type of claims that are lists of names.

use crate::requirement::Requirement;
use crate::validator::Validator;
use crate::value::{Claim, Form, Names, Path, Type};

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
/// # How the list is written
///
/// | in the token | declared as |
/// |---|---|
/// | `"role": {"v": ["admin"], "t": 1700000000000}` | [`new("role")`](Self::new) |
/// | `"role": ["admin"]` | [`bare("role")`](Self::bare) |
/// | `"realm_access": {"roles": ["admin"]}` | [`at(&["realm_access", "roles"])`](Self::at) |
/// | `"role": "admin"` or `"role": ["admin", "user"]` | `bare("role")`[`.one_or_many()`](Self::one_or_many) |
/// | `"roles": "admin,user"` | `bare("roles")`[`.separated(',')`](Self::separated) |
/// | `"roles": {"admin": {…}}` | `bare("roles")`[`.keys()`](Self::keys) |
/// | `"roles": "[\"admin\"]"` | `bare("roles")`[`.in_json_text()`](Self::in_json_text) |
///
/// Declare each claim once. With two declarations, a text could meet a requirement by a type that the claim
/// does not have: `any(STRING.has_none_of(&["suspended"]), ARRAY.excludes("suspended"))` allows the text
/// `[suspended]`, because the string `[suspended]` is not `suspended`.
///
/// [sdk]: https://supertokens.com/docs/additional-verification/session-verification/claim-validation
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a claim does nothing until it is required"]
pub struct PrimitiveArrayClaim(Claim);

/// The type of a list unless it is declared otherwise.
const ARRAY: Type = Type::List(Names::written_as(Form::Array));

impl PrimitiveArrayClaim {
    /// Declares the claim with this key, in SuperTokens' form `{"v": [string], "t": milliseconds}`.
    pub const fn new(key: &'static str) -> Self {
        Self(Claim::timestamped(key, ARRAY))
    }

    /// Declares the claim with this key whose value is the array itself, as other issuers write it.
    ///
    /// The claim has no time, so a requirement with a maximum age is never met.
    ///
    /// The Cognito authorizer of a REST API joins the names with commas ([developer guide, issue
    /// 158][joined]). A name can contain a comma, too, so the text `admin,user` only proves which names are
    /// not in the list. If no name can contain one, add [`without_commas`](Self::without_commas). The text
    /// `admin` is exact.
    ///
    /// [joined]: https://github.com/awsdocs/amazon-api-gateway-developer-guide/issues/158
    pub const fn bare(key: &'static str) -> Self {
        Self(Claim::bare(key, ARRAY))
    }

    /// Declares a bare array within objects, at this path of names.
    ///
    /// ```
    /// use require_claims::PrimitiveArrayClaim;
    ///
    /// /// `"realm_access": {"roles": ["admin"]}`, as Keycloak writes it.
    /// const REALM_ROLE: PrimitiveArrayClaim = PrimitiveArrayClaim::at(&["realm_access", "roles"]);
    ///
    /// let event = lambda_http::Request::default();
    /// let rejection = REALM_ROLE.includes("admin").check(&event).unwrap_err();
    /// assert_eq!(rejection.errors()[0].id(), "realm_access.roles");
    /// ```
    ///
    /// The path has one to eight names; `at(&[])` does not compile. An empty name is never met: `empty
    /// requirement`. Each value on the path is an object, or a string that contains the JSON text of one.
    /// Anything else is denied as `wrong type`.
    ///
    /// The objects may have any other members. In the text of an HTTP API, these could look like part of the
    /// value, so only a single member without spaces and colons is clear: `map[roles:[admin]]`. Other text is
    /// denied as `ambiguous value`. Then send the token in `Authorization`, or use a REST API.
    pub const fn at<const N: usize>(path: &'static [&'static str; N]) -> Self
    where
        [&'static str; N]: Path,
    {
        Self(Claim::at(path, ARRAY))
    }

    pub(super) const fn scope() -> Self {
        Self::bare("scope").written_as(Form::Scope)
    }

    /// The declaration of the claim.
    pub(crate) const fn claim(self) -> Claim {
        self.0
    }

    /// Declares that a single name may be the string itself.
    ///
    /// ```
    /// use require_claims::PrimitiveArrayClaim;
    ///
    /// /// `"role": "Administrator"` or `"role": ["Administrator", "User"]`, as ASP.NET writes it.
    /// const ROLE: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("role").one_or_many();
    /// ```
    ///
    /// In the text of an HTTP API, the string `[a]` and the array `["a"]` look the same, so text in brackets
    /// is `ambiguous value`.
    ///
    /// Of `one_or_many`, [`separated`](Self::separated) and [`keys`](Self::keys), the last one counts.
    pub const fn one_or_many(self) -> Self {
        self.written_as(Form::OneOrMany)
    }

    /// Declares that the names are in one string, with this character between them.
    ///
    /// ```
    /// use require_claims::PrimitiveArrayClaim;
    ///
    /// /// `"roles": "admin,user"`
    /// const ROLES: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("roles").separated(',');
    /// /// `"groups": "admin viewer"`
    /// const GROUPS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("groups").separated(' ');
    /// ```
    ///
    /// A single name is a string, too. An array is `wrong type`.
    ///
    /// White space around a name may belong to it or not, so in `admin, user` the name `user` is `ambiguous
    /// value`. So is a required name that is empty, contains the separator or has white space around it.
    pub const fn separated(self, separator: char) -> Self {
        self.written_as(Form::Separated(separator))
    }

    /// Declares that the names are the keys of an object.
    ///
    /// ```
    /// use require_claims::PrimitiveArrayClaim;
    ///
    /// /// `"urn:zitadel:iam:org:project:roles": {"admin": {…}, "user": {…}}`, as Zitadel writes it.
    /// const PROJECT_ROLE: PrimitiveArrayClaim =
    ///     PrimitiveArrayClaim::bare("urn:zitadel:iam:org:project:roles").keys();
    /// ```
    ///
    /// The members may have any values, `null` included. In the text of an HTTP API, the same rules apply as
    /// to [`at`](Self::at).
    pub const fn keys(self) -> Self {
        self.written_as(Form::Keys)
    }

    /// Declares that the list is JSON text in a string.
    ///
    /// ```
    /// use require_claims::PrimitiveArrayClaim;
    ///
    /// /// `"adminOfCompanies": "[\"c1\",\"c2\"]"`, as a Cognito trigger writes it.
    /// const ADMIN_OF: PrimitiveArrayClaim =
    ///     PrimitiveArrayClaim::bare("adminOfCompanies").in_json_text();
    /// ```
    ///
    /// Every authorizer passes a string unchanged, so the list is exact without the token. A value that is
    /// not a string is `wrong type`, and text that is not JSON `unreadable value`.
    ///
    /// Strings that lead to a value [`at`](Self::at) a path need no declaration.
    pub const fn in_json_text(mut self) -> Self {
        self.0.is_json_text = true;
        self
    }

    const fn written_as(mut self, form: Form) -> Self {
        if let Type::List(names) = &mut self.0.ty {
            names.form = form;
        }
        self
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
        if let Type::List(names) = &mut self.0.ty {
            names.without_spaces = true;
        }
        self
    }

    /// Declares that no name in this claim contains a comma.
    ///
    /// ```
    /// use require_claims::PrimitiveArrayClaim;
    ///
    /// const GROUPS: PrimitiveArrayClaim =
    ///     PrimitiveArrayClaim::bare("cognito:groups").without_commas();
    /// ```
    ///
    /// The Cognito authorizer of a REST API joins the names of an array with commas. The text `admin,user` is
    /// then read as two names.
    ///
    /// Use this only if the issuer cannot create a name with a comma. Otherwise, a user in the group
    /// `foo,admin` is treated as being in the group `admin`.
    pub const fn without_commas(mut self) -> Self {
        if let Type::List(names) = &mut self.0.ty {
            names.without_commas = true;
        }
        self
    }

    /// Requires the list to contain this name.
    pub const fn includes(self, name: &str) -> Requirement<'_> {
        Requirement::on(self.0, Validator::Includes(name))
    }

    /// Requires the list not to contain this name. A missing claim is denied.
    pub const fn excludes(self, name: &str) -> Requirement<'_> {
        Requirement::on(self.0, Validator::Excludes(name))
    }

    /// Requires the list to contain all of these names. An empty slice is never met: `empty requirement`.
    pub const fn includes_all<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        Requirement::on(self.0, Validator::IncludesAll(names))
    }

    /// Requires the list to contain at least one of these names. An empty slice is never met: `empty
    /// requirement`.
    pub const fn includes_any<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        Requirement::on(self.0, Validator::IncludesAny(names))
    }

    /// Requires the list to contain none of these names. A missing claim is denied. An empty slice is never
    /// met: `empty requirement`.
    pub const fn excludes_all<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        Requirement::on(self.0, Validator::ExcludesAll(names))
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
        Requirement::on(self.0, Validator::IsPathParameter(name))
    }
}
