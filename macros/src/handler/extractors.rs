//! The signature of an axum handler, whose arguments are extractors.

use proc_macro2::Span;
use quote::ToTokens as _;
use syn::{PatType, Signature, Type};

use super::types::{find, last_segment};
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
    let generics = sig.generics.type_params().map(|generic| &generic.ident);
    let generics: Vec<_> = generics.collect();
    for place in types.filter_map(|ty| find(ty, &|word| generics.contains(&word))) {
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
