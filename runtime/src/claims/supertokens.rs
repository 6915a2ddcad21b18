//! The claims that SuperTokens writes into an access token.
//!
//! ```
//! use require_claims::supertokens::{EMAIL_VERIFIED, MFA, ROLE};
//! use std::time::Duration;
//!
//! # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
//! EMAIL_VERIFIED.is_true().check(event)?;
//! ROLE.includes("admin").max_age(Duration::from_secs(300)).check(event)?;
//! MFA.has_completed_requirements_for_auth().check(event)?;
//! # Ok(())
//! # }
//! ```
//!
//! The keys and forms of these claims are those of the npm package `supertokens-node` 24. `SUBJECT`, `ISSUER`
//! and `AUDIENCE` are registered claims of JWTs ([RFC 7519]).
//!
//! [RFC 7519]: https://www.rfc-editor.org/rfc/rfc7519#section-4.1

use super::{BooleanClaim, MultiFactorAuthClaim, PrimitiveArrayClaim, PrimitiveClaim};
use crate::requirement::{Requirement, all};

/// `st-ev`: whether the user's email address is verified.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::supertokens::EMAIL_VERIFIED.is_true().check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// SuperTokens counts a user without an email address as verified.
pub const EMAIL_VERIFIED: BooleanClaim = BooleanClaim::new("st-ev");

/// `st-role`: the user's roles.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::supertokens::ROLE.includes("admin").check(event)?;
/// # Ok(())
/// # }
/// ```
pub const ROLE: PrimitiveArrayClaim = PrimitiveArrayClaim::new("st-role");

/// `st-perm`: the permissions of the user's roles.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::supertokens::PERMISSION.includes("orders:write").check(event)?;
/// # Ok(())
/// # }
/// ```
pub const PERMISSION: PrimitiveArrayClaim = PrimitiveArrayClaim::new("st-perm");

/// `st-mfa`: the factors completed in the session, and whether all required factors are completed.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::supertokens::MFA.has_completed_requirements_for_auth().check(event)?;
/// # Ok(())
/// # }
/// ```
pub const MFA: MultiFactorAuthClaim = MultiFactorAuthClaim::new("st-mfa");

/// `sub`: the user's id.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::supertokens::SUBJECT.is_path_parameter("user_id").check(event)?;
/// # Ok(())
/// # }
/// ```
pub const SUBJECT: PrimitiveClaim = PrimitiveClaim::bare("sub");

/// `tId`: the id of the tenant that the user signed in to.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::supertokens::TENANT.has_value("public").check(event)?;
/// # Ok(())
/// # }
/// ```
pub const TENANT: PrimitiveClaim = PrimitiveClaim::bare("tId");

/// `iss`: the issuer of the token.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::supertokens::ISSUER.has_value("https://auth.example.com/auth").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a URL, which is compared byte for byte.
pub const ISSUER: PrimitiveClaim = PrimitiveClaim::bare("iss");

/// `aud`: the audience of the token, one name or several.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::supertokens::AUDIENCE.includes("orders").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a string or an array of strings (RFC 7519, section 4.1.3).
pub const AUDIENCE: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("aud").one_or_many();

/// `scope`, or `scp` for some issuers: the scopes of the token.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::supertokens::SCOPE.includes("orders:read").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// `scope` is a string of names separated by spaces (RFC 8693, section 4.2). `scp` is such a string or an
/// array of strings. A scope contains no space ([RFC 6749, section 3.3]), so the text `[a b]` of `scp` is two
/// scopes. If the token has both, they must agree. The list of scopes in the gateway's authorizer
/// context is ignored, because it is `null` on routes without scopes.
///
/// A session of SuperTokens has no scopes. Its OAuth 2 access tokens have them under `scp`; require them
/// together with [`OAUTH2`].
///
/// [RFC 6749, section 3.3]: https://www.rfc-editor.org/rfc/rfc6749#section-3.3
pub const SCOPE: PrimitiveArrayClaim = PrimitiveArrayClaim::scope();

/// The requirement that the token is an OAuth 2 access token of SuperTokens: `stt` is 1.
///
/// ```
/// use lambda_http::{Error, IntoResponse, Request};
/// use require_claims::require_claims;
///
/// #[require_claims(any(role = "admin", all(oauth2, scope = "orders:read")))]
/// async fn list_orders(event: Request) -> Result<impl IntoResponse, Error> {
///     Ok("orders")
/// }
/// # let _ = list_orders;
/// ```
///
/// Requirements next to this one are about OAuth 2 access tokens; without it, they are about sessions. See [OAuth 2
/// access tokens](macro@crate::require_claims#oauth-2-access-tokens). [`all`](crate::all) starts a new list, and
/// [`any`](crate::any) does not. In the attribute, use the keyword `oauth2`, because a constant is a list of its own
/// there. A token without `stt` does not meet this requirement.
///
/// The type is that of the SDK's `validateOAuth2AccessToken`, in the npm package `supertokens-node` 24.
pub const OAUTH2: Requirement<'static> = Requirement::oauth2();

/// `client_id`: the client to which the OAuth 2 access token was issued ([RFC 9068]).
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// use require_claims::all;
/// use require_claims::supertokens::{CLIENT, OAUTH2};
///
/// all(&[OAUTH2, CLIENT.has_value("orders-cli")]).check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// [RFC 9068]: https://www.rfc-editor.org/rfc/rfc9068#section-2.2
pub const CLIENT: PrimitiveClaim = PrimitiveClaim::bare("client_id");

/// The requirement that the authorizer passed the claims of a session: `sub` and `sessionHandle` are present
/// and not empty.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::supertokens::AUTHENTICATED.check(event)?;
/// # Ok(())
/// # }
/// ```
pub const AUTHENTICATED: Requirement<'static> =
    all(&[SUBJECT.is_present(), SESSION_HANDLE.is_present()]);

/// `sessionHandle`: the id of the session in SuperTokens' backend.
pub(crate) const SESSION_HANDLE: PrimitiveClaim = PrimitiveClaim::bare("sessionHandle");

/// `rsub`: the id of the login method that the user signed in with.
pub(crate) const RECIPE_USER: PrimitiveClaim = PrimitiveClaim::bare("rsub");
