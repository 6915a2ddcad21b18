//! What every level of the syntax is made of: elements with commas between them, and texts.

use proc_macro2::TokenTree;
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Ident, Lit, LitStr, Path, Token};

use crate::errors::Errors;
use crate::parse::mistakes;
use crate::parse::peek::{is_end, next, operator, rest};

/// Reads elements up to the end. A wrong one is reported, and reading goes on behind the next comma.
pub(crate) fn read_all<T>(
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
            let element = element.and_then(|element| leftover(input).map(|()| element));
            if let Some(element) = errors.take(element) {
                elements.push(element);
                if !is_end(input) {
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

/// Refuses what is left behind a complete element, unless that is only a comma, or the start of the
/// next element without its comma.
fn leftover(input: ParseStream) -> syn::Result<()> {
    if let Some(TokenTree::Ident(word)) = next(input)
        && let Some(error) = mistakes::word_for_a_sign(&word)
    {
        return Err(error);
    }
    let next_element = input.peek(Ident::peek_any) || input.peek(Lit);
    match next(input) {
        Some(token) if !is_end(input) && !next_element => {
            Err(mistakes::leftover(&token, operator(input)))
        }
        _ => Ok(()),
    }
}

/// A path without generics, by which a constant or a function is named.
pub(crate) fn path(input: ParseStream) -> syn::Result<Path> {
    let ahead = input.fork();
    if ahead.call(Path::parse_mod_style).is_ok() {
        return input.call(Path::parse_mod_style);
    }
    let mut last = None;
    while input.peek(Ident::peek_any) || input.peek(Token![::]) {
        last = Some(if input.peek(Token![::]) {
            input.parse::<Token![::]>()?.into_token_stream()
        } else {
            input.call(Ident::parse_any)?.into_token_stream()
        });
    }
    Err(if input.peek(Token![<]) {
        let message =
            "a path stands without generics here; name a constant or a function that has none";
        syn::Error::new_spanned(next(input), message)
    } else {
        syn::Error::new_spanned(last, "a path ends in a name; write one behind this")
    })
}

/// Text without a suffix.
pub(crate) fn text(input: ParseStream) -> syn::Result<LitStr> {
    let text: LitStr = input.parse()?;
    if text.suffix().is_empty() {
        return Ok(text);
    }
    Err(mistakes::suffix(&text))
}
