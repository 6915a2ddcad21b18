//! The handler's return type, which decides how a rejection is returned.

use proc_macro2::Ident;
use quote::{ToTokens as _, quote_spanned};
use syn::{
    GenericArgument, PathArguments, ReturnType, Signature, TraitBound, Type, TypeImplTrait,
    TypeParamBound,
};

use super::types::{bare, find, last_segment};

/// The kinds of return types.
pub(crate) enum Returns {
    /// A type that can be named. It must be able to carry a rejection: see `AnswerWith`.
    Named(Type),
    /// `impl Trait`, and whether the trait is `IntoResponse`.
    Impl { is_response: bool },
    /// `Result<impl Trait, Error>`, here with `_` in place of the `impl Trait`, and whether the trait is
    /// `IntoResponse`.
    ResultOfImpl { ty: Type, is_response: bool },
}

/// Reads the return type.
pub(crate) fn returns(sig: &Signature) -> syn::Result<Returns> {
    let name = &sig.ident;
    let nothing = format!(
        "`{name}` returns nothing, which cannot carry a rejection; return a response, such as `Result<impl IntoResponse, Error>`"
    );
    let ty = match &sig.output {
        ReturnType::Default => return Err(syn::Error::new(name.span(), nothing)),
        ReturnType::Type(_, ty) => ty,
    };
    match bare(ty) {
        Type::Tuple(unit) if unit.elems.is_empty() => Err(syn::Error::new_spanned(ty, nothing)),
        Type::Never(_) => Err(syn::Error::new_spanned(
            ty,
            nothing.replace("nothing", "never"),
        )),
        Type::ImplTrait(opaque) => match bounded_by(opaque, &["Future"]) {
            Some(future) if sig.asyncness.is_none() => Err(syn::Error::new_spanned(
                future,
                "futures are not supported; write an `async fn` that returns the response",
            )),
            _ => is_response(opaque).map(|is_response| Returns::Impl { is_response }),
        },
        _ => named_or_result(ty),
    }
}

/// Whether the trait is `IntoResponse`. Well-known traits that a response does not implement are an error.
/// Rustc checks any other.
fn is_response(opaque: &TypeImplTrait) -> syn::Result<bool> {
    let known = [
        "Copy", "Default", "Display", "Eq", "Fn", "FnMut", "FnOnce", "Hash", "Into", "Iterator",
        "Ord", "ToString",
    ];
    let Some(bound) = bounded_by(opaque, &known) else {
        return Ok(bounded_by(opaque, &["IntoResponse"]).is_some());
    };
    let written = bound
        .path
        .segments
        .last()
        .map(|last| last.ident.to_string());
    let message = format!(
        "`impl {}` cannot carry a rejection; return `impl IntoResponse`, or name the type",
        written.unwrap_or_default()
    );
    Err(syn::Error::new_spanned(opaque, message))
}

fn named_or_result(ty: &Type) -> syn::Result<Returns> {
    let mut erased = ty.clone();
    let carried = erase_first(&mut erased);
    if let Some(other) = not_a_result(ty).filter(|_| carried.is_some()) {
        let message = format!(
            "`{other}` around `impl …` cannot carry a rejection; return `Result<impl …, Error>`"
        );
        return Err(syn::Error::new(other.span(), message));
    }
    let is_response = carried.as_ref().map(is_response).transpose()?;
    match find(erased.to_token_stream(), &|word| word == "impl") {
        Some(nested) => {
            let message = "`impl …` is only supported as the return type or as its first argument, as in \
                           `Result<impl IntoResponse, Error>`; use a named type here, such as `BoxBody`";
            Err(syn::Error::new(nested, message))
        }
        None => Ok(is_response.map_or_else(
            || Returns::Named(ty.clone()),
            |is_response| Returns::ResultOfImpl {
                ty: erased,
                is_response,
            },
        )),
    }
}

/// Takes the `impl …` out of `Result<impl …, Error>`, with `_` in its place.
fn erase_first(ty: &mut Type) -> Option<TypeImplTrait> {
    let path = match ty {
        Type::Path(path) => path,
        Type::Group(group) => return erase_first(&mut group.elem),
        Type::Paren(paren) => return erase_first(&mut paren.elem),
        _ => return None,
    };
    let arguments = path
        .path
        .segments
        .last_mut()
        .map(|last| &mut last.arguments);
    let Some(PathArguments::AngleBracketed(list)) = arguments else {
        return None;
    };
    let first = list.args.iter_mut().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    let first = first?;
    let Type::ImplTrait(opaque) = bare(first) else {
        return None;
    };
    let opaque = opaque.clone();
    *first = Type::Verbatim(quote_spanned! {opaque.impl_token.span=> _ });
    Some(opaque)
}

/// The name of a well-known type other than `Result`. Any other name may be an alias of `Result`, which
/// rustc checks.
fn not_a_result(ty: &Type) -> Option<&Ident> {
    let name = &last_segment(ty)?.ident;
    let known = [
        "Arc", "Box", "Json", "Option", "Pin", "Poll", "Rc", "Response", "Vec",
    ];
    known.iter().any(|known| name == known).then_some(name)
}

/// The first bound that is a trait with one of these names.
fn bounded_by<'a>(opaque: &'a TypeImplTrait, names: &[&str]) -> Option<&'a TraitBound> {
    let mut traits = opaque.bounds.iter().filter_map(|bound| match bound {
        TypeParamBound::Trait(bound) => Some(bound),
        _ => None,
    });
    traits.find(|bound| {
        let last = bound.path.segments.last();
        last.is_some_and(|last| names.iter().any(|name| last.ident == name))
    })
}
