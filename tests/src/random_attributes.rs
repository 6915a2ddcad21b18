//! Requirements made at random, each as the attribute writes it and as the value that it stands for.

use std::fmt::{self, Display, Formatter};

use fastrand::Rng;

/// A requirement.
#[derive(Debug)]
pub enum Requirement {
    /// On one claim.
    Claim(Claim),
    /// One of several.
    Any(Vec<Requirement>),
    /// Each of several.
    All(Vec<Requirement>),
}

/// A requirement on one claim.
#[derive(Debug)]
pub struct Claim {
    /// Which one.
    pub known: &'static Known,
    /// What it must be.
    pub asks: Asks,
    /// How old it may be, in hours.
    pub max_age: Option<u32>,
}

/// What a claim must be.
#[derive(Debug)]
pub enum Asks {
    /// True, or there.
    Nothing,
    /// This value.
    One(&'static str),
    /// Several, by the word of the list.
    List(&'static str, Vec<&'static str>),
    /// The request's path parameter `id`.
    Path,
}

/// A claim that can be asked for.
#[derive(Debug)]
pub struct Known {
    /// How the attribute names it.
    pub word: &'static str,
    /// The constant.
    pub constant: &'static str,
    /// Its key in the token.
    pub key: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether it says when it was fetched.
    pub timed: bool,
}

/// What a claim holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A user and a session handle.
    Session,
    /// True or false.
    Boolean,
    /// Names.
    Names,
    /// One name.
    Name,
    /// One whole number.
    Number,
    /// Factors with their times, and whether they are enough.
    Factors,
}

const fn known(
    word: &'static str,
    constant: &'static str,
    key: &'static str,
    holds: Holds,
    timed: bool,
) -> Known {
    Known {
        word,
        constant,
        key,
        holds,
        timed,
    }
}

/// Every claim.
#[rustfmt::skip]
pub static CLAIMS: [Known; 14] = [
    known("email_verified", "supertokens::EMAIL_VERIFIED", "st-ev", Holds::Boolean, true),
    known("mfa", "supertokens::MFA", "st-mfa", Holds::Factors, true),
    known("authenticated", "supertokens::AUTHENTICATED", "sessionHandle", Holds::Session, false),
    known("role", "supertokens::ROLE", "st-role", Holds::Names, true),
    known("permission", "supertokens::PERMISSION", "st-perm", Holds::Names, true),
    known("scope", "supertokens::SCOPE", "scope", Holds::Names, false),
    known("audience", "supertokens::AUDIENCE", "aud", Holds::Names, false),
    known("tenant", "supertokens::TENANT", "tId", Holds::Name, false),
    known("subject", "supertokens::SUBJECT", "sub", Holds::Name, false),
    known("issuer", "supertokens::ISSUER", "iss", Holds::Name, false),
    known("claims::BETA", "claims::BETA", "beta", Holds::Boolean, true),
    known("claims::PLAN", "claims::PLAN", "plan", Holds::Name, true),
    known("claims::SEATS", "claims::SEATS", "seats", Holds::Number, true),
    known("claims::TEAMS", "claims::TEAMS", "teams", Holds::Names, true),
];

/// The names that claims hold and requirements ask for.
pub const NAMES: [&str; 4] = ["admin", "user", "totp", "webauthn"];

/// The numbers likewise.
pub const NUMBERS: [&str; 3] = ["5", "-5", "0"];

/// One of these.
pub fn one_of<T: Copy>(random: &mut Rng, all: &[T]) -> T {
    all[random.usize(..all.len())]
}

/// Whether it happens, once in so many times.
pub fn once_in(random: &mut Rng, times: usize) -> bool {
    random.usize(..times) == 0
}

/// So many attributes, each with its requirements.
#[must_use]
pub fn generate(seed: u64, count: usize) -> Vec<Vec<Requirement>> {
    let mut random = Rng::with_seed(seed);
    let attributes = (0..count).map(|_| {
        // No claim twice in an attribute, since the macro finds fault with most of that.
        let mut free: Vec<&Known> = CLAIMS.iter().collect();
        let requirements = (0..=random.usize(..2)).map(|_| requirement(&mut random, &mut free, 0));
        requirements.collect()
    });
    attributes.collect()
}

fn requirement(random: &mut Rng, free: &mut Vec<&'static Known>, depth: usize) -> Requirement {
    if depth < 2 && free.len() > 8 && once_in(random, 2) {
        let members = 1 + random.usize(..3);
        let members = (0..members)
            .map(|_| requirement(random, free, depth + 1))
            .collect();
        return if once_in(random, 3) {
            Requirement::All(members)
        } else {
            Requirement::Any(members)
        };
    }
    let index = random.usize(..free.len());
    let known = free.swap_remove(index);
    let asks = asks(random, known.holds);
    let is_factorless = known.holds == Holds::Factors && matches!(asks, Asks::Nothing);
    let may_be_old = known.timed && !is_factorless;
    Requirement::Claim(Claim {
        known,
        asks,
        max_age: (may_be_old && once_in(random, 3)).then_some(48),
    })
}

fn asks(random: &mut Rng, holds: Holds) -> Asks {
    let words: &[&str] = match holds {
        Holds::Session | Holds::Boolean => return Asks::Nothing,
        Holds::Number => return Asks::One(one_of(random, &NUMBERS)),
        Holds::Names => &["any", "all", "none"],
        Holds::Name => &["any", "none"],
        Holds::Factors => &["any", "all"],
    };
    match random.usize(..4) {
        0 if holds == Holds::Factors => Asks::Nothing,
        0 if holds == Holds::Name => Asks::Path,
        1 => {
            let first = random.usize(..3);
            let names = NAMES.into_iter().skip(first).take(1 + random.usize(..2));
            let names = names.map(|name| factor(holds, name)).collect();
            Asks::List(one_of(random, words), names)
        }
        _ => Asks::One(factor(holds, one_of(random, &NAMES))),
    }
}

/// The name of a factor, where one is asked for, that the macro knows.
fn factor(holds: Holds, name: &'static str) -> &'static str {
    match name {
        "admin" if holds == Holds::Factors => "emailpassword",
        "user" if holds == Holds::Factors => "otp-email",
        other => other,
    }
}

/// As the attribute writes it.
impl Display for Requirement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (word, members) = match self {
            Self::Claim(claim) => return claim.fmt(f),
            Self::Any(members) => ("any", members),
            Self::All(members) => ("all", members),
        };
        write!(f, "{word}({})", joined(members))
    }
}

impl Display for Claim {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let word = self.known.word;
        let value = match &self.asks {
            Asks::Nothing => None,
            Asks::One(number) if self.known.holds == Holds::Number => Some((*number).to_owned()),
            Asks::One(name) => Some(format!("{name:?}")),
            Asks::List(list, names) => Some(format!("{list}({})", quoted(names))),
            Asks::Path => Some("path(\"id\")".to_owned()),
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

/// Requirements with commas between.
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
    /// The expression of the value that the attribute stands for.
    #[must_use]
    pub fn value(&self) -> String {
        let (function, members) = match self {
            Self::Claim(claim) => return claim.value(),
            Self::Any(members) => ("any", members),
            Self::All(members) => ("all", members),
        };
        let members: Vec<String> = members.iter().map(Self::value).collect();
        format!("{function}(&[{}])", members.join(", "))
    }
}

impl Claim {
    fn value(&self) -> String {
        let constant = self.known.constant;
        let age = self.max_age.map_or(String::new(), |hours| {
            format!(".max_age(Duration::from_secs({hours} * 60 * 60))")
        });
        if self.known.holds == Holds::Session {
            return constant.to_owned();
        }
        format!("{constant}.{}{age}", self.validator())
    }

    fn validator(&self) -> String {
        let list = |word, names: &[&str]| format!("{word}(&[{}])", quoted(names));
        match (self.known.holds, &self.asks) {
            (Holds::Factors, Asks::Nothing) => "has_completed_requirements_for_auth()".to_owned(),
            (_, Asks::Nothing) => "is_true()".to_owned(),
            (Holds::Factors, Asks::One(name)) => format!("has_completed(Factors::One({name:?}))"),
            (Holds::Factors, Asks::List("any", names)) => {
                format!("has_completed({})", list("Factors::OneOf", names))
            }
            (Holds::Factors, Asks::List(_, names)) => {
                format!("has_completed({})", list("Factors::AllOf", names))
            }
            (Holds::Names, Asks::One(name)) => format!("includes({name:?})"),
            (Holds::Names, Asks::List("any", names)) => list("includes_any", names),
            (Holds::Names, Asks::List("all", names)) => list("includes_all", names),
            (Holds::Names, Asks::List(_, names)) => list("excludes_all", names),
            (Holds::Number, Asks::One(number)) => format!("has_value({number})"),
            (_, Asks::One(name)) => format!("has_value({name:?})"),
            (_, Asks::List("any", names)) => list("has_any_of", names),
            (_, Asks::List(_, names)) => list("has_none_of", names),
            (_, Asks::Path) => "is_path_parameter(\"id\")".to_owned(),
        }
    }
}
