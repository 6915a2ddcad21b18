//! The words of the attribute, one row a word, and the nearest word to one that does not exist.

/// What a word requires, and so what may follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A boolean claim that must be true: stands alone.
    Flag,
    /// That there is a session at all: stands alone, and has no claim.
    Session,
    /// A claim that holds several names.
    Array,
    /// A claim that holds one name.
    Single,
    /// The second factor: stands alone, or names factors.
    Factors,
    /// A constant of the user's own, whose type only rustc knows.
    Own,
}

/// One word of the attribute.
#[derive(Debug)]
pub(crate) struct Word {
    pub(crate) spelling: &'static str,
    pub(crate) kind: Kind,
    /// The runtime's constant that the word stands for.
    pub(crate) constant: &'static str,
    /// A name as it stands in messages.
    pub(crate) example: &'static str,
    /// What people write instead: claim keys of the token and near words. For suggestions only.
    pub(crate) instead_of: &'static [&'static str],
    /// Whether the claim carries a time, so that it can be too old.
    pub(crate) timed: bool,
    /// Whether a name may have blanks within. Not where the token has them between names.
    pub(crate) blanks: bool,
}

const fn row(
    spelling: &'static str,
    kind: Kind,
    constant: &'static str,
    example: &'static str,
    instead_of: &'static [&'static str],
) -> Word {
    Word {
        spelling,
        kind,
        constant,
        example,
        instead_of,
        timed: false,
        blanks: true,
    }
}

impl Word {
    const fn timed(self) -> Self {
        Self {
            timed: true,
            ..self
        }
    }

    const fn without_spaces(self) -> Self {
        Self {
            blanks: false,
            ..self
        }
    }
}

/// Every word. A new claim is a row here and a constant in the runtime.
#[rustfmt::skip]
pub(crate) static WORDS: [Word; 10] = [
    row("email_verified", Kind::Flag, "EMAIL_VERIFIED", "", &["st-ev", "verified", "email"]).timed(),
    row("mfa", Kind::Factors, "MFA", "totp", &["st-mfa", "2fa", "two_factor", "factor", "totp"]).timed(),
    row("authenticated", Kind::Session, "AUTHENTICATED", "", &["session", "logged_in"]),
    row("role", Kind::Array, "ROLE", "admin", &["st-role", "roles", "group", "groups"]).timed(),
    row("permission", Kind::Array, "PERMISSION", "orders:read", &["st-perm", "permissions", "perm"]).timed(),
    row("scope", Kind::Array, "SCOPE", "orders:read", &["scopes", "scp"]).without_spaces(),
    row("tenant", Kind::Single, "TENANT", "public", &["tId", "tenant_id"]),
    row("subject", Kind::Single, "SUBJECT", "user-1", &["sub", "user", "user_id"]),
    row("audience", Kind::Array, "AUDIENCE", "orders-api", &["aud"]),
    row("issuer", Kind::Single, "ISSUER", "https://auth.example.com/auth", &["iss"]),
];

/// The row of every claim of the user's own.
pub(crate) static OWN: Word = row("", Kind::Own, "", "pro", &[]).timed();

/// The factor ids that SuperTokens defines.
pub(crate) static FACTORS: [&str; 8] = [
    "emailpassword",
    "otp-email",
    "otp-phone",
    "link-email",
    "link-phone",
    "thirdparty",
    "totp",
    "webauthn",
];

/// The row of a word.
pub(crate) fn word(spelling: &str) -> Option<&'static Word> {
    WORDS.iter().find(|word| word.spelling == spelling)
}

/// The word that was probably meant.
pub(crate) fn nearest_word(typed: &str) -> Option<&'static str> {
    let plain = normal(typed);
    WORDS
        .iter()
        .find(|word| word.instead_of.iter().any(|other| normal(other) == plain))
        .map(|word| word.spelling)
        .or_else(|| nearest(typed, WORDS.iter().map(|word| word.spelling)))
}

/// The allowed spelling that was probably meant, if one is near enough to suggest.
pub(crate) fn nearest<'a>(typed: &str, allowed: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = normal(typed);
    let length = typed.chars().count();
    allowed
        .map(|candidate| (distance(&typed, &normal(candidate)), candidate))
        .filter(|(distance, _)| *distance <= length.div_ceil(3).min(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// `` `a`, `b`, `c` ``, for messages that list what is allowed.
pub(crate) fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Case and separators do not count as differences.
fn normal(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// How many letters have to be added, left out or replaced; letters in the wrong order are one slip.
fn distance(a: &str, b: &str) -> usize {
    if a != b && sorted(a) == sorted(b) {
        return 1;
    }
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        let mut last = i + 1;
        for ((right, diagonal), above) in b.chars().zip(&row).zip(row.iter().skip(1)) {
            let replaced = diagonal + usize::from(left != right);
            last = replaced.min(above + 1).min(last + 1);
            next.push(last);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_other_conventions_lead_to_the_word() {
        for (typed, meant) in [
            ("emailVerified", "email_verified"),
            ("EmailVerified", "email_verified"),
            ("EMAIL_VERIFIED", "email_verified"),
            ("email-verified", "email_verified"),
            ("email_verifed", "email_verified"),
            ("st-ev", "email_verified"),
            ("rloe", "role"),
            ("roles", "role"),
            ("permision", "permission"),
            ("sub", "subject"),
            ("tId", "tenant"),
            ("iss", "issuer"),
            ("autenticated", "authenticated"),
            ("st-mfa", "mfa"),
        ] {
            assert_eq!(nearest_word(typed), Some(meant), "{typed}");
        }
    }

    #[test]
    fn a_word_that_is_like_none_suggests_none() {
        for typed in ["department", "x", "color", ""] {
            assert_eq!(nearest_word(typed), None, "{typed}");
        }
    }

    #[test]
    fn the_distance_counts_letters_that_differ_or_change_places() {
        for (a, b, expected) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("role", "rule", 1),
            ("totp", "ttop", 1),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn every_word_is_found_by_its_own_spelling_only_once() {
        for row in &WORDS {
            assert!(std::ptr::eq(word(row.spelling).unwrap(), row));
            assert_eq!(nearest_word(row.spelling), Some(row.spelling));
        }
    }
}
