//! The body as it runs after the guard has allowed the request.
//!
//! Errors in it are reported as without the attribute, so spans are chosen for what rustc underlines;
//! `tests/tests/body_errors.rs` compares.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens as _, quote_spanned};
use syn::ReturnType;

use super::spans::{ends, placed_at};
use crate::handler::{Handler, Returns};

/// The body, after the statements that bind its variables.
///
/// In its own block, since otherwise the attribute's paths could mean items of the body. With
/// variables, it is in a match arm: before edition 2024, what the last line of a block borrows outlives
/// variables around the block, but not an arm.
pub(crate) fn in_place(handler: &Handler, variables: &TokenStream) -> TokenStream {
    let body = &handler.body;
    quote_spanned! {Span::mixed_site()=> #variables match () { () => #body } }
}

/// The body in an `async` block or closure, because what it returns has to be wrapped.
pub(crate) fn wrapped(
    handler: &Handler,
    returns: &Returns,
    private: &TokenStream,
    variables: &TokenStream,
) -> TokenStream {
    let body = in_place(handler, variables);
    let outcome = if handler.sig.asyncness.is_some() {
        let expected = expected(handler, returns, private);
        run_async(
            handler,
            &quote_spanned! {Span::mixed_site()=> #expected #body },
        )
    } else {
        run_closure(handler, returns, private, &body)
    };
    let site = Span::mixed_site();
    let allowed = match returns {
        Returns::Impl { .. } | Returns::Named(_) => {
            quote_spanned! {site=> #private::Guarded::allowed(__require_claims_outcome) }
        }
        Returns::ResultOfImpl { ty, .. } => placed_at(
            ty,
            quote_spanned! {site=> #private::allow(__require_claims_outcome) },
        ),
    };
    // Rustc asks whether a captured field is read after it was assigned; it does not ask that of `self`.
    let is_mut_self = handler
        .sig
        .receiver()
        .is_some_and(|receiver| receiver.mutability.is_some());
    let allow = is_mut_self.then(|| quote_spanned! {site=> #[allow(unused_assignments)] });
    quote_spanned! {site=> #allow let __require_claims_outcome = #outcome; return #allowed; }
}

/// Where the return type starts and ends.
fn returned(handler: &Handler) -> (Span, Span) {
    match &handler.sig.output {
        ReturnType::Type(_, ty) => ends(ty),
        ReturnType::Default => (Span::call_site(), Span::call_site()),
    }
}

/// An `async` block. It is `move`, because a reference to a `Copy` argument may not be `Send`. It reaches from the user's first brace to the last: rustc underlines it as it
/// would the function's. An editor explains `async` at the first brace alone.
fn run_async(handler: &Handler, body: &TokenStream) -> TokenStream {
    let keywords = quote_spanned! {handler.body.span_open()=> async move };
    let block = braced(handler, body);
    quote_spanned! {Span::mixed_site()=> #keywords #block.await }
}

/// A closure, which names its return type; its head is placed at that of the function. A function that
/// takes any `FnOnce` calls it, so that the body may move its variables.
fn run_closure(
    handler: &Handler,
    returns: &Returns,
    private: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let ty = match returns {
        Returns::ResultOfImpl { ty, .. } | Returns::Named(ty) => ty.to_token_stream(),
        Returns::Impl { .. } => quote_spanned! {returned(handler).1=> _ },
    };
    let head = quote_spanned! {handler.sig.fn_token.span=> move |()| -> };
    let block = braced(handler, body);
    quote_spanned! {Span::mixed_site()=>
        #private::Result::unwrap_or_else(#private::Result::Err(()), #head #ty #block)
    }
}

/// A block at the user's braces.
pub(crate) fn braced(handler: &Handler, body: &TokenStream) -> Group {
    let mut block = Group::new(Delimiter::Brace, body.clone());
    block.set_span(handler.body.span());
    block
}

/// A `return` that is never taken: it tells rustc what `?` and `return` in an `async` block convert to.
/// What it returns reaches from the start of the return type to its end, so that rustc underlines
/// the type if the body returns another one.
fn expected(handler: &Handler, returns: &Returns, private: &TokenStream) -> Option<TokenStream> {
    let Returns::ResultOfImpl { ty, .. } = returns else {
        return None;
    };
    let (first, last) = returned(handler);
    let site = Span::mixed_site();
    let start = quote_spanned! {first=> __require_claims_outcome };
    let end = quote_spanned! {last=> .0 };
    Some(quote_spanned! {site.located_at(first)=>
        if let #private::Result::Ok(#start) = #private::Result::<(#ty,), ()>::Err(()) {
            return #start #end;
        }
    })
}
