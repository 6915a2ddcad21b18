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
//! Names and forms are those of the npm package `supertokens-node` 24.

use super::{BooleanClaim, MultiFactorAuthClaim, PrimitiveArrayClaim, PrimitiveClaim};
use crate::requirement::{Requirement, all};

/// `st-ev`: whether the user's e-mail address is verified.
///
/// SuperTokens counts a user without an e-mail address as verified.
pub const EMAIL_VERIFIED: BooleanClaim = BooleanClaim::new("st-ev");

/// `st-role`: the user's roles.
pub const ROLE: PrimitiveArrayClaim = PrimitiveArrayClaim::new("st-role");

/// `st-perm`: the permissions of the user's roles.
pub const PERMISSION: PrimitiveArrayClaim = PrimitiveArrayClaim::new("st-perm");

/// `st-mfa`: which factors are completed in the session, and whether that is all it needs.
pub const MFA: MultiFactorAuthClaim = MultiFactorAuthClaim::new("st-mfa");

/// `sub`: the user's id.
pub const SUBJECT: PrimitiveClaim = PrimitiveClaim::bare("sub");

/// `tId`: the id of the tenant that the user signed in to.
pub const TENANT: PrimitiveClaim = PrimitiveClaim::bare("tId");

/// `iss`: who issued the token, a URL compared byte for byte.
pub const ISSUER: PrimitiveClaim = PrimitiveClaim::bare("iss");

/// `aud`: whom the token is for, one name or several (RFC 7519, section 4.1.3).
pub const AUDIENCE: PrimitiveArrayClaim = PrimitiveArrayClaim::audience();

/// `scope`, or `scp` of some issuers: the scopes of the token itself.
///
/// `scope` is a string of names separated by spaces (RFC 8693, section 4.2). `scp` is such a string or an
/// array. A token with both must say the same in both. The gateway's own list of scopes does not
/// count: it is `null` on routes without scopes.
pub const SCOPE: PrimitiveArrayClaim = PrimitiveArrayClaim::scope();

/// The authorizer passed the claims of a session: `sub` and `sessionHandle` are there.
pub const AUTHENTICATED: Requirement<'static> =
    all(&[SUBJECT.is_present(), SESSION_HANDLE.is_present()]);

/// `sessionHandle`: the name by which SuperTokens' backend knows the session.
pub(crate) const SESSION_HANDLE: PrimitiveClaim = PrimitiveClaim::bare("sessionHandle");
