//! The attribute's arguments → a syntax tree with spans; syntax only.

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, Lit, LitStr, Path, Token, parenthesized, token};

use crate::age::MaxAge;
use crate::claim::claim;
use crate::errors::Errors;
use crate::refuse;
use crate::vocabulary::{self, Word};

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

/// The tree, and what of the input did not make it into the tree.
pub(crate) struct Parsed {
    pub(crate) args: Args,
    pub(crate) errors: Errors,
}

impl Parse for Parsed {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let mut errors = Errors::default();
        let mut krate = None;
        let requirements = each(input, &mut errors, |input, errors| {
            if input.peek(Token![crate]) {
                return option(input, &mut krate).map(|()| None);
            }
            if krate.is_some() {
                errors.at(
                    next(input),
                    "options come last; move this before `crate = …`",
                );
            }
            requirement(input, errors)
        });
        let requirements = requirements.into_iter().flatten().collect();
        Ok(Self {
            args: Args {
                requirements,
                krate,
            },
            errors,
        })
    }
}

/// Reads elements up to the end, with commas between them. A wrong one is reported, and reading
/// goes on behind the next comma.
pub(crate) fn each<T>(
    input: ParseStream,
    errors: &mut Errors,
    mut one: impl FnMut(ParseStream, &mut Errors) -> syn::Result<T>,
) -> Vec<T> {
    let mut elements = Vec::new();
    while !input.is_empty() {
        if input.peek(Token![,]) {
            errors.at(next(input), "nothing stands before this `,`; remove it");
        } else {
            let element = one(input, errors);
            let element = element.and_then(|element| refuse::leftover(input).map(|()| element));
            if let Some(element) = errors.take(element) {
                elements.push(element);
                if !refuse::is_end(input) {
                    errors.at(next(input), "`,` is missing before this");
                    continue;
                }
            }
            rest(input);
        }
        // Nothing but a comma or the end can stand here.
        drop(input.parse::<Option<Token![,]>>());
    }
    elements
}

/// The tokens before the next comma, taken off.
pub(crate) fn rest(input: ParseStream) -> TokenStream {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        tokens.extend(input.parse::<TokenTree>());
    }
    tokens
}

/// The next token, looked at.
pub(crate) fn next(input: ParseStream) -> Option<TokenTree> {
    input.fork().parse().ok()
}

/// `crate = ::path`.
fn option(input: ParseStream, krate: &mut Option<Path>) -> syn::Result<()> {
    let key: Token![crate] = input.parse()?;
    if !input.peek(Token![=]) {
        return Err(syn::Error::new(
            key.span,
            "write the option as `crate = ::require_claims`",
        ));
    }
    let equals: Token![=] = input.parse()?;
    if refuse::is_end(input) || input.peek(Lit) {
        let wrong = next(input)
            .filter(|_| input.peek(Lit))
            .map_or(equals.spans, |token| [token.span()]);
        let message = "`crate =` needs a path without quotes, such as `crate = ::require_claims`";
        return Err(syn::Error::new(
            wrong.first().copied().unwrap_or(key.span),
            message,
        ));
    }
    let path = input.call(Path::parse_mod_style)?;
    if krate.replace(path).is_some() {
        return Err(syn::Error::new(
            key.span,
            "`crate` is given twice; remove one of them",
        ));
    }
    Ok(())
}

/// One requirement; none if a mistake within it has been reported.
fn requirement(input: ParseStream, errors: &mut Errors) -> syn::Result<Option<Requirement>> {
    if !input.peek(Ident::peek_any) {
        return Err(refuse::no_word(input));
    }
    let before = errors.count();
    let word = input.call(Ident::parse_any)?;
    if input.peek(token::Paren) && (word == "any" || word == "all") {
        let group = group(input, errors, word)?;
        let usable = !group.members.is_empty() || errors.count() == before;
        return Ok(usable.then_some(Requirement::Group(group)));
    }
    match vocabulary::word(&word.to_string()) {
        Some(row) if !input.peek(Token![::]) && !input.peek(Token![-]) => {
            let claim = claim(input, errors, word, row)?;
            Ok((errors.count() == before).then_some(Requirement::Claim(claim)))
        }
        _ => Err(refuse::unknown_word(input, &word)),
    }
}

fn group(input: ParseStream, errors: &mut Errors, word: Ident) -> syn::Result<Group> {
    let content;
    let paren = parenthesized!(content in input);
    let members = each(&content, errors, requirement)
        .into_iter()
        .flatten()
        .collect();
    Ok(Group {
        every: word == "all",
        word,
        paren,
        members,
    })
}
