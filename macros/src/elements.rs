//! What every level of the syntax is made of: elements with commas between them, and texts.

use proc_macro2::TokenTree;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Ident, Lit, LitStr, Token};

use crate::cursor::{is_end, next, operator, rest};
use crate::errors::Errors;
use crate::refuse;

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
        && let Some(error) = refuse::word_for_a_sign(&word)
    {
        return Err(error);
    }
    let next_element = input.peek(Ident::peek_any) || input.peek(Lit);
    match next(input) {
        Some(token) if !is_end(input) && !next_element => {
            Err(refuse::leftover(&token, operator(input)))
        }
        _ => Ok(()),
    }
}

/// Text without a suffix.
pub(crate) fn text(input: ParseStream) -> syn::Result<LitStr> {
    let text: LitStr = input.parse()?;
    if text.suffix().is_empty() {
        return Ok(text);
    }
    Err(refuse::suffix(&text))
}
