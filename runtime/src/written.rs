//! Requirements as the attribute writes them: their `Display`.

use std::fmt::{Display, Formatter, Result};
use std::time::Duration;

use crate::claim::{Factors, is_known};
use crate::requirement::{Requirement, Rule};

/// A requirement on one claim: its word, or the key of a claim that has none, and what it asks for.
pub(crate) enum Written<'a> {
    Claim(&'static str, Asked<'a>),
    /// Several steps of factors, for each of which the attribute has a requirement.
    Steps(&'static str, &'a [Factors<'a>]),
}

/// What stands behind the word.
pub(crate) enum Asked<'a> {
    Nothing,
    Boolean(bool),
    Integer(i64),
    Name(&'a str),
    NotName(&'a str),
    Names(&'static str, &'a [&'a str]),
    PathParameter(&'a str),
    Factors(Factors<'a>),
}

impl Display for Requirement<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write_requirement(f, self, None)
    }
}

/// An age outside holds for everything within, where the attribute has it at each claim.
fn write_requirement(
    f: &mut Formatter<'_>,
    requirement: &Requirement<'_>,
    outer: Option<Duration>,
) -> Result {
    let max_age = requirement.age_within(outer);
    let group = |f: &mut Formatter<'_>, word, members: &[Requirement<'_>]| {
        parenthesized(f, word, members, |f, member| {
            write_requirement(f, member, max_age)
        })
    };
    let written = match requirement.rule {
        Rule::All(members) => return group(f, "all", members),
        Rule::Any(members) => return group(f, "any", members),
        Rule::Authenticated => Written::Claim("authenticated", Asked::Nothing),
        Rule::Boolean(rule) => rule.written(),
        Rule::Primitive(rule) => rule.written(),
        Rule::Array(rule) => rule.written(),
        Rule::Mfa(rule) => rule.written(),
    };
    match written {
        Written::Claim(word, value) => write_claim(f, word, &value, max_age),
        Written::Steps(word, [step]) => write_claim(f, word, &Asked::Factors(*step), max_age),
        Written::Steps(word, steps) => parenthesized(f, "all", steps, |f, step| {
            write_claim(f, word, &Asked::Factors(*step), max_age)
        }),
    }
}

fn write_claim(
    f: &mut Formatter<'_>,
    word: &str,
    value: &Asked<'_>,
    max_age: Option<Duration>,
) -> Result {
    match (value, max_age) {
        (Asked::Nothing, None) => write!(f, "{word}"),
        (Asked::Nothing, Some(age)) => write!(f, "{word}(max_age = \"{}\")", Age(age)),
        (value, None) => write!(f, "{word} = {value}"),
        (value, Some(age)) => write!(f, "{word}({value}, max_age = \"{}\")", Age(age)),
    }
}

impl Display for Asked<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let quoted = |f: &mut Formatter<'_>, name: &&str| write!(f, "{name:?}");
        match *self {
            Self::Nothing => Ok(()),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Name(name) => quoted(f, &name),
            Self::NotName(name) => parenthesized(f, "none", &[name], quoted),
            Self::Names(word, names) => parenthesized(f, word, names, quoted),
            Self::PathParameter(name) => write!(f, "path({name:?})"),
            Self::Factors(Factors::One(factor)) => write_factor(f, &factor),
            Self::Factors(Factors::OneOf(factors)) => {
                parenthesized(f, "any", factors, write_factor)
            }
            Self::Factors(Factors::AllOf(factors)) => {
                parenthesized(f, "all", factors, write_factor)
            }
        }
    }
}

fn write_factor(f: &mut Formatter<'_>, factor: &&str) -> Result {
    if is_known(factor) {
        write!(f, "{factor:?}")
    } else {
        write!(f, "custom({factor:?})")
    }
}

fn parenthesized<T>(
    f: &mut Formatter<'_>,
    word: &str,
    items: &[T],
    write_item: impl Fn(&mut Formatter<'_>, &T) -> Result,
) -> Result {
    write!(f, "{word}(")?;
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            write!(f, ", ")?;
        }
        write_item(f, item)?;
    }
    write!(f, ")")
}

/// An age in the largest unit that says it whole.
struct Age(Duration);

impl Display for Age {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let seconds = self.0.as_secs();
        if self.0.subsec_nanos() > 0 {
            return write!(f, "{}s", self.0.as_secs_f64());
        }
        let units = [(86_400, 'd'), (3_600, 'h'), (60, 'm')];
        let mut whole = units
            .iter()
            .filter(|(unit, _)| seconds.is_multiple_of(*unit));
        match whole.next().filter(|_| seconds > 0) {
            Some((unit, letter)) => write!(f, "{}{letter}", seconds / unit),
            None => write!(f, "{seconds}s"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::supertokens::{
        AUDIENCE, AUTHENTICATED, EMAIL_VERIFIED, ISSUER, MFA, PERMISSION, ROLE, SCOPE, SUBJECT,
        TENANT,
    };
    use crate::{BooleanClaim, PrimitiveArrayClaim, PrimitiveClaim, all, any};

    #[test]
    fn every_form_is_written_as_in_the_attribute() {
        let beta = BooleanClaim::new("beta");
        let seats = PrimitiveClaim::<i64>::new("seats");
        let teams = PrimitiveArrayClaim::bare("teams");
        for (requirement, written) in [
            (EMAIL_VERIFIED.is_true(), "email_verified"),
            (EMAIL_VERIFIED.is_false(), "email_verified = false"),
            (AUTHENTICATED, "authenticated"),
            (ROLE.includes("a \"b\""), r#"role = "a \"b\"""#),
            (ROLE.without_blanks().includes("a"), r#"role = "a""#),
            (
                PERMISSION.includes_any(&["a", "b"]),
                r#"permission = any("a", "b")"#,
            ),
            (SCOPE.includes_all(&["a", "b"]), r#"scope = all("a", "b")"#),
            (
                AUDIENCE.excludes_all(&["a", "b"]),
                r#"audience = none("a", "b")"#,
            ),
            (AUDIENCE.excludes("a"), r#"audience = none("a")"#),
            (TENANT.has_value("a"), r#"tenant = "a""#),
            (
                SUBJECT.has_any_of(&["a", "b"]),
                r#"subject = any("a", "b")"#,
            ),
            (ISSUER.has_none_of(&["a"]), r#"issuer = none("a")"#),
            (SUBJECT.is_path_parameter("id"), r#"subject = path("id")"#),
            (MFA.has_completed_requirements_for_auth(), "mfa"),
            (MFA.has_completed(Factors::One("totp")), r#"mfa = "totp""#),
            (
                MFA.has_completed(Factors::OneOf(&["totp", "badge"])),
                r#"mfa = any("totp", custom("badge"))"#,
            ),
            (
                MFA.has_completed_requirement_list(&[
                    Factors::One("totp"),
                    Factors::AllOf(&["otp-email"]),
                ]),
                r#"all(mfa = "totp", mfa = all("otp-email"))"#,
            ),
            (
                MFA.has_completed_requirement_list(&[Factors::One("totp")]),
                r#"mfa = "totp""#,
            ),
            (beta.is_true(), "beta"),
            (beta.is_false(), "beta = false"),
            (seats.has_value(-5), "seats = -5"),
            (teams.includes("a"), r#"teams = "a""#),
            (
                teams.includes_path_parameter("team"),
                r#"teams = path("team")"#,
            ),
            // A claim of the same key and another form is another claim.
            (
                PrimitiveArrayClaim::bare("st-role").includes("a"),
                r#"st-role = "a""#,
            ),
            (
                PrimitiveClaim::<str>::new("sub").has_value("a"),
                r#"sub = "a""#,
            ),
            (
                any(&[AUTHENTICATED, all(&[AUTHENTICATED])]),
                "any(authenticated, all(authenticated))",
            ),
        ] {
            assert_eq!(requirement.to_string(), written);
        }
    }

    #[test]
    fn an_age_stands_at_each_claim_and_the_least_counts() {
        let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
        let members = [
            ROLE.includes("a").max_age(minutes(120)),
            EMAIL_VERIFIED.is_true(),
        ];
        assert_eq!(
            any(&members).max_age(minutes(180)).to_string(),
            r#"any(role("a", max_age = "2h"), email_verified(max_age = "3h"))"#
        );
        let steps = [Factors::One("totp"), Factors::One("webauthn")];
        let steps = MFA
            .has_completed_requirement_list(&steps)
            .max_age(minutes(1));
        assert_eq!(
            steps.to_string(),
            r#"all(mfa("totp", max_age = "1m"), mfa("webauthn", max_age = "1m"))"#
        );
    }

    #[test]
    fn of_two_ages_the_least_counts_whichever_comes_first() {
        let [short, long] = [60, 3600].map(Duration::from_secs);
        for requirement in [
            ROLE.includes("a").max_age(short).max_age(long),
            ROLE.includes("a").max_age(long).max_age(short),
        ] {
            assert_eq!(requirement.to_string(), r#"role("a", max_age = "1m")"#);
        }
    }

    #[test]
    fn ages_are_written_in_the_largest_unit_that_says_them_whole() {
        for (milliseconds, written) in [
            (0, "0s"),
            (1_000, "1s"),
            (90_000, "90s"),
            (300_000, "5m"),
            (3_600_000, "1h"),
            (172_800_000, "2d"),
            (90_000_000, "25h"),
            (500, "0.5s"),
        ] {
            assert_eq!(
                Age(Duration::from_millis(milliseconds)).to_string(),
                written
            );
        }
    }
}
