//! What the attribute requires of custom claim constants, whose types it does not know.
//!
//! Each form of the language is a trait, so that a form which a claim does not have is an error at
//! the constant, in words.

use crate::claims::{BooleanClaim, MultiFactorAuthClaim, PrimitiveArrayClaim, PrimitiveClaim};
use crate::requirement::Requirement;
use crate::validator::Factors;

/// What can be required without a value: `claims::TWO_FACTOR`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be required without a value",
    label = "this constant needs a value, or is no claim",
    note = "a `BooleanClaim`, a `MultiFactorAuthClaim` and a `Requirement<'static>` stand alone; \
            a `PrimitiveClaim` or `PrimitiveArrayClaim` needs a value, such as `claims::PLAN = \"pro\"`",
    note = "a name stands behind the claim that holds it, such as `role = Role::Admin`"
)]
pub trait Alone {
    /// That the claim is true, its factors are completed, or the requirement is met.
    fn alone(self) -> Requirement<'static>;
}

/// What can be compared with one value: `claims::PLAN = "pro"`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with a value",
    label = "this constant stands alone, or is no claim",
    note = "a claim is a constant of the type `BooleanClaim`, `PrimitiveClaim`, \
            `PrimitiveArrayClaim` or `MultiFactorAuthClaim`"
)]
pub trait One {
    /// What takes the value, in a step of its own: otherwise rustc would report a constant that is not a
    /// claim twice, there and at a value of unknown type.
    type Comparison;

    /// Starts the comparison.
    fn one(self) -> Self::Comparison;
}

macro_rules! comparable {
    ($($claim:ty),*) => {
        $(
            impl One for $claim {
                type Comparison = Comparison<Self>;

                fn one(self) -> Comparison<Self> {
                    Comparison(self)
                }
            }
        )*
    };
}

comparable!(
    BooleanClaim,
    PrimitiveClaim<i64>,
    PrimitiveClaim<str>,
    PrimitiveArrayClaim,
    MultiFactorAuthClaim
);

/// A claim, to be compared with one value.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<C>(C);

/// What can be compared with `any(…)` of several names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with `any(…)`",
    label = "this constant has no lists, or is no claim",
    note = "write `any(claims::SEATS = 5, claims::SEATS = 10)` where one of several values is enough"
)]
pub trait AnyOf {
    /// That it is one of these, or holds one.
    fn any_of<'a>(self, names: &'a [&'a str]) -> Requirement<'a>;
}

/// What can be compared with `all(…)` of several names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with `all(…)`",
    label = "this constant has one value at a time, or is no claim",
    note = "a `PrimitiveArrayClaim` and a `MultiFactorAuthClaim` can hold several names at once"
)]
pub trait AllOf {
    /// That it holds each of these.
    fn all_of<'a>(self, names: &'a [&'a str]) -> Requirement<'a>;
}

/// What can be compared with `none(…)` of several names.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with `none(…)`",
    label = "names cannot be ruled out here",
    note = "a `PrimitiveClaim` of a string and a `PrimitiveArrayClaim` can rule names out"
)]
pub trait NoneOf {
    /// That it is there, and is or holds none of these.
    fn none_of<'a>(self, names: &'a [&'a str]) -> Requirement<'a>;
}

/// What can be compared with a parameter of the request's path: `claims::ORG = path("org_id")`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with a parameter of the path",
    label = "this constant holds no names, or is no claim",
    note = "a `PrimitiveClaim` of a string and a `PrimitiveArrayClaim` hold names"
)]
pub trait InPath {
    /// That it is the value of this parameter, or holds it.
    fn in_path(self, parameter: &str) -> Requirement<'_>;
}

impl Alone for Requirement<'static> {
    fn alone(self) -> Self {
        self
    }
}

impl Alone for BooleanClaim {
    fn alone(self) -> Requirement<'static> {
        self.is_true()
    }
}

impl Alone for MultiFactorAuthClaim {
    fn alone(self) -> Requirement<'static> {
        self.has_completed_requirements_for_auth()
    }
}

impl Comparison<BooleanClaim> {
    /// That the claim is this value.
    #[must_use]
    pub const fn with(self, value: &bool) -> Requirement<'_> {
        self.0.has_value(*value)
    }
}

impl Comparison<PrimitiveClaim<i64>> {
    /// That the claim is this value.
    #[must_use]
    pub const fn with(self, value: &i64) -> Requirement<'_> {
        self.0.has_value(*value)
    }
}

impl Comparison<PrimitiveClaim<str>> {
    /// That the claim is this value.
    #[must_use]
    pub const fn with(self, value: &str) -> Requirement<'_> {
        self.0.has_value(value)
    }
}

impl Comparison<PrimitiveArrayClaim> {
    /// That the claim holds this value.
    #[must_use]
    pub const fn with(self, value: &str) -> Requirement<'_> {
        self.0.includes(value)
    }
}

impl Comparison<MultiFactorAuthClaim> {
    /// That the claim holds this value.
    #[must_use]
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

impl InPath for PrimitiveArrayClaim {
    fn in_path(self, parameter: &str) -> Requirement<'_> {
        self.includes_path_parameter(parameter)
    }
}
