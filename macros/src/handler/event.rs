//! Finds the event argument.

use syn::ext::IdentExt as _;
use syn::{Ident, Pat, PatType, Signature, Type};

use super::types::{bare, is_unused, simple_name, typed};

/// The names of the types that are events.
#[rustfmt::skip]
const EVENT_TYPES: [&str; 4] =
    ["Request", "LambdaEvent", "ApiGatewayV2httpRequest", "ApiGatewayProxyRequest"];

/// The position of the only argument with an event's type or name, or else of the only argument.
///
/// Several such arguments are an error, because the guard could check one and the body use another.
pub(crate) fn event(sig: &Signature) -> syn::Result<usize> {
    let name = &sig.ident;
    let all = sig.inputs.iter().enumerate();
    let all: Vec<_> = all
        .filter_map(|(place, input)| Some((place, typed(input)?)))
        .collect();
    let candidates: Vec<_> = all
        .iter()
        .filter(|(_, argument)| may_be_event(argument))
        .collect();
    let message = match (candidates.as_slice(), all.as_slice()) {
        ([(_, first), .., (_, last)], _) => {
            let first = match simple_name(&first.pat) {
                Some(name) => format!("`{}`", name.ident),
                None => "an earlier one".to_owned(),
            };
            let message = format!(
                "ambiguous event argument: {first} or this one; rename or retype one of them"
            );
            return Err(syn::Error::new_spanned(last, message));
        }
        ([(event, argument)], _) | ([], [(event, argument)]) => {
            let mut attrs = argument.attrs.iter();
            let condition = attrs.find(|attr| attr.path().is_ident("cfg"));
            let message = "`#[cfg]` is not supported on the event argument; put it on the function";
            return condition.map_or(Ok(*event), |cfg| Err(syn::Error::new_spanned(cfg, message)));
        }
        ([], []) => format!("`{name}` takes no event; add an argument, such as `event: Request`"),
        ([], _) => format!("which argument of `{name}` is the event? name it `event`"),
    };
    Err(syn::Error::new(sig.paren_token.span.join(), message))
}

/// The name of the event argument, if it is a plain name that does not mark the argument as unused.
pub(crate) fn event_name(sig: &Signature) -> Option<Ident> {
    let event = typed(sig.inputs.get(event(sig).ok()?)?)?;
    let name = simple_name(&event.pat).filter(|name| !is_unused(name))?;
    Some(name.ident.clone())
}

fn may_be_event(argument: &PatType) -> bool {
    has_event_type(&argument.ty) || has_event_name(&argument.pat)
}

fn has_event_type(ty: &Type) -> bool {
    match bare(ty) {
        Type::Reference(reference) => has_event_type(&reference.elem),
        Type::Path(path) => {
            let name = path.path.segments.last().map(|last| last.ident.unraw());
            name.is_some_and(|name| EVENT_TYPES.iter().any(|ty| name == ty))
        }
        _ => false,
    }
}

fn has_event_name(pat: &Pat) -> bool {
    let Pat::Ident(name) = pat else { return false };
    let name = name.ident.unraw().to_string();
    ["event", "request", "req"].contains(&name.trim_start_matches('_'))
}
