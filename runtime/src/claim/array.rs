//! Claims that are a list of names.

use std::time::Duration;

use super::age::check_age;
use super::names::Shape;
use super::{Case, Form, Part};
use crate::reason::{Errors, Reason};
use crate::requirement::{Requirement, Rule};
use crate::text::Contains;

/// A claim that is a list of names, `{"v": [string], "t": milliseconds}` in the token.
///
/// ```
/// use require_claims::{PrimitiveArrayClaim, supertokens::ROLE};
///
/// const TEAMS: PrimitiveArrayClaim = PrimitiveArrayClaim::new("teams");
/// /// A claim of another issuer, whose value is the array itself.
/// const GROUPS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("groups");
///
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// ROLE.includes("admin").check(event)?;
/// TEAMS.includes_any(&["billing", "support"]).check(event)?;
/// GROUPS.excludes("suspended").check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The counterpart of the SDK's [`PrimitiveArrayClaim`][sdk]. Names are compared whole and byte for
/// byte. The text of an HTTP API does not tell `["foo admin"]` from `["foo", "admin"]`: a
/// requirement is met only where all readings of the text meet it, and denied as `ambiguous value`
/// where they differ.
///
/// [sdk]: https://supertokens.com/docs/additional-verification/session-verification/claim-validation
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrimitiveArrayClaim {
    key: &'static str,
    shape: Shape,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ArrayRule<'a> {
    claim: PrimitiveArrayClaim,
    validator: Validator<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Validator<'a> {
    Includes(&'a str),
    Excludes(&'a str),
    IncludesAll(&'a [&'a str]),
    IncludesAny(&'a [&'a str]),
    ExcludesAll(&'a [&'a str]),
}

const EXPECTED_TYPE: &str = "array of strings";

impl PrimitiveArrayClaim {
    /// The claim of this name, in SuperTokens' form `{"v": [string], "t": milliseconds}`.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self::of_shape(key, Shape::Array(Form::Dated))
    }

    /// The claim of this name whose value is the array itself, as other issuers write it.
    ///
    /// It has no time, so a requirement with a maximum age is never met.
    #[must_use]
    pub const fn bare(key: &'static str) -> Self {
        Self::of_shape(key, Shape::Array(Form::Bare))
    }

    pub(super) const fn audience() -> Self {
        Self::of_shape("aud", Shape::Audience)
    }

    pub(super) const fn scope() -> Self {
        Self::of_shape("scope", Shape::Scope)
    }

    const fn of_shape(key: &'static str, shape: Shape) -> Self {
        Self { key, shape }
    }

    /// Requires that the list has this name.
    #[must_use]
    pub const fn includes<'a>(&self, name: &'a str) -> Requirement<'a> {
        self.requires(Validator::Includes(name))
    }

    /// Requires that the claim is there and does not have this name; a missing claim fails.
    #[must_use]
    pub const fn excludes<'a>(&self, name: &'a str) -> Requirement<'a> {
        self.requires(Validator::Excludes(name))
    }

    /// Requires that the list has each of these names.
    #[must_use]
    pub const fn includes_all<'a>(&self, names: &'a [&'a str]) -> Requirement<'a> {
        self.requires(Validator::IncludesAll(names))
    }

    /// Requires that the list has at least one of these names.
    #[must_use]
    pub const fn includes_any<'a>(&self, names: &'a [&'a str]) -> Requirement<'a> {
        self.requires(Validator::IncludesAny(names))
    }

    /// Requires that the claim is there and has none of these names; a missing claim fails.
    #[must_use]
    pub const fn excludes_all<'a>(&self, names: &'a [&'a str]) -> Requirement<'a> {
        self.requires(Validator::ExcludesAll(names))
    }

    const fn requires<'a>(&self, validator: Validator<'a>) -> Requirement<'a> {
        Requirement::new(Rule::Array(ArrayRule {
            claim: *self,
            validator,
        }))
    }
}

impl ArrayRule<'_> {
    pub(crate) fn decide(
        self,
        case: &Case<'_>,
        max_age: Option<Duration>,
        errors: &mut Errors,
    ) -> bool {
        let (id, validator) = (self.claim.key, self.validator);
        if validator.is_empty() {
            return errors.deny(id, Reason::empty_requirement);
        }
        let names = match self.claim.shape.read(id, &case.claims) {
            Ok(names) => names,
            Err(unread) => {
                let absent = || validator.expect_of_absent(Reason::does_not_exist());
                return errors.deny(id, || unread.reason(EXPECTED_TYPE, absent));
            }
        };
        if let Err(wrong_age) = check_age(|| names.time(), max_age, case.clock) {
            return errors.deny(id, || wrong_age.reason());
        }
        if let Some(wrong) = names.not_a_list() {
            return errors.deny(id, || match wrong {
                Part::Text(_) => Reason::unreadable(EXPECTED_TYPE),
                wrong => Reason::wrong_type(EXPECTED_TYPE, wrong.type_name()),
            });
        }
        match validator.verdict(|name| names.contain(name)) {
            Contains::Yes => true,
            Contains::No => errors.deny(id, || {
                let reason = validator.expect(Reason::wrong_value());
                match names.to_value() {
                    Some(actual) => reason.with("actualValue", actual),
                    None => reason,
                }
            }),
            Contains::Unclear => errors.deny(id, || validator.expect(Reason::ambiguous())),
        }
    }
}

impl Validator<'_> {
    fn is_empty(self) -> bool {
        matches!(
            self,
            Self::IncludesAll([]) | Self::IncludesAny([]) | Self::ExcludesAll([])
        )
    }

    /// Whether the list is as required: `Yes` only where that is so in every reading.
    fn verdict(self, contains: impl Fn(&str) -> Contains) -> Contains {
        let all = |names: &[&str], wanted: Contains, against: Contains| {
            let mut verdict = Contains::Yes;
            for name in names {
                match contains(name) {
                    found if found == wanted => {}
                    found if found == against => return Contains::No,
                    _ => verdict = Contains::Unclear,
                }
            }
            verdict
        };
        let (yes, no) = (Contains::Yes, Contains::No);
        match self {
            Self::Includes(name) => all(&[name], yes, no),
            Self::Excludes(name) => all(&[name], no, yes),
            Self::IncludesAll(names) => all(names, yes, no),
            Self::ExcludesAll(names) => all(names, no, yes),
            // Some name is in the list unless all are not.
            Self::IncludesAny(names) => match all(names, no, yes) {
                Contains::Yes => Contains::No,
                Contains::No => Contains::Yes,
                Contains::Unclear => Contains::Unclear,
            },
        }
    }

    /// The SDK's field names for a claim that is there.
    fn expect(self, reason: Reason) -> Reason {
        match self {
            Self::Includes(name) => reason.with("expectedToInclude", name),
            Self::Excludes(name) => reason.with("expectedToNotInclude", name),
            Self::IncludesAll(names) => reason.with("expectedToInclude", names),
            Self::IncludesAny(names) => reason.with("expectedToIncludeAtLeastOneOf", names),
            Self::ExcludesAll(names) => reason.with("expectedToNotInclude", names),
        }
    }

    /// The SDK's field names for a claim that is absent, its slip for `includesAny` kept.
    fn expect_of_absent(self, reason: Reason) -> Reason {
        match self {
            Self::IncludesAny(names) => reason.with("expectedToNotInclude", names),
            other => other.expect(reason),
        }
    }
}
