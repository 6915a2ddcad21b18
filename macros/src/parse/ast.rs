//! The attribute's arguments as a syntax tree with spans.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Ident, LitBool, LitInt, LitStr, Path, Token, token};

use crate::vocabulary::Word;

/// What stands in the parentheses of the attribute.
#[derive(Default)]
pub(crate) struct Args {
    pub(crate) requirements: Vec<Requirement>,
    pub(crate) options: Options,
}

/// What is said about the attribute itself, behind the requirements.
#[derive(Default)]
pub(crate) struct Options {
    /// `crate = ::renamed`
    pub(crate) krate: Option<Path>,
    /// `on_reject = path::to_function`
    pub(crate) on_reject: Option<Path>,
}

/// One thing that a caller must meet.
pub(crate) enum Requirement {
    Claim(Claim),
    Group(Group),
}

/// A requirement on one claim: `role = "admin"`, `email_verified`, `mfa("totp", max_age = "5m")`.
pub(crate) struct Claim {
    /// The word, or the path of a constant of the user's own.
    pub(crate) word: Path,
    /// The row of the word; that of all constants where it is one.
    pub(crate) row: &'static Word,
    pub(crate) value: Option<Value>,
    pub(crate) max_age: Option<MaxAge>,
}

/// Requirements of which all, or one, must hold: `any(role = "admin", mfa)`.
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

/// How many of a list's names must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Any,
    All,
    None,
}

/// One value that a claim may have.
pub(crate) enum Name {
    Text(LitStr),
    /// `custom("…")`: a factor that the SDK does not define.
    Custom(LitStr),
    /// A constant, or a variant of a type of the user's own: `Role::Admin`.
    Constant(Path),
    /// `5` or `-5`, of a claim of the user's own.
    Integer(Option<Token![-]>, LitInt),
    /// `true` or `false`, of a claim of the user's own.
    Boolean(LitBool),
}

/// The request's path parameter: `path("user_id")`.
pub(crate) struct PathParameter {
    pub(crate) word: Ident,
    pub(crate) name: LitStr,
}

/// How old a claim may be: `max_age = "5m"`.
pub(crate) struct MaxAge {
    /// The key as written, for errors.
    pub(crate) key: Ident,
    /// As written: what messages and docs show.
    pub(crate) text: LitStr,
    pub(crate) seconds: u64,
}

impl Claim {
    /// The word as it is written.
    pub(crate) fn written_word(&self) -> String {
        written_path(&self.word)
    }
}

/// A path without the blanks that tokens are printed with.
pub(crate) fn written_path(path: &Path) -> String {
    path.to_token_stream().to_string().replace(' ', "")
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
