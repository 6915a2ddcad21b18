//! `#[claims]` arguments, which are removed from the signature and filled after the check.

use syn::{Attribute, FnArg, Ident, Meta, Pat, PatType, Signature, Type};

use super::event::is_event;
use super::extractors::is_extractor;
use super::types::{bare, last_segment, typed};
use crate::errors::Errors;
use crate::parse::ast::written_path;

/// Removes the arguments from a signature.
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

/// Whether the attribute is `#[claims]` or a misspelling of it.
pub(crate) fn is_marker(attribute: &Attribute) -> bool {
    attribute.path().is_ident("claims") || is_misspelt(attribute)
}

/// Misspellings of `claims`. Rustc has no attribute with one of these names.
fn is_misspelt(attribute: &Attribute) -> bool {
    let misspelt = ["claim", "Claims", "Claim"];
    misspelt
        .iter()
        .any(|typed| attribute.path().is_ident(typed))
}

/// Reports arguments that cannot be filled.
pub(crate) fn check(sig: &Signature, claims: &[PatType], errors: &mut Errors) {
    let of_self = sig
        .receiver()
        .and_then(|receiver| receiver.attrs.iter().find(|attr| is_marker(attr)));
    if let Some(marker) = of_self {
        errors.at(marker, "`#[claims]` cannot be used on `self`; remove it");
    }
    check_names(sig, claims, errors);
    for PatType { attrs, ty, .. } in claims {
        for attribute in attrs.iter().filter(|attribute| is_misspelt(attribute)) {
            let typed = written_path(attribute.path());
            let message = format!("unknown attribute `{typed}`; did you mean `claims`?");
            errors.at(attribute.path(), message);
        }
        let mut markers = attrs.iter().filter(|attribute| is_marker(attribute));
        let first = markers.next();
        if let Some(marker) = first.filter(|marker| !matches!(marker.meta, Meta::Path(_))) {
            errors.at(marker, "`claims` takes no arguments; write `#[claims]`");
        }
        if let Some(second) = markers.next() {
            errors.at(second, "`#[claims]` occurs twice; remove one of them");
        }
        match bare(ty) {
            Type::Reference(reference) => {
                let message = "take the claims by value, not by reference; remove `&`";
                errors.at(reference.and_token, message);
            }
            Type::ImplTrait(_) => {
                errors.at(ty, "`#[claims]` needs a named type, such as `Session`");
            }
            ty if is_event(ty) || is_extractor(ty) => {
                let name = last_segment(ty).map(|last| last.ident.to_string());
                let message = format!(
                    "`#[claims]` is for a type that is filled from the claims, such as `Session`; remove it from `{}`",
                    name.unwrap_or_default()
                );
                errors.at(ty, message);
            }
            _ => {}
        }
    }
}

/// Reports a name that occurs twice, as rustc would if all arguments were in the signature.
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
            let message = format!("`{name}` is also the name of another argument; rename one");
            errors.at(name, message);
        }
    }
}

/// The names that a pattern binds, except those of macros.
fn bindings<'a>(pat: &'a Pat, names: &mut Vec<&'a Ident>) {
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
