//! Declarations of claims: the key, the envelope and the type of the value.

/// The declaration of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) key: &'static str,
    pub(crate) envelope: Envelope,
    pub(crate) ty: Type,
}

impl Claim {
    pub(crate) const fn new(key: &'static str, envelope: Envelope, ty: Type) -> Self {
        Self { key, envelope, ty }
    }
}

/// The form in which a claim contains its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Envelope {
    /// `{"v": value, "t": milliseconds}`, the form of SuperTokens' claims.
    Timestamped,
    /// The value itself.
    Bare,
}

/// The declared type of a claim's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Boolean,
    String,
    Integer,
    /// An array of strings.
    List(Spaces),
    /// A string or an array of strings (RFC 7519, section 4.1.3).
    Audience,
    /// A string of scopes separated by spaces (RFC 8693, section 4.2).
    Scope,
    /// The scopes under the key `scp`: a string of scopes separated by spaces, or an array of strings.
    Scp,
    /// `{"c": {factor: seconds}, "v": boolean}`.
    Factors,
}

/// Whether the names in a list may contain spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spaces {
    Allowed,
    Never,
}

impl Type {
    /// The first character of the JSON text of this type, if strings with such text are parsed.
    pub(crate) fn opening(self) -> Option<char> {
        match self {
            Self::Factors => Some('{'),
            Self::List(_) => Some('['),
            _ => None,
        }
    }

    /// The name of the type in reasons.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::String | Self::Scope => "string",
            Self::Integer => "number",
            Self::List(_) | Self::Audience | Self::Scp => "array of strings",
            Self::Factors => "completed factors",
        }
    }
}
