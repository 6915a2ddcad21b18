//! A checked requirement → the runtime's value.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::{LitStr, Path};

use crate::args::{Claim, Mode, Name, Requirement, Value};
use crate::vocabulary::Kind;

/// `::require_claims::__private`, or that of the crate the user names.
pub(crate) fn private(krate: Option<&Path>) -> TokenStream {
    let site = Span::mixed_site();
    let Some(krate) = krate else {
        return quote_spanned! {site=> ::require_claims::__private };
    };
    // If the path leads elsewhere, rustc says so at the path.
    let last = krate.segments.last().map_or(site, |last| last.ident.span());
    let module = Ident::new("__private", last.resolved_at(site));
    quote_spanned! {site=> #krate::#module }
}

/// `ROLE.includes("admin")`, and the like.
pub(crate) fn requirement(requirement: &Requirement, private: &TokenStream) -> TokenStream {
    let site = Span::mixed_site();
    match requirement {
        Requirement::Claim(claim) => {
            let value = claim_value(claim, private);
            let age = claim.max_age.as_ref().map(|age| {
                let seconds = age.seconds;
                quote_spanned! {site=> .max_age(#private::Duration::from_secs(#seconds)) }
            });
            quote_spanned! {site=> #value #age }
        }
        Requirement::Group(group) => {
            let members = group
                .members
                .iter()
                .map(|member| self::requirement(member, private));
            let function = Ident::new(if group.every { "all" } else { "any" }, site);
            quote_spanned! {site=> #private::#function(&[#(#members),*]) }
        }
    }
}

fn claim_value(claim: &Claim, private: &TokenStream) -> TokenStream {
    let site = Span::mixed_site();
    let constant = Ident::new(claim.row.constant, site);
    let validator = match claim.row.kind {
        Kind::Session => return quote_spanned! {site=> #private::#constant },
        Kind::Flag => quote_spanned! {site=> is_true() },
        Kind::Factors => factors(claim.value.as_ref(), private),
        Kind::Array => compared(
            claim,
            ["includes", "includes_any", "includes_all", "excludes_all"],
        ),
        Kind::Single => compared(
            claim,
            ["has_value", "has_any_of", "has_any_of", "has_none_of"],
        ),
    };
    quote_spanned! {site=> #private::#constant.#validator }
}

/// A validator by how many names there are: one, any, all, none.
fn compared(claim: &Claim, [one, any, all, none]: [&str; 4]) -> TokenStream {
    let site = Span::mixed_site();
    let (validator, names) = match &claim.value {
        // Refused by the check; and an empty list is never met.
        None => (any, Vec::new()),
        Some(Value::One(name)) => {
            let (validator, name) = (Ident::new(one, site), text(name));
            return quote_spanned! {site=> #validator(#name) };
        }
        Some(Value::List(list)) => {
            let validator = match list.mode {
                Mode::Any => any,
                Mode::All => all,
                Mode::None => none,
            };
            (validator, list.names.iter().map(text).collect())
        }
    };
    let validator = Ident::new(validator, site);
    quote_spanned! {site=> #validator(&[#(#names),*]) }
}

fn factors(value: Option<&Value>, private: &TokenStream) -> TokenStream {
    let site = Span::mixed_site();
    let item = match value {
        None => return quote_spanned! {site=> has_completed_requirements_for_auth() },
        Some(Value::One(name)) => {
            let name = text(name);
            quote_spanned! {site=> One(#name) }
        }
        Some(Value::List(list)) => {
            let names = list.names.iter().map(text);
            match list.mode {
                Mode::Any => quote_spanned! {site=> OneOf(&[#(#names),*]) },
                Mode::All | Mode::None => quote_spanned! {site=> AllOf(&[#(#names),*]) },
            }
        }
    };
    quote_spanned! {site=> has_completed_requirement_list(&[#private::Factors::#item]) }
}

/// The name as a literal of the expansion, so that no lint reads it as the user's code.
fn text(name: &Name) -> LitStr {
    LitStr::new(&name.literal.value(), Span::mixed_site())
}
