//! The claims of Amazon Cognito user pools.
//!
//! ```
//! use lambda_http::{Body, Error, Request, Response};
//! use require_claims::{cognito, require_claims};
//!
//! #[require_claims(cognito::EMAIL_VERIFIED, cognito::GROUPS = "admin")]
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
//! // The claims of an ID token, as an HTTP API passes them.
//! let allowed = json!({"email_verified": "true", "cognito:groups": "[user admin]"});
//! assert_eq!(cancel_order(event(allowed)).await?.status(), 200);
//! let denied = json!({"email_verified": "true", "cognito:groups": "[user]"});
//! assert_eq!(cancel_order(event(denied)).await?.status(), 403);
//! # Ok(())
//! # }
//! ```
//!
//! # Claims
//!
//! | In the token | ID token | Access token | Constant | In the attribute |
//! |---|---|---|---|---|
//! | `"cognito:groups": ["admin", "user"]` | yes | yes | [`GROUPS`] | `cognito::GROUPS = "admin"` |
//! | `"email_verified": true` | yes | no | [`EMAIL_VERIFIED`] | `cognito::EMAIL_VERIFIED` |
//! | `"phone_number_verified": true` | yes | no | [`PHONE_NUMBER_VERIFIED`] | `cognito::PHONE_NUMBER_VERIFIED` |
//! | `"cognito:username": "jane"` | yes | no | [`USERNAME`] | `cognito::USERNAME = path("username")` |
//! | `"client_id": "57cbishk4j24"` | no | yes | [`CLIENT_ID`] | `cognito::CLIENT_ID = "57cbishk4j24"` |
//! | `"token_use": "access"` | yes: `id` | yes: `access` | [`TOKEN_USE`] | `cognito::TOKEN_USE = "access"` |
//! | `"scope": "openid orders/read"` | no | yes | [`SCOPE`] | `cognito::SCOPE = "orders/read"` |
//!
//! Sources: [ID token][id], [access token][access]. For `sub` and `iss`, which both tokens have, use
//! [`oidc`](crate::oidc). In an ID token, `aud` is the app client. An access token has `client_id` instead.
//!
//! An access token has the name of the user under another key, and an ID token has the custom attributes. Declare
//! what you use:
//!
//! ```
//! use require_claims::PrimitiveClaim;
//!
//! /// `"username": "jane"`, in access tokens.
//! const ACCESS_TOKEN_USERNAME: PrimitiveClaim = PrimitiveClaim::bare("username");
//! /// `"custom:plan": "pro"`, in ID tokens.
//! const PLAN: PrimitiveClaim = PrimitiveClaim::bare("custom:plan");
//! /// `"custom:is_member": "true"`: a boolean attribute is a string, too.
//! const IS_MEMBER: PrimitiveClaim = PrimitiveClaim::bare("custom:is_member");
//!
//! # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
//! PLAN.has_value("pro").check(event)?;
//! IS_MEMBER.has_value("true").check(event)?;
//! # ACCESS_TOKEN_USERNAME.has_value("jane").check(event)?;
//! # Ok(())
//! # }
//! ```
//!
//! Every [custom attribute is a string][custom] in the ID token. Users can change an attribute of their own if it is
//! among the `WriteAttributes` of the app client: remove it there before you require it.
//!
//! # Configuration
//!
//! - An HTTP API has a [JWT authorizer][authorizer]. The issuer is
//!   `https://cognito-idp.REGION.amazonaws.com/USER_POOL_ID`, and the audience is the id of the app client. This
//!   authorizer accepts ID tokens and access tokens of the client. To accept one kind only, require
//!   [`TOKEN_USE`].
//! - A REST API has a Cognito authorizer, which takes an [ID token][rest] on methods without scopes, and an access
//!   token on methods with scopes.
//! - The JWT authorizer of a REST API [requires an `aud`][rest-jwt]. ID tokens have one; access tokens do not, by
//!   default.
//!
//! # Text
//!
//! - On an HTTP API, groups are text such as `[user admin]`. Names of groups contain no spaces, so this is two groups,
//!   without the token.
//! - The Cognito authorizer of a REST API joins groups with commas: `user,admin`. Names of groups can contain commas,
//!   so this is `ambiguous value`. If no group of your pool has one, declare
//!   `const GROUPS: PrimitiveArrayClaim = cognito::GROUPS.without_commas();`. Do this only if everyone who can create
//!   groups follows the rule: otherwise, a user in the group `x,admin` is treated as being in `admin`.
//! - Brackets or quotes in the name of any group of the user make such text `ambiguous value`.
//! - The other claims are exact without the token.
//!
//! **A pre token generation trigger can write any groups** ([`groupsToOverride`][trigger]). The documentation does
//! not say that Cognito checks these names. If yours writes names with spaces, use
//! `PrimitiveArrayClaim::bare("cognito:groups")` instead of [`GROUPS`].
//!
//! [id]: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
//! [access]: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
//! [custom]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SchemaAttributeType.html
//! [authorizer]: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
//! [rest]: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html
//! [rest-jwt]: https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer.html
//! [trigger]: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html

use super::oidc;
use crate::claims::{BooleanClaim, PrimitiveArrayClaim, PrimitiveClaim};

/// `cognito:groups`: the groups of the user.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::cognito::GROUPS.includes("admin").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is an array of strings: `"cognito:groups": ["admin", "user"]`. A token without this claim meets no
/// requirement on it, `none(…)` included.
///
/// The API accepts names of 1 to 128 characters with the pattern `[\p{L}\p{M}\p{S}\p{N}\p{P}]+`
/// ([`CreateGroup`][source]): letters, marks, symbols, numbers and punctuation. A space is a separator (`\p{Z}`), so
/// no name contains one. A comma is punctuation.
///
/// [source]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html
pub const GROUPS: PrimitiveArrayClaim =
    PrimitiveArrayClaim::bare("cognito:groups").without_spaces();

/// `email_verified`: whether the user's email address is verified. Only in ID tokens.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::cognito::EMAIL_VERIFIED.is_true().check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a boolean in the [ID token][source]: `"email_verified": true`. The Cognito authorizer of a REST API
/// passes the text `true`.
///
/// [source]: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
pub const EMAIL_VERIFIED: BooleanClaim = oidc::EMAIL_VERIFIED;

/// `phone_number_verified`: whether the user's phone number is verified. Only in ID tokens.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::cognito::PHONE_NUMBER_VERIFIED.is_true().check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a boolean: `"phone_number_verified": true`. The ID token contains the standard claims of OpenID
/// Connect, which defines it as a boolean ([section 5.1][source]).
///
/// [source]: https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims
pub const PHONE_NUMBER_VERIFIED: BooleanClaim = BooleanClaim::bare("phone_number_verified");

/// `cognito:username`: the name of the user in the pool. Only in ID tokens.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::cognito::USERNAME.is_path_parameter("username").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a string in the [ID token][source]: `"cognito:username": "jane"`. An access token has `username`.
/// To identify a user, prefer `sub`, which is in both.
///
/// [source]: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
pub const USERNAME: PrimitiveClaim = PrimitiveClaim::bare("cognito:username");

/// `client_id`: the app client that requested the token. Only in access tokens.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::cognito::CLIENT_ID.has_value("57cbishk4j24").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a string in the [access token][source]. In an ID token, it is `aud`.
///
/// [source]: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
pub const CLIENT_ID: PrimitiveClaim = PrimitiveClaim::bare("client_id");

/// `token_use`: the kind of the token, `id` or `access`.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::cognito::TOKEN_USE.has_value("access").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a string: `"token_use": "access"` ([access token][access], [ID token][id]).
///
/// [access]: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
/// [id]: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
pub const TOKEN_USE: PrimitiveClaim = PrimitiveClaim::bare("token_use");

/// `scope`: the scopes of the token. Only in access tokens.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::cognito::SCOPE.includes("orders/read").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a string of names separated by spaces in the [access token][source]. A scope of a resource server has
/// the server's identifier before it: `orders/read` ([`ResourceServerScopeType`][scopes]).
///
/// [source]: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
/// [scopes]: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResourceServerScopeType.html
pub const SCOPE: PrimitiveArrayClaim = oidc::SCOPE;
