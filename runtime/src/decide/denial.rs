//! A requirement that is not met, as plain data.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::age::WrongAge;
use crate::validator::{Factors, Validator};
use crate::value::{Claim, RawClaim, Unread};

/// Everything that is wrong with a request, in the order of the requirements; nothing if it is allowed.
///
/// The first four need no allocation: those of the alternatives of `any(…)` are discarded again when a
/// later alternative is met.
pub(crate) type Denials<'a> = SmallVec<[Denial<'a>; 4]>;

/// One requirement that is not met.
pub struct Denial<'a> {
    /// The claim's name; empty where nothing is required.
    pub(crate) key: Cow<'a, str>,
    /// What was required of which claim; none where a claim cannot be read for the handler.
    pub(crate) required: Option<(Claim, Validator<'a>)>,
    pub(crate) why: Why<'a>,
}

impl<'a> Denial<'a> {
    pub(crate) fn new(claim: Claim, validator: Validator<'a>, why: Why<'a>) -> Self {
        Self {
            key: claim.key.into(),
            required: Some((claim, validator)),
            why,
        }
    }

    /// A denial without a requirement on a claim.
    pub(crate) fn of(key: impl Into<Cow<'a, str>>, why: Why<'a>) -> Self {
        Self {
            key: key.into(),
            required: None,
            why,
        }
    }
}

/// Why a requirement is not met.
pub(crate) enum Why<'a> {
    Unread(Unread),
    /// The claim has another value, if that is known.
    WrongValue(Option<RawClaim<'a>>),
    /// The value is not of the type of this name.
    WrongType(RawClaim<'a>, &'static str),
    /// The text is not that of a value of this type.
    Unreadable(&'static str),
    /// The claim's `t` is of this JSON type.
    WrongTypeOfTime(&'static str),
    /// The text has several interpretations; whether it would have one if no name contained a space.
    Ambiguous {
        clear_without_spaces: bool,
    },
    WrongAge(WrongAge),
    IncompleteForAuth,
    /// Factors of this step are missing among these.
    Incomplete(Factors<'a>, RawClaim<'a>),
    NoPathParameter(&'a str),
    EmptyRequirement,
    /// The claim is not as the handler's type declares it, in the words of serde.
    NotAsDeclared(String),
}

/// Several interpretations, among them some that no spaces explain.
pub(crate) const AMBIGUOUS: Why<'_> = Why::Ambiguous {
    clear_without_spaces: false,
};

impl<'a> Why<'a> {
    /// A value is not of the claim's declared type.
    pub(crate) fn wrong_type(value: RawClaim<'a>, claim: Claim) -> Self {
        match value {
            RawClaim::GatewayText(_) => Self::Unreadable(claim.ty.name()),
            value => Self::WrongType(value, claim.ty.name()),
        }
    }
}

impl From<Unread> for Why<'_> {
    fn from(unread: Unread) -> Self {
        Self::Unread(unread)
    }
}
