//! The claims of Microsoft Entra ID (Azure Active Directory).
//!
//! ```
//! use lambda_http::{Body, Error, Request, Response};
//! use require_claims::{entra, require_claims};
//!
//! #[require_claims(entra::ROLES = "Orders.Admin", entra::SCOPE = "Orders.Write")]
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
//! let allowed = json!({"roles": "[Orders.Admin]", "scp": "Orders.Read Orders.Write"});
//! assert_eq!(cancel_order(event(allowed)).await?.status(), 200);
//! let denied = json!({"roles": "[Orders.Reader]", "scp": "Orders.Read Orders.Write"});
//! assert_eq!(cancel_order(event(denied)).await?.status(), 403);
//! # Ok(())
//! # }
//! ```
//!
//! # Claims
//!
//! | In the access token | Constant | In the attribute |
//! |---|---|---|
//! | `"roles": ["Orders.Admin"]` | [`ROLES`] | `entra::ROLES = "Orders.Admin"` |
//! | `"groups": ["02bd9fd6-…"]` | [`GROUPS`] | `entra::GROUPS = "02bd9fd6-8f93-4758-87c3-1fb73740a315"` |
//! | `"scp": "Orders.Read Orders.Write"` | [`SCOPE`] | `entra::SCOPE = "Orders.Write"` |
//! | `"tid": "aaaabbbb-…"` | [`TENANT`] | `entra::TENANT = path("tenant_id")` |
//! | `"oid": "11112222-…"` | [`OBJECT_ID`] | `entra::OBJECT_ID = path("user_id")` |
//!
//! Source: [access token claims][claims]. For `sub`, `iss` and `aud`, use [`oidc`](crate::oidc). `sub` is different
//! for each application, and `oid` is the same for all applications of a tenant.
//!
//! An application that calls without a user has `roles`, but no `scp`. To allow both:
//! `any(entra::SCOPE = "Orders.Write", entra::ROLES = "Orders.Write.All")`. Give roles of users and roles of
//! applications different names, because both are in `roles`.
//!
//! # Configuration
//!
//! - The issuer of the JWT authorizer is `https://login.microsoftonline.com/TENANT_ID/v2.0`, and the audience is the
//!   client id of your API. These are the `iss` and `aud` of [version 2.0 tokens][claims]. The registration of the API
//!   [selects the version][version] (`requestedAccessTokenVersion`, or `accessTokenAcceptedVersion` in the older
//!   manifest). Decode one token, and compare its `iss` with the authorizer's.
//! - [App roles][roles] are defined in the registration of the API, and assigned to users, groups or applications.
//! - `groups` is an [optional claim][optional]: *Token configuration*, *Add groups claim*.
//! - For users, clients request the `profile` scope: `tid` and `oid` [need it][claims].
//!
//! ## Users in too many groups
//!
//! A user in more than 200 groups has no `groups` in the token. It has [`_claim_names` instead][overage], which
//! refers to Microsoft Graph; tokens of the implicit flow have `hasgroups`. Every requirement on [`GROUPS`] then
//! denies the request, `none(…)` included: `value does not exist`. The guard does not call Microsoft Graph. What you
//! can do, in this order:
//!
//! 1. Assign the groups to app roles, and require [`ROLES`]. Microsoft [recommends this][groups] for new applications.
//! 2. Emit only *Groups assigned to the application*.
//! 3. Look the groups up in Microsoft Graph in a Lambda authorizer.
//!
//! # Text of HTTP APIs
//!
//! - Several roles or groups are text such as `[Orders.Admin Orders.Reader]`. Without the token in `Authorization`,
//!   it is `ambiguous value`, because a name could contain a space.
//! - The value of an app role [cannot contain a space][approle]. But the setting `emit_as_roles` writes
//!   [groups into `roles`][optional], to which this rule does not apply. If you do not use it, declare
//!   `const ROLES: PrimitiveArrayClaim = entra::ROLES.without_spaces();`.
//! - An object id has no space. But settings such as `sam_account_name` and `cloud_displayname` write [names of
//!   groups][optional] instead of ids. If you use none of them, declare
//!   `const GROUPS: PrimitiveArrayClaim = entra::GROUPS.without_spaces();`.
//! - `scp`, `tid` and `oid` are exact without the token.
//!
//! [claims]: https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference
//! [version]: https://learn.microsoft.com/en-us/entra/identity-platform/access-tokens
//! [roles]: https://learn.microsoft.com/en-us/entra/identity-platform/howto-add-app-roles-in-apps
//! [optional]: https://learn.microsoft.com/en-us/entra/identity-platform/optional-claims
//! [overage]: https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference#groups-overage-claim
//! [groups]: https://learn.microsoft.com/en-us/entra/identity/hybrid/connect/how-to-connect-fed-group-claims
//! [approle]: https://learn.microsoft.com/en-us/graph/api/resources/approle

use crate::claims::{PrimitiveArrayClaim, PrimitiveClaim};

/// `roles`: the app roles of the user, or of the application that calls without one.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::entra::ROLES.includes("Orders.Admin").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is an [array of strings][source]: `"roles": ["Orders.Admin"]`. Without roles, the claim is missing.
///
/// [source]: https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference
pub const ROLES: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("roles");

/// `groups`: the object ids of the user's groups. Missing if there are [too many](self#users-in-too-many-groups).
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::entra::GROUPS.includes("02bd9fd6-8f93-4758-87c3-1fb73740a315").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is an [array of strings][source]: `"groups": ["02bd9fd6-8f93-4758-87c3-1fb73740a315"]`. Settings of the
/// registration can replace the ids by [names][optional].
///
/// [source]: https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference
/// [optional]: https://learn.microsoft.com/en-us/entra/identity-platform/optional-claims
pub const GROUPS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("groups");

/// `scp`: the scopes that the user has granted to the application. Only in tokens of users.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::entra::SCOPE.includes("Orders.Write").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a [string of names separated by spaces][source]: `"scp": "Orders.Read Orders.Write"`. Unlike
/// [`oidc::SCOPE`](crate::oidc::SCOPE), an array meets no requirement.
///
/// [source]: https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference
pub const SCOPE: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("scp").separated(' ');

/// `tid`: the tenant that the user signs in to.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::entra::TENANT.has_value("aaaabbbb-0000-cccc-1111-dddd2222eeee").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a [GUID in a string][source]. An API for users of several tenants checks it together with other
/// claims.
///
/// [source]: https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference
pub const TENANT: PrimitiveClaim = PrimitiveClaim::bare("tid");

/// `oid`: the id of the user, or of the application that calls without one, in the tenant.
///
/// ```
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// require_claims::entra::OBJECT_ID.is_path_parameter("user_id").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The value is a [GUID in a string][source], which does not change. A user of several tenants has another id in each.
///
/// [source]: https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference
pub const OBJECT_ID: PrimitiveClaim = PrimitiveClaim::bare("oid");
