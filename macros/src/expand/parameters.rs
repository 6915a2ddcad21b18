//! The handler's parameters: the event for the guard, and all of them as variables of the body.
//!
//! As rustc does for an `async fn`, the expansion gives a parameter a name and binds its pattern in
//! the body: `let State(orders) = _argument_1;`. So values are moved and dropped as in a plain function.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::ext::IdentExt as _;
use syn::punctuated::Punctuated;
use syn::{FnArg, Meta, Pat, PatType, Receiver, Token, Type};

use super::spans::ends;
use crate::handler::types::{bare, is_unused, simple_name, typed};
use crate::handler::{Handler, Returns};

/// The parameters as the guard and the body use them.
pub(crate) struct Parameters {
    /// The event's variable.
    pub(crate) event: Ident,
    /// `&event`, the argument of `check`.
    pub(crate) borrowed_event: TokenStream,
    /// The statements that bind the patterns.
    pub(crate) variables: TokenStream,
}

/// Renames the parameters whose patterns are bound in the body.
pub(crate) fn take(
    handler: &mut Handler,
    event_place: usize,
    returns: &Returns,
) -> Option<Parameters> {
    let event = typed(handler.sig.inputs.get(event_place)?)?;
    let simple = simple_name(&event.pat).filter(|name| !is_unused(name));
    let first = match returns {
        // The body stays in the function, and uses its parameters directly.
        Returns::Named(_) if simple.is_some() => handler.sig.inputs.len(),
        // Also those after the event, which must be dropped before it.
        Returns::Named(_) => event_place,
        Returns::Impl { .. } | Returns::ResultOfImpl { .. } => 0,
    };
    let mut event = simple.map(|name| name.ident.clone());
    let mut variables = TokenStream::new();
    let mut taken = Vec::new();
    for (place, input) in handler.sig.inputs.iter_mut().enumerate().skip(first) {
        match input {
            FnArg::Receiver(receiver) => variables.extend(capture_self(receiver)),
            FnArg::Typed(argument) => {
                let is_event = place == event_place;
                let name = name(
                    argument,
                    if is_event { "_event" } else { "_argument" },
                    &mut taken,
                );
                let is_used = is_event && event.is_some();
                variables.extend(bind(argument, &name, is_used));
                if is_event {
                    event = Some(name);
                }
            }
        }
    }
    let event = event?;
    let borrowed_event = borrow(&event, typed(handler.sig.inputs.get(event_place)?)?);
    Some(Parameters {
        event,
        borrowed_event,
        variables,
    })
}

/// Captures all of `self`. Otherwise a block that only assigns to a field would change a copy of the field.
fn capture_self(receiver: &Receiver) -> TokenStream {
    let name = &receiver.self_token;
    quote_spanned! {Span::mixed_site()=> let _ = &#name; }
}

/// The parameter's name in the signature, which rustdoc shows: that of the pattern, if it is a plain name.
/// Different names from a `macro_rules!` can have the same spelling, so a repeated spelling gets a suffix.
fn name(argument: &PatType, other: &str, taken: &mut Vec<Ident>) -> Ident {
    let mut name = match simple_name(&argument.pat) {
        Some(pat) => pat.ident.clone(),
        None => Ident::new(other, Span::call_site()),
    };
    name.set_span(Span::mixed_site().located_at(name.span()));
    while taken.contains(&name) || name == "_argument" {
        name = format_ident!("{}_{}", name.unraw(), taken.len(), span = name.span());
    }
    taken.push(name.clone());
    name
}

/// Gives a parameter its name, and returns the statements that bind its pattern.
fn bind(argument: &mut PatType, name: &Ident, is_used: bool) -> TokenStream {
    let site = Span::mixed_site();
    // Lint levels apply to the variable, so they move to it. Conditions apply to both.
    let (lints, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut argument.attrs)
        .into_iter()
        .partition(|attr| is_one_of(&LEVELS, &attr.meta));
    argument.attrs = kept;
    let conditions = argument
        .attrs
        .iter()
        .filter(|attr| is_one_of(&["cfg"], &attr.meta));
    let conditions: Vec<_> = conditions.cloned().collect();
    let attrs = conditions.iter().chain(&lints);
    let pat = std::mem::replace(
        &mut *argument.pat,
        Pat::Verbatim(quote_spanned! {site=> #name }),
    );
    match simple_name(&pat) {
        // Clippy reports `let _event = event;` as having no effect, but not a tuple.
        Some(pat) if is_unused(pat) => quote_spanned! {site=> #(#attrs)* let (#pat,) = (#name,); },
        Some(pat) => {
            // The guard has used the event, so the body need not.
            let ident = is_used.then_some(&pat.ident);
            let used = ident.map(|ident| quote_spanned! {site=> let _ = &#ident; });
            quote_spanned! {site=> #(#attrs)* let #pat = #name; #used }
        }
        // The value itself is a variable as well: what the pattern does not bind is dropped later.
        None => {
            // `mut` is for a `ref mut` in the pattern. No lint reports a name that starts with `_`.
            let value = quote_spanned! {site=> let mut #name = #name; };
            quote_spanned! {site=> #(#conditions)* #value #(#attrs)* let #pat = #name; }
        }
    }
}

const LEVELS: [&str; 5] = ["allow", "deny", "expect", "forbid", "warn"];

/// Whether an attribute has one of these names, also in a `cfg_attr`.
fn is_one_of(names: &[&str], meta: &Meta) -> bool {
    let parse = Punctuated::<Meta, Token![,]>::parse_terminated;
    let inner = || {
        meta.require_list()
            .and_then(|list| list.parse_args_with(parse))
    };
    names.iter().any(|name| meta.path().is_ident(name))
        || meta.path().is_ident("cfg_attr")
            && inner().is_ok_and(|inner| inner.iter().skip(1).all(|meta| is_one_of(names, meta)))
}

/// `&event`, placed at the parameter's type, so that rustc points there if it is not an event.
fn borrow(name: &Ident, argument: &PatType) -> TokenStream {
    let (first, last) = ends(&argument.ty);
    let ampersand = quote_spanned! {first.resolved_at(name.span())=> & };
    let ampersand = (!matches!(bare(&argument.ty), Type::Reference(_))).then_some(ampersand);
    let mut name = name.clone();
    name.set_span(last.resolved_at(name.span()));
    quote_spanned! {last=> #ampersand #name }
}
