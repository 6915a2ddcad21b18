//! Comma-separated elements, and the paths and text in them.

use proc_macro2::TokenTree;
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Error, Ident, Lit, LitStr, Path, Token};

use super::mistakes;
use super::peek::{is_end, next, operator, rest};
use crate::errors::Errors;

/// Reads all elements. If one is wrong, reports it and continues after the next comma.
pub(crate) fn read_all<T>(
    input: ParseStream,
    errors: &mut Errors,
    mut one: impl FnMut(ParseStream, &mut Errors) -> syn::Result<T>,
) -> Vec<T> {
    let mut elements = Vec::new();
    while !input.is_empty() {
        if input.peek(Token![,]) {
            errors.at(next(input), "unexpected `,`; remove it");
        } else {
            let element = one(input, errors);
            let element = element.and_then(|element| leftover(input).map(|()| element));
            if let Some(element) = errors.take(element) {
                elements.push(element);
                if !is_end(input) {
                    errors.at(next(input), "missing `,` before this");
                    continue;
                }
            }
            rest(input);
        }
        // Only a comma or the end can follow here.
        drop(input.parse::<Option<Token![,]>>());
    }
    elements
}

/// Rejects the tokens after a complete element, unless they are a comma or the start of the next element without
/// its comma.
fn leftover(input: ParseStream) -> syn::Result<()> {
    let Some(token) = next(input).filter(|_| !is_end(input)) else {
        return Ok(());
    };
    if let TokenTree::Ident(word) = &token
        && let Some(error) = mistakes::word_for_a_sign(word)
    {
        return Err(error);
    }
    if input.peek(Ident::peek_any) || input.peek(Lit) {
        return Ok(());
    }
    Err(mistakes::leftover(&token, operator(input)))
}

/// The path of a constant or a function, without generics.
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
            "generics are not supported in paths; name a constant or a function without them";
        Error::new_spanned(next(input), message)
    } else {
        Error::new_spanned(last, "incomplete path; write a name after this")
    })
}

/// A string literal without a suffix.
pub(crate) fn text(input: ParseStream) -> syn::Result<LitStr> {
    let text: LitStr = input.parse()?;
    if text.suffix().is_empty() {
        return Ok(text);
    }
    let message = format!("remove the suffix `{}`", text.suffix());
    Err(Error::new(text.span(), message))
}
