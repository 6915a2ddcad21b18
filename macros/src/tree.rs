//! The attribute's arguments as a syntax tree with spans.

use syn::{Ident, LitStr, Path, token};

use crate::vocabulary::Word;

/// What stands in the parentheses of the attribute.
#[derive(Default)]
pub(crate) struct Args {
    pub(crate) requirements: Vec<Requirement>,
    /// The option `crate = ::renamed`.
    pub(crate) krate: Option<Path>,
}

/// One thing that a caller must meet.
pub(crate) enum Requirement {
    Claim(Claim),
    Group(Group),
}

/// A requirement on one claim: `role = "admin"`, `email_verified`, `mfa("totp", max_age = "5m")`.
pub(crate) struct Claim {
    pub(crate) word: Ident,
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

/// A name in a claim, as a literal.
pub(crate) struct Name {
    pub(crate) literal: LitStr,
    /// Written `custom("…")`: a factor that the SDK does not define.
    pub(crate) custom: bool,
}

/// How old a claim may be: `max_age = "5m"`.
pub(crate) struct MaxAge {
    /// The key as written, for errors.
    pub(crate) key: Ident,
    /// As written: what messages and docs show.
    pub(crate) text: LitStr,
    pub(crate) seconds: u64,
}
