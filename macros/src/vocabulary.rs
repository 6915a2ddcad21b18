//! The keywords of the attribute, one row for each, and the nearest keyword to a misspelt one.

/// The kind of claim that a keyword refers to, which determines the values it accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A boolean claim that must be true. It takes no value.
    Flag,
    /// A type of token, which is more than one claim. It takes no value.
    Token,
    /// A list of names.
    Array,
    /// One name.
    Single,
    /// The second factor, with or without names of factors.
    Factors,
    /// A constant of a custom claim, whose type only rustc knows.
    Custom,
}

/// One keyword of the attribute.
#[derive(Debug)]
pub(crate) struct Keyword {
    pub(crate) spelling: &'static str,
    pub(crate) kind: Kind,
    /// The runtime's constant for the claim.
    pub(crate) constant: &'static str,
    /// An example of a name, for messages.
    pub(crate) example: &'static str,
    /// Whether the claim has a time for `max_age`.
    pub(crate) supports_max_age: bool,
    /// Whether only sessions have the claim, and OAuth 2 access tokens do not.
    pub(crate) of_sessions: bool,
    /// Whether names can contain spaces. False if the token separates names by spaces.
    pub(crate) spaces: bool,
    /// Claim keys and similar words that people write instead. For suggestions only.
    pub(crate) instead_of: &'static [&'static str],
}

/// Every keyword. A new claim is a row here and a constant in the runtime.
#[rustfmt::skip]
pub(crate) static KEYWORDS: [Keyword; 12] = [
    Keyword { spelling: "email_verified", kind: Kind::Flag, constant: "EMAIL_VERIFIED", example: "", supports_max_age: true, of_sessions: true, spaces: true, instead_of: &["st-ev", "verified", "isVerified", "email", "EmailVerificationClaim"] },
    Keyword { spelling: "mfa", kind: Kind::Factors, constant: "MFA", example: "totp", supports_max_age: true, of_sessions: true, spaces: true, instead_of: &["st-mfa", "2fa", "two_factor", "factor", "totp", "MultiFactorAuthClaim", "hasCompletedMFARequirementsForAuth", "hasCompletedRequirementList"] },
    Keyword { spelling: "authenticated", kind: Kind::Token, constant: "AUTHENTICATED", example: "", supports_max_age: false, of_sessions: true, spaces: true, instead_of: &["session", "sessionHandle", "verifySession", "logged_in"] },
    Keyword { spelling: "oauth2", kind: Kind::Token, constant: "OAUTH2", example: "", supports_max_age: false, of_sessions: false, spaces: true, instead_of: &["oauth", "access_token", "machine_to_machine", "m2m", "validateOAuth2AccessToken"] },
    Keyword { spelling: "role", kind: Kind::Array, constant: "ROLE", example: "admin", supports_max_age: true, of_sessions: true, spaces: true, instead_of: &["st-role", "roles", "group", "groups", "UserRoleClaim"] },
    Keyword { spelling: "permission", kind: Kind::Array, constant: "PERMISSION", example: "orders:read", supports_max_age: true, of_sessions: true, spaces: true, instead_of: &["st-perm", "permissions", "perm", "PermissionClaim"] },
    Keyword { spelling: "scope", kind: Kind::Array, constant: "SCOPE", example: "orders:read", supports_max_age: false, of_sessions: false, spaces: false, instead_of: &["scopes", "scp"] },
    Keyword { spelling: "tenant", kind: Kind::Single, constant: "TENANT", example: "public", supports_max_age: false, of_sessions: false, spaces: true, instead_of: &["tenant_id"] },
    Keyword { spelling: "subject", kind: Kind::Single, constant: "SUBJECT", example: "user-1", supports_max_age: false, of_sessions: false, spaces: true, instead_of: &["sub", "user", "user_id"] },
    Keyword { spelling: "audience", kind: Kind::Array, constant: "AUDIENCE", example: "orders-api", supports_max_age: false, of_sessions: false, spaces: true, instead_of: &["aud"] },
    Keyword { spelling: "issuer", kind: Kind::Single, constant: "ISSUER", example: "https://auth.example.com/auth", supports_max_age: false, of_sessions: false, spaces: true, instead_of: &["iss"] },
    Keyword { spelling: "client", kind: Kind::Single, constant: "CLIENT", example: "orders-cli", supports_max_age: false, of_sessions: false, spaces: true, instead_of: &["client_id"] },
];

/// The row of every custom claim.
#[rustfmt::skip]
pub(crate) static CUSTOM: Keyword =
    Keyword { spelling: "", kind: Kind::Custom, constant: "", example: "pro", supports_max_age: true, of_sessions: false, spaces: true, instead_of: &[] };

/// The factor ids that SuperTokens defines.
#[rustfmt::skip]
pub(crate) static FACTORS: [&str; 8] = [
    "emailpassword", "otp-email", "otp-phone", "link-email", "link-phone", "thirdparty", "totp", "webauthn",
];

/// What to write, and the words that people write instead.
type Row = (&'static str, &'static [&'static str]);

/// What to write instead of words that need more than the name of a keyword: claims of several issuers, and claims
/// without a keyword. `…` stands for the value.
#[rustfmt::skip]
pub(crate) static OTHER_WORDS: [Row; 17] = [
    ("`role` is SuperTokens' claim; for Cognito, use `cognito::GROUPS = …` from `require_claims`", &["cognito:groups"]),
    ("`role` is SuperTokens' claim; for other issuers, use `cognito::GROUPS = …`, `entra::GROUPS = …` or `okta::GROUPS = …` from `require_claims`", &["groups", "group"]),
    ("write `role = …` for SuperTokens; for other issuers, use `entra::ROLES = …` or `keycloak::REALM_ROLES = …` from `require_claims`", &["roles"]),
    ("write `permission = …` for SuperTokens; for Auth0, use `auth0::PERMISSIONS = …` from `require_claims`", &["permissions"]),
    ("write `tenant = …` for SuperTokens; for Entra ID, use `entra::TENANT = …` from `require_claims`", &["tid"]),
    ("for Entra ID, use `entra::OBJECT_ID = …` from `require_claims`", &["oid", "object_id"]),
    ("for Keycloak, use `keycloak::REALM_ROLES = …` from `require_claims`", &["realm_access.roles", "realm_access", "realm_roles"]),
    ("for Cognito, use `cognito::USERNAME = …` from `require_claims`", &["cognito:username", "username"]),
    ("for Cognito, use `cognito::TOKEN_USE = …` from `require_claims`", &["token_use"]),
    ("for Cognito, use `cognito::PHONE_NUMBER_VERIFIED` from `require_claims`", &["phone_number_verified"]),
    ("use `oidc::AUTH_TIME(max_age = \"15m\")` from `require_claims`", &["auth_time"]),
    ("use `oidc::ACR = …` from `require_claims`", &["acr"]),
    ("use `oidc::AMR = …` from `require_claims`", &["amr"]),
    ("a session is required already; for an OAuth 2 access token, write `oauth2`", &["stt"]),
    ("declare a constant with `bare(\"rsub\")`, or read `Session::recipe_user_id()`", &["rsub", "recipe_user_id"]),
    ("a value needs its claim, such as `role = \"admin\"`", &["includes", "has_value"]),
    ("values need their claim, such as `role = any(\"admin\", \"owner\")`; also `all(…)` and `none(…)`", &["one_of", "includes_any", "all_of", "includes_all", "none_of", "excludes", "excludes_all"]),
];

/// The functions that values can have, and what the SDK and other libraries call them. One name needs none.
#[rustfmt::skip]
pub(crate) static FUNCTIONS: [Row; 5] = [
    ("", &["includes", "has_value", "contains", "has", "equals", "eq"]),
    ("any", &["any", "one_of", "any_of", "includes_any", "or"]),
    ("all", &["all", "all_of", "all_of_in_any_order", "includes_all", "and"]),
    ("none", &["none", "none_of", "not", "excludes", "excludes_all"]),
    ("path", &["path_parameter", "path_param", "param", "parameter"]),
];

/// The first column of the row with this word.
pub(crate) fn instead_of(typed: &str, rows: &[Row]) -> Option<&'static str> {
    let typed = normal(typed);
    let is_meant = |row: &&Row| row.1.iter().any(|word| normal(word) == typed);
    rows.iter().find(is_meant).map(|row| row.0)
}

/// The row of a keyword.
pub(crate) fn keyword(spelling: &str) -> Option<&'static Keyword> {
    KEYWORDS.iter().find(|word| word.spelling == spelling)
}

/// The keyword that was probably meant.
pub(crate) fn nearest_keyword(typed: &str) -> Option<&'static str> {
    let rows = KEYWORDS
        .each_ref()
        .map(|row| (row.spelling, row.instead_of));
    instead_of(typed, &rows).or_else(|| nearest(typed, KEYWORDS.iter().map(|row| row.spelling)))
}

/// The allowed spelling that was probably meant, if one is similar enough to suggest.
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

/// Removes case and separators, which do not count as differences.
fn normal(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The number of letters to add, remove or replace. Two swapped letters count as one mistake.
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
    fn suggests_the_word_for_misspellings_and_other_conventions() {
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
            ("tenantId", "tenant"),
            ("UserRoleClaim", "role"),
            ("sessionHandle", "authenticated"),
            ("iss", "issuer"),
            ("autenticated", "authenticated"),
            ("st-mfa", "mfa"),
        ] {
            assert_eq!(nearest_keyword(typed), Some(meant), "{typed}");
        }
    }

    #[test]
    fn suggests_nothing_for_a_word_that_is_not_similar() {
        for typed in ["department", "x", "color", ""] {
            assert_eq!(nearest_keyword(typed), None, "{typed}");
        }
    }

    #[test]
    fn counts_letters_that_differ_or_change_places() {
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
    fn finds_every_word_by_its_spelling() {
        for row in &KEYWORDS {
            assert!(std::ptr::eq(keyword(row.spelling).unwrap(), row));
            assert_eq!(nearest_keyword(row.spelling), Some(row.spelling));
        }
    }
}
