//! The attribute's arguments: requirements, then options.

use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, Path, Token, parenthesized, token};

use super::ast::{Args, Group, Options, Requirement, written_path};
use super::claim::claim;
use super::list::{self, read_all};
use super::mistakes;
use super::peek::{is_constant, is_end, is_like_a_type, is_word, next, rest};
use crate::errors::Errors;
use crate::vocabulary::{self, CUSTOM};

/// The syntax tree, and the errors in the input.
pub(crate) struct Parsed {
    pub(crate) args: Args,
    pub(crate) errors: Errors,
}

impl Parse for Parsed {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let mut errors = Errors::default();
        let mut options = Options::default();
        let mut first_option = None;
        let requirements = read_all(input, &mut errors, |input, errors| {
            if is_option(input) {
                let key = option(input, &mut options)?;
                first_option.get_or_insert(key);
                return Ok(None);
            }
            if let Some(first) = &first_option {
                let message = format!("options come last; move this before `{first}`");
                errors.at(next(input), message);
            }
            requirement(input, errors)
        });
        let requirements = requirements.into_iter().flatten().collect();
        let args = Args {
            requirements,
            options,
        };
        Ok(Self { args, errors })
    }
}

/// `crate` can also start a path: `crate::claims::PLAN`.
fn is_option(input: ParseStream) -> bool {
    is_word(input, "on_reject")
        || (input.peek(Token![crate]) || is_word(input, "axum")) && !input.peek2(Token![::])
}

/// `crate = ::path`, `on_reject = path::to_function` or `axum`.
fn option(input: ParseStream, options: &mut Options) -> syn::Result<Ident> {
    let key = input.call(Ident::parse_any)?;
    if key == "axum" {
        if !is_end(input) {
            let message = "`axum` takes no value; write `axum`";
            return Err(Error::new_spanned(rest(input), message));
        }
        set_once(&mut options.axum, key.clone(), &key)?;
        return Ok(key);
    }
    let (place, example) = if key == "crate" {
        (&mut options.krate, "crate = ::require_claims")
    } else {
        (&mut options.on_reject, "on_reject = path::to_function")
    };
    if !input.peek(Token![=]) {
        let message = format!("write the option as `{example}`");
        return Err(Error::new(key.span(), message));
    }
    let equals: Token![=] = input.parse()?;
    if !input.peek(Ident::peek_any) && !input.peek(Token![::]) {
        let other = next(input).filter(|_| !is_end(input));
        let at = other.map_or(equals.spans[0], |other| other.span());
        let message = format!("`{key}` needs a path, such as `{example}`");
        return Err(Error::new(at, message));
    }
    let path = list::path(input)?;
    if input.peek(token::Paren) || input.peek(Token![!]) {
        let path = written_path(&path);
        let message = format!("name the function without calling it: `{key} = {path}`");
        return Err(Error::new_spanned(rest(input), message));
    }
    set_once(place, path, &key)?;
    Ok(key)
}

fn set_once<T>(place: &mut Option<T>, value: T, key: &Ident) -> syn::Result<()> {
    let message = format!("`{key}` occurs twice; remove one of them");
    match place.replace(value) {
        Some(_) => Err(Error::new(key.span(), message)),
        None => Ok(()),
    }
}

/// One requirement. `None` if an error in it has been reported.
fn requirement(input: ParseStream, errors: &mut Errors) -> syn::Result<Option<Requirement>> {
    let before = errors.count();
    let (word, row): (Path, _) = if is_constant(input) && !is_like_a_type(input) {
        (list::path(input)?, &CUSTOM)
    } else if input.peek(Ident::peek_any) {
        let word = input.call(Ident::parse_any)?;
        if input.peek(token::Paren) && (word == "any" || word == "all") {
            let group = group(input, errors, word)?;
            let usable = !group.members.is_empty() || errors.count() == before;
            return Ok(usable.then_some(Requirement::Group(group)));
        }
        match vocabulary::keyword(&word.to_string()) {
            Some(row) if !input.peek(Token![-]) || !input.peek2(Ident::peek_any) => {
                (word.into(), row)
            }
            _ => return Err(mistakes::unknown_keyword(input, &word)),
        }
    } else {
        return Err(mistakes::no_keyword(input));
    };
    let claim = claim(input, errors, word, row)?;
    Ok((errors.count() == before).then_some(Requirement::Claim(claim)))
}

fn group(input: ParseStream, errors: &mut Errors, word: Ident) -> syn::Result<Group> {
    let content;
    let paren = parenthesized!(content in input);
    let members = read_all(&content, errors, requirement);
    Ok(Group {
        every: word == "all",
        word,
        paren,
        members: members.into_iter().flatten().collect(),
    })
}
