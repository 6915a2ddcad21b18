//! `#[claims]` arguments as variables of the body.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::{FnArg, PatType, Receiver, Signature, Type};

use super::spans::{ends, moved, placed_at};
use crate::handler::claims_parameters::is_marker;
use crate::handler::types::bare;

/// `|claims| Ok((read::<User>(claims)?, …))`: reads all arguments from the checked claims.
pub(crate) fn read(claims: &[PatType], private: &TokenStream) -> TokenStream {
    let site = Span::mixed_site();
    let read = claims.iter().map(|PatType { ty, .. }| {
        // Placed at the type, so that rustc points there if the type cannot be read.
        let at = placed_at(ty, quote_spanned! {site=> #private::read });
        let (first, last) = ends(ty);
        let open = quote_spanned! {first.resolved_at(site)=> ::< };
        let close = quote_spanned! {last.resolved_at(site)=> >(__require_claims_claims)? };
        quote_spanned! {site=> #at #open #ty #close }
    });
    // For a type that borrows, rustc's lifetime error points at the whole closure.
    let (first, last) = claims.first().map_or((site, site), |claim| ends(&claim.ty));
    let (first, last) = (site.located_at(first), site.located_at(last));
    let private = moved(private, first);
    let values = quote_spanned! {last=> ((#(#read,)*)) };
    quote_spanned! {first=> |__require_claims_claims| #private::Result::Ok #values }
}

/// The variables that hold the values.
pub(crate) fn values(claims: &[PatType]) -> Vec<Ident> {
    let site = Span::mixed_site();
    let value = |index| format_ident!("__require_claims_value_{index}", span = site);
    (0..claims.len()).map(value).collect()
}

/// `let user: User = value_0;` for each argument.
pub(crate) fn variables(claims: &[PatType]) -> TokenStream {
    let all = claims.iter().zip(values(claims));
    all.map(|(claim, value)| variable(claim, &claim.ty, &value))
        .collect()
}

/// The same variables in the body of a handler with errors. A `compile_error!` accompanies it, so it never runs.
pub(crate) fn stand_in(sig: &mut Signature, claims: &[PatType]) -> TokenStream {
    let site = Span::mixed_site();
    if let Some(FnArg::Receiver(Receiver { attrs, .. })) = sig.inputs.first_mut() {
        attrs.retain(|attribute| !is_marker(attribute));
    }
    let all = claims.iter().map(|claim| {
        let value =
            quote_spanned! {site=> ::core::option::Option::unwrap(::core::option::Option::None) };
        match bare(&claim.ty) {
            // Already reported.
            Type::ImplTrait(_) => variable(claim, &quote_spanned! {site=> () }, &value),
            ty => variable(claim, ty, &value),
        }
    });
    all.collect()
}

fn variable(claim: &PatType, ty: &impl ToTokens, value: &impl ToTokens) -> TokenStream {
    let PatType { attrs, pat, .. } = claim;
    let attrs = attrs.iter().filter(|attribute| !is_marker(attribute));
    quote_spanned! {Span::mixed_site()=> #(#attrs)* let #pat: #ty = #value; }
}
