//! A handler of axum: the guard is an extractor before all others.
//!
//! The guard is a type next to the function, which `axum_guard!` of the runtime defines: only the runtime knows
//! whether its feature `axum` is enabled. The function gets one more argument, and keeps its body.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote_spanned};
use syn::{FnArg, Pat, PatType, Path, Type};

use super::spans::{ends, moved, placed};
use super::{Guard, claims_parameters, docs, function};
use crate::handler::Handler;
use crate::handler::extractors::guard_type;
use crate::parse::ast::Args;

/// The guard, then the function that takes it.
pub(crate) fn expand(args: &Args, guard: &Guard, mut handler: Handler) -> TokenStream {
    let private = &guard.private;
    let (timestamps, requirements) = (&guard.timestamps, &guard.requirements);
    let name = handler.sig.ident.clone();
    let ty = guard_type(&handler.sig);
    let site = ty.span();
    let written: Vec<String> = args.requirements.iter().map(ToString::to_string).collect();
    let written = written.join(", ");
    let fields = claims_parameters::fields(&handler.claims, |claim| claim.ty.to_token_stream());
    let read = claims_parameters::read_fields(&handler.claims, private);
    let on_reject = args.options.on_reject.as_ref();
    let response = on_reject.map_or_else(
        || quote_spanned! {site=> #private::axum::response },
        |path| answered(path, private),
    );
    let vis = &handler.vis;
    let at = moved(private, site);
    let definition = quote_spanned! {site=>
        #at::axum_guard! {
            #vis struct #ty { #fields }
            #name requires #written;
            |__require_claims_parts| {
                #timestamps
                #private::axum::guard(__require_claims_parts, #requirements, #read).map_err(#response)
            }
        }
    };
    let argument = argument(&handler.claims, &ty);
    handler.sig.inputs.insert(0, argument);
    let body = handler.body.stream();
    let function = function(&handler, &docs::docs(args), &body);
    quote_spanned! {site=> #function #definition }
}

/// The argument for the guard, whose fields are the `#[claims]` arguments.
fn argument(claims: &[PatType], ty: &Ident) -> FnArg {
    let site = ty.span();
    let pat = if let [first, ..] = claims {
        let fields = claims_parameters::fields(claims, |claim| claim.pat.to_token_stream());
        // Placed at the first pattern, so that rustc points there if a pattern does not match every value.
        let (start, end) = ends(&first.pat);
        let mut ty = ty.clone();
        ty.set_span(site.located_at(start));
        quote_spanned! {site.located_at(end)=> #ty { #fields } }
    } else {
        quote_spanned! {site=> _ }
    };
    FnArg::Typed(PatType {
        attrs: Vec::new(),
        pat: Box::new(Pat::Verbatim(pat)),
        colon_token: syn::Token![:](site),
        ty: Box::new(Type::Verbatim(ty.to_token_stream())),
    })
}

/// The `on_reject` function's return value as a response. It is placed at the path, so that rustc points there if
/// it cannot be a response.
fn answered(path: &Path, private: &TokenStream) -> TokenStream {
    let site = placed(path);
    let private = moved(private, site);
    quote_spanned! {site=>
        |__require_claims_rejection| #private::axum::response(#path(__require_claims_rejection))
    }
}
