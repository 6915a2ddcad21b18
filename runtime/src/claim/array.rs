//! Claims that are a list of names.

use std::time::Duration;

use super::expected::Expected;
use super::fetched::Form;
use super::list::{List, Names, Shape};
use super::question::{Question, Verdict};
use super::supertokens::AnyClaim;
use crate::errors::Errors;
use crate::evidence::Evidence;
use crate::part::type_name;
use crate::reason::Reason;
use crate::requirement::{Requirement, Rule};
use crate::text::Contains;
use crate::written::{Asked, Written};

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
    names: Names,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ArrayRule<'a> {
    claim: PrimitiveArrayClaim,
    expected: Expected<'a, Validator<'a>>,
}

#[derive(Clone, Copy, Debug)]
enum Validator<'a> {
    Includes(&'a str),
    Excludes(&'a str),
    IncludesAll(&'a [&'a str]),
    IncludesAny(&'a [&'a str]),
    ExcludesAll(&'a [&'a str]),
}

impl PrimitiveArrayClaim {
    /// The claim of this key, in SuperTokens' form `{"v": [string], "t": milliseconds}`.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self::of_shape(key, Shape::Array(Form::Dated))
    }

    /// The claim of this key whose value is the array itself, as other issuers write it.
    ///
    /// It has no time, so a requirement with a maximum age is never met. The Cognito authorizer of a
    /// REST API joins the names with commas ([its developer guide, issue 158][joined]), which may be in
    /// names, too: of the text `admin,user` only the names that do not occur in it are certain, of
    /// `admin` every name.
    ///
    /// [joined]: https://github.com/awsdocs/amazon-api-gateway-developer-guide/issues/158
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
        Self {
            key,
            shape,
            names: Names::OfAnyKind,
        }
    }

    /// The name that the claim has in the token.
    pub(crate) const fn key(self) -> &'static str {
        self.key
    }

    /// The same claim of an issuer whose names contain no blank (U+0020), ever.
    ///
    /// ```
    /// use require_claims::{PrimitiveArrayClaim, supertokens};
    ///
    /// const ROLE: PrimitiveArrayClaim = supertokens::ROLE.without_blanks();
    /// ```
    ///
    /// Where there is no token to look at, the text `[foo admin]` is then two names. Say this only
    /// where whoever makes up names cannot make up one with a blank: otherwise a role `foo admin`
    /// passes for `admin`.
    #[must_use]
    pub const fn without_blanks(mut self) -> Self {
        self.names = Names::WithoutBlanks;
        self
    }

    /// Requires that the list has this name.
    #[must_use]
    pub const fn includes(self, name: &str) -> Requirement<'_> {
        self.requires(Validator::Includes(name))
    }

    /// Requires that the claim is there and does not have this name; a missing claim fails.
    #[must_use]
    pub const fn excludes(self, name: &str) -> Requirement<'_> {
        self.requires(Validator::Excludes(name))
    }

    /// Requires that the list has each of these names.
    #[must_use]
    pub const fn includes_all<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.requires(Validator::IncludesAll(names))
    }

    /// Requires that the list has at least one of these names.
    #[must_use]
    pub const fn includes_any<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.requires(Validator::IncludesAny(names))
    }

    /// Requires that the claim is there and has none of these names; a missing claim fails.
    #[must_use]
    pub const fn excludes_all<'a>(self, names: &'a [&'a str]) -> Requirement<'a> {
        self.requires(Validator::ExcludesAll(names))
    }

    /// Requires that the list has the value that the request's path has for this parameter.
    ///
    /// ```
    /// use require_claims::PrimitiveArrayClaim;
    ///
    /// const TEAMS: PrimitiveArrayClaim = PrimitiveArrayClaim::new("teams");
    ///
    /// // On a route such as `GET /teams/{team_id}`.
    /// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
    /// TEAMS.includes_path_parameter("team_id").check(event)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The parameter is that of `lambda_http`'s `path_parameters()`. A route without it denies, and
    /// so does an empty one and one of more than 1,024 bytes.
    #[must_use]
    pub const fn includes_path_parameter(self, name: &str) -> Requirement<'_> {
        self.expects(Expected::PathParameter(name))
    }

    const fn requires(self, validator: Validator<'_>) -> Requirement<'_> {
        self.expects(Expected::Written(validator))
    }

    const fn expects<'a>(self, expected: Expected<'a, Validator<'a>>) -> Requirement<'a> {
        Requirement::new(Rule::Array(ArrayRule {
            claim: self,
            expected,
        }))
    }
}

impl ArrayRule<'_> {
    pub(crate) fn decide(
        self,
        evidence: &Evidence<'_>,
        max_age: Option<Duration>,
        errors: &mut Errors,
    ) -> bool {
        let key = self.claim.key;
        let expected = self.expected;
        let Some(validator) = expected.validator(key, evidence, Validator::Includes, errors) else {
            return false;
        };
        let question = Question {
            key,
            expected_type: type_name::NAMES,
            evidence,
            max_age,
        };
        if validator.is_empty() {
            return errors.deny(question.key, Reason::empty_requirement);
        }
        let read = self.claim.shape.read(question.key, &evidence.claims);
        let absent = || validator.expect_of_absent(Reason::does_not_exist());
        let Some(list) = question.take_up(read, List::time, absent, errors) else {
            return false;
        };
        let verdict = match list.not_a_list() {
            Some(part) => Verdict::Undeclared(part),
            None => validator.verdict(|name| list.contains(name, self.claim.names)),
        };
        let expect = |reason| validator.expect(reason);
        let actual = || list.to_value();
        let is_clear_without_blanks = || validator.is_clear_without_blanks(list);
        question.answer(verdict, expect, actual, is_clear_without_blanks, errors)
    }
}

impl<'a> ArrayRule<'a> {
    /// The rule as the attribute writes it.
    pub(crate) fn written(self) -> Written<'a> {
        // What its names are is no part of the word.
        let claim = PrimitiveArrayClaim::of_shape(self.claim.key, self.claim.shape);
        let word = AnyClaim::Array(claim).word();
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
            Self::Includes(name) => Asked::Name(name),
            Self::Excludes(name) => Asked::NotName(name),
            Self::IncludesAll(names) => Asked::Names("all", names),
            Self::IncludesAny(names) => Asked::Names("any", names),
            Self::ExcludesAll(names) => Asked::Names("none", names),
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

    /// Whether the list is as required, by what is known of each name.
    fn verdict(self, contains: impl Fn(&str) -> Contains) -> Verdict<'static> {
        let each = |names: &[&str], wanted: Contains, against: Contains| {
            let mut verdict = Verdict::Met;
            for name in names {
                match contains(name) {
                    found if found == wanted => {}
                    found if found == against => return Verdict::Unmet,
                    _ => verdict = Verdict::Ambiguous,
                }
            }
            verdict
        };
        let (yes, no) = (Contains::Yes, Contains::No);
        match self {
            Self::Includes(name) => each(&[name], yes, no),
            Self::Excludes(name) => each(&[name], no, yes),
            Self::IncludesAll(names) => each(names, yes, no),
            Self::ExcludesAll(names) => each(names, no, yes),
            // Some name is in the list unless each is not.
            Self::IncludesAny(names) => match each(names, no, yes) {
                Verdict::Met => Verdict::Unmet,
                Verdict::Unmet => Verdict::Met,
                ambiguous => ambiguous,
            },
        }
    }

    /// Whether all readings of the list would say the same if no name had a blank in it.
    fn is_clear_without_blanks(self, list: List<'_>) -> bool {
        let verdict = self.verdict(|name| {
            if name.contains(' ') {
                // Who asks for it says that a name has one.
                Contains::Ambiguous
            } else {
                list.contains(name, Names::WithoutBlanks)
            }
        });
        !matches!(verdict, Verdict::Ambiguous)
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
