//! The attribute of [`require-claims`](https://docs.rs/require-claims); use that crate.

// The steps, each a folder: `parse` tokens into a syntax tree, `check` what the tree means, read the
// `handler`'s signature, and `expand` both into code. CONTRIBUTING.md has the map.

mod check;
mod derive;
mod errors;
mod expand;
mod handler;
mod parse;
mod vocabulary;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use crate::handler::{Handler, Shape};
use crate::parse::Parsed;
use crate::parse::ast::Args;

#[doc = include_str!("../docs/attribute.md")]
#[proc_macro_attribute]
pub fn require_claims(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    guard(args.into(), item.into()).into()
}

/// Implements `ClaimValue` for an enum whose variants are names in a claim.
///
/// ```
/// use require_claims::ClaimValue;
///
/// #[derive(ClaimValue)]
/// #[claim(rename_all = "kebab-case")]
/// enum Role {
///     Admin,
///     OrderDesk,
///     #[claim(rename = "root user")]
///     Root,
/// }
///
/// assert_eq!(Role::Admin.claim_value(), "admin");
/// assert_eq!(Role::OrderDesk.claim_value(), "order-desk");
/// assert_eq!(Role::Root.claim_value(), "root user");
/// ```
///
/// The attribute then accepts `role = Role::Admin`, and a misspelt variant does not compile.
///
/// # Options
///
/// - `#[claim(rename_all = "…")]` on the enum: `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`,
///   `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case` or `SCREAMING-KEBAB-CASE`, as in serde.
///   Without it, a variant's name is the name in the claim. `#[serde(rename…)]` is ignored, and is an error
///   unless it is repeated as `#[claim(…)]`.
/// - `#[claim(rename = "…")]` on a variant: its name in the claim.
/// - `#[claim(crate = ::path)]` on the enum: the path to `require-claims`, if it is not
///   `::require_claims`.
///
/// # Errors
///
/// These do not compile: anything other than an enum, an enum without variants, a variant with fields, a
/// name that is empty, has spaces around it or contains invisible characters, and two variants with the
/// same name.
#[proc_macro_derive(ClaimValue, attributes(claim))]
pub fn claim_value(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive::derive(input.into()).into()
}

/// The handler with its guard, or with the errors.
fn guard(args: TokenStream, item: TokenStream) -> TokenStream {
    let item = ungrouped(item);
    match try_guard(args, item.clone()) {
        Ok(guarded) => guarded,
        Err(error) => expand::fallback(item, &error),
    }
}

/// The steps: parse, check, read the handler, expand.
fn try_guard(args: TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    let Parsed { args, mut errors } = syn::parse2(args)?;
    check::check(&args, &mut errors);
    let handler = errors.take(syn::parse2::<Handler>(item));
    let shape = handler
        .as_ref()
        .and_then(|handler| handler.shape(args.options.axum.is_some(), &mut errors));
    if let Some(handler) = &handler {
        check::shadowing(&args, handler, shape.as_ref(), &mut errors);
    }
    errors.finish()?;
    write(&args, handler.zip(shape))
}

/// The last step. A requirement without code is an error: a guard never requires less than the attribute.
fn write(args: &Args, handler: Option<(Handler, Shape)>) -> syn::Result<TokenStream> {
    let guarded = handler.and_then(|(handler, shape)| expand::expand(args, handler, &shape));
    guarded.ok_or_else(|| syn::Error::new(Span::call_site(), "this function could not be guarded"))
}

/// The item without the group in which a `macro_rules!` passes it.
fn ungrouped(item: TokenStream) -> TokenStream {
    let mut tokens = item.clone().into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::None => {
            group.stream()
        }
        _ => item,
    }
}

#[cfg(test)]
mod tests;
