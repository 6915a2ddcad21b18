//! Claims that an application adds to the token, one of each type.

use require_claims::{BooleanClaim, PrimitiveArrayClaim, PrimitiveClaim};

/// Whether the second factor is completed, as in SuperTokens' older guides.
pub const TWO_FACTOR: BooleanClaim = BooleanClaim::new("2fa-completed");

/// The plan that the customer pays for.
pub const PLAN: PrimitiveClaim = PrimitiveClaim::new("plan");

/// The number of users in the plan.
pub const SEATS: PrimitiveClaim<i64> = PrimitiveClaim::new("seats");

/// A list with a timestamp.
pub const TEAMS: PrimitiveArrayClaim = PrimitiveArrayClaim::new("teams");

/// A bare list of names that contain no spaces (RFC 8176).
pub const AMR: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("amr").without_spaces();

/// A bare list.
pub const GROUPS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("groups");
