//! Paths, literals and names of the attribute, as the expansion writes them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote_spanned};
use syn::{LitStr, Path};

use super::spans::{moved, placed};
use crate::parse::ast::{MaxAge, Name};

/// `::require_claims::__private`, or the same module of the crate in the `crate` option.
pub(crate) fn private(krate: Option<&Path>) -> TokenStream {
    let site = Span::mixed_site();
    let Some(krate) = krate else {
        return quote_spanned! {site=> ::require_claims::__private };
    };
    // If the path leads elsewhere, rustc reports that at the path.
    let last = krate.segments.last().map_or(site, |last| last.ident.span());
    let module = Ident::new("__private", last.resolved_at(site));
    quote_spanned! {site=> #krate::#module }
}

/// `&["admin", …]`. None for an empty list, because every claim contains all of its names.
pub(crate) fn names(all: &[Name], private: &TokenStream) -> Option<TokenStream> {
    list(all.iter().map(|one| name(one, private)))
}

/// `&[…]`. None if a member is missing, or all of them.
pub(crate) fn list(all: impl Iterator<Item = Option<TokenStream>>) -> Option<TokenStream> {
    let all = all.collect::<Option<Vec<_>>>()?;
    let list = || quote_spanned! {Span::mixed_site()=> &[#(#all),*] };
    (!all.is_empty()).then(list)
}

/// A name as text. None for a number or a boolean.
pub(crate) fn name(name: &Name, private: &TokenStream) -> Option<TokenStream> {
    match name {
        Name::Text(text) | Name::Custom(text) => Some(literal(text).into_token_stream()),
        Name::Constant(path) => Some(constant(path, private)),
        Name::Integer(..) | Name::Boolean(_) => None,
    }
}

/// The value of a constant or typed name, placed at the path, so that rustc points there if the
/// type is wrong.
pub(crate) fn constant(path: &Path, private: &TokenStream) -> TokenStream {
    let site = placed(path);
    let private = moved(private, site);
    quote_spanned! {site=> #private::ClaimValue::claim_value(&#path) }
}

/// The text as a literal of the expansion: at the user's place, but lints do not treat it as user code.
pub(crate) fn literal(text: &LitStr) -> LitStr {
    LitStr::new(&text.value(), Span::mixed_site().located_at(text.span()))
}

/// A maximum age.
pub(crate) fn duration(age: &MaxAge, private: &TokenStream) -> TokenStream {
    let seconds = age.seconds;
    quote_spanned! {Span::mixed_site()=> #private::Duration::from_secs(#seconds) }
}
