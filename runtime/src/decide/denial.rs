//! Unmet requirements, as plain data.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::age::WrongAge;
use crate::validator::{Factors, Remedy, Validator};
use crate::value::{Claim, RawClaim, ReadError};

/// The denials of a request, in the order of the requirements; empty if the request is allowed.
///
/// Up to four need no allocation. An allowed request may need these slots, because the denials of failed
/// alternatives of `any(…)` are kept until a later alternative is met.
pub(crate) type Denials<'a> = SmallVec<[Denial<'a>; 4]>;

/// One unmet requirement.
pub struct Denial<'a> {
    /// The claim's key, or its path joined with dots; empty if the denial is not about one claim.
    pub(crate) key: Cow<'a, str>,
    /// The claim and its validator; `None` for an empty list of requirements and for a claim that cannot be
    /// extracted.
    pub(crate) required: Option<(Claim, Validator<'a>)>,
    pub(crate) cause: Cause<'a>,
}

impl<'a> Denial<'a> {
    pub(crate) fn new(claim: Claim, validator: Validator<'a>, cause: Cause<'a>) -> Self {
        Self {
            key: claim.id(),
            required: Some((claim, validator)),
            cause,
        }
    }

    /// A denial without a validator.
    pub(crate) fn for_key(key: impl Into<Cow<'a, str>>, cause: Cause<'a>) -> Self {
        Self {
            key: key.into(),
            required: None,
            cause,
        }
    }
}

/// Why a requirement is not met.
pub(crate) enum Cause<'a> {
    NotRead(ReadError),
    /// The claim has another value: this one, if it is known.
    WrongValue(Option<RawClaim<'a>>),
    /// The value does not have this declared type.
    WrongType(RawClaim<'a>, &'static str),
    /// Some interpretations of the value meet the requirement, and others do not.
    Ambiguous(&'static [Remedy]),
    WrongAge(WrongAge),
    IncompleteForAuth,
    /// Factors of this step are missing in this claim.
    Incomplete(Factors<'a>, RawClaim<'a>),
    NoPathParameter(&'a str),
    EmptyRequirement,
    /// The claim does not have the type that the handler declares; with serde's error message.
    NotAsDeclared(String),
}

/// A text that only the token makes clear.
pub(crate) const AMBIGUOUS: Cause<'_> = Cause::Ambiguous(&[Remedy::Token]);

impl From<ReadError> for Cause<'_> {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Ambiguous => AMBIGUOUS,
            error => Self::NotRead(error),
        }
    }
}
