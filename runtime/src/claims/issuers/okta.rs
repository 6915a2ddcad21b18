//! The claims of Okta.
//!
//! ```
//! use lambda_http::{Body, Error, Request, Response};
//! use require_claims::{okta, require_claims};
//!
//! #[require_claims(okta::SCOPE = "orders:write")]
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
//! let allowed = json!({"scp": "[openid orders:write]"});
//! assert_eq!(cancel_order(event(allowed)).await?.status(), 200);
//! let denied = json!({"scp": "[openid orders:read]"});
//! assert_eq!(cancel_order(event(denied)).await?.status(), 403);
//! # Ok(())
//! # }
//! ```
//!
//! # Claims
//!
//! | In the access token | Constant | In the attribute |
//! |---|---|---|
//! | `"scp": ["openid", "orders:write"]` | [`SCOPE`] | `okta::SCOPE = "orders:write"` |
//! | `"groups": ["Everyone", "Order Desk"]` | [`GROUPS`] | `okta::GROUPS = "Order Desk"` |
//!
//! For `sub`, `iss` and `aud`, use [`oidc`](crate::oidc). In an access token, `sub` is [a name of the user, or the id
//! of the client][token]. Declare the id of the user:
//!
//! ```
//! use require_claims::PrimitiveClaim;
//!
//! /// `"uid": "00ujmkLgagxeRrAg20g3"`; missing if there is no user.
//! const USER_ID: PrimitiveClaim = PrimitiveClaim::bare("uid");
//!
//! # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
//! USER_ID.is_path_parameter("user_id").check(event)?;
//! # Ok(())
//! # }
//! ```
//!
//! # Configuration
//!
//! - Use a [custom authorization server][servers], such as `default`. Only Okta can use and validate the access tokens of
//!   the org authorization server.
//! - The issuer of the JWT authorizer is `https://DOMAIN/oauth2/AUTHORIZATION_SERVER_ID`, and the audience is that of
//!   the authorization server.
//! - `groups` is a claim that you [add to the authorization server][groups]: value type *Groups*, included in the
//!   access token, with a filter that selects the groups your API needs. The name of the claim is your choice; the
//!   constant uses `groups`, as Okta's guide does.
//!
//! # Text of HTTP APIs
//!
//! - Several scopes are text such as `[openid orders:write]`. The names of scopes [contain no spaces][token], so these
//!   are two scopes, without the token.
//! - Several groups are text such as `[Everyone Order Desk]`. Names of groups can contain spaces: Okta's own example is
//!   [`West Coast Users`][names]. So this is `ambiguous value` without the token in `Authorization`. If no group that
//!   your filter selects has a space, declare
//!   `const GROUPS: PrimitiveArrayClaim = okta::GROUPS.without_spaces();`.
//!
//! [token]: https://developer.okta.com/docs/reference/api/oidc/#access-token
//! [servers]: https://developer.okta.com/docs/concepts/auth-servers/
//! [groups]: https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/
//! [names]: https://developer.okta.com/docs/reference/api/groups/#add-group

use crate::claims::PrimitiveArrayClaim;

/// `groups`: the names of the user's groups, if the authorization server has this claim.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::okta::GROUPS.includes("Order Desk").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is an array of strings: `"groups": ["Everyone", "Order Desk"]` ([groups claim][source]).
///
/// [source]: https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/
pub const GROUPS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("groups");

/// `scp`: the scopes of the token.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::okta::SCOPE.includes("orders:write").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is an [array of strings][source]: `"scp": ["openid", "orders:write"]`. The names conform to [RFC 6749,
/// section 3.3][rfc], so they contain no spaces. A string meets no requirement.
///
/// [source]: https://developer.okta.com/docs/reference/api/oidc/#access-token
/// [rfc]: https://www.rfc-editor.org/rfc/rfc6749#section-3.3
pub const SCOPE: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("scp").without_spaces();
