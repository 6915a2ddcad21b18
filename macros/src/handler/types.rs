//! Names, patterns and types within a signature.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::{FnArg, Pat, PatIdent, PatType, PathSegment, Signature, Type};

/// The argument, unless it is `self`.
pub(crate) fn typed(argument: &FnArg) -> Option<&PatType> {
    match argument {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    }
}

/// The names of the generic parameters, except lifetimes.
pub(crate) fn generics(sig: &Signature) -> impl Iterator<Item = &Ident> {
    let constants = sig.generics.const_params().map(|generic| &generic.ident);
    let types = sig.generics.type_params().map(|generic| &generic.ident);
    types.chain(constants)
}

/// The type without parentheses and the invisible groups of `macro_rules!`.
pub(crate) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        other => other,
    }
}

/// The last name in the path of a type, with its arguments.
pub(crate) fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match bare(ty) {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// The pattern, if it is only a name. `mut` may precede it.
pub(crate) fn simple_name(pat: &Pat) -> Option<&PatIdent> {
    match pat {
        Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => Some(name),
        _ => None,
    }
}

/// Whether a name starts with `_`, which marks it as unused.
pub(crate) fn is_unused(name: &PatIdent) -> bool {
    name.ident.unraw().to_string().starts_with('_')
}

/// The place of the first such word, at any depth.
pub(crate) fn find(tokens: TokenStream, is_meant: &impl Fn(&Ident) -> bool) -> Option<Span> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(word) => is_meant(&word).then(|| word.span()),
        TokenTree::Group(group) => find(group.stream(), is_meant),
        _ => None,
    })
}
