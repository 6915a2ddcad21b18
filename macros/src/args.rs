//! The attribute's arguments → the syntax tree; syntax only.

use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, Lit, Path, Token, parenthesized, token};

use crate::claim::claim;
use crate::cursor::{is_end, next};
use crate::elements::each;
use crate::errors::Errors;
use crate::refuse;
use crate::tree::{Args, Group, Requirement};
use crate::vocabulary;

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
    if is_end(input) || input.peek(Lit) {
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
