//! `#[claims]` arguments as variables of the body, or as fields of the guard.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::{FnArg, PatType, Receiver, Signature, Type};

use super::spans::{ends, moved, placed_at};
use crate::handler::claims_parameters::is_marker;
use crate::handler::types::bare;

/// `|claims| Ok((read::<User>(claims)?, …))`: reads all arguments from the checked claims.
pub(crate) fn read(claims: &[PatType], private: &TokenStream) -> TokenStream {
    let read = claims.iter().map(|claim| read_one(claim, private));
    let values = quote_spanned! {ends_of_first(claims).1=> ((#(#read,)*)) };
    reader(claims, private, &values)
}

/// `|claims| Ok(Self { claim_0: read::<User>(claims)?, … })`: the same as fields of the guard.
pub(crate) fn read_fields(claims: &[PatType], private: &TokenStream) -> TokenStream {
    let read = fields(claims, |claim| read_one(claim, private));
    let guard = quote_spanned! {ends_of_first(claims).1=> (Self { #read }) };
    reader(claims, private, &guard)
}

fn read_one(PatType { ty, .. }: &PatType, private: &TokenStream) -> TokenStream {
    let site = Span::mixed_site();
    // Placed at the type, so that rustc points there if the type cannot be read.
    let at = placed_at(ty, quote_spanned! {site=> #private::read });
    let (first, last) = ends(ty);
    let open = quote_spanned! {first.resolved_at(site)=> ::< };
    let close = quote_spanned! {last.resolved_at(site)=> >(__require_claims_claims)? };
    quote_spanned! {site=> #at #open #ty #close }
}

fn reader(claims: &[PatType], private: &TokenStream, values: &TokenStream) -> TokenStream {
    let first = ends_of_first(claims).0;
    let private = moved(private, first);
    quote_spanned! {first=> |__require_claims_claims| #private::Result::Ok #values }
}

/// For a type that borrows, rustc's lifetime error points at the whole closure.
fn ends_of_first(claims: &[PatType]) -> (Span, Span) {
    let site = Span::mixed_site();
    let (first, last) = claims.first().map_or((site, site), |claim| ends(&claim.ty));
    (site.located_at(first), site.located_at(last))
}

/// `claim_0: User, …`: for each argument, a field of the guard with its type, its pattern or its value.
pub(crate) fn fields(claims: &[PatType], content: impl Fn(&PatType) -> TokenStream) -> TokenStream {
    let site = Span::mixed_site();
    let all = claims.iter().enumerate().map(|(place, claim)| {
        let name = format_ident!("claim_{place}", span = site);
        let attrs = claim.attrs.iter().filter(|attribute| !is_marker(attribute));
        let content = content(claim);
        quote_spanned! {site=> #(#attrs)* #name: #content, }
    });
    all.collect()
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
