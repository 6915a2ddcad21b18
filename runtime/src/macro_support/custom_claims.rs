//! Requirements on custom claim constants, whose types the attribute does not know.
//!
//! Each form of the attribute's syntax is a trait. If a claim does not support a form, rustc reports a
//! readable error at the constant.

use std::slice;
use std::time::Duration;

use crate::claims::{
    BooleanClaim, MultiFactorAuthClaim, PrimitiveArrayClaim, PrimitiveClaim, TimeClaim,
};
use crate::requirement::{Requirement, all};
use crate::validator::Factors;

/// A constant that can be required without a value: `claims::TWO_FACTOR`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be required without a value",
    label = "this constant needs a value, or is not a claim",
    note = "a `BooleanClaim`, a `MultiFactorAuthClaim` or a `Requirement<'static>` needs no value; \
            a `PrimitiveClaim` or `PrimitiveArrayClaim` needs a value, such as `claims::PLAN = \"pro\"`; \
            a `TimeClaim` needs a maximum age, such as `oidc::AUTH_TIME(max_age = \"15m\")`",
    note = "a name follows its claim, such as `role = Role::Admin`"
)]
pub trait Alone {
    /// Requires the claim to be true, its factors to be completed, or the requirement to be met.
    fn alone(self) -> Member;
}

/// A constant that can be required with a maximum age and without a value: `oidc::AUTH_TIME(max_age = "15m")`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be required with only a maximum age",
    label = "this constant needs a value, or is not a claim",
    note = "a `TimeClaim`, a `BooleanClaim` or a `Requirement<'static>` needs no value; \
            other claims do: `claims::PLAN(\"pro\", max_age = \"1d\")`"
)]
pub trait Recent {
    /// Requires the claim to be true or the requirement to be met, recently; or the time to be recent.
    fn recent(self, max_age: Duration) -> Member;
}

/// A requirement of the attribute's list.
#[derive(Clone, Copy, Debug)]
pub enum Member {
    /// On one claim.
    Claim(Requirement<'static>),
    /// A constant, which is a list of its own: it cannot change which type of token the attribute is about.
    List(Requirement<'static>),
}

impl Member {
    /// The requirement.
    pub const fn requirement(&self) -> Requirement<'_> {
        match self {
            Self::Claim(requirement) => *requirement,
            Self::List(requirement) => all(slice::from_ref(requirement)),
        }
    }
}

/// A claim that can be compared with one value: `claims::PLAN = "pro"`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with a value",
    label = "this constant takes no value, or is not a claim",
    note = "a claim is a constant of type `BooleanClaim`, `PrimitiveClaim`, \
            `PrimitiveArrayClaim` or `MultiFactorAuthClaim`"
)]
pub trait One {
    /// The type that takes the value. With a single method, rustc would report a constant that is not a claim
    /// twice: at the constant, and at the value, whose expected type would be unknown.
    type Comparison;

    /// Starts the comparison.
    fn one(self) -> Self::Comparison;
}

macro_rules! comparable {
    ($($claim:ty),*) => {$(
        impl One for $claim {
            type Comparison = Comparison<Self>;

            fn one(self) -> Comparison<Self> {
                Comparison(self)
            }
        }

        impl Aged<$claim> {
            /// Fails to compile if the claim has no timestamp.
            #[track_caller]
            pub const fn supports_max_age(self) {
                let message = "this claim has no timestamp, so `max_age` is not supported; remove it";
                assert!(self.0.claim().supports_max_age(), "{}", message);
            }
        }
    )*};
}

comparable!(BooleanClaim, PrimitiveClaim<i64>, PrimitiveClaim<str>);
comparable!(PrimitiveArrayClaim, MultiFactorAuthClaim);

/// A constant that is required with a maximum age.
#[derive(Clone, Copy, Debug)]
pub struct Aged<C>(pub C);

impl Aged<TimeClaim> {
    /// The claim itself is a time.
    pub const fn supports_max_age(self) {}
}

impl Aged<Requirement<'static>> {
    /// The claims of a whole requirement are checked when a request arrives.
    pub const fn supports_max_age(self) {}
}

/// A claim that is about to be compared with one value.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<C>(C);

/// A claim that can be compared with `any(…)` of several names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with `any(…)`",
    label = "this claim cannot be compared with a list, or the constant is not a claim",
    note = "write `any(claims::SEATS = 5, claims::SEATS = 10)` to accept one of several values"
)]
pub trait AnyOf {
    /// Requires the claim to equal or contain at least one of these names.
    fn any_of<'a>(self, names: &'a [&'a str]) -> Requirement<'a>;
}

/// A claim that can be compared with `all(…)` of several names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with `all(…)`",
    label = "this claim has a single value, or the constant is not a claim",
    note = "a `PrimitiveArrayClaim` or a `MultiFactorAuthClaim` can contain several names"
)]
pub trait AllOf {
    /// Requires the claim to contain all of these names.
    fn all_of<'a>(self, names: &'a [&'a str]) -> Requirement<'a>;
}

/// A claim that can be compared with `none(…)` of several names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with `none(…)`",
    label = "`none(…)` is not supported by this type",
    note = "a `PrimitiveClaim` of a string or a `PrimitiveArrayClaim` supports `none(…)`"
)]
pub trait NoneOf {
    /// Requires the claim to be present, and to neither equal nor contain any of these names.
    fn none_of<'a>(self, names: &'a [&'a str]) -> Requirement<'a>;
}

/// A claim that can be compared with a path parameter: `claims::ORG = path("org_id")`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with a path parameter",
    label = "this claim does not contain names or integers, or the constant is not a claim",
    note = "a `PrimitiveClaim` or a `PrimitiveArrayClaim` can be compared with a path parameter"
)]
pub trait InPath {
    /// Requires the claim to equal or contain the value of this path parameter.
    fn in_path(self, parameter: &str) -> Requirement<'_>;
}

impl Alone for Requirement<'static> {
    fn alone(self) -> Member {
        Member::List(self)
    }
}

impl Alone for BooleanClaim {
    fn alone(self) -> Member {
        Member::Claim(self.is_true())
    }
}

impl Recent for Requirement<'static> {
    fn recent(self, max_age: Duration) -> Member {
        Member::List(self.max_age(max_age))
    }
}

impl Recent for BooleanClaim {
    fn recent(self, max_age: Duration) -> Member {
        Member::Claim(self.is_true().max_age(max_age))
    }
}

impl Recent for TimeClaim {
    fn recent(self, max_age: Duration) -> Member {
        Member::Claim(self.max_age(max_age))
    }
}

impl Alone for MultiFactorAuthClaim {
    fn alone(self) -> Member {
        Member::Claim(self.has_completed_requirements_for_auth())
    }
}

impl Comparison<BooleanClaim> {
    /// Requires the claim to equal this value.
    pub const fn with(self, value: &bool) -> Requirement<'_> {
        self.0.has_value(*value)
    }
}

impl Comparison<PrimitiveClaim<i64>> {
    /// Requires the claim to equal this value.
    pub const fn with(self, value: &i64) -> Requirement<'_> {
        self.0.has_value(*value)
    }
}

impl Comparison<PrimitiveClaim<str>> {
    /// Requires the claim to equal this value.
    pub const fn with(self, value: &str) -> Requirement<'_> {
        self.0.has_value(value)
    }
}

impl Comparison<PrimitiveArrayClaim> {
    /// Requires the list to contain this name.
    pub const fn with(self, value: &str) -> Requirement<'_> {
        self.0.includes(value)
    }
}

impl Comparison<MultiFactorAuthClaim> {
    /// Requires this factor to be completed.
    pub const fn with(self, value: &str) -> Requirement<'_> {
        self.0.has_completed(Factors::One(value))
    }
}

impl AnyOf for PrimitiveClaim<str> {
    fn any_of<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.has_any_of(names)
    }
}

impl AnyOf for PrimitiveArrayClaim {
    fn any_of<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.includes_any(names)
    }
}

impl AnyOf for MultiFactorAuthClaim {
    fn any_of<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.has_completed(Factors::OneOf(names))
    }
}

impl AllOf for PrimitiveArrayClaim {
    fn all_of<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.includes_all(names)
    }
}

impl AllOf for MultiFactorAuthClaim {
    fn all_of<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.has_completed(Factors::AllOf(names))
    }
}

impl NoneOf for PrimitiveClaim<str> {
    fn none_of<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.has_none_of(names)
    }
}

impl NoneOf for PrimitiveArrayClaim {
    fn none_of<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.excludes_all(names)
    }
}

impl InPath for PrimitiveClaim<str> {
    fn in_path(self, parameter: &str) -> Requirement<'_> {
        self.is_path_parameter(parameter)
    }
}

impl InPath for PrimitiveClaim<i64> {
    fn in_path(self, parameter: &str) -> Requirement<'_> {
        self.is_path_parameter(parameter)
    }
}

impl InPath for PrimitiveArrayClaim {
    fn in_path(self, parameter: &str) -> Requirement<'_> {
        self.includes_path_parameter(parameter)
    }
}
