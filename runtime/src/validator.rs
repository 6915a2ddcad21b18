//! 3 DECIDE: the validators of claims and their comparison with a value.
//!
//! A validator is plain data. This file contains its variant, the comparison, and the field in which the
//! SDK reports the expected value.

use serde_json::Value;

use crate::value::factors::CompletedFactors;
use crate::value::go_list::Match;
use crate::value::number::safe_integer;
use crate::value::{Names, Typed};

/// A condition on a claim's value, named after the SDK's validators.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Validator<'a> {
    /// A string that is not empty.
    IsPresent,
    /// A time, in seconds since 1970, that is recent enough.
    IsRecent,
    IsBoolean(bool),
    IsInteger(i64),
    Is(&'a str),
    IsAnyOf(&'a [&'a str]),
    IsNoneOf(&'a [&'a str]),
    /// Equals the path parameter of this name, as a string or an integer, or is a list that contains it.
    IsPathParameter(&'a str),
    Includes(&'a str),
    Excludes(&'a str),
    IncludesAll(&'a [&'a str]),
    IncludesAny(&'a [&'a str]),
    ExcludesAll(&'a [&'a str]),
    HasCompletedRequirementsForAuth,
    HasCompleted(Factors<'a>),
    HasCompletedList(&'a [Factors<'a>]),
}

/// One step of a list of required factors.
///
/// ```
/// use require_claims::{Factors, supertokens::MFA};
///
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// MFA.has_completed(Factors::OneOf(&["totp", "webauthn"])).check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// A factor is identified by its id: `emailpassword`, `otp-email`, `otp-phone`, `link-email`,
/// `link-phone`, `thirdparty`, `totp`, `webauthn`, or a custom id. An empty list is never met:
/// `empty requirement`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Factors<'a> {
    /// This factor.
    One(&'a str),
    /// At least one of these factors: the SDK's `oneOf`.
    OneOf(&'a [&'a str]),
    /// All of these factors, in any order: the SDK's `allOfInAnyOrder`.
    AllOf(&'a [&'a str]),
}

/// What would make an ambiguous value clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// To send the token in `Authorization`.
    Token,
    /// To declare that no name contains a space.
    WithoutSpaces,
    /// To declare that no name contains a comma.
    WithoutCommas,
}

/// The result of a comparison. It takes every interpretation of the value into account.
pub(crate) enum Verdict<'a, E> {
    /// Met in every interpretation.
    Met,
    /// Met in no interpretation.
    Unmet,
    /// The validator has an empty list, which is treated as a mistake.
    EmptyRequirement,
    /// The value is empty, which counts as missing.
    Empty,
    /// Met in some interpretations and not in others.
    Ambiguous,
    /// The value does not have the type that the validator compares.
    WrongType,
    /// The flag `v` of the required factors is false.
    IncompleteForAuth,
    /// Factors of this step are missing.
    Incomplete(Factors<'a>),
    /// Enough factors are completed, but at least one of them not recently enough.
    WrongAge(E),
}

impl<'a> Validator<'a> {
    /// Compares the value. **The only place where a requirement is met.**
    ///
    /// `check_age` checks a time in the value, in seconds since 1970.
    pub(crate) fn verdict<E>(
        self,
        value: &Typed<'_>,
        check_age: impl Fn(f64) -> Result<(), E>,
    ) -> Verdict<'a, E> {
        if self.is_empty() {
            return Verdict::EmptyRequirement;
        }
        let matches = match (self, value) {
            (Self::IsBoolean(expected), Typed::Boolean(actual)) => (*actual == expected).into(),
            (Self::IsInteger(expected), Typed::Integer(actual)) => is_integer(*actual, expected),
            (Self::IsRecent, Typed::Integer(seconds)) => {
                return match check_age(*seconds) {
                    Ok(()) => Verdict::Met,
                    Err(age) => Verdict::WrongAge(age),
                };
            }
            (Self::IsPresent, Typed::String(text)) if !text.is_present() => return Verdict::Empty,
            (Self::IsPresent, Typed::String(_)) => Match::Yes,
            (_, Typed::String(text)) if text.may_have_lone_surrogate() => {
                return Verdict::Ambiguous;
            }
            (Self::Is(name), Typed::String(text)) => text.is(name),
            (Self::IsAnyOf(names), Typed::String(text)) => any(names, |name| text.is(name)),
            (Self::IsNoneOf(names), Typed::String(text)) => not(any(names, |name| text.is(name))),
            (_, Typed::List(list, other)) => {
                let matches = self.match_list(|name| {
                    let contains = list.contains(name);
                    other.map_or(contains, |other| contains.if_equal_to(other.contains(name)))
                });
                match matches {
                    Match::Yes if list.may_be_array() => Match::Ambiguous,
                    matches => matches,
                }
            }
            (_, Typed::Factors(factors)) => match self.unmet_factors(factors, check_age) {
                None => Match::Yes,
                Some(unmet) => return unmet,
            },
            _ => return Verdict::WrongType,
        };
        match matches {
            Match::Yes => Verdict::Met,
            Match::No => Verdict::Unmet,
            Match::Ambiguous => Verdict::Ambiguous,
        }
    }

    /// Returns why the completed factors do not meet the requirement; `None` if they do.
    fn unmet_factors<E>(
        self,
        completed: &CompletedFactors<'_>,
        check_age: impl Fn(f64) -> Result<(), E>,
    ) -> Option<Verdict<'a, E>> {
        match self {
            Self::HasCompletedRequirementsForAuth => {
                (!completed.v).then_some(Verdict::IncompleteForAuth)
            }
            Self::HasCompleted(step) => step.unmet(completed, check_age),
            Self::HasCompletedList(steps) => {
                let mut steps = steps.iter();
                steps.find_map(|step| step.unmet(completed, &check_age))
            }
            _ => Some(Verdict::WrongType),
        }
    }

    /// Whether a list meets the requirement, given a function that returns whether the list contains a name.
    fn match_list(self, contains: impl Fn(&str) -> Match) -> Match {
        match self {
            Self::Includes(name) => contains(name),
            Self::Excludes(name) => not(contains(name)),
            Self::IncludesAll(names) => not(any(names, |name| not(contains(name)))),
            Self::IncludesAny(names) => any(names, contains),
            Self::ExcludesAll(names) => not(any(names, contains)),
            _ => Match::Ambiguous,
        }
    }

    /// Whether the validator requires nothing.
    fn is_empty(self) -> bool {
        match self {
            Self::IsAnyOf(names)
            | Self::IsNoneOf(names)
            | Self::IncludesAll(names)
            | Self::IncludesAny(names)
            | Self::ExcludesAll(names) => names.is_empty(),
            Self::HasCompleted(step) => step.names().is_empty(),
            Self::HasCompletedList(steps) => {
                steps.is_empty() || steps.iter().any(|step| step.names().is_empty())
            }
            _ => false,
        }
    }

    /// Whether a maximum age applies to times in the value instead of the time of the claim.
    pub(crate) fn has_own_times(self) -> bool {
        matches!(
            self,
            Self::HasCompleted(_) | Self::HasCompletedList(_) | Self::IsRecent
        )
    }

    /// Whether the SDK reports a value of another type as `wrong value`.
    pub(crate) fn reports_wrong_type_as_wrong_value(self) -> bool {
        matches!(
            self,
            Self::IsBoolean(_) | Self::IsInteger(_) | Self::Is(_) | Self::IsAnyOf(_)
        )
    }

    /// What would make this value clear. With the token, an integer beyond JavaScript's safe integers is still
    /// not exact.
    pub(crate) fn remedies(self, value: &Typed<'_>) -> &'static [Remedy] {
        let list = match value {
            Typed::List(list, _) if list.is_exact_string() => return &[],
            Typed::List(list, None) if !list.may_be_array() => *list,
            Typed::Integer(_) => return &[],
            _ => return &[Remedy::Token],
        };
        let is_clear_if = |declare: fn(&mut Names)| {
            let mut list = list;
            declare(&mut list.names);
            // A requirement with such a name shows that names may contain this character.
            let contains = |name: &str| {
                let is_possible = !list.names.exclude(name);
                if is_possible {
                    list.contains(name)
                } else {
                    Match::Ambiguous
                }
            };
            self.match_list(contains) != Match::Ambiguous
        };
        if is_clear_if(|names| names.without_spaces = true) {
            &[Remedy::Token, Remedy::WithoutSpaces]
        } else if is_clear_if(|names| names.without_commas = true) {
            &[Remedy::WithoutCommas]
        } else {
            &[Remedy::Token]
        }
    }

    /// The field in which the SDK reports the expected value, and the value.
    pub(crate) fn expected(self) -> Option<(&'static str, Value)> {
        Some(match self {
            Self::IsBoolean(value) => ("expectedValue", value.into()),
            Self::IsInteger(value) => ("expectedValue", value.into()),
            Self::Is(value) => ("expectedValue", value.into()),
            Self::IsAnyOf(values) => ("expectedToIncludeAtLeastOneOf", values.into()),
            Self::IsNoneOf(values) => ("expectedToNotInclude", values.into()),
            Self::Includes(name) => ("expectedToInclude", name.into()),
            Self::Excludes(name) => ("expectedToNotInclude", name.into()),
            Self::IncludesAll(names) => ("expectedToInclude", names.into()),
            Self::IncludesAny(names) => ("expectedToIncludeAtLeastOneOf", names.into()),
            Self::ExcludesAll(names) => ("expectedToNotInclude", names.into()),
            _ => return None,
        })
    }

    /// Like [`expected`](Self::expected), for a missing claim: the SDK then uses another field for
    /// `includesAny`.
    pub(crate) fn expected_if_missing(self) -> Option<(&'static str, Value)> {
        match self {
            Self::IncludesAny(names) => Some(("expectedToNotInclude", names.into())),
            other => other.expected(),
        }
    }
}

/// Whether a number is this integer. Beyond JavaScript's safe integers, several integers are one number.
fn is_integer(actual: f64, expected: i64) -> Match {
    #[expect(
        clippy::cast_precision_loss,
        clippy::float_cmp,
        reason = "the number that the expected integer rounds to"
    )]
    let may_be_expected = actual == expected as f64;
    match safe_integer(actual) {
        None if may_be_expected => Match::Ambiguous,
        integer => (integer == Some(expected)).into(),
    }
}

/// Whether the value is, or contains, at least one of the names.
fn any(names: &[&str], contains: impl Fn(&str) -> Match) -> Match {
    let mut found = Match::No;
    for name in names {
        match contains(name) {
            Match::Yes => return Match::Yes,
            Match::No => {}
            Match::Ambiguous => found = Match::Ambiguous,
        }
    }
    found
}

fn not(matches: Match) -> Match {
    match matches {
        Match::Yes => Match::No,
        Match::No => Match::Yes,
        Match::Ambiguous => Match::Ambiguous,
    }
}

impl<'a> Factors<'a> {
    /// The ids of the factors in this step.
    pub(crate) fn names(&self) -> &[&'a str] {
        match self {
            Self::One(factor) => std::slice::from_ref(factor),
            Self::OneOf(factors) | Self::AllOf(factors) => factors,
        }
    }

    /// Returns why this step is not completed; `None` if it is.
    fn unmet<E>(
        self,
        completed: &CompletedFactors<'_>,
        check_age: impl Fn(f64) -> Result<(), E>,
    ) -> Option<Verdict<'a, E>> {
        let mut wrong_age = None;
        let (mut fresh, mut is_missing) = (0, false);
        for factor in self.names() {
            match completed.completed_at(factor).map(&check_age) {
                None => is_missing = true,
                Some(Ok(())) => fresh += 1,
                Some(Err(age)) => {
                    wrong_age.get_or_insert(age);
                }
            }
        }
        let required = match self {
            Self::OneOf(_) => 1,
            // An empty step is never met.
            Self::One(_) | Self::AllOf(_) => self.names().len().max(1),
        };
        if fresh >= required {
            return None;
        }
        // If enough factors are completed, the cause is the age of one of them.
        let enough = !is_missing || matches!(self, Self::OneOf(_));
        Some(match wrong_age.filter(|_| enough) {
            Some(age) => Verdict::WrongAge(age),
            None => Verdict::Incomplete(self),
        })
    }
}
