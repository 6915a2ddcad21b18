//! The signature of an axum handler, whose arguments are extractors.

use proc_macro2::{Ident, Span};
use quote::{ToTokens as _, format_ident};
use syn::ext::IdentExt as _;
use syn::{PatType, Signature, Type};

use super::types::{find, generics, last_segment, typed};
use crate::errors::Errors;

/// Extractors with a type parameter. A value of such a type is neither an event nor the claims.
#[rustfmt::skip]
const EXTRACTORS: [&str; 11] = [
    "Cached", "Claims", "ConnectInfo", "Extension", "Form", "Json", "Path", "Query", "State", "TypedHeader", "WithRejection",
];

/// The number of arguments that axum supports, without the guard.
const MOST: usize = 15;

/// Whether this is a well-known extractor: `Json<…>`.
pub(crate) fn is_extractor(ty: &Type) -> bool {
    last_segment(ty).is_some_and(|last| {
        !last.arguments.is_none() && EXTRACTORS.iter().any(|name| last.ident == name)
    })
}

/// The name of the guard's type.
pub(crate) fn guard_type(sig: &Signature) -> Ident {
    let site = Span::mixed_site().located_at(sig.ident.span());
    format_ident!("__require_claims_{}", sig.ident.unraw(), span = site)
}

/// Reports a second attribute. The list of routes would show the requirements of one, and rustc would report two types
/// with the same name.
pub(crate) fn check_attributes(sig: &Signature, errors: &mut Errors) {
    let guard = guard_type(sig);
    if find(sig.inputs.to_token_stream(), &|word| *word == guard).is_some() {
        let name = &sig.ident;
        let message = format!(
            "`{name}` already has a guard; write all requirements in one `#[require_claims(…)]`"
        );
        errors.push(syn::Error::new(Span::call_site(), message));
    }
}

/// Reports axum's `Path<…>` in a handler of `lambda_http`. There, `path("id")` is a parameter of the gateway's route,
/// so the guard would check one `id`, and the body use another.
pub(crate) fn check_path(sig: &Signature, errors: &mut Errors) {
    for PatType { ty, .. } in sig.inputs.iter().filter_map(typed) {
        if last_segment(ty).is_some_and(|last| last.ident == "Path") {
            errors.at(ty, "`Path` is an extractor of axum; for a handler of axum, write `#[require_claims(…, axum)]`");
        }
    }
}

/// Reports a signature that no axum handler has.
pub(crate) fn check(sig: &Signature, claims: &[PatType], errors: &mut Errors) {
    let name = &sig.ident;
    if let Some(receiver) = sig.receiver() {
        let message = format!(
            "`{name}` has no event argument, and a handler of axum has no `self`; \
             add an argument, such as `event: Request`"
        );
        return errors.at(receiver, message);
    }
    let types = claims.iter().map(|claim| claim.ty.to_token_stream());
    let tokens = types.clone().chain([sig.to_token_stream()]).collect();
    if let Some(place) = find(tokens, &|word| word == "Self") {
        errors.push(self_in(sig, place));
    }
    let is_generic = |word: &Ident| generics(sig).any(|generic| generic == word);
    for place in types.filter_map(|ty| find(ty, &is_generic)) {
        let message = "in a handler of axum, `#[claims]` needs a type without generic parameters";
        errors.push(syn::Error::new(place, message));
    }
    if let Some(extractor) = sig.inputs.iter().nth(MOST) {
        let message = format!(
            "axum supports at most {MOST} extractors in a guarded handler; combine some of them in a \
             type with `#[derive(FromRequestParts)]`"
        );
        errors.at(extractor, message);
    }
}

/// Reports a `Self` at this place, in the signature or in the attribute.
pub(crate) fn self_in(sig: &Signature, place: Span) -> syn::Error {
    let message = format!(
        "a handler of axum cannot use `Self`, because its guard is an item next to it; move `{}` out of \
         the `impl` block",
        sig.ident
    );
    syn::Error::new(place, message)
}
