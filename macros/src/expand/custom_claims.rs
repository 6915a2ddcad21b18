//! A checked requirement on a custom claim → the runtime's value.
//!
//! Only rustc knows the type of the constant. So the runtime has a trait with a specific error message for each
//! form of the syntax.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::Path;

use super::names::{constant, duration, literal, name, names};
use super::spans::{moved, placed};
use crate::parse::ast::{Claim, List, Mode, Name, Value};

/// `One::one(claims::PLAN).with("pro")`. None for an empty list.
pub(crate) fn value(claim: &Claim, private: &TokenStream) -> Option<TokenStream> {
    let path = &claim.word;
    let (form, call, value) = match &claim.value {
        None => match &claim.max_age {
            Some(age) => ("Recent", "recent", Some(duration(age, private))),
            None => ("Alone", "alone", None),
        },
        Some(Value::One(one)) => ("One", "one", Some(by_reference(one, private)?)),
        Some(Value::List(list)) => {
            let (form, call) = many(list);
            (form, call, Some(names(&list.names, private)?))
        }
        Some(Value::PathParameter(parameter)) => {
            let name = literal(&parameter.name);
            (
                "InPath",
                "in_path",
                Some(quote_spanned! {name.span()=> #name }),
            )
        }
    };
    let site = placed(path);
    let private = moved(private, site);
    let (form, call) = (Ident::new(form, site), Ident::new(call, site));
    if let (Some(Value::One(_)), Some(value)) = (&claim.value, &value) {
        return Some(compared(path, value, &private));
    }
    let value = value.into_iter();
    let member = claim
        .value
        .is_none()
        .then(|| quote_spanned! {site=> .requirement() });
    Some(quote_spanned! {site=> #private::#form::#call(#path #(, #value)*) #member })
}

/// Binds the constant in a `match` first, so that rustc reports a wrong one only once.
fn compared(path: &Path, value: &TokenStream, private: &TokenStream) -> TokenStream {
    let last = path.segments.last().map(|last| last.ident.span());
    let site = Span::mixed_site().located_at(last.unwrap_or_else(Span::call_site));
    let private = moved(private, site);
    quote_spanned! {site=>
        match #path { __require_claims_constant => #private::One::one(__require_claims_constant) }
            .with(#value)
    }
}

fn many(list: &List) -> (&'static str, &'static str) {
    match list.mode {
        Mode::Any => ("AnyOf", "any_of"),
        Mode::All => ("AllOf", "all_of"),
        Mode::None => ("NoneOf", "none_of"),
    }
}

/// A value by reference, because the type of the claim is not known here.
fn by_reference(value: &Name, private: &TokenStream) -> Option<TokenStream> {
    match value {
        Name::Text(_) | Name::Custom(_) => name(value, private),
        Name::Constant(path) => Some(constant(path, private)),
        Name::Integer(minus, number) => {
            let site = Span::mixed_site().located_at(number.span());
            Some(quote_spanned! {site=> &(#minus #number) })
        }
        Name::Boolean(boolean) => {
            let site = Span::mixed_site().located_at(boolean.span());
            Some(quote_spanned! {site=> &#boolean })
        }
    }
}
