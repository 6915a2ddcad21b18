//! Declarations of claims: where a value is, and how it is written.

use std::borrow::Cow;

/// The declaration of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) key: &'static str,
    /// The names of the members that lead from the claim to a nested value.
    pub(crate) members: &'static [&'static str],
    pub(crate) envelope: Envelope,
    /// Whether the value is a string that contains JSON text.
    pub(crate) is_json_text: bool,
    pub(crate) ty: Type,
}

impl Claim {
    pub(crate) const fn timestamped(key: &'static str, ty: Type) -> Self {
        let mut claim = Self::bare(key, ty);
        claim.envelope = Envelope::Timestamped;
        claim
    }

    pub(crate) const fn bare(key: &'static str, ty: Type) -> Self {
        Self {
            key,
            members: &[],
            envelope: Envelope::Bare,
            is_json_text: false,
            ty,
        }
    }

    /// A value within objects, at this path of names.
    pub(crate) const fn at<const N: usize>(path: &'static [&'static str; N], ty: Type) -> Self {
        match path.as_slice() {
            [key, members @ ..] => Self {
                members,
                ..Self::bare(key, ty)
            },
            // Not a `Path`.
            [] => Self::bare("", ty),
        }
    }

    /// The key, or all names of the path with dots between them.
    pub(crate) fn id(&self) -> Cow<'static, str> {
        if self.members.is_empty() {
            return self.key.into();
        }
        format!("{}.{}", self.key, self.members.join(".")).into()
    }

    /// Whether a name in the claim's path is empty, which is treated as a mistake.
    pub(crate) fn has_empty_name(&self) -> bool {
        self.key.is_empty() || self.members.contains(&"")
    }

    /// Whether the value may be a string.
    pub(crate) fn may_be_string(&self) -> bool {
        self.is_json_text
            || match self.ty {
                Type::String => true,
                Type::List(names) => !matches!(names.form, Form::Array | Form::Keys),
                _ => false,
            }
    }

    /// Whether a maximum age can be met, by the time of the claim or by times in its value.
    pub(crate) const fn supports_max_age(&self) -> bool {
        matches!(self.envelope, Envelope::Timestamped)
            || matches!(self.ty, Type::Factors | Type::Time)
    }
}

/// A path of one to eight names.
#[diagnostic::on_unimplemented(
    message = "the path of a claim has one to eight names",
    label = "write one to eight names, such as `at(&[\"realm_access\", \"roles\"])`"
)]
pub trait Path {}

macro_rules! paths {
    ($($names:literal)*) => {
        $(impl Path for [&'static str; $names] {})*
    };
}

paths!(1 2 3 4 5 6 7 8);

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
pub enum Type {
    Boolean,
    String,
    Integer,
    /// Seconds since 1970.
    Time,
    List(Names),
    /// `{"c": {factor: seconds}, "v": boolean}`.
    Factors,
}

/// How a list of names is written, and which characters no name contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names {
    pub(crate) form: Form,
    pub(crate) without_spaces: bool,
    pub(crate) without_commas: bool,
}

/// The JSON type of a list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// An array of strings.
    Array,
    /// A string or an array of strings, such as `aud` (RFC 7519, section 4.1.3).
    OneOrMany,
    /// A string of names with this character between them.
    Separated(char),
    /// `scope`: a string of scopes separated by spaces (RFC 8693, section 4.2).
    Scope,
    /// The scopes under the key `scp`: a string of scopes separated by spaces, or an array of strings.
    Scp,
    /// The keys of an object.
    Keys,
}

impl Names {
    pub(crate) const fn written_as(form: Form) -> Self {
        Self {
            form,
            without_spaces: false,
            without_commas: false,
        }
    }

    /// Whether no list with this declaration contains this name.
    pub(crate) fn exclude(self, name: &str) -> bool {
        (self.without_spaces && name.contains(' ')) || (self.without_commas && name.contains(','))
    }
}

impl Form {
    /// The character between the names of a string; `None` if a string is one name.
    pub(crate) fn separator(self) -> Option<char> {
        match self {
            Self::Separated(separator) => Some(separator),
            Self::Scope | Self::Scp => Some(' '),
            _ => None,
        }
    }
}

impl Type {
    /// The first character of the JSON text of this type, if strings with such text are parsed.
    pub(crate) fn opening(self) -> Option<char> {
        match self {
            Self::Factors => Some('{'),
            Self::List(names) => match names.form {
                Form::Array => Some('['),
                Form::Keys => Some('{'),
                _ => None,
            },
            _ => None,
        }
    }

    /// The name of the type in reasons.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::String => "string",
            Self::Integer | Self::Time => "number",
            Self::List(names) => match names.form {
                Form::Array => "array of strings",
                Form::OneOrMany | Form::Scp => "string or array of strings",
                Form::Separated(_) | Form::Scope => "string",
                Form::Keys => "object",
            },
            Self::Factors => "completed factors",
        }
    }
}
