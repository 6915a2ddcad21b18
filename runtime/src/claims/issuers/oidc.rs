//! The claims of OpenID Connect, which many issuers write.
//!
//! ```
//! use lambda_http::{Body, Error, Request, Response};
//! use require_claims::{oidc, require_claims};
//!
//! #[require_claims(oidc::EMAIL_VERIFIED, oidc::SCOPE = "orders:write")]
//! async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
//!     Ok(Response::new(Body::Empty))
//! }
//! # use serde_json::{Value, json};
//! # fn event(claims: Value) -> Request {
//! #     let event = json!({
//! #         "version": "2.0",
//! #         "rawPath": "/orders/7",
//! #         "requestContext": {
//! #             "http": {"method": "DELETE", "path": "/orders/7"},
//! #             "authorizer": {"jwt": {"claims": claims, "scopes": null}},
//! #         },
//! #         "isBase64Encoded": false,
//! #     });
//! #     lambda_http::request::from_str(&event.to_string()).unwrap()
//! # }
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//!
//! // The claims, as an HTTP API passes them.
//! let allowed = json!({"email_verified": "true", "scope": "openid orders:write"});
//! assert_eq!(cancel_order(event(allowed)).await?.status(), 200);
//! let denied = json!({"email_verified": "false", "scope": "openid orders:write"});
//! assert_eq!(cancel_order(event(denied)).await?.status(), 403);
//! # Ok(())
//! # }
//! ```
//!
//! Look for a module of your issuer first: [`cognito`](crate::cognito), [`auth0`](crate::auth0),
//! [`entra`](crate::entra), [`keycloak`](crate::keycloak) and [`okta`](crate::okta) have the claims of that issuer.
//!
//! # Claims
//!
//! | In the token | Constant | In the attribute |
//! |---|---|---|
//! | `"sub": "user-1"` | [`SUBJECT`] | `oidc::SUBJECT = path("user_id")` |
//! | `"iss": "https://login.example.com"` | [`ISSUER`] | `oidc::ISSUER = "https://login.example.com"` |
//! | `"aud": "orders"` or `"aud": ["orders", "users"]` | [`AUDIENCE`] | `oidc::AUDIENCE = "orders"` |
//! | `"email_verified": true` | [`EMAIL_VERIFIED`] | `oidc::EMAIL_VERIFIED` |
//! | `"acr": "silver"` | [`ACR`] | `oidc::ACR = any("silver", "gold")` |
//! | `"amr": ["pwd", "otp"]` | [`AMR`] | `oidc::AMR = "otp"` |
//! | `"auth_time": 1700000000` | [`AUTH_TIME`] | `oidc::AUTH_TIME(max_age = "15m")` |
//! | `"scope": "openid orders:read"` | [`SCOPE`] | `oidc::SCOPE = "orders:read"` |
//! | a `sub` that is not empty | [`AUTHENTICATED`] | `oidc::AUTHENTICATED` |
//!
//! # Configuration of the issuer
//!
//! OpenID Connect defines the claims of ID tokens. An issuer may leave `email_verified`, `acr`, `amr` and
//! `auth_time` out of its access tokens, or write them only if it is configured to. A missing claim meets no requirement. Decode one
//! token of the kind that your clients send, and look.
//!
//! The JWT authorizer of an HTTP API accepts any token of its issuer and audience, [ID tokens
//! included][authorizer]. If only access tokens may call your API, require a scope.
//!
//! # Text of HTTP APIs
//!
//! - `amr` with several methods is text such as `[pwd otp]`, and a method could contain a space. Without the token
//!   in `Authorization`, such text is `ambiguous value`. The methods in [RFC 8176][amr] contain no spaces. If your
//!   issuer writes no others, declare `const AMR: PrimitiveArrayClaim = oidc::AMR.without_spaces();`.
//! - `aud` with several audiences is text such as `[orders users]`. Without the token, it is `ambiguous value`, too.
//! - The other claims are exact without the token. See [text and tokens](crate::guide::guarantees#text-and-tokens).
//!
//! [authorizer]: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
//! [amr]: https://www.rfc-editor.org/rfc/rfc8176#section-2

use crate::claims::{BooleanClaim, PrimitiveArrayClaim, PrimitiveClaim, TimeClaim, supertokens};
use crate::requirement::Requirement;

/// `sub`: the id of the user, or of the client if there is no user.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::oidc::SUBJECT.is_path_parameter("user_id").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a string: `"sub": "user-1"` ([OpenID Connect, section 2][source]). It is unique only within one
/// issuer.
///
/// [source]: https://openid.net/specs/openid-connect-core-1_0.html#IDToken
pub const SUBJECT: PrimitiveClaim = supertokens::SUBJECT;

/// `iss`: the issuer of the token.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::oidc::ISSUER.has_value("https://login.example.com").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a URL in a string ([OpenID Connect, section 2][source]). It is compared byte for byte, so a slash at
/// the end matters.
///
/// [source]: https://openid.net/specs/openid-connect-core-1_0.html#IDToken
pub const ISSUER: PrimitiveClaim = supertokens::ISSUER;

/// `aud`: the audience of the token, one name or several.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::oidc::AUDIENCE.includes("orders").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a string or an array of strings ([OpenID Connect, section 2][source]).
///
/// [source]: https://openid.net/specs/openid-connect-core-1_0.html#IDToken
pub const AUDIENCE: PrimitiveArrayClaim = supertokens::AUDIENCE;

/// `email_verified`: whether the issuer has verified the user's email address.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::oidc::EMAIL_VERIFIED.is_true().check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a boolean: `"email_verified": true` ([OpenID Connect, section 5.1][source]). Some issuers write the
/// string `"true"`, which meets no requirement where the gateway passes JSON types.
///
/// [source]: https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims
pub const EMAIL_VERIFIED: BooleanClaim = BooleanClaim::bare("email_verified");

/// `acr`: the class of the authentication, such as a level of assurance.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::oidc::ACR.has_any_of(&["silver", "gold"]).check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a string ([OpenID Connect, section 2][source]). The issuer defines the names. They have no order for
/// the guard, so list every class that is enough.
///
/// [source]: https://openid.net/specs/openid-connect-core-1_0.html#IDToken
pub const ACR: PrimitiveClaim = PrimitiveClaim::bare("acr");

/// `amr`: the methods of the authentication.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::oidc::AMR.includes("otp").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is an array of strings: `"amr": ["pwd", "otp"]` ([OpenID Connect, section 2][source]). [RFC 8176][names]
/// lists common names.
///
/// [source]: https://openid.net/specs/openid-connect-core-1_0.html#IDToken
/// [names]: https://www.rfc-editor.org/rfc/rfc8176#section-2
pub const AMR: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("amr");

/// `auth_time`: the time at which the user signed in, in seconds since 1970 ([OpenID Connect Core, section
/// 2][core]; [RFC 9470, section 6.1][step-up] for access tokens).
///
/// ```
/// use std::time::Duration;
///
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::oidc::AUTH_TIME.max_age(Duration::from_secs(15 * 60)).check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// It is required with a maximum age: `oidc::AUTH_TIME(max_age = "15m")`. Without one, the attribute does not
/// compile.
///
/// [core]: https://openid.net/specs/openid-connect-core-1_0.html#IDToken
/// [step-up]: https://www.rfc-editor.org/rfc/rfc9470#section-6.1
pub const AUTH_TIME: TimeClaim = TimeClaim::bare("auth_time");

/// `scope`, or `scp` for some issuers: the scopes of the token.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::oidc::SCOPE.includes("orders:read").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// `scope` is a string of names separated by spaces ([RFC 8693, section 4.2][source]). `scp` is such a string or an
/// array of strings. If the token has both, they must agree.
///
/// [source]: https://www.rfc-editor.org/rfc/rfc8693#section-4.2
pub const SCOPE: PrimitiveArrayClaim = supertokens::SCOPE;

/// The requirement that the token has a subject: `sub` is present and not empty.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::oidc::AUTHENTICATED.check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The keyword `authenticated` requires a session of SuperTokens; use this constant for other issuers. It does not
/// tell users from clients: in a token without a user, `sub` is the client ([RFC 9068, section 2.2][source]).
///
/// [source]: https://www.rfc-editor.org/rfc/rfc9068#section-2.2
pub const AUTHENTICATED: Requirement<'static> = SUBJECT.is_present();
