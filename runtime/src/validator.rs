//! 3 DECIDE: what can be required of one claim, and the comparison with its value.
//!
//! A validator is plain data. This file has its variant, the comparison, and the field in which the SDK
//! reports the expected value.

use serde_json::Value;

use crate::value::Typed;
use crate::value::factors::CompletedFactors;
use crate::value::go_list::Contains;
use crate::value::number::safe_integer;

/// What is required of a claim's value, named after the SDK's validators.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Validator<'a> {
    /// A string that is not empty.
    IsPresent,
    IsBoolean(bool),
    IsInteger(i64),
    Is(&'a str),
    IsAnyOf(&'a [&'a str]),
    IsNoneOf(&'a [&'a str]),
    /// The value of the request's path for the parameter of this name, or a list with it.
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
/// A factor is named by its id: `emailpassword`, `otp-email`, `otp-phone`, `link-email`,
/// `link-phone`, `thirdparty`, `totp`, `webauthn`, or a custom one.
///
/// ```
/// use require_claims::{Factors, supertokens::MFA};
///
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// MFA.has_completed(Factors::OneOf(&["totp", "webauthn"])).check(event)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factors<'a> {
    /// This factor.
    One(&'a str),
    /// At least one of these, the SDK's `oneOf`.
    OneOf(&'a [&'a str]),
    /// Each of these, in any order, the SDK's `allOfInAnyOrder`.
    AllOf(&'a [&'a str]),
}

/// The result of a comparison, which holds for every interpretation of the value.
pub(crate) enum Verdict<'a, E> {
    Met,
    Unmet,
    /// Nothing is required, which is taken for a mistake.
    NothingRequired,
    /// The value is empty, which counts as missing.
    Empty,
    /// Met in some interpretations and not in others.
    Ambiguous,
    /// The value is not of the type that is compared.
    WrongType,
    /// The flag of the required factors is false.
    IncompleteForAuth,
    /// Factors of this step are missing.
    Incomplete(Factors<'a>),
    /// Enough factors are completed, but not recently enough.
    WrongAge(E),
}

impl<'a> Validator<'a> {
    /// Compares the value. **The only place where a requirement is met.**
    ///
    /// `check_age` checks when a factor was completed, in seconds since 1970.
    pub(crate) fn verdict<E>(
        self,
        value: &Typed<'_>,
        check_age: impl Fn(f64) -> Result<(), E>,
    ) -> Verdict<'a, E> {
        if self.is_empty() {
            return Verdict::NothingRequired;
        }
        let answer = match (self, value) {
            (Self::IsBoolean(expected), Typed::Boolean(actual)) => (*actual == expected).into(),
            (Self::IsInteger(expected), Typed::Integer(actual)) => {
                (safe_integer(*actual) == Some(expected)).into()
            }
            (Self::IsPresent, Typed::String(text)) if !text.is_present() => return Verdict::Empty,
            (Self::IsPresent, Typed::String(_)) => Contains::Yes,
            (_, Typed::String(text)) if text.may_not_be_text() => return Verdict::WrongType,
            (Self::Is(name), Typed::String(text)) => text.is(name),
            (Self::IsAnyOf(names), Typed::String(text)) => any(names, |name| text.is(name)),
            (Self::IsNoneOf(names), Typed::String(text)) => not(any(names, |name| text.is(name))),
            (_, Typed::List(list, other)) => self.answer_of_list(|name| {
                let answer = list.contains(name);
                // Two claims with different lists are two answers.
                other.map_or(answer, |other| answer.and_also(other.contains(name)))
            }),
            (_, Typed::Factors(factors)) => match self.unmet_factors(factors, check_age) {
                None => Contains::Yes,
                Some(unmet) => return unmet,
            },
            _ => return Verdict::WrongType,
        };
        match answer {
            Contains::Yes => Verdict::Met,
            Contains::No => Verdict::Unmet,
            Contains::Ambiguous => Verdict::Ambiguous,
        }
    }

    /// What is wrong with the completed factors, if anything.
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

    /// Whether a list is as required, given whether it contains each name.
    fn answer_of_list(self, contains: impl Fn(&str) -> Contains) -> Contains {
        match self {
            Self::Includes(name) => contains(name),
            Self::Excludes(name) => not(contains(name)),
            Self::IncludesAll(names) => not(any(names, |name| not(contains(name)))),
            Self::IncludesAny(names) => any(names, contains),
            Self::ExcludesAll(names) => not(any(names, contains)),
            _ => Contains::Ambiguous,
        }
    }

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

    /// Whether the required age is that of each factor, and not of the claim.
    pub(crate) fn has_times_of_factors(self) -> bool {
        matches!(self, Self::HasCompleted(_) | Self::HasCompletedList(_))
    }

    /// Whether the SDK reports a value of another type as `wrong value`.
    pub(crate) fn takes_any_type(self) -> bool {
        matches!(
            self,
            Self::IsBoolean(_) | Self::IsInteger(_) | Self::Is(_) | Self::IsAnyOf(_)
        )
    }

    /// Whether an ambiguous list would be clear if none of its names contained a space.
    pub(crate) fn is_clear_without_spaces(self, value: &Typed<'_>) -> bool {
        let Typed::List(list, None) = value else {
            return false;
        };
        let answer = self.answer_of_list(|name| {
            if name.contains(' ') {
                // Requiring this name says that a name may contain one.
                Contains::Ambiguous
            } else {
                list.without_spaces().contains(name)
            }
        });
        answer != Contains::Ambiguous
    }

    /// The SDK's field for what was expected of a claim, and its value.
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

    /// The same of a claim that is missing, with the SDK's odd field for `includesAny`.
    pub(crate) fn expected_of_missing(self) -> Option<(&'static str, Value)> {
        match self {
            Self::IncludesAny(names) => Some(("expectedToNotInclude", names.into())),
            other => other.expected(),
        }
    }
}

/// Whether some name is the value or in it.
fn any(names: &[&str], contains: impl Fn(&str) -> Contains) -> Contains {
    let mut found = Contains::No;
    for name in names {
        match contains(name) {
            Contains::Yes => return Contains::Yes,
            Contains::No => {}
            Contains::Ambiguous => found = Contains::Ambiguous,
        }
    }
    found
}

fn not(answer: Contains) -> Contains {
    match answer {
        Contains::Yes => Contains::No,
        Contains::No => Contains::Yes,
        Contains::Ambiguous => Contains::Ambiguous,
    }
}

impl<'a> Factors<'a> {
    pub(crate) fn names(&self) -> &[&'a str] {
        match self {
            Self::One(factor) => std::slice::from_ref(factor),
            Self::OneOf(factors) | Self::AllOf(factors) => factors,
        }
    }

    /// What of this step is not completed, if anything.
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
        // Where enough factors are completed, the problem is an age.
        let enough = !is_missing || matches!(self, Self::OneOf(_));
        Some(match wrong_age.filter(|_| enough) {
            Some(age) => Verdict::WrongAge(age),
            None => Verdict::Incomplete(self),
        })
    }
}
