//! Rejects paths in the attribute that refer to a generic parameter or an argument of the handler, which the
//! caller controls.

use proc_macro2::Ident;
use quote::ToTokens as _;
use syn::Path;
use syn::ext::IdentExt as _;

use crate::errors::Errors;
use crate::handler::extractors::self_in;
use crate::handler::types::{find, generics, typed};
use crate::handler::{Handler, Shape};
use crate::parse::ast::{Args, Name, Requirement};
use crate::vocabulary::Kind;

/// Reports each such path.
pub(crate) fn check(args: &Args, handler: &Handler, shape: Option<&Shape>, errors: &mut Errors) {
    let mut paths: Vec<&Path> = args.options.on_reject.iter().collect();
    for requirement in &args.requirements {
        collect(requirement, &mut paths);
    }
    paths.retain(|path| path.leading_colon.is_none());
    for path in paths {
        let Some(first) = path.segments.first() else {
            continue;
        };
        let name = first.ident.unraw();
        if name == "Self" && matches!(shape, Some(Shape::Extractors)) {
            errors.push(self_in(&handler.sig, first.ident.span()));
        }
        let what = if generics(&handler.sig).any(|generic| generic.unraw() == name) {
            "a generic parameter"
        } else if path.segments.len() == 1 && is_argument(handler, &name) {
            "an argument"
        } else {
            continue;
        };
        let message = format!(
            "`{name}` refers to {what} of the handler, which the caller controls; use a constant"
        );
        errors.at(&first.ident, message);
    }
}

fn collect<'a>(requirement: &'a Requirement, paths: &mut Vec<&'a Path>) {
    match requirement {
        Requirement::Group(group) => group
            .members
            .iter()
            .for_each(|member| collect(member, paths)),
        Requirement::Claim(claim) => {
            paths.extend(Some(&claim.word).filter(|_| claim.row.kind == Kind::Custom));
            paths.extend(claim.names().iter().filter_map(|name| match name {
                Name::Constant(path) => Some(path),
                _ => None,
            }));
        }
    }
}

/// Whether the name occurs anywhere in a pattern. This includes names of fields, which are harmless; renaming
/// the constant avoids the error.
fn is_argument(handler: &Handler, name: &Ident) -> bool {
    let arguments = handler.sig.inputs.iter().filter_map(typed);
    let mut patterns = arguments
        .chain(&handler.claims)
        .map(|argument| &argument.pat);
    patterns.any(|pat| find(pat.to_token_stream(), &|word| word.unraw() == *name).is_some())
}
