//! Claims that are one string or one whole number.

use std::marker::PhantomData;
use std::time::Duration;

use serde_json::Value;

use super::expected::Expected;
use super::fetched::{Fetched, Form};
use super::question::{Question, Verdict};
use super::supertokens::AnyClaim;
use crate::errors::Errors;
use crate::evidence::Evidence;
use crate::number::safe_integer;
use crate::part::{Part, type_name};
use crate::reason::Reason;
use crate::requirement::{Requirement, Rule};
use crate::written::{Asked, Written};

/// A claim that is one string, or one whole number, `{"v": value, "t": milliseconds}` in the token.
///
/// ```
/// use require_claims::PrimitiveClaim;
///
/// const PLAN: PrimitiveClaim = PrimitiveClaim::new("plan");
/// const SEATS: PrimitiveClaim<i64> = PrimitiveClaim::new("seats");
/// /// A claim of another issuer, whose value stands by itself.
/// const ACR: PrimitiveClaim = PrimitiveClaim::bare("acr");
///
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// PLAN.has_value("pro").check(event)?;
/// SEATS.has_value(5).check(event)?;
/// ACR.has_any_of(&["silver", "gold"]).check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The counterpart of the SDK's [`PrimitiveClaim`][sdk]. `T` is the declared type of the value,
/// `str` or `i64`: text from the gateway is read as that type.
///
/// [sdk]: https://supertokens.com/docs/additional-verification/session-verification/claim-validation
#[derive(Debug, PartialEq, Eq)]
pub struct PrimitiveClaim<T: Primitive + ?Sized = str> {
    key: &'static str,
    form: Form,
    value: PhantomData<fn() -> Box<T>>,
}

/// A type that the value of a [`PrimitiveClaim`] can be declared to have: `str` or `i64`.
#[diagnostic::on_unimplemented(
    message = "a claim's value cannot be declared as `{Self}`",
    label = "use `str` or `i64`; for true and false, use a `BooleanClaim`"
)]
pub trait Primitive: sealed::Sealed {}

impl Primitive for str {}
impl Primitive for i64 {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for str {}
    impl Sealed for i64 {}
}

impl<T: Primitive + ?Sized> Clone for PrimitiveClaim<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Primitive + ?Sized> Copy for PrimitiveClaim<T> {}

#[derive(Clone, Copy, Debug)]
pub(crate) struct PrimitiveRule<'a> {
    key: &'static str,
    form: Form,
    expected: Expected<'a, Validator<'a>>,
}

#[derive(Clone, Copy, Debug)]
enum Validator<'a> {
    Is(&'a str),
    IsInteger(i64),
    AnyOf(&'a [&'a str]),
    NoneOf(&'a [&'a str]),
}

impl<T: Primitive + ?Sized> PrimitiveClaim<T> {
    /// The claim of this key, in SuperTokens' form `{"v": value, "t": milliseconds}`: one that the
    /// session recipe fetches, as the SDK's `PrimitiveClaim` does.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self::of_form(key, Form::Dated)
    }

    /// The claim of this key whose value stands by itself, as `sub` and `iss` do: one of another
    /// issuer, or one that the backend adds to the access token's payload (`"plan": "pro"`).
    ///
    /// It has no time, so a requirement with a maximum age is never met.
    #[must_use]
    pub const fn bare(key: &'static str) -> Self {
        Self::of_form(key, Form::Bare)
    }

    const fn of_form(key: &'static str, form: Form) -> Self {
        Self {
            key,
            form,
            value: PhantomData,
        }
    }

    /// The name that the claim has in the token.
    pub(crate) const fn key(self) -> &'static str {
        self.key
    }

    const fn requires(self, validator: Validator<'_>) -> Requirement<'_> {
        self.expects(Expected::Written(validator))
    }

    const fn expects<'a>(self, expected: Expected<'a, Validator<'a>>) -> Requirement<'a> {
        Requirement::new(Rule::Primitive(PrimitiveRule {
            key: self.key,
            form: self.form,
            expected,
        }))
    }
}

impl PrimitiveClaim<str> {
    /// Requires that the claim is there and is this string, byte for byte.
    #[must_use]
    pub const fn has_value(self, value: &str) -> Requirement<'_> {
        self.requires(Validator::Is(value))
    }

    /// Requires that the claim is there and is one of these strings.
    #[must_use]
    pub const fn has_any_of<'a>(self, values: &'a [&'a str]) -> Requirement<'a> {
        self.requires(Validator::AnyOf(values))
    }

    /// Requires that the claim is there and is none of these strings; a missing claim fails.
    #[must_use]
    pub const fn has_none_of<'a>(self, values: &'a [&'a str]) -> Requirement<'a> {
        self.requires(Validator::NoneOf(values))
    }

    /// Requires that the claim is there and is the value that the request's path has for this
    /// parameter, byte for byte: whether somebody asks for what is theirs.
    ///
    /// ```
    /// use require_claims::supertokens::SUBJECT;
    ///
    /// // On a route such as `GET /users/{user_id}/orders`.
    /// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
    /// SUBJECT.is_path_parameter("user_id").check(event)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The parameter is that of `lambda_http`'s `path_parameters()`. A route without it denies, and
    /// so does an empty one and one of more than 1,024 bytes.
    #[must_use]
    pub const fn is_path_parameter(self, name: &str) -> Requirement<'_> {
        self.expects(Expected::PathParameter(name))
    }
}

impl PrimitiveClaim<i64> {
    /// Requires that the claim is there and is this number, whatever its spelling (`5`, `5.0`,
    /// `5e0`).
    ///
    /// JSON numbers are compared as JavaScript does, as 64-bit floats. A number beyond 2⁵³ − 1 in
    /// size is not exact there, so a requirement of one is never met.
    #[must_use]
    pub const fn has_value(self, value: i64) -> Requirement<'static> {
        self.requires(Validator::IsInteger(value))
    }
}

impl PrimitiveRule<'_> {
    pub(crate) fn decide(
        self,
        evidence: &Evidence<'_>,
        max_age: Option<Duration>,
        errors: &mut Errors,
    ) -> bool {
        let expected = self.expected;
        let Some(validator) = expected.validator(self.key, evidence, Validator::Is, errors) else {
            return false;
        };
        let question = Question {
            key: self.key,
            expected_type: validator.expected_type(),
            evidence,
            max_age,
        };
        if validator.is_empty() {
            return errors.deny(question.key, Reason::empty_requirement);
        }
        let expect = |reason| validator.expect(reason);
        let read = self.form.read(evidence.claims.get(question.key));
        let absent = || expect(Reason::does_not_exist());
        let Some(Fetched { v, .. }) = question.take_up(read, Fetched::time, absent, errors) else {
            return false;
        };
        let verdict = validator.verdict(v, self.form);
        question.answer(verdict, expect, || validator.actual(v), || false, errors)
    }
}

impl<'a> PrimitiveRule<'a> {
    /// The rule as the attribute writes it.
    pub(crate) fn written(self) -> Written<'a> {
        let claim = PrimitiveClaim::of_form(self.key, self.form);
        let word = AnyClaim::Primitive(claim).word();
        let value = match self.expected {
            Expected::PathParameter(name) => Asked::PathParameter(name),
            Expected::Written(validator) => validator.written(),
        };
        Written::Claim(word, value)
    }
}

impl<'a> Validator<'a> {
    fn written(self) -> Asked<'a> {
        match self {
            Self::Is(value) => Asked::Name(value),
            Self::IsInteger(value) => Asked::Integer(value),
            Self::AnyOf(values) => Asked::Names("any", values),
            Self::NoneOf(values) => Asked::Names("none", values),
        }
    }
}

impl Validator<'_> {
    fn is_empty(self) -> bool {
        matches!(self, Self::AnyOf([]) | Self::NoneOf([]))
    }

    fn verdict(self, part: Part<'_>, form: Form) -> Verdict<'_> {
        match self {
            Self::IsInteger(expected) => verdict_on_integer(expected, part),
            Self::Is(value) => verdict_on_any(&[value], part, form),
            Self::AnyOf(values) => verdict_on_any(values, part, form),
            Self::NoneOf(values) => match is_any(values, part) {
                // Another type is no string among these, but not one that the claim may have either.
                None => Verdict::Undeclared(part),
                Some(true) => Verdict::Unmet,
                Some(false) if form == Form::Dated && may_be_before_others(values, part) => {
                    Verdict::Ambiguous
                }
                Some(false) => Verdict::Met,
            },
        }
    }

    fn expected_type(self) -> &'static str {
        match self {
            Self::IsInteger(_) => type_name::NUMBER,
            Self::Is(_) | Self::AnyOf(_) | Self::NoneOf(_) => type_name::STRING,
        }
    }

    /// The SDK's name for what was expected; lists have the names that it uses for arrays.
    fn expect(self, reason: Reason) -> Reason {
        match self {
            Self::Is(value) => reason.with("expectedValue", value),
            Self::IsInteger(value) => reason.with("expectedValue", value),
            Self::AnyOf(values) => reason.with("expectedToIncludeAtLeastOneOf", values),
            Self::NoneOf(values) => reason.with("expectedToNotInclude", values),
        }
    }

    fn actual(self, part: Part<'_>) -> Option<Value> {
        match (self, part) {
            (Self::IsInteger(_), Part::Text(_)) => part.number().map(Value::from),
            (_, Part::Text(text)) => Some(text.into()),
            (_, part) => part.to_value(),
        }
    }
}

fn verdict_on_any<'a>(values: &[&str], part: Part<'a>, form: Form) -> Verdict<'a> {
    match is_any(values, part) {
        Some(true) if form == Form::Dated && may_have_others_in_it(part) => Verdict::Ambiguous,
        Some(true) => Verdict::Met,
        _ => Verdict::Unmet,
    }
}

/// Whether a part is one of these strings; `None` where it is no string, or may be none.
fn is_any(values: &[&str], part: Part<'_>) -> Option<bool> {
    let mut is_one = false;
    for value in values {
        is_one |= part.is(value)?;
    }
    Some(is_one)
}

/// Whether the end of a text may be another member of the claim, as in `map[t:1 v:free w:x]`.
fn may_have_others_in_it(part: Part<'_>) -> bool {
    let Part::Text(text) = part else {
        return false;
    };
    let behind = text.split_once(' ');
    behind.is_some_and(|(_, behind)| behind.contains(':'))
}

/// Whether a text may be that of one of these values with another member of the claim behind it.
fn may_be_before_others(values: &[&str], part: Part<'_>) -> bool {
    let Part::Text(text) = part else {
        return false;
    };
    values.iter().any(|value| {
        let rest = text.strip_prefix(value);
        rest.is_some_and(|rest| rest.starts_with(' '))
    })
}

fn verdict_on_integer(expected: i64, part: Part<'_>) -> Verdict<'_> {
    match (part.number(), part) {
        (None, Part::Text(_)) => Verdict::Undeclared(part),
        (Some(actual), _) if safe_integer(actual) == Some(expected) => Verdict::Met,
        _ => Verdict::Unmet,
    }
}
