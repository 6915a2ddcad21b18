//! `#[derive(ClaimValue)]`: an enum whose variants are names in a claim.

mod case;
mod options;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Data, DataEnum, DeriveInput, Fields, LitStr, Path};

use crate::check::wrong_name;
use crate::errors::Errors;
use case::Case;
use options::{EnumOptions, VariantOptions};

/// A variant and its name in the claim.
struct Named<'a> {
    variant: &'a Ident,
    name: LitStr,
}

/// The implementation of `ClaimValue`, or the errors.
///
/// The enum stays as it is, so an error leaves its users with nothing but that.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    try_derive(input).unwrap_or_else(|error| error.to_compile_error())
}

fn try_derive(input: TokenStream) -> syn::Result<TokenStream> {
    let input: DeriveInput = syn::parse2(input)?;
    let mut errors = Errors::default();
    let options = EnumOptions::read(&input.attrs, &mut errors);
    let variants = match &input.data {
        Data::Enum(data) => names(data, options.rename_all.unwrap_or_default(), &mut errors),
        Data::Struct(_) | Data::Union(_) => {
            let message =
                "only an enum has names for a claim; implement `ClaimValue` for other types";
            errors.at(&input.ident, message);
            Vec::new()
        }
    };
    if matches!(&input.data, Data::Enum(data) if data.variants.is_empty()) {
        errors.at(&input.ident, "this enum has no variants, so no name");
    }
    errors.finish()?;
    Ok(implementation(&input, options.krate.as_ref(), &variants))
}

fn names<'a>(data: &'a DataEnum, all: Case, errors: &mut Errors) -> Vec<Named<'a>> {
    let mut names = Vec::<Named<'_>>::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            errors.at(
                &variant.fields,
                "a variant with fields is no name; remove them",
            );
        }
        let options = VariantOptions::read(&variant.attrs, errors);
        let name = options.rename.unwrap_or_else(|| {
            let name = all.apply(&variant.ident);
            LitStr::new(&name, variant.ident.span())
        });
        let text = name.value();
        if let Some(message) = wrong_name(&text, "admin") {
            errors.at(&name, message);
        }
        if let Some(other) = names.iter().find(|other| other.name.value() == text) {
            let message = format!(
                "`{text}` is the name of `{}`, too; rename one",
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
        quote_spanned! {site=> Self::#variant => #name }
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
    fn a_variant_is_named_like_itself_by_its_rule_or_as_it_says() {
        let derived = derived(
            r#"#[claim(rename_all = "kebab-case")] #[other]
            enum Role { Admin, OrderDesk, #[claim(rename = "root user")] Root }"#,
        );
        for arm in [
            r#"Self::Admin=>"admin""#,
            r#"Self::OrderDesk=>"order-desk""#,
            r#"Self::Root=>"rootuser""#,
        ] {
            assert!(derived.contains(arm), "{derived}");
        }
        assert!(derived.contains("impl::require_claims::ClaimValueforRole{"));
    }

    #[test]
    fn without_a_rule_the_variant_is_the_name_and_the_crate_may_be_elsewhere() {
        let derived = derived("#[claim(crate = ::a::b)] enum R<T: X> where T: Y { r#Type, É }");
        assert!(derived.contains("impl<T:X>::a::b::ClaimValueforR<T>whereT:Y{"));
        assert!(derived.contains(r#"Self::r#Type=>"Type""#), "{derived}");
    }

    #[test]
    fn names_may_be_given_to_serde_too() {
        let derived = derived(
            r#"#[serde(rename_all = "x")] #[claim(rename_all = "lowercase")] #[serde(untagged)]
            enum R { #[serde(alias = "b")] A }"#,
        );
        assert!(derived.contains(r#"Self::A=>"a""#), "{derived}");
    }

    #[test]
    fn what_has_no_names_is_refused_and_says_so() {
        for (item, message) in [
            ("struct Role;", "onlyanenum"),
            ("union Role { a: u8 }", "onlyanenum"),
            ("enum Role {}", "novariants"),
            ("enum Role { Admin(u8) }", "withfields"),
            ("enum Role { Admin {} }", "withfields"),
            (
                r#"enum Role { #[claim(rename = "")] Admin }"#,
                "thisnameisempty",
            ),
            (
                r#"enum Role { #[claim(rename = " a")] Admin }"#,
                "blanksaround",
            ),
            (
                r#"enum Role { #[claim(rename = "B")] A, B }"#,
                "thenameof`A`",
            ),
            (
                r#"#[claim(rename_all = "lowercase")] enum Role { Ab, AB }"#,
                "thenameof`Ab`",
            ),
            (
                r#"#[claim(rename_all = "kebab")] enum Role { A }"#,
                "didyoumean`\\\"kebab-case\\\"`",
            ),
            (
                r#"#[claim(rename_all = "x")] enum Role { A }"#,
                "therulesare",
            ),
            (r"#[claim(rename_all)] enum Role { A }", "write`rename_all"),
            (
                r"#[claim(rename_all = kebab)] enum Role { A }",
                "textinquotes",
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
                "`name`isnotanoption",
            ),
            (
                r#"enum Role { #[claim(rename = "a", rename = "b")] A }"#,
                "giventwice",
            ),
            (r"enum Role { #[claim] A }", "write`#[claim(…)]`"),
            (r#"enum Role { #[claim = "a"] A }"#, "write`#[claim(…)]`"),
            (r#"enum Role { #[claim("a")] A }"#, "startswithitsname"),
            (
                r#"#[serde(rename_all = "lowercase")] enum Role { A }"#,
                "forserdealone",
            ),
            (r#"enum Role { #[serde(rename = "a")] A }"#, "forserdealone"),
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
