//! A handler of axum: the guard is an extractor before all others.
//!
//! The guard is a type next to the function, which `axum_guard!` of the runtime defines: only the runtime knows
//! whether its feature `axum` is enabled. The function gets one more argument, and keeps its body.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote_spanned};
use syn::{PatType, Path};

use super::body::function;
use super::guard::Guard;
use super::spans::{ends, moved, placed};
use super::{claims_parameters, docs};
use crate::handler::Handler;
use crate::handler::extractors::guard_type;
use crate::parse::ast::Args;

/// The function, then the guard that it takes.
pub(crate) fn expand(args: &Args, guard: &Guard, mut handler: Handler) -> Option<TokenStream> {
    let private = &guard.private;
    let (timestamps, requirements) = (&guard.timestamps, &guard.requirements);
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
    let (vis, name) = (&handler.vis, &handler.sig.ident);
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
    let pattern = pattern(&handler.claims, &ty);
    let argument = syn::parse2(quote_spanned! {site=> #pattern: #ty }).ok()?;
    handler.sig.inputs.insert(0, argument);
    let function = function(&handler, &docs::docs(args), &handler.body.stream());
    Some(quote_spanned! {site=> #function #definition })
}

/// The pattern of the guard's argument, with those of the `#[claims]` arguments.
fn pattern(claims: &[PatType], ty: &Ident) -> TokenStream {
    let Some(first) = claims.first() else {
        return quote_spanned! {ty.span()=> _ };
    };
    let fields = claims_parameters::fields(claims, |claim| claim.pat.to_token_stream());
    // Placed at the first pattern, so that rustc points there if a pattern does not match every value.
    let (start, end) = ends(&first.pat);
    let mut name = ty.clone();
    name.set_span(ty.span().located_at(start));
    quote_spanned! {ty.span().located_at(end)=> #name { #fields } }
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
