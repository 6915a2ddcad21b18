//! The body as it runs after the guard has allowed the request.
//!
//! Errors in the body must be reported as without the attribute, so the spans here decide what rustc
//! underlines. `tests/compile_errors/tests/ui/body_errors.rs` compares both.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::ReturnType;

use super::spans::{ends, placed_at};
use crate::handler::{Handler, Returns};

/// The body, after the statements that bind its variables.
///
/// The body is in its own block, because the attribute's paths could otherwise refer to items of the body.
/// The block is a match arm: before edition 2024, what the last expression of a block borrows outlives the
/// variables around the block, but not an arm.
pub(crate) fn in_place(handler: &Handler, variables: &TokenStream) -> TokenStream {
    let body = &handler.body;
    quote_spanned! {Span::mixed_site()=> #variables match () { () => #body } }
}

/// The body in an `async` block or closure, so that its return value can be wrapped.
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
    // Rustc reports assignments to a captured field that is not read afterwards, but not to a field of `self`.
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

/// An `async` block that spans the user's braces, so that rustc underlines it like the function's body. The
/// keyword `async` is placed at the first brace alone, so that editors show its help only there. It is `move`,
/// because a reference to a `Copy` argument may not be `Send`.
fn run_async(handler: &Handler, body: &TokenStream) -> TokenStream {
    let keywords = quote_spanned! {handler.body.span_open()=> async move };
    let block = braced(handler, body);
    quote_spanned! {Span::mixed_site()=> #keywords #block.await }
}

/// A closure with a return type, placed at the function's signature. A function that takes any `FnOnce` calls
/// it, so that the body may move its variables.
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

/// The function with this body.
pub(crate) fn function(handler: &Handler, docs: &TokenStream, body: &TokenStream) -> TokenStream {
    let (attrs, vis, sig) = (&handler.attrs, &handler.vis, &handler.sig);
    let inner = &handler.inner;
    let block = braced(handler, &quote! { #(#inner)* #body });
    quote! { #(#attrs)* #docs #vis #sig #block }
}

/// A block at the user's braces.
fn braced(handler: &Handler, body: &TokenStream) -> Group {
    let mut block = Group::new(Delimiter::Brace, body.clone());
    block.set_span(handler.body.span());
    block
}

/// A `return` that is never taken. From it, rustc infers what `?` and `return` in an `async` block convert to.
/// Its value spans the return type, so that rustc underlines the type if the body returns another one.
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
