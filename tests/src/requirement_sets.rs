//! Sixteen sets of requirements, each requirement with the equivalent validator of SuperTokens' SDK.
//!
//! Together they use every validator, alone and with others, with and without a maximum age, and with names
//! that the generated payloads contain.

use std::time::Duration;

use require_claims::supertokens::{EMAIL_VERIFIED, MFA, PERMISSION, ROLE};
use require_claims::{BooleanClaim, Factors, PrimitiveArrayClaim, PrimitiveClaim, Requirement};
use serde_json::{Value, json};

use crate::custom_claims::{GROUPS, PLAN, SEATS, TWO_FACTOR};

/// A requirement and the equivalent validator of the SDK.
#[derive(Clone, Debug)]
pub struct Validation {
    /// The key of the claim.
    pub key: &'static str,
    /// The requirement.
    pub requirement: Requirement<'static>,
    /// The SDK's name of the validator.
    pub validator: &'static str,
    /// The validator's arguments, without the age.
    pub arguments: Vec<Value>,
    /// The maximum age in seconds.
    pub max_age: Option<u64>,
}

impl Validation {
    fn new(
        key: &'static str,
        validator: &'static str,
        requirement: Requirement<'static>,
        arguments: Vec<Value>,
    ) -> Self {
        Self {
            key,
            requirement,
            validator,
            arguments,
            max_age: None,
        }
    }

    /// The same with a maximum age.
    fn within(mut self, seconds: u64) -> Self {
        self.requirement = self.requirement.max_age(Duration::from_secs(seconds));
        self.max_age = Some(seconds);
        self
    }

    /// The validation as `tests/sdk/validate.js` reads it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut arguments = self.arguments.clone();
        arguments.extend(self.max_age.map(Value::from));
        json!({"claim": self.key, "validator": self.validator, "arguments": arguments})
    }
}

/// The sets. A payload meets a set if it meets every requirement.
#[must_use]
pub fn requirement_sets() -> [Vec<Validation>; 16] {
    const ADMINS: &[&str] = &["admin", "foo admin"];
    const STAFF: &[&str] = &["admin", "editor", "user"];
    const LOOK_ALIKES: &[&str] = &["\u{430}dmin", "admin\0", "x] v:[admin", "Admin"];
    const BROKEN: &[&str] = &["", "]", "v:true", "map[", "true"];
    const ORDERS: &[&str] = &["orders:read", "orders:write"];

    [
        vec![is_verified()],
        vec![is_false("st-ev", EMAIL_VERIFIED).within(300)],
        vec![
            is_true("2fa-completed", TWO_FACTOR).within(3_600),
            is_false("2fa-completed", TWO_FACTOR),
            is_verified().within(300),
        ],
        vec![includes("st-role", ROLE, "admin")],
        vec![excludes("st-role", ROLE, "admin")],
        vec![
            includes("st-role", ROLE, "foo admin"),
            excludes("st-role", ROLE, "x] v:[admin").within(300),
            includes("st-perm", PERMISSION, "").within(3_600),
        ],
        vec![
            includes_all("st-role", ROLE, ADMINS),
            includes_any("st-role", ROLE, ADMINS).within(300),
            excludes_all("st-role", ROLE, ADMINS),
        ],
        vec![
            includes_any("st-perm", PERMISSION, ORDERS),
            includes_all("st-perm", PERMISSION, ORDERS).within(3_600),
            excludes_all("st-perm", PERMISSION, BROKEN).within(300),
        ],
        vec![
            includes_any("st-role", ROLE, LOOK_ALIKES),
            excludes_all("st-role", ROLE, STAFF).within(3_600),
            excludes("st-perm", PERMISSION, "*"),
        ],
        vec![mfa_for_auth()],
        vec![mfa_step(Factors::One("totp"))],
        vec![
            mfa(&[
                Factors::One("emailpassword"),
                Factors::OneOf(&["totp", "webauthn"]),
            ]),
            mfa(&[
                Factors::AllOf(&["webauthn", "emailpassword", "foo admin"]),
                Factors::One("totp"),
            ]),
            mfa(&[Factors::OneOf(&["constructor", "my-factor"])]),
        ],
        vec![
            has_string("plan", PLAN, "pro"),
            has_string("plan", PLAN, "map[v:true]").within(300),
            has_number("seats", SEATS, 5),
            has_number("seats", SEATS, 0).within(3_600),
        ],
        vec![
            includes("groups", GROUPS, "admin"),
            excludes("groups", GROUPS, "admin,user"),
            includes_all("groups", GROUPS, STAFF),
            includes_any("groups", GROUPS, BROKEN),
            excludes_all("groups", GROUPS, LOOK_ALIKES),
        ],
        vec![
            is_true("st-ev", EMAIL_VERIFIED),
            includes("st-role", ROLE, "admin"),
            mfa_for_auth(),
        ],
        vec![
            has_number("seats", SEATS, 1),
            mfa(&[Factors::One("webauthn")]),
            excludes("st-role", ROLE, "user").within(300),
            has_string("plan", PLAN, "free").within(3_600),
            includes("st-perm", PERMISSION, "orders:read").within(300),
            is_true("2fa-completed", TWO_FACTOR),
            mfa_for_auth(),
            is_verified().within(3_600),
        ],
    ]
}

fn is_true(key: &'static str, claim: BooleanClaim) -> Validation {
    Validation::new(key, "isTrue", claim.is_true(), vec![])
}

fn is_false(key: &'static str, claim: BooleanClaim) -> Validation {
    Validation::new(key, "isFalse", claim.is_false(), vec![])
}

/// The SDK's special validator of `st-ev`. Its first argument is the time after which the SDK fetches the
/// claim again.
fn is_verified() -> Validation {
    let requirement = EMAIL_VERIFIED.is_true();
    Validation::new("st-ev", "isVerified", requirement, vec![json!(10)])
}

fn has_string(key: &'static str, claim: PrimitiveClaim, value: &'static str) -> Validation {
    Validation::new(key, "hasValue", claim.has_value(value), vec![json!(value)])
}

fn has_number(key: &'static str, claim: PrimitiveClaim<i64>, value: i64) -> Validation {
    Validation::new(key, "hasValue", claim.has_value(value), vec![json!(value)])
}

fn includes(key: &'static str, claim: PrimitiveArrayClaim, name: &'static str) -> Validation {
    Validation::new(key, "includes", claim.includes(name), vec![json!(name)])
}

fn excludes(key: &'static str, claim: PrimitiveArrayClaim, name: &'static str) -> Validation {
    Validation::new(key, "excludes", claim.excludes(name), vec![json!(name)])
}

/// The names in a list.
type Names = &'static [&'static str];

fn includes_all(key: &'static str, claim: PrimitiveArrayClaim, names: Names) -> Validation {
    let requirement = claim.includes_all(names);
    Validation::new(key, "includesAll", requirement, vec![json!(names)])
}

fn includes_any(key: &'static str, claim: PrimitiveArrayClaim, names: Names) -> Validation {
    let requirement = claim.includes_any(names);
    Validation::new(key, "includesAny", requirement, vec![json!(names)])
}

fn excludes_all(key: &'static str, claim: PrimitiveArrayClaim, names: Names) -> Validation {
    let requirement = claim.excludes_all(names);
    Validation::new(key, "excludesAll", requirement, vec![json!(names)])
}

fn mfa_for_auth() -> Validation {
    let requirement = MFA.has_completed_requirements_for_auth();
    let validator = "hasCompletedMFARequirementsForAuth";
    Validation::new("st-mfa", validator, requirement, vec![])
}

/// A list of one step.
fn mfa_step(step: Factors<'static>) -> Validation {
    let requirement = MFA.has_completed(step);
    let list = vec![Value::Array(vec![step_of(&step)])];
    Validation::new("st-mfa", "hasCompletedRequirementList", requirement, list)
}

fn mfa(steps: &'static [Factors<'static>]) -> Validation {
    let requirement = MFA.has_completed_requirement_list(steps);
    let list = vec![steps.iter().map(step_of).collect()];
    Validation::new("st-mfa", "hasCompletedRequirementList", requirement, list)
}

fn step_of(step: &Factors<'_>) -> Value {
    match step {
        Factors::One(factor) => json!(factor),
        Factors::OneOf(factors) => json!({"oneOf": factors}),
        Factors::AllOf(factors) => json!({"allOfInAnyOrder": factors}),
        // `Factors` is non-exhaustive. The SDK would report this value as a difference.
        _ => Value::Null,
    }
}
