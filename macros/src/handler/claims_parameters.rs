//! Arguments marked `#[claims]`: they leave the signature, and are filled once the check has passed.

use syn::{Attribute, FnArg, Ident, Meta, Pat, PatType, Receiver, Signature, Type};

use super::types::{bare, typed};
use crate::errors::Errors;
use crate::parse::ast::written_path;

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
