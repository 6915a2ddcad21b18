//! A handler of `lambda_http`: the guard is a prologue of the body.
//!
//! A return type with `impl Trait` cannot be named. Then the body runs in its own block, and its return value is
//! wrapped in a `Guarded`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Path;

use super::body::{self, function};
use super::guard::Guard;
use super::parameters::{self, Parameters};
use super::spans::{ends, moved, placed, placed_at};
use super::{claims_parameters, docs};
use crate::handler::{Handler, Returns};
use crate::parse::ast::Args;

/// The function with the guard in its body. None if the event is missing.
pub(crate) fn expand(
    args: &Args,
    guard: &Guard,
    mut handler: Handler,
    event: usize,
    returns: &Returns,
) -> Option<TokenStream> {
    let site = Span::mixed_site();
    let private = &guard.private;
    let (timestamps, requirements) = (&guard.timestamps, &guard.requirements);
    let Parameters {
        event,
        borrowed_event,
        mut variables,
    } = parameters::take(&mut handler, event, returns)?;
    let rejected = match &args.options.on_reject {
        Some(path) => answered(returns, path, &borrowed_event, private),
        None => rejected(returns, &borrowed_event, private),
    };
    let claims = &handler.claims;
    let values = claims_parameters::values(claims);
    let guard = if claims.is_empty() {
        quote_spanned! {site=>
            if let #private::Result::Err(__require_claims_rejection) =
                #private::check(#borrowed_event, #requirements)
            {
                return #rejected;
            }
        }
    } else {
        let read = claims_parameters::read(claims, private);
        quote_spanned! {site=>
            let (#(#values,)*) = match #private::guard(#borrowed_event, #requirements, #read) {
                #private::Result::Ok(__require_claims_values) => __require_claims_values,
                #private::Result::Err(__require_claims_rejection) => return #rejected,
            };
        }
    };
    variables.extend(claims_parameters::variables(claims));
    let body = if matches!(returns, Returns::Named(_)) {
        let body = body::in_place(&handler, &variables);
        quote_spanned! {site=> #guard #body }
    } else {
        let body = body::wrapped(&handler, returns, private, &variables);
        let kept = match values.as_slice() {
            [] => quote_spanned! {site=> #event },
            values => quote_spanned! {site=> (#event, #(#values),*) },
        };
        // A future reserves space for a borrowed variable until the end of its block.
        quote_spanned! {site=> let #kept = { let #event = #event; #guard #kept }; #body }
    };
    let body = quote_spanned! {site=> #timestamps #body };
    Some(function(&handler, &docs::docs(args), &body))
}

/// The rejection as the handler's return type.
fn rejected(returns: &Returns, event: &TokenStream, private: &TokenStream) -> TokenStream {
    let site = Span::mixed_site();
    let guarded = quote_spanned! {site=> #private::Guarded::rejected(__require_claims_rejection) };
    match returns {
        Returns::Named(ty) => {
            // The event's type, placed so that rustc points at the return type if it cannot carry a rejection.
            let inferred = quote_spanned! {ends(ty).0=> _ };
            quote_spanned! {site=>
                <#inferred as #private::AnswerWith<#ty, _>>::answer_with(#event, __require_claims_rejection)
            }
        }
        Returns::Impl { .. } => guarded,
        Returns::ResultOfImpl { ty, .. } => {
            placed_at(ty, quote_spanned! {site=> #private::Result::Ok(#guarded) })
        }
    }
}

/// The `on_reject` function's return value as the handler's return type. It is placed at the path, so that rustc
/// points there if the function does not fit.
fn answered(
    returns: &Returns,
    path: &Path,
    event: &TokenStream,
    private: &TokenStream,
) -> TokenStream {
    let placed = placed(path);
    let private = moved(private, placed);
    let answer = quote_spanned! {placed=> #path(__require_claims_rejection) };
    let event = moved(event, placed);
    let value = |ty: &dyn ToTokens, value| {
        quote_spanned! {placed=>
            #private::OnReject::<_, #ty>(#value, #private::PhantomData)
        }
    };
    let guarded = |is_response, answer| {
        if is_response {
            let converted = quote_spanned! {placed=> #private::OnRejectReturns::<#private::Converted, #private::Converted>::convert };
            quote_spanned! {placed=> #private::Guarded::rejected_with(#converted(#answer)) }
        } else {
            let value = value(&quote! { () }, answer);
            quote_spanned! {placed=> #value.on_reject_guarded() }
        }
    };
    let answer = match returns {
        Returns::Named(ty) => {
            let value = value(ty, answer);
            quote_spanned! {placed=> #value.on_reject_answer(#event) }
        }
        Returns::Impl { is_response } => guarded(*is_response, answer),
        Returns::ResultOfImpl { is_response, .. } => {
            let name = quote_spanned! {placed=> __require_claims_answer };
            let guarded = guarded(*is_response, name.clone());
            quote_spanned! {placed=>
                #private::OnRejectReturns::<#private::Result<_, _>>::convert(#answer).map(|#name| #guarded)
            }
        }
    };
    quote_spanned! {placed=> { use #private::Custom as _; #answer } }
}
