//! Custom claim constants, by every kind of path and in every form.

use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

mod claims {
    use require_claims::*;

    pub const TWO_FACTOR: BooleanClaim = BooleanClaim::new("2fa-completed");
    pub const PLAN: PrimitiveClaim = PrimitiveClaim::new("plan");
    pub const SEATS: PrimitiveClaim<i64> = PrimitiveClaim::new("seats");
    pub static TEAMS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("teams");
    pub const FACTORS: MultiFactorAuthClaim = MultiFactorAuthClaim::new("factors");
    pub const STAFF: Requirement = supertokens::ROLE.includes_any(&["admin", "support"]);
    pub const LIMIT: i64 = 10;
    pub const ON: bool = true;
}

use claims::{PLAN, STAFF};
use require_claims::supertokens::ROLE;

compiles! {
    flag: [claims::TWO_FACTOR]
    flag_lately: [claims::TWO_FACTOR(max_age = "5m")]
    flag_false: [claims::TWO_FACTOR = false]
    flag_constant: [claims::TWO_FACTOR = claims::ON]
    plan: [PLAN = "pro"]
    plan_by_other_paths: [self::PLAN = "pro", crate::custom_claims::claims::PLAN = any("a", "b")]
    plan_none: [PLAN = none("free")]
    plan_lately: [PLAN("pro", max_age = "1d")]
    seats: [claims::SEATS = 5]
    seats_negative: [claims::SEATS = -5]
    seats_constant: [claims::SEATS = claims::LIMIT]
    seats_lately: [claims::SEATS(5, max_age = "1d")]
    teams: [claims::TEAMS = "a"]
    teams_lists: [any(claims::TEAMS = any("a", "b"), claims::TEAMS = all("a", "b"))]
    teams_none: [claims::TEAMS = none("a")]
    factors: [claims::FACTORS, claims::FACTORS = any("totp", "anything")]
    factors_all: [claims::FACTORS = all("totp")]
    factors_one: [claims::FACTORS("totp", max_age = "10m")]
    requirement: [STAFF, email_verified]
    of_this_crate: [ROLE = "admin"]
    of_this_crate_by_path: [::require_claims::supertokens::ROLE = "admin"]
    owner: [subject = path("user_id")]
    owners: [tenant = path("tenant_id"), PLAN = path("plan"), claims::TEAMS = path("team")]
    nested: [any(all(claims::TWO_FACTOR, mfa), any(PLAN = "pro", claims::SEATS = 5))]
}
