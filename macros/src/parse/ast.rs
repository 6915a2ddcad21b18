//! The syntax tree of the attribute's arguments.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Ident, LitBool, LitInt, LitStr, Path, Token, token};

use crate::vocabulary::Keyword;

/// The arguments of the attribute.
#[derive(Default)]
pub(crate) struct Args {
    pub(crate) requirements: Vec<Requirement>,
    pub(crate) options: Options,
}

/// The options, which follow the requirements.
#[derive(Default)]
pub(crate) struct Options {
    /// `crate = ::renamed`
    pub(crate) krate: Option<Path>,
    /// `on_reject = path::to_function`
    pub(crate) on_reject: Option<Path>,
    /// `axum`: the function is a handler of axum, although it has an event argument.
    pub(crate) axum: Option<Ident>,
}

/// A requirement.
pub(crate) enum Requirement {
    Claim(Claim),
    Group(Group),
}

/// A requirement on one claim: `role = "admin"`, `email_verified`, `mfa("totp", max_age = "5m")`.
pub(crate) struct Claim {
    /// The keyword, or the path of a custom claim's constant.
    pub(crate) word: Path,
    /// The row of the keyword. All constants share one.
    pub(crate) row: &'static Keyword,
    pub(crate) value: Option<Value>,
    pub(crate) max_age: Option<MaxAge>,
}

/// Requirements of which all, or one, must be met: `any(role = "admin", mfa)`.
pub(crate) struct Group {
    pub(crate) word: Ident,
    pub(crate) paren: token::Paren,
    pub(crate) every: bool,
    pub(crate) members: Vec<Requirement>,
}

/// What a claim is compared with.
pub(crate) enum Value {
    One(Name),
    List(List),
    PathParameter(PathParameter),
}

/// Several names: `any("admin", "owner")`.
pub(crate) struct List {
    pub(crate) word: Ident,
    pub(crate) paren: token::Paren,
    pub(crate) mode: Mode,
    pub(crate) names: Vec<Name>,
}

/// How many of a list's names must be present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Any,
    All,
    None,
}

/// One value of a claim.
pub(crate) enum Name {
    Text(LitStr),
    /// `custom("…")`: a factor that the SDK does not define.
    Custom(LitStr),
    /// A constant or a variant: `Role::Admin`.
    Constant(Path),
    /// `5` or `-5`, for a custom claim.
    Integer(Option<Token![-]>, LitInt),
    /// `true` or `false`, for a custom claim.
    Boolean(LitBool),
}

/// The request's path parameter: `path("user_id")`.
pub(crate) struct PathParameter {
    pub(crate) word: Ident,
    pub(crate) name: LitStr,
}

/// The maximum age of a claim: `max_age = "5m"`.
pub(crate) struct MaxAge {
    /// The word `max_age`, for errors.
    pub(crate) key: Ident,
    /// As written, for messages and docs.
    pub(crate) text: LitStr,
    pub(crate) seconds: u64,
}

impl Claim {
    /// The keyword, or the path of the constant, as text.
    pub(crate) fn written_keyword(&self) -> String {
        written_path(&self.word)
    }

    /// The names that the claim is compared with.
    pub(crate) fn names(&self) -> &[Name] {
        match &self.value {
            None | Some(Value::PathParameter(_)) => &[],
            Some(Value::One(name)) => std::slice::from_ref(name),
            Some(Value::List(list)) => &list.names,
        }
    }
}

/// A path without the spaces between tokens. The `$crate` of a `macro_rules!` means nothing to a reader, so it
/// is omitted.
pub(crate) fn written_path(path: &Path) -> String {
    let written = path.to_token_stream().to_string().replace(' ', "");
    written.trim_start_matches("$crate::").to_owned()
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Text(literal) | Self::Custom(literal) => literal.to_tokens(tokens),
            Self::Constant(path) => path.to_tokens(tokens),
            Self::Integer(minus, literal) => {
                minus.to_tokens(tokens);
                literal.to_tokens(tokens);
            }
            Self::Boolean(literal) => literal.to_tokens(tokens),
        }
    }
}
