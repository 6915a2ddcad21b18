//! Random requirements, each as written in the attribute and as the equivalent value.

use std::fmt::{self, Display, Formatter};

use fastrand::Rng;

use super::claims::{self, Claim, ValueType};

/// A requirement.
#[derive(Debug)]
pub enum Requirement {
    /// On one claim.
    Claim(ClaimRequirement),
    /// `oauth2`: the lists that contain it are about OAuth 2 access tokens.
    OAuth2,
    /// `any(…)`.
    Any(Vec<Requirement>),
    /// `all(…)`.
    All(Vec<Requirement>),
}

/// A requirement on one claim.
#[derive(Debug)]
pub struct ClaimRequirement {
    /// The claim.
    pub claim: &'static Claim,
    /// The value that is required.
    pub expected: Expected,
    /// The maximum age in hours.
    pub max_age: Option<u32>,
}

/// The required value of a claim.
#[derive(Debug)]
pub enum Expected {
    /// True, complete or present.
    Default,
    /// This value.
    One(&'static str),
    /// `any(…)`, `all(…)` or `none(…)` of values.
    List(&'static str, Vec<&'static str>),
    /// The request's path parameter `id`.
    Path,
}

/// The names in claims and requirements.
pub const NAMES: [&str; 4] = ["admin", "user", "totp", "webauthn"];

/// The numbers in claims and requirements.
pub const NUMBERS: [&str; 3] = ["5", "-5", "0"];

/// A random element.
pub fn one_of<T: Copy>(random: &mut Rng, all: &[T]) -> T {
    all[random.usize(..all.len())]
}

/// True once in `times` calls, on average.
pub fn once_in(random: &mut Rng, times: usize) -> bool {
    random.usize(..times) == 0
}

/// The requirements of `count` attributes.
#[must_use]
pub fn generate(seed: u64, count: usize) -> Vec<Vec<Requirement>> {
    let mut random = Rng::with_seed(seed);
    let attributes = (0..count).map(|_| {
        let length = 1 + random.usize(..2);
        Generator {
            random: &mut random,
            free: claims::all().collect(),
        }
        .list(length, 0)
    });
    attributes.collect()
}

/// Generates the requirements of one attribute.
struct Generator<'a> {
    random: &'a mut Rng,
    /// The claims that are not used yet. A claim is used once in an attribute, because the macro rejects most
    /// combinations.
    free: Vec<&'static Claim>,
}

impl Generator<'_> {
    /// A list of requirements, of which some are about OAuth 2 access tokens. The word is a member of the list
    /// or, in half of them, of an `any(…)` in it.
    fn list(&mut self, length: usize, depth: usize) -> Vec<Requirement> {
        let is_about_oauth2 = once_in(self.random, 3);
        let mut list: Vec<_> = (0..length)
            .map(|_| self.requirement(is_about_oauth2, false, depth))
            .collect();
        if is_about_oauth2 {
            let index = self.random.usize(..list.len());
            if once_in(self.random, 2) {
                list.insert(index, Requirement::OAuth2);
            } else {
                let other = list.swap_remove(index);
                let members = if once_in(self.random, 2) {
                    vec![Requirement::OAuth2, other]
                } else {
                    vec![other, Requirement::OAuth2]
                };
                list.push(Requirement::Any(members));
            }
        }
        list
    }

    /// A requirement. An `all(…)` that is not in an `any(…)` is about the same token as the list around it, so
    /// only one of them has `oauth2`.
    fn requirement(&mut self, is_about_oauth2: bool, in_any: bool, depth: usize) -> Requirement {
        if depth < 2 && self.free.len() > 8 && once_in(self.random, 2) {
            let length = 1 + self.random.usize(..3);
            if in_any && once_in(self.random, 2) {
                return Requirement::All(self.list(length, depth + 1));
            }
            let is_all = once_in(self.random, 6);
            let members = (0..length)
                .map(|_| self.requirement(is_about_oauth2, !is_all, depth + 1))
                .collect();
            return if is_all {
                Requirement::All(members)
            } else {
                Requirement::Any(members)
            };
        }
        self.claim(is_about_oauth2)
    }

    fn claim(&mut self, is_about_oauth2: bool) -> Requirement {
        let is_possible = |claim: &&Claim| !(is_about_oauth2 && is_of_sessions(claim));
        let possible: Vec<usize> = (0..self.free.len())
            .filter(|index| is_possible(&self.free[*index]))
            .collect();
        let index = one_of(self.random, &possible);
        let claim = self.free.swap_remove(index);
        let expected = expected(self.random, claim.value);
        let is_plain_mfa =
            claim.value == ValueType::Factors && matches!(expected, Expected::Default);
        let may_have_age = claim.has_time() && !is_plain_mfa;
        Requirement::Claim(ClaimRequirement {
            claim,
            expected,
            max_age: (may_have_age && once_in(self.random, 3)).then_some(48),
        })
    }
}

/// Whether the macro rejects the claim next to `oauth2`.
fn is_of_sessions(claim: &Claim) -> bool {
    [
        "email_verified",
        "role",
        "permission",
        "mfa",
        "authenticated",
    ]
    .contains(&claim.word)
}

fn expected(random: &mut Rng, value: ValueType) -> Expected {
    let words: &[&str] = match value {
        ValueType::Session | ValueType::Boolean => return Expected::Default,
        ValueType::Number => return Expected::One(one_of(random, &NUMBERS)),
        ValueType::Names => &["any", "all", "none"],
        ValueType::Name => &["any", "none"],
        ValueType::Factors => &["any", "all"],
    };
    match random.usize(..4) {
        0 if value == ValueType::Factors => Expected::Default,
        0 if matches!(value, ValueType::Name | ValueType::Number) => Expected::Path,
        1 => {
            let first = random.usize(..3);
            let names = NAMES.into_iter().skip(first).take(1 + random.usize(..2));
            let names = names.map(|name| factor(value, name)).collect();
            Expected::List(one_of(random, words), names)
        }
        _ => Expected::One(factor(value, one_of(random, &NAMES))),
    }
}

/// A factor that the macro knows, in a requirement on factors.
fn factor(value: ValueType, name: &'static str) -> &'static str {
    match name {
        "admin" if value == ValueType::Factors => "emailpassword",
        "user" if value == ValueType::Factors => "otp-email",
        other => other,
    }
}

/// As written in the attribute.
impl Display for Requirement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (word, members) = match self {
            Self::Claim(claim) => return claim.fmt(f),
            Self::OAuth2 => return f.write_str("oauth2"),
            Self::Any(members) => ("any", members),
            Self::All(members) => ("all", members),
        };
        write!(f, "{word}({})", joined(members))
    }
}

impl Display for ClaimRequirement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let word = self.claim.word;
        let value = match &self.expected {
            Expected::Default => None,
            Expected::One(number) if self.claim.value == ValueType::Number => {
                Some((*number).to_owned())
            }
            Expected::One(name) => Some(format!("{name:?}")),
            Expected::List(list, names) => Some(format!("{list}({})", quoted(names))),
            Expected::Path => Some("path(\"id\")".to_owned()),
        };
        let age = self
            .max_age
            .map(|hours| format!("max_age = \"{}d\"", hours / 24));
        match (value, age) {
            (None, None) => write!(f, "{word}"),
            (None, Some(age)) => write!(f, "{word}({age})"),
            (Some(value), None) => write!(f, "{word} = {value}"),
            (Some(value), Some(age)) => write!(f, "{word}({value}, {age})"),
        }
    }
}

/// Requirements separated by commas.
#[must_use]
pub fn joined(requirements: &[Requirement]) -> String {
    let all: Vec<String> = requirements.iter().map(ToString::to_string).collect();
    all.join(", ")
}

fn quoted(names: &[&str]) -> String {
    let all: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    all.join(", ")
}

impl Requirement {
    /// The expression of the equivalent value.
    #[must_use]
    pub fn value(&self) -> String {
        let (function, members) = match self {
            Self::Claim(claim) => return claim.value(),
            Self::OAuth2 => return "supertokens::OAUTH2".to_owned(),
            Self::Any(members) => ("any", members),
            Self::All(members) => ("all", members),
        };
        let members: Vec<String> = members.iter().map(Self::value).collect();
        format!("{function}(&[{}])", members.join(", "))
    }
}

impl ClaimRequirement {
    fn value(&self) -> String {
        let constant = self.claim.constant;
        let age = self.max_age.map_or(String::new(), |hours| {
            format!(".max_age(Duration::from_secs({hours} * 60 * 60))")
        });
        if self.claim.value == ValueType::Session {
            return constant.to_owned();
        }
        format!("{constant}.{}{age}", self.validator())
    }

    fn validator(&self) -> String {
        let list = |word, names: &[&str]| format!("{word}(&[{}])", quoted(names));
        match (self.claim.value, &self.expected) {
            (ValueType::Factors, Expected::Default) => {
                "has_completed_requirements_for_auth()".to_owned()
            }
            (_, Expected::Default) => "is_true()".to_owned(),
            (ValueType::Factors, Expected::One(name)) => {
                format!("has_completed(Factors::One({name:?}))")
            }
            (ValueType::Factors, Expected::List("any", names)) => {
                format!("has_completed({})", list("Factors::OneOf", names))
            }
            (ValueType::Factors, Expected::List(_, names)) => {
                format!("has_completed({})", list("Factors::AllOf", names))
            }
            (ValueType::Names, Expected::One(name)) => format!("includes({name:?})"),
            (ValueType::Names, Expected::List("any", names)) => list("includes_any", names),
            (ValueType::Names, Expected::List("all", names)) => list("includes_all", names),
            (ValueType::Names, Expected::List(_, names)) => list("excludes_all", names),
            (ValueType::Number, Expected::One(number)) => format!("has_value({number})"),
            (_, Expected::One(name)) => format!("has_value({name:?})"),
            (_, Expected::List("any", names)) => list("has_any_of", names),
            (_, Expected::List(_, names)) => list("has_none_of", names),
            (_, Expected::Path) => "is_path_parameter(\"id\")".to_owned(),
        }
    }
}
