//! Paths of the attribute that would mean something of the handler's own: a generic or an argument,
//! which its caller chooses.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::{GenericParam, PatType, Path};

use crate::errors::Errors;
use crate::handler::Handler;
use crate::handler::types::typed;
use crate::parse::ast::{Args, Claim, Name, Requirement, Value};
use crate::vocabulary::Kind;

/// Reports them.
pub(crate) fn check(args: &Args, handler: &Handler, errors: &mut Errors) {
    let mut paths: Vec<&Path> = args.options.on_reject.iter().collect();
    for requirement in &args.requirements {
        of_requirement(requirement, &mut paths);
    }
    for path in paths {
        let Some(first) = path
            .segments
            .first()
            .filter(|_| path.leading_colon.is_none())
        else {
            continue;
        };
        let name = first.ident.unraw();
        let what = if is_generic(handler, &name) {
            "a generic"
        } else if path.segments.len() == 1 && is_argument(handler, &name) {
            "an argument"
        } else {
            continue;
        };
        let message = format!(
            "`{name}` is {what} of this handler, so its caller would choose; name a constant"
        );
        errors.at(&first.ident, message);
    }
}

fn of_requirement<'a>(requirement: &'a Requirement, paths: &mut Vec<&'a Path>) {
    match requirement {
        Requirement::Claim(claim) => of_claim(claim, paths),
        Requirement::Group(group) => {
            for member in &group.members {
                of_requirement(member, paths);
            }
        }
    }
}

fn of_claim<'a>(claim: &'a Claim, paths: &mut Vec<&'a Path>) {
    if claim.row.kind == Kind::Own {
        paths.push(&claim.word);
    }
    let names = match &claim.value {
        Some(Value::One(name)) => std::slice::from_ref(name),
        Some(Value::List(list)) => &list.names,
        Some(Value::PathParameter(_)) | None => &[],
    };
    paths.extend(names.iter().filter_map(|name| match name {
        Name::Constant(path) => Some(path),
        _ => None,
    }));
}

fn is_generic(handler: &Handler, name: &Ident) -> bool {
    handler
        .sig
        .generics
        .params
        .iter()
        .any(|generic| match generic {
            GenericParam::Type(generic) => generic.ident.unraw() == *name,
            GenericParam::Const(generic) => generic.ident.unraw() == *name,
            GenericParam::Lifetime(_) => false,
        })
}

fn is_argument(handler: &Handler, name: &Ident) -> bool {
    let arguments = handler.sig.inputs.iter().filter_map(typed);
    let mut patterns = arguments
        .chain(&handler.claims)
        .map(|PatType { pat, .. }| pat);
    patterns.any(|pat| stands_in(pat.to_token_stream(), name))
}

/// Whether the name stands anywhere in a pattern; where it is that of a field, the refusal costs
/// nothing but another name.
fn stands_in(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) => word.unraw() == *name,
        TokenTree::Group(group) => stands_in(group.stream(), name),
        _ => false,
    })
}
