//! `#[derive(ClaimValue)]`: an enum whose variants are names in a claim.

mod case;
mod options;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{Data, DataEnum, DeriveInput, Fields, LitStr, Path};

use crate::check::wrong_name;
use crate::errors::Errors;
use case::Case;
use options::Options;

/// A variant and its name in the claim.
struct Named<'a> {
    variant: &'a Ident,
    name: LitStr,
}

/// The implementation of `ClaimValue`, or the errors.
///
/// The enum itself is not changed, so an error causes no follow-up errors.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    try_derive(input).unwrap_or_else(|error| error.to_compile_error())
}

fn try_derive(input: TokenStream) -> syn::Result<TokenStream> {
    let input: DeriveInput = syn::parse2(input)?;
    let mut errors = Errors::default();
    let options = Options::of_enum(&input.attrs, &mut errors);
    let variants = match &input.data {
        Data::Enum(data) => names(data, options.rename_all, &mut errors),
        Data::Struct(_) | Data::Union(_) => {
            let message =
                "`ClaimValue` can only be derived for enums; implement it for other types";
            errors.at(&input.ident, message);
            Vec::new()
        }
    };
    if matches!(&input.data, Data::Enum(data) if data.variants.is_empty()) {
        errors.at(
            &input.ident,
            "`ClaimValue` cannot be derived for an empty enum",
        );
    }
    errors.finish()?;
    Ok(implementation(&input, options.krate.as_ref(), &variants))
}

fn names<'a>(data: &'a DataEnum, all: Option<Case>, errors: &mut Errors) -> Vec<Named<'a>> {
    let mut names = Vec::<Named<'_>>::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            errors.at(
                &variant.fields,
                "`ClaimValue` can only be derived for variants without fields",
            );
        }
        let options = Options::of_variant(&variant.attrs, errors);
        let name = options.rename.unwrap_or_else(|| {
            let name = variant.ident.unraw().to_string();
            let name = all.map_or(name.clone(), |case| case(&name));
            LitStr::new(&name, variant.ident.span())
        });
        let text = name.value();
        if let Some(message) = wrong_name(&text, "admin") {
            errors.at(&name, message);
        }
        if let Some(other) = names.iter().find(|other| other.name.value() == text) {
            let message = format!(
                "`{text}` is also the name of `{}`; rename one",
                other.variant
            );
            errors.at(&name, message);
        }
        names.push(Named {
            variant: &variant.ident,
            name,
        });
    }
    names
}

fn implementation(
    input: &DeriveInput,
    krate: Option<&Path>,
    variants: &[Named<'_>],
) -> TokenStream {
    let site = Span::mixed_site();
    let krate = krate.map_or_else(
        || quote_spanned! {site=> ::require_claims },
        ToTokens::to_token_stream,
    );
    let name = &input.ident;
    let (impl_generics, generics, bounds) = input.generics.split_for_impl();
    let arms = variants.iter().map(|Named { variant, name }| {
        let name = LitStr::new(&name.value(), site);
        // The closure prevents rustc's warning that a variant used in no attribute is never constructed.
        quote_spanned! {site=> Self::#variant => { let _ = || Self::#variant; #name } }
    });
    quote_spanned! {site=>
        #[automatically_derived]
        impl #impl_generics #krate::ClaimValue for #name #generics #bounds {
            fn claim_value(&self) -> &::core::primitive::str {
                match self {
                    #(#arms,)*
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::derive;

    fn derived(item: &str) -> String {
        derive(item.parse().unwrap()).to_string().replace(' ', "")
    }

    #[test]
    fn names_a_variant_by_its_option_or_the_rule() {
        let derived = derived(
            r#"#[claim(rename_all = "kebab-case")] #[other]
            enum Role { Admin, OrderDesk, #[claim(rename = "root user")] Root }"#,
        );
        for arm in [
            r#"Self::Admin=>{let_=||Self::Admin;"admin"}"#,
            r#"Self::OrderDesk=>{let_=||Self::OrderDesk;"order-desk"}"#,
            r#"Self::Root=>{let_=||Self::Root;"rootuser"}"#,
        ] {
            assert!(derived.contains(arm), "{derived}");
        }
        assert!(derived.contains("impl::require_claims::ClaimValueforRole{"));
    }

    #[test]
    fn names_variants_without_a_rule_and_uses_the_crate_option() {
        let derived = derived("#[claim(crate = ::a::b)] enum R<T: X> where T: Y { r#Type, É }");
        assert!(derived.contains("impl<T:X>::a::b::ClaimValueforR<T>whereT:Y{"));
        assert!(
            derived.contains(r#"Self::r#Type=>{let_=||Self::r#Type;"Type"}"#),
            "{derived}"
        );
    }

    #[test]
    fn accepts_names_that_are_repeated_for_serde() {
        let derived = derived(
            r#"#[serde(rename_all = "x")] #[claim(rename_all = "lowercase")] #[serde(untagged)]
            enum R { #[serde(alias = "b")] A }"#,
        );
        assert!(derived.contains(r#"||Self::A;"a""#), "{derived}");
    }

    #[test]
    fn rejects_invalid_items_names_and_options() {
        for (item, message) in [
            ("struct Role;", "onlybederivedforenums"),
            ("union Role { a: u8 }", "onlybederivedforenums"),
            ("enum Role {}", "foranemptyenum"),
            ("enum Role { Admin(u8) }", "variantswithoutfields"),
            ("enum Role { Admin {} }", "variantswithoutfields"),
            (r#"enum Role { #[claim(rename = "")] Admin }"#, "emptyname"),
            (
                r#"enum Role { #[claim(rename = " a")] Admin }"#,
                "spacesaround",
            ),
            (
                r#"enum Role { #[claim(rename = "B")] A, B }"#,
                "alsothenameof`A`",
            ),
            (
                r#"#[claim(rename_all = "lowercase")] enum Role { Ab, AB }"#,
                "alsothenameof`Ab`",
            ),
            (
                r#"#[claim(rename_all = "kebab")] enum Role { A }"#,
                "didyoumean`\\\"kebab-case\\\"`",
            ),
            (
                r#"#[claim(rename_all = "x")] enum Role { A }"#,
                "therulesare",
            ),
            (
                r"#[claim(rename_all)] enum Role { A }",
                "writetheoptionas`rename_all",
            ),
            (
                r"#[claim(rename_all = kebab)] enum Role { A }",
                "writetheoptionas",
            ),
            (
                r#"#[claim(rename = "a")] enum Role { A }"#,
                "belongstoavariant",
            ),
            (
                r#"enum Role { #[claim(rename_all = "lowercase")] A }"#,
                "belongstotheenum",
            ),
            (
                r#"enum Role { #[claim(name = "a")] A }"#,
                "unknownoption`name`",
            ),
            (
                r#"enum Role { #[claim(rename = "a", rename = "b")] A }"#,
                "occurstwice",
            ),
            (r"enum Role { #[claim] A }", "write`#[claim(…)]`"),
            (r#"enum Role { #[claim = "a"] A }"#, "write`#[claim(…)]`"),
            (r#"enum Role { #[claim("a")] A }"#, "expectedident"),
            (
                r#"#[serde(rename_all = "lowercase")] enum Role { A }"#,
                "ignores`#[serde(…)]`",
            ),
            (
                r#"enum Role { #[serde(rename = "a")] A }"#,
                "ignores`#[serde(…)]`",
            ),
        ] {
            let derived = derived(item);
            assert_eq!(
                derived.matches("compile_error").count(),
                1,
                "{item}\n{derived}"
            );
            assert!(derived.contains(message), "{item}\n{derived}");
        }
    }
}
