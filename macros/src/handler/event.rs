//! Finds the event argument.

use syn::ext::IdentExt as _;
use syn::{Ident, Pat, PatType, Signature, Type};

use super::extractors::is_extractor;
use super::types::{bare, is_unused, last_segment, simple_name, typed};

/// The names of the types that are events.
#[rustfmt::skip]
const EVENT_TYPES: [&str; 4] =
    ["Request", "LambdaEvent", "ApiGatewayV2httpRequest", "ApiGatewayProxyRequest"];

/// The position of the argument with an event's type or name. Without one, the function is a handler of axum.
///
/// Several such arguments are an error, because the guard could check one and the body use another.
pub(crate) fn event(sig: &Signature) -> syn::Result<Option<usize>> {
    let all = sig.inputs.iter().enumerate();
    let candidates: Vec<_> = all
        .filter_map(|(place, input)| Some((place, typed(input)?)))
        .filter(|(_, argument)| may_be_event(argument))
        .collect();
    match candidates.as_slice() {
        [] => Ok(None),
        [(event, argument)] => {
            let mut attrs = argument.attrs.iter();
            let condition = attrs.find(|attr| attr.path().is_ident("cfg"));
            let message = "`#[cfg]` is not supported on the event argument; put it on the function";
            condition.map_or(Ok(Some(*event)), |cfg| {
                Err(syn::Error::new_spanned(cfg, message))
            })
        }
        [(_, first), .., (_, last)] => {
            let first = match simple_name(&first.pat) {
                Some(name) => format!("`{}`", name.ident),
                None => "an earlier one".to_owned(),
            };
            let message = format!(
                "ambiguous event argument: {first} or this one; rename or retype one of them"
            );
            Err(syn::Error::new_spanned(last, message))
        }
    }
}

/// The name of the event argument, if it is a plain name that does not mark the argument as unused.
pub(crate) fn event_name(sig: &Signature) -> Option<Ident> {
    let event = typed(sig.inputs.get(event(sig).ok()??)?)?;
    let name = simple_name(&event.pat).filter(|name| !is_unused(name))?;
    Some(name.ident.clone())
}

fn may_be_event(argument: &PatType) -> bool {
    is_event(&argument.ty) || has_event_name(&argument.pat) && !is_extractor(&argument.ty)
}

/// Whether the type has the name of an event's type. It may be a reference.
pub(crate) fn is_event(ty: &Type) -> bool {
    match bare(ty) {
        Type::Reference(reference) => is_event(&reference.elem),
        ty => {
            last_segment(ty).is_some_and(|last| EVENT_TYPES.iter().any(|name| last.ident == name))
        }
    }
}

fn has_event_name(pat: &Pat) -> bool {
    let Pat::Ident(name) = pat else { return false };
    let name = name.ident.unraw().to_string();
    name.trim_start_matches('_') == "event"
}
