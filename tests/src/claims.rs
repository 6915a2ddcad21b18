//! The claims that the tests generate, check and put into attributes: one row each.
//!
//! A new claim is a row here and, in [`SDK_CLAIMS`], one in `tests/sdk/validate.js`.

/// A claim.
#[derive(Debug)]
pub struct Claim {
    /// The key in the token.
    pub key: &'static str,
    /// The names of the members that lead from the claim to the value.
    pub members: &'static [&'static str],
    /// The type of the value.
    pub value: ValueType,
    /// How names are written.
    pub shape: Shape,
    /// Whether the value is in `{"v": …, "t": …}`, as SuperTokens writes its claims.
    pub is_timestamped: bool,
    /// The keyword or path in the attribute.
    pub word: &'static str,
    /// The path of the constant.
    pub constant: &'static str,
}

/// The type of a claim's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// `true` or `false`.
    Boolean,
    /// One string.
    Name,
    /// Several strings.
    Names,
    /// A whole number.
    Number,
    /// The object of `st-mfa`: completed factors with their times.
    Factors,
    /// The session's handle, which is required together with `sub`.
    Session,
}

/// How several names are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// As an array. Values of other types are not names.
    Plain,
    /// As an array, or as the string of one name.
    OneOrMany,
    /// As one string, with this character between the names.
    Separated(char),
    /// As the keys of an object.
    Keys,
    /// As a string with the JSON text of an array.
    JsonText,
}

use Shape::{JsonText, Keys, OneOrMany, Plain, Separated};
use ValueType::{Boolean, Factors, Name, Names, Number, Session};

/// The claims that SuperTokens' SDK validates, and that generated payloads contain.
#[rustfmt::skip]
pub static SDK_CLAIMS: [Claim; 8] = [
    timestamped("st-ev", Boolean, "email_verified", "supertokens::EMAIL_VERIFIED"),
    timestamped("st-role", Names, "role", "supertokens::ROLE"),
    timestamped("st-perm", Names, "permission", "supertokens::PERMISSION"),
    bare("st-mfa", Factors, "mfa", "supertokens::MFA"),
    timestamped("2fa-completed", Boolean, "claims::TWO_FACTOR", "claims::TWO_FACTOR"),
    timestamped("plan", Name, "claims::PLAN", "claims::PLAN"),
    timestamped("seats", Number, "claims::SEATS", "claims::SEATS"),
    bare("groups", Names, "claims::GROUPS", "claims::GROUPS"),
];

/// The claims for which the SDK has no validator.
#[rustfmt::skip]
pub static OTHER_CLAIMS: [Claim; 23] = [
    timestamped("teams", Names, "claims::TEAMS", "claims::TEAMS"),
    bare("amr", Names, "claims::AMR", "claims::AMR"),
    bare("sessionHandle", Session, "authenticated", "supertokens::AUTHENTICATED"),
    bare("scope", Names, "scope", "supertokens::SCOPE").written(Separated(' ')),
    bare("aud", Names, "audience", "supertokens::AUDIENCE").written(OneOrMany),
    bare("tId", Name, "tenant", "supertokens::TENANT"),
    bare("sub", Name, "subject", "supertokens::SUBJECT"),
    bare("client_id", Name, "client", "supertokens::CLIENT"),
    bare("iss", Name, "issuer", "supertokens::ISSUER"),
    bare("user_groups", Names, "claims::COGNITO_GROUP", "claims::COGNITO_GROUP"),
    bare("email_verified", Boolean, "claims::VERIFIED", "claims::VERIFIED"),
    bare("level", Number, "claims::LEVEL", "claims::LEVEL"),
    bare("realm_access", Names, "claims::REALM_ROLE", "claims::REALM_ROLE").at(&["roles"]),
    bare("profile", Boolean, "claims::CONFIRMED", "claims::CONFIRMED").at(&["contact", "confirmed"]),
    bare("account", Name, "claims::TIER", "claims::TIER").at(&["tier"]),
    bare("limits", Number, "claims::QUOTA", "claims::QUOTA").at(&["quota"]),
    bare("position", Names, "claims::POSITION", "claims::POSITION").written(OneOrMany),
    timestamped("labels", Names, "claims::LABEL", "claims::LABEL").written(OneOrMany),
    bare("departments", Names, "claims::DEPARTMENT", "claims::DEPARTMENT").written(Separated(',')),
    bare("areas", Names, "claims::AREA", "claims::AREA").at(&["names"]).written(Separated(' ')),
    bare("companies", Names, "claims::COMPANY", "claims::COMPANY").written(JsonText),
    bare("projects", Names, "claims::PROJECT", "claims::PROJECT").written(Keys),
    bare("access", Names, "claims::RESOURCE", "claims::RESOURCE").at(&["resources"]).written(Keys),
];

/// All claims.
pub fn all() -> impl Iterator<Item = &'static Claim> {
    SDK_CLAIMS.iter().chain(&OTHER_CLAIMS)
}

/// All claims with values of this type.
pub fn of_type(value: ValueType) -> impl Iterator<Item = &'static Claim> {
    all().filter(move |claim| claim.value == value)
}

/// The claim with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Claim> {
    all().find(|claim| claim.key == key)
}

impl Claim {
    /// The keys in the token that a requirement on this claim reads.
    #[must_use]
    pub fn keys(&'static self) -> &'static [&'static str] {
        match self.key {
            "scope" => &["scope", "scp"],
            _ => std::slice::from_ref(&self.key),
        }
    }

    /// Whether requirements on this claim can have a maximum age.
    #[must_use]
    pub fn has_time(&self) -> bool {
        self.is_timestamped || self.value == Factors
    }

    const fn at(mut self, members: &'static [&'static str]) -> Self {
        self.members = members;
        self
    }

    const fn written(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }
}

const fn timestamped(
    key: &'static str,
    value: ValueType,
    word: &'static str,
    constant: &'static str,
) -> Claim {
    Claim {
        is_timestamped: true,
        ..bare(key, value, word, constant)
    }
}

const fn bare(
    key: &'static str,
    value: ValueType,
    word: &'static str,
    constant: &'static str,
) -> Claim {
    Claim {
        key,
        members: &[],
        value,
        shape: Plain,
        is_timestamped: false,
        word,
        constant,
    }
}
