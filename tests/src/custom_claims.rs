//! Claims that an application adds to the token: one of each type, and one of each shape.

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

/// A bare list of names that contain no commas.
pub const COGNITO_GROUP: PrimitiveArrayClaim =
    PrimitiveArrayClaim::bare("user_groups").without_commas();

/// A bare boolean.
pub const VERIFIED: BooleanClaim = BooleanClaim::bare("email_verified");

/// A bare whole number.
pub const LEVEL: PrimitiveClaim<i64> = PrimitiveClaim::<i64>::bare("level");

/// A list in an object.
pub const REALM_ROLE: PrimitiveArrayClaim = PrimitiveArrayClaim::at(&["realm_access", "roles"]);

/// A boolean at two levels.
pub const CONFIRMED: BooleanClaim = BooleanClaim::at(&["profile", "contact", "confirmed"]);

/// A string in an object.
pub const TIER: PrimitiveClaim = PrimitiveClaim::at(&["account", "tier"]);

/// A whole number in an object.
pub const QUOTA: PrimitiveClaim<i64> = PrimitiveClaim::<i64>::at(&["limits", "quota"]);

/// One name or a list.
pub const POSITION: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("position").one_or_many();

/// One name or a list, with a timestamp.
pub const LABEL: PrimitiveArrayClaim = PrimitiveArrayClaim::new("labels").one_or_many();

/// Names with commas between them.
pub const DEPARTMENT: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("departments").separated(',');

/// Names with spaces between them, in an object.
pub const AREA: PrimitiveArrayClaim = PrimitiveArrayClaim::at(&["areas", "names"]).separated(' ');

/// The JSON text of a list.
pub const COMPANY: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("companies").in_json_text();

/// Names as keys.
pub const PROJECT: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("projects").keys();

/// Names as keys, in an object.
pub const RESOURCE: PrimitiveArrayClaim = PrimitiveArrayClaim::at(&["access", "resources"]).keys();
