//! Arguments marked `#[claims]`: they leave the signature, and are filled once the check has passed.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote_spanned};
use syn::{Attribute, FnArg, Ident, LitStr, Meta, Pat, PatType, Receiver, Signature, Type};

use crate::errors::Errors;
use crate::expand::{ends, placed_at};
use crate::handler::{bare, typed};
use crate::tree::written_path;

/// Takes the arguments out of a signature.
pub(crate) fn take(sig: &mut Signature) -> Vec<PatType> {
    let mut claims = Vec::new();
    for pair in std::mem::take(&mut sig.inputs).into_pairs() {
        let (argument, comma) = pair.into_tuple();
        match argument {
            FnArg::Typed(argument) if argument.attrs.iter().any(is_marker) => claims.push(argument),
            other => {
                sig.inputs.push_value(other);
                if let Some(comma) = comma {
                    sig.inputs.push_punct(comma);
                }
            }
        }
    }
    claims
}

/// Whether it is `#[claims]`, or meant to be.
pub(crate) fn is_marker(attribute: &Attribute) -> bool {
    attribute.path().is_ident("claims") || is_misspelt(attribute)
}

/// Whether the marker was meant: rustc knows no attribute of an argument like it.
fn is_misspelt(attribute: &Attribute) -> bool {
    ["claim", "Claims", "Claim"]
        .iter()
        .any(|typed| attribute.path().is_ident(typed))
}

/// Reports what cannot be filled.
pub(crate) fn check(sig: &Signature, claims: &[PatType], errors: &mut Errors) {
    for argument in &sig.inputs {
        if let FnArg::Receiver(Receiver { attrs, .. }) = argument
            && let Some(marker) = attrs.iter().find(|attribute| is_marker(attribute))
        {
            errors.at(
                marker,
                "`self` is nothing that claims could fill; remove `#[claims]`",
            );
        }
    }
    check_names(sig, claims, errors);
    for PatType { attrs, ty, .. } in claims {
        for attribute in attrs.iter().filter(|attribute| is_misspelt(attribute)) {
            let typed = written_path(attribute.path());
            let message = format!("`{typed}` marks no argument; did you mean `claims`?");
            errors.at(attribute.path(), message);
        }
        let mut markers = attrs.iter().filter(|attribute| is_marker(attribute));
        let first = markers.next();
        if let Some(marker) = first.filter(|marker| !matches!(marker.meta, Meta::Path(_))) {
            errors.at(marker, "`claims` takes nothing; write `#[claims]`");
        }
        if let Some(second) = markers.next() {
            errors.at(second, "`#[claims]` stands here twice; remove one of them");
        }
        match bare(ty) {
            Type::Reference(reference) => errors.at(
                reference.and_token,
                "claims are read for this call alone; take them without `&`",
            ),
            Type::ImplTrait(_) => {
                errors.at(ty, "name the type that the claims are to be read as");
            }
            _ => {}
        }
    }
}

/// Reports a name that two arguments have, as rustc would if they were all in the signature.
fn check_names(sig: &Signature, claims: &[PatType], errors: &mut Errors) {
    let mut seen = Vec::new();
    for argument in sig.inputs.iter().filter_map(typed) {
        bindings(&argument.pat, &mut seen);
    }
    for PatType { pat, .. } in claims {
        let before = seen.len();
        bindings(pat, &mut seen);
        let (others, own) = seen.split_at(before);
        for name in own.iter().filter(|name| others.contains(name)) {
            let message = format!("`{name}` is the name of another argument, too; rename one");
            errors.at(name, message);
        }
    }
}

/// The names that a pattern binds, as far as its kind tells; a macro's are for rustc to find.
pub(crate) fn bindings<'a>(pat: &'a Pat, names: &mut Vec<&'a Ident>) {
    match pat {
        Pat::Ident(name) => {
            names.push(&name.ident);
            if let Some((_, inner)) = &name.subpat {
                bindings(inner, names);
            }
        }
        Pat::Paren(inner) => bindings(&inner.pat, names),
        Pat::Reference(inner) => bindings(&inner.pat, names),
        Pat::Type(inner) => bindings(&inner.pat, names),
        Pat::Struct(all) => all
            .fields
            .iter()
            .for_each(|field| bindings(&field.pat, names)),
        Pat::Tuple(all) => all.elems.iter().for_each(|pat| bindings(pat, names)),
        Pat::TupleStruct(all) => all.elems.iter().for_each(|pat| bindings(pat, names)),
        Pat::Slice(all) => all.elems.iter().for_each(|pat| bindings(pat, names)),
        _ => {}
    }
}

/// `let user: User = …;` for each of them, with a return where that cannot be read.
pub(crate) fn fill(
    claims: &[PatType],
    event: &TokenStream,
    name: &LitStr,
    rejected: &TokenStream,
    private: &TokenStream,
) -> TokenStream {
    let site = Span::mixed_site();
    variables(claims, Type::to_token_stream, |ty| {
        // Placed at the type, so that rustc points there if it cannot be read.
        let at = placed_at(ty, quote_spanned! {site=> #private::claims_for });
        let (first, last) = ends(ty);
        let open = quote_spanned! {first.resolved_at(site)=> ::< };
        let close = quote_spanned! {last.resolved_at(site)=> , _>(#event, #name) };
        quote_spanned! {site=>
            match #at #open #ty #close {
                #private::Result::Ok(__require_claims_read) => __require_claims_read,
                #private::Result::Err(__require_claims_rejection) => return #rejected,
            }
        }
    })
}

/// The same variables in a body that is never compiled into anything; without a marker that is left
/// in the signature.
pub(crate) fn stand_in(sig: &mut Signature, claims: &[PatType]) -> TokenStream {
    let site = Span::mixed_site();
    if let Some(FnArg::Receiver(Receiver { attrs, .. })) = sig.inputs.first_mut() {
        attrs.retain(|attribute| !is_marker(attribute));
    }
    // Of no type that could be wrong once more.
    let ty = |ty: &Type| match bare(ty) {
        Type::ImplTrait(_) => quote_spanned! {site=> () },
        _ => ty.to_token_stream(),
    };
    let value = |_: &Type| {
        quote_spanned! {site=> ::core::option::Option::unwrap(::core::option::Option::None) }
    };
    variables(claims, ty, value)
}

fn variables(
    claims: &[PatType],
    written: impl Fn(&Type) -> TokenStream,
    value: impl Fn(&Type) -> TokenStream,
) -> TokenStream {
    let variables = claims.iter().map(|PatType { attrs, pat, ty, .. }| {
        let attrs = attrs.iter().filter(|attribute| !is_marker(attribute));
        let (written, value) = (written(ty), value(ty));
        quote_spanned! {Span::mixed_site()=> #(#attrs)* let #pat: #written = #value; }
    });
    variables.collect()
}
