//! The claims of Auth0.
//!
//! ```
//! use lambda_http::{Body, Error, Request, Response};
//! use require_claims::{auth0, require_claims};
//!
//! #[require_claims(auth0::PERMISSIONS = "orders:write")]
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
//! // The claims of an access token, as an HTTP API passes them.
//! let allowed = json!({"permissions": "[orders:write]"});
//! assert_eq!(cancel_order(event(allowed)).await?.status(), 200);
//! let denied = json!({"permissions": "[orders:read]"});
//! assert_eq!(cancel_order(event(denied)).await?.status(), 403);
//! # Ok(())
//! # }
//! ```
//!
//! # Claims
//!
//! | In the access token | Constant | In the attribute |
//! |---|---|---|
//! | `"permissions": ["orders:read", "orders:write"]` | [`PERMISSIONS`] | `auth0::PERMISSIONS = "orders:write"` |
//! | `"scope": "openid orders:read"` | [`SCOPE`] | `auth0::SCOPE = "orders:read"` |
//!
//! For `sub`, `iss` and `aud`, use [`oidc`](crate::oidc). The ids of users contain a `|`, such as `auth0|5f`. A REST
//! API passes path parameters percent-encoded; `path(…)` decodes them.
//!
//! Auth0 writes no roles into its tokens by default, and custom code [cannot add a claim `roles`][custom]. A
//! [post-login Action][action] can add them under a custom key, for which Auth0 recommends a URL:
//!
//! ```js
//! exports.onExecutePostLogin = async (event, api) => {
//!   const roles = event.authorization ? event.authorization.roles : [];
//!   api.accessToken.setCustomClaim("https://orders.example.com/roles", roles);
//! };
//! ```
//!
//! Declare the claim with the same key:
//!
//! ```
//! use require_claims::PrimitiveArrayClaim;
//!
//! /// `"https://orders.example.com/roles": ["admin"]`
//! const ROLES: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("https://orders.example.com/roles");
//!
//! # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
//! ROLES.includes("admin").check(event)?;
//! # Ok(())
//! # }
//! ```
//!
//! # Configuration
//!
//! - In the API's settings, turn on *Enable RBAC* and [*Add Permissions in the Access Token*][rbac]. Without the
//!   second one, the token has no `permissions`.
//! - Clients request the token with the `audience` of your API. Otherwise, they get an [opaque token][audience], which
//!   the authorizer rejects.
//! - The issuer of the JWT authorizer is `https://TENANT.auth0.com/`, with the slash at the end, as in the
//!   [token][profiles]. The audience is the identifier of the API.
//!
//! With RBAC, `scope` has the permissions that were requested and that the user has. Without it, an application can
//! request [any permission of the API][rbac]. Require `PERMISSIONS` for what a user may do, and `SCOPE` for what the
//! application may do on their behalf.
//!
//! # Text of HTTP APIs
//!
//! - Several permissions are text such as `[orders:read orders:write]`. Auth0's documentation does not say that a
//!   permission cannot contain a space, so this is `ambiguous value` without the token in `Authorization`. If none of
//!   your APIs has such a permission, declare
//!   `const PERMISSIONS: PrimitiveArrayClaim = auth0::PERMISSIONS.without_spaces();`.
//! - The same applies to roles: send the token, or add `without_spaces()` if no role has a space.
//! - `scope` is exact without the token.
//!
//! [custom]: https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims
//! [action]: https://auth0.com/docs/customize/actions/explore-triggers/post-login
//! [rbac]: https://auth0.com/docs/get-started/apis/enable-role-based-access-control-for-apis
//! [audience]: https://auth0.com/docs/secure/tokens/access-tokens
//! [profiles]: https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles

use super::oidc;
use crate::claims::PrimitiveArrayClaim;

/// `permissions`: the permissions of the user, for the API that the token is for.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::auth0::PERMISSIONS.includes("orders:write").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is an array of strings, if the API [adds permissions to its tokens][source]:
/// `"permissions": ["orders:read"]`. It is independent of the scopes that the application requested.
///
/// [source]: https://auth0.com/docs/get-started/apis/enable-role-based-access-control-for-apis
pub const PERMISSIONS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("permissions");

/// `scope`: the scopes that the application requested and got.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::auth0::SCOPE.includes("orders:read").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a string of names separated by spaces: `"scope": "openid orders:read"` ([access token
/// profiles][source]).
///
/// [source]: https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles
pub const SCOPE: PrimitiveArrayClaim = oidc::SCOPE;
