//! The claims of Keycloak.
//!
//! ```
//! use lambda_http::{Body, Error, Request, Response};
//! use require_claims::{keycloak, require_claims};
//!
//! #[require_claims(keycloak::REALM_ROLES = "admin")]
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
//! let allowed = json!({"realm_access": "map[roles:[admin]]"});
//! assert_eq!(cancel_order(event(allowed)).await?.status(), 200);
//! let denied = json!({"realm_access": "map[roles:[user]]"});
//! assert_eq!(cancel_order(event(denied)).await?.status(), 403);
//! # Ok(())
//! # }
//! ```
//!
//! # Claims
//!
//! | In the access token | Constant | In the attribute |
//! |---|---|---|
//! | `"realm_access": {"roles": ["admin", "user"]}` | [`REALM_ROLES`] | `keycloak::REALM_ROLES = "admin"` |
//! | `"scope": "openid orders"` | [`SCOPE`] | `keycloak::SCOPE = "orders"` |
//!
//! For `sub`, `iss`, `aud`, `acr` and `email_verified`, use [`oidc`](crate::oidc).
//!
//! The roles of a client are [under the client's id][roles]. Declare the claim of your client:
//!
//! ```
//! use require_claims::PrimitiveArrayClaim;
//!
//! /// `"resource_access": {"orders": {"roles": ["admin"]}}`
//! const ORDERS_ROLES: PrimitiveArrayClaim =
//!     PrimitiveArrayClaim::at(&["resource_access", "orders", "roles"]);
//!
//! # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
//! ORDERS_ROLES.includes("admin").check(event)?;
//! # Ok(())
//! # }
//! ```
//!
//! # Configuration
//!
//! - The issuer of the JWT authorizer is `https://HOST/realms/REALM`, as in the token's `iss`.
//! - The audience is the client of your API. Keycloak does not add the client that requests the token to `aud`. It adds
//!   each client in which the user [has a role][resolve]. Otherwise, add an [*Audience* mapper][audience].
//! - The client scope *roles*, which clients have by default, writes [the roles][roles] into access tokens, not into ID
//!   tokens. If *Token claim name* of its mappers is changed, declare the claim with that name.
//!
//! # Text of HTTP APIs
//!
//! - The text of the roles is clear only for a single role and no other member: `map[roles:[admin]]`. Users usually
//!   have several realm roles, such as `offline_access`, and `resource_access` has several clients. So **send the token
//!   in `Authorization`**, or use the JWT authorizer of a REST API. Other text is `ambiguous value`.
//! - Alternatively, let the *User Realm Role* mapper write the roles into a top-level claim, and declare it:
//!   `PrimitiveArrayClaim::bare("realm_roles")`. Several roles are still ambiguous without the token, unless you add
//!   `without_spaces()`. Keycloak's documentation has no rule against spaces in the names of roles, so add it only if
//!   no role of your realm has one.
//! - `scope` is exact without the token.
//!
//! [roles]: https://www.keycloak.org/docs/latest/server_admin/index.html#_oidc_token_role_mappings
//! [resolve]: https://www.keycloak.org/docs/latest/server_admin/index.html#_audience_resolve
//! [audience]: https://www.keycloak.org/docs/latest/server_admin/index.html#_audience_hardcoded

use super::oidc;
use crate::claims::PrimitiveArrayClaim;

/// `realm_access.roles`: the roles of the user in the realm.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::keycloak::REALM_ROLES.includes("admin").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is an array of strings within an object: `"realm_access": {"roles": ["admin"]}` ([role mappings in the
/// token][source]).
///
/// [source]: https://www.keycloak.org/docs/latest/server_admin/index.html#_oidc_token_role_mappings
pub const REALM_ROLES: PrimitiveArrayClaim = PrimitiveArrayClaim::at(&["realm_access", "roles"]);

/// `scope`: the client scopes of the token that are included in it.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::keycloak::SCOPE.includes("orders").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a string of names separated by spaces: `"scope": "openid orders"`. A client scope is in it if
/// *Include in token scope* is on ([client scopes][source]). Keycloak's [`AccessToken`][type] declares one string; the
/// spaces are those of [RFC 8693, section 4.2][rfc].
///
/// [source]: https://www.keycloak.org/docs/latest/server_admin/index.html#_client_scopes
/// [type]: https://www.keycloak.org/docs-api/latest/javadocs/org/keycloak/representations/AccessToken.html
/// [rfc]: https://www.rfc-editor.org/rfc/rfc8693#section-4.2
pub const SCOPE: PrimitiveArrayClaim = oidc::SCOPE;
