//! A checked requirement → the runtime's value.
//!
//! Every function returns `None` for a requirement that the check should have rejected. Then the handler does
//! not compile, instead of requiring less than the attribute says.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::Path;

use super::custom_claims;
use super::names::{duration, list, literal, name, names};
use super::spans::{moved, placed};
use crate::parse::ast::{Claim, Mode, Requirement, Value};
use crate::vocabulary::Kind;

/// `&[ROLE.includes("admin"), …]`. `None` for an empty list, which every request would meet.
pub(crate) fn requirements(all: &[Requirement], private: &TokenStream) -> Option<TokenStream> {
    list(all.iter().map(|one| requirement(one, private)))
}

fn requirement(requirement: &Requirement, private: &TokenStream) -> Option<TokenStream> {
    let site = Span::mixed_site();
    match requirement {
        Requirement::Claim(claim) => {
            let value = claim_value(claim, private)?;
            let age = max_age(claim, private)?;
            Some(quote_spanned! {site=> #value #age })
        }
        Requirement::Group(group) => {
            let members = requirements(&group.members, private)?;
            let function = Ident::new(if group.every { "all" } else { "any" }, site);
            Some(quote_spanned! {site=> #private::#function(#members) })
        }
    }
}

fn claim_value(claim: &Claim, private: &TokenStream) -> Option<TokenStream> {
    if claim.row.kind == Kind::Custom {
        return custom_claims::value(claim, private);
    }
    let site = Span::mixed_site();
    let constant = Ident::new(claim.row.constant, site);
    let validator = match (claim.row.kind, &claim.value) {
        (Kind::Token, None) => return Some(quote_spanned! {site=> #private::#constant }),
        (Kind::Flag, None) => quote_spanned! {site=> is_true() },
        (Kind::Factors, None) => quote_spanned! {site=> has_completed_requirements_for_auth() },
        (Kind::Factors, Some(value)) => {
            let item = compared(value, &STEPS, private)?;
            quote_spanned! {site=> has_completed(#private::Factors::#item) }
        }
        (Kind::Single, Some(Value::PathParameter(parameter))) => {
            let name = literal(&parameter.name);
            quote_spanned! {site=> is_path_parameter(#name) }
        }
        (Kind::Array, Some(value)) => compared(value, &OF_LISTS, private)?,
        (Kind::Single, Some(value)) => compared(value, &OF_ONE, private)?,
        _ => return None,
    };
    Some(quote_spanned! {site=> #private::#constant.#validator })
}

/// The runtime's validators for one name and for each list of names, if the claim supports it.
struct Calls {
    one: &'static str,
    any: &'static str,
    all: Option<&'static str>,
    none: Option<&'static str>,
}

const OF_LISTS: Calls = Calls {
    one: "includes",
    any: "includes_any",
    all: Some("includes_all"),
    none: Some("excludes_all"),
};

const OF_ONE: Calls = Calls {
    one: "has_value",
    any: "has_any_of",
    all: None,
    none: Some("has_none_of"),
};

/// For factors: the variants of an enum.
const STEPS: Calls = Calls {
    one: "One",
    any: "OneOf",
    all: Some("AllOf"),
    none: None,
};

/// `includes("admin")` or another validator. `None` if the claim does not support it, and for an empty list.
fn compared(value: &Value, calls: &Calls, private: &TokenStream) -> Option<TokenStream> {
    let site = Span::mixed_site();
    let list = match value {
        Value::One(one) => {
            let (call, name) = (Ident::new(calls.one, site), name(one, private)?);
            return Some(quote_spanned! {site=> #call(#name) });
        }
        Value::PathParameter(_) => return None,
        Value::List(list) => list,
    };
    let call = match list.mode {
        Mode::Any => calls.any,
        Mode::All => calls.all?,
        Mode::None => calls.none?,
    };
    let call = Ident::new(call, site);
    let names = names(&list.names, private)?;
    Some(quote_spanned! {site=> #call(#names) })
}

/// Rustc's checks that the constants with a maximum age have a timestamp. A constant of `Self` or of a generic
/// parameter cannot be evaluated there; if its claim has no timestamp, the guard denies the request.
pub(crate) fn timestamps(all: &[Requirement], private: &TokenStream) -> TokenStream {
    let check = |requirement: &Requirement| {
        let claim = match requirement {
            Requirement::Group(group) => return timestamps(&group.members, private),
            Requirement::Claim(claim) => claim,
        };
        let Claim {
            word, row, max_age, ..
        } = claim;
        if row.kind != Kind::Custom || max_age.is_none() || is_of_generic_type(word) {
            return TokenStream::new();
        }
        let site = placed(word);
        let private = moved(private, site);
        quote_spanned! {site=> const _: () = #private::Aged(#word).supports_max_age(); }
    };
    all.iter().map(check).collect()
}

// A one-letter name is probably a generic parameter. A module of that name only loses the early error.
fn is_of_generic_type(path: &Path) -> bool {
    let first = path.segments.first().map(|first| first.ident.to_string());
    let is_type = path.segments.len() > 1 && path.leading_colon.is_none();
    is_type && first.is_some_and(|first| first == "Self" || first.len() == 1)
}

/// `.max_age(…)`, or nothing without a maximum age. `None` if the claim does not support one.
fn max_age(claim: &Claim, private: &TokenStream) -> Option<TokenStream> {
    let Some(age) = &claim.max_age else {
        return Some(TokenStream::new());
    };
    // Each factor has its own timestamp, and `mfa` without a value names no factor.
    let factorless = claim.row.kind == Kind::Factors && claim.value.is_none();
    (claim.row.supports_max_age && !factorless).then(|| {
        let duration = duration(age, private);
        quote_spanned! {Span::mixed_site()=> .max_age(#duration) }
    })
}

#[cfg(test)]
mod tests {
    use syn::LitStr;

    use super::super::names::private;
    use super::*;
    use crate::parse::ast::{List, MaxAge, Name};
    use crate::vocabulary::{KEYWORDS, Keyword};

    /// Values that can follow a keyword, valid or not: no value, one name, and lists of up to two names.
    fn values() -> Vec<Option<Value>> {
        let names = |count| {
            let literals = ["totp", "webauthn"].into_iter().take(count);
            let literals = literals.map(|name| LitStr::new(name, Span::call_site()));
            literals.map(Name::Text)
        };
        let mut values = vec![None, names(1).next().map(Value::One)];
        for (word, mode) in [("any", Mode::Any), ("all", Mode::All), ("none", Mode::None)] {
            values.extend((0..3).map(|count| {
                Some(Value::List(List {
                    word: Ident::new(word, Span::call_site()),
                    paren: syn::token::Paren::default(),
                    mode,
                    names: names(count).collect(),
                }))
            }));
        }
        values
    }

    fn claims() -> Vec<Claim> {
        let claim = |row: &'static Keyword, value, aged: bool| Claim {
            word: Ident::new(row.spelling, Span::call_site()).into(),
            row,
            value,
            max_age: aged.then(|| MaxAge {
                key: Ident::new("max_age", Span::call_site()),
                text: LitStr::new("5m", Span::call_site()),
                seconds: 300,
            }),
        };
        let mut claims = Vec::new();
        for row in &KEYWORDS {
            for aged in [false, true] {
                claims.extend(values().into_iter().map(|value| claim(row, value, aged)));
            }
        }
        claims
    }

    fn generated(requirement: Requirement) -> Option<String> {
        let private = private(None);
        requirements(&[requirement], &private).map(|tokens| tokens.to_string())
    }

    #[test]
    fn returns_no_value_for_requirements_that_the_attribute_rejects() {
        let item = quote::quote! { async fn f(event: Request) -> Response<Body> {} };
        for claim in claims() {
            let written = claim.to_string();
            let attribute = written.parse().unwrap();
            let whole = crate::guard(attribute, item.clone()).to_string();
            let refused = whole.contains("compile_error");
            let generated = generated(Requirement::Claim(claim));
            assert_eq!(generated.is_none(), refused, "{written}\n{generated:?}");
            // That message indicates a bug in this crate.
            assert!(!whole.contains("could not be guarded"), "{written}");
        }
    }

    /// Regression: these became `has_any_of` and `AllOf`.
    #[test]
    fn returns_no_value_for_lists_that_the_claim_does_not_support() {
        for (word, mode) in [("tenant", Mode::All), ("mfa", Mode::None)] {
            let found = claims().into_iter().filter(|claim| {
                let list = claim.value.as_ref();
                claim.row.spelling == word
                    && list.is_some_and(
                        |value| matches!(value, Value::List(list) if list.mode == mode),
                    )
            });
            let all: Vec<_> = found
                .map(|claim| generated(Requirement::Claim(claim)))
                .collect();
            assert_eq!(all, vec![None; 6], "{word}");
        }
    }

    #[test]
    fn returns_no_value_for_empty_groups() {
        assert!(requirements(&[], &private(None)).is_none());
        for (word, every) in [("any", false), ("all", true)] {
            let group = |members| {
                Requirement::Group(crate::parse::ast::Group {
                    word: Ident::new(word, Span::call_site()),
                    paren: syn::token::Paren::default(),
                    every,
                    members,
                })
            };
            assert_eq!(generated(group(Vec::new())), None);
            assert_eq!(generated(group(vec![group(Vec::new())])), None);
        }
    }
}
