//! The body as it runs once the guard has let the request pass.
//!
//! What is wrong in it is to be told as without the attribute, so spans are chosen for what rustc
//! underlines; `tests/tests/body_errors.rs` compares.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{ReturnType, Token, Type};

use crate::arguments::Arguments;
use crate::expand::{ends, placed_at};
use crate::handler::{Handler, Shape};
use crate::outcome::Outcome;

/// What comes after the guard.
pub(crate) fn guarded(
    handler: &Handler,
    shape: &Shape,
    has_answer: bool,
    private: &TokenStream,
    arguments: &Arguments,
) -> TokenStream {
    let site = Span::mixed_site();
    let Arguments {
        variables,
        is_self_moved,
        allow,
        ..
    } = arguments;
    let block = own_block(handler);
    if matches!(shape.outcome, Outcome::Named(_))
        && variables.is_empty()
        && handler.claims.is_empty()
    {
        return block.into_token_stream();
    }
    // In an arm, since before edition 2024 what the last line of a block borrows outlives variables
    // around the block, and is dropped at the end of an arm.
    let body = quote_spanned! {site=> #variables match () { () => #block } };
    let ran = match (&shape.outcome, handler.sig.asyncness) {
        (Outcome::Named(_), _) => return body,
        (Outcome::Opaque { .. }, Some(_)) => run_async(handler, *is_self_moved, &body),
        (Outcome::Carrier { ty, .. }, Some(_)) => {
            let expected = expected_outcome(handler, ty, private);
            run_async(
                handler,
                *is_self_moved,
                &quote_spanned! {site=> #expected #body },
            )
        }
        (Outcome::Opaque { .. }, None) => {
            let inferred = quote_spanned! {returned(handler).1=> _ };
            run_closure(handler, *is_self_moved, &inferred, private, &body)
        }
        (Outcome::Carrier { ty, .. }, None) => {
            run_closure(handler, *is_self_moved, ty, private, &body)
        }
    };
    let allowed = allowed(&shape.outcome, has_answer, private);
    quote_spanned! {site=> #allow let __require_claims_outcome = #ran; #allowed }
}

/// The body in a block of its own, since items in it would else be what the guard's names mean.
///
/// It is the user's, also by its edition. The first line does nothing, but that no lint takes the block
/// for one expression in braces.
fn own_block(handler: &Handler) -> Group {
    let body = &handler.body;
    let body = quote_spanned! {Span::mixed_site()=> const _: () = (); #body };
    let mut block = Group::new(Delimiter::Brace, body);
    block.set_span(handler.brace.span.join());
    block
}

/// Where the return type starts and ends.
fn returned(handler: &Handler) -> (Span, Span) {
    match &handler.sig.output {
        ReturnType::Type(_, ty) => ends(ty),
        ReturnType::Default => (Span::call_site(), Span::call_site()),
    }
}

/// An `async` block at the user's braces, which rustc underlines as it would those of the function
/// without the attribute.
fn run_async(handler: &Handler, is_moved: bool, body: &TokenStream) -> TokenStream {
    let place = handler.brace.span.join();
    let capture = is_moved.then(|| Token![move](place));
    let keywords = quote_spanned! {place=> async #capture };
    let block = braced(handler, body);
    quote_spanned! {Span::mixed_site()=> #keywords #block.await }
}

/// A closure says its return type itself, and its head is placed at that of the function. It is handed
/// to a function that takes any `FnOnce`, so that the body may use its arguments up.
fn run_closure(
    handler: &Handler,
    is_moved: bool,
    ty: &impl ToTokens,
    private: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let place = handler.sig.fn_token.span;
    let capture = is_moved.then(|| Token![move](place));
    let head = quote_spanned! {place=> #capture |()| -> };
    let block = braced(handler, body);
    quote_spanned! {Span::mixed_site()=>
        #private::Result::unwrap_or_else(#private::Result::Err(()), #head #ty #block)
    }
}

/// Between the user's braces.
fn braced(handler: &Handler, body: &TokenStream) -> TokenStream {
    let mut block = TokenStream::new();
    let brace = &handler.brace;
    brace.surround(&mut block, |tokens| body.to_tokens(tokens));
    block
}

/// A `return` that is never taken: it tells what `?` and `return` in an `async` block convert to.
/// What it returns reaches from the start of the return type to its end, so that rustc underlines
/// that where the body returns something else.
fn expected_outcome(handler: &Handler, ty: &Type, private: &TokenStream) -> TokenStream {
    let (first, last) = returned(handler);
    let site = Span::mixed_site();
    let start = quote_spanned! {first=> __require_claims_outcome };
    let end = quote_spanned! {last=> .0 };
    quote_spanned! {site.located_at(first)=>
        if let #private::Result::Ok(#start) = #private::Result::<(#ty,), ()>::Err(()) {
            return #start #end;
        }
    }
}

/// What the body returned, as the function returns it.
fn allowed(outcome: &Outcome, has_answer: bool, private: &TokenStream) -> TokenStream {
    let site = Span::mixed_site();
    match outcome {
        Outcome::Carrier { .. } if has_answer => {
            quote_spanned! {site=> #private::allow_or_answer(__require_claims_outcome) }
        }
        Outcome::Named(_) => quote_spanned! {site=> __require_claims_outcome },
        Outcome::Opaque { .. } => {
            quote_spanned! {site=> #private::Guarded::allowed(__require_claims_outcome) }
        }
        Outcome::Carrier { ty, .. } => placed_at(
            ty,
            quote_spanned! {site=> #private::allow(__require_claims_outcome) },
        ),
    }
}
