//! Claims that an application has added to the token, one of each type.

use require_claims::{BooleanClaim, PrimitiveArrayClaim, PrimitiveClaim};

/// Whether the second factor of the older guides is completed.
pub const TWO_FACTOR: BooleanClaim = BooleanClaim::new("2fa-completed");

/// What somebody pays for.
pub const PLAN: PrimitiveClaim = PrimitiveClaim::new("plan");

/// How many may use it.
pub const SEATS: PrimitiveClaim<i64> = PrimitiveClaim::new("seats");

/// A list in SuperTokens' form.
pub const TEAMS: PrimitiveArrayClaim = PrimitiveArrayClaim::new("teams");

/// A list that is not wrapped in an object.
pub const GROUPS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("groups");
