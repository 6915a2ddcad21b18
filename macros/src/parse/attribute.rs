//! The attribute's arguments → the syntax tree; syntax only.

use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, Path, Token, parenthesized, token};

use super::claim::claim;
use crate::errors::Errors;
use crate::parse::ast::{Args, Group, Options, Requirement};
use crate::parse::list::{self, read_all};
use crate::parse::mistakes;
use crate::parse::peek::{is_constant, is_end, is_word, next};
use crate::vocabulary::{self, OWN};

/// The tree, and what of the input did not make it into the tree.
pub(crate) struct Parsed {
    pub(crate) args: Args,
    pub(crate) errors: Errors,
}

impl Parse for Parsed {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let mut errors = Errors::default();
        let mut options = Options::default();
        let requirements = read_all(input, &mut errors, |input, errors| {
            if is_option(input) {
                return option(input, &mut options).map(|()| None);
            }
            if let Some(first) = options.first() {
                let message = format!("options come last; move this before `{first} = …`");
                errors.at(next(input), message);
            }
            requirement(input, errors)
        });
        let requirements = requirements.into_iter().flatten().collect();
        Ok(Self {
            args: Args {
                requirements,
                options,
            },
            errors,
        })
    }
}

impl Options {
    /// One that has been read, if any has.
    fn first(&self) -> Option<&'static str> {
        let krate = self.krate.as_ref().map(|_| "crate");
        krate.or(self.on_reject.as_ref().map(|_| "on_reject"))
    }
}

/// `crate` starts a path, too: `crate::claims::PLAN`.
fn is_option(input: ParseStream) -> bool {
    is_word(input, "on_reject") || input.peek(Token![crate]) && !input.peek2(Token![::])
}

/// `crate = ::path` or `on_reject = path::to_function`.
fn option(input: ParseStream, options: &mut Options) -> syn::Result<()> {
    let key = input.call(Ident::parse_any)?;
    let (place, example) = if key == "crate" {
        (&mut options.krate, "crate = ::require_claims")
    } else {
        (&mut options.on_reject, "on_reject = path::to_function")
    };
    if !input.peek(Token![=]) {
        let message = format!("write the option as `{example}`");
        return Err(syn::Error::new(key.span(), message));
    }
    let equals: Token![=] = input.parse()?;
    let path = option_path(input, &key, equals, example)?;
    if place.replace(path).is_some() {
        let message = format!("`{key}` is given twice; remove one of them");
        return Err(syn::Error::new(key.span(), message));
    }
    Ok(())
}

fn option_path(
    input: ParseStream,
    key: &Ident,
    equals: Token![=],
    example: &str,
) -> syn::Result<Path> {
    if input.peek(Ident::peek_any) || input.peek(Token![::]) {
        return list::path(input);
    }
    let other = next(input).filter(|_| !is_end(input));
    let [at] = equals.spans;
    let at = other.map_or(at, |other| other.span());
    let message = format!("`{key} =` needs a path, such as `{example}`");
    Err(syn::Error::new(at, message))
}

/// One requirement; none if a mistake within it has been reported.
fn requirement(input: ParseStream, errors: &mut Errors) -> syn::Result<Option<Requirement>> {
    let before = errors.count();
    let (word, row) = if is_constant(input) {
        (list::path(input)?, &OWN)
    } else {
        if !input.peek(Ident::peek_any) {
            return Err(mistakes::no_word(input));
        }
        let word = input.call(Ident::parse_any)?;
        if input.peek(token::Paren) && (word == "any" || word == "all") {
            let group = group(input, errors, word)?;
            let usable = !group.members.is_empty() || errors.count() == before;
            return Ok(usable.then_some(Requirement::Group(group)));
        }
        match vocabulary::word(&word.to_string()) {
            Some(row) if !input.peek(Token![-]) => (word.into(), row),
            _ => return Err(mistakes::unknown_word(input, &word)),
        }
    };
    let claim = claim(input, errors, word, row)?;
    Ok((errors.count() == before).then_some(Requirement::Claim(claim)))
}

fn group(input: ParseStream, errors: &mut Errors, word: Ident) -> syn::Result<Group> {
    let content;
    let paren = parenthesized!(content in input);
    let members = read_all(&content, errors, requirement)
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
