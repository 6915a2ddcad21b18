//! `#[claim(…)]` on the enum and on its variants.

use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitStr, Meta, Path, Token};

use super::case::{Case, RULES};
use crate::errors::Errors;
use crate::parse::peek::rest;
use crate::vocabulary::{listed, nearest};

/// What is said about all names.
#[derive(Default)]
pub(super) struct EnumOptions {
    pub(super) rename_all: Option<Case>,
    /// Where `require-claims` is, if not at `::require_claims`.
    pub(super) krate: Option<Path>,
}

/// What is said about one name.
#[derive(Default)]
pub(super) struct VariantOptions {
    pub(super) rename: Option<LitStr>,
}

impl EnumOptions {
    pub(super) fn read(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut options = Self::default();
        for Setting { key, value } in settings(attrs, errors) {
            match value {
                Value::RenameAll(case) => options.rename_all = Some(case),
                Value::Crate(path) => options.krate = Some(path),
                Value::Rename(_) => {
                    let message = "`rename` belongs to a variant; for all of them, write \
                                   `rename_all = \"kebab-case\"`";
                    errors.at(key, message);
                }
            }
        }
        check_serde(attrs, "rename_all", options.rename_all.is_some(), errors);
        options
    }
}

impl VariantOptions {
    pub(super) fn read(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut options = Self::default();
        for Setting { key, value } in settings(attrs, errors) {
            match value {
                Value::Rename(name) => options.rename = Some(name),
                Value::RenameAll(_) | Value::Crate(_) => {
                    let message = format!("`{key}` belongs to the enum");
                    errors.at(key, message);
                }
            }
        }
        check_serde(attrs, "rename", options.rename.is_some(), errors);
        options
    }
}

/// Reports names that were given to serde alone: whoever reads them would take them for these.
fn check_serde(attrs: &[Attribute], option: &str, is_given: bool, errors: &mut Errors) {
    for attribute in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        let Meta::List(list) = &attribute.meta else {
            continue;
        };
        let mut tokens = list.tokens.clone().into_iter();
        if !is_given && tokens.any(|token| token.to_string() == option) {
            let message =
                format!("this is for serde alone; say it here too: `#[claim({option} = \"…\")]`");
            errors.at(attribute, message);
        }
    }
}

/// One option.
struct Setting {
    key: Ident,
    value: Value,
}

enum Value {
    Rename(LitStr),
    RenameAll(Case),
    Crate(Path),
}

/// All options of these attributes, each once.
fn settings(attrs: &[Attribute], errors: &mut Errors) -> Vec<Setting> {
    let mut all = Vec::<Setting>::new();
    for attribute in attrs.iter().filter(|attr| attr.path().is_ident("claim")) {
        let Meta::List(list) = &attribute.meta else {
            errors.at(attribute, "write `#[claim(…)]` with an option in it");
            continue;
        };
        let parser = Punctuated::<Setting, Token![,]>::parse_terminated;
        for option in errors
            .take(list.parse_args_with(parser))
            .into_iter()
            .flatten()
        {
            if all.iter().any(|other| other.key == option.key) {
                let message = format!("`{}` is given twice; remove one of them", option.key);
                errors.at(&option.key, message);
            }
            all.push(option);
        }
    }
    all
}

impl Parse for Setting {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if !input.peek(Ident::peek_any) {
            let message = "an option starts with its name, such as `rename = \"admin\"`";
            return Err(syn::Error::new_spanned(rest(input), message));
        }
        let key = input.call(Ident::parse_any)?;
        let example = match key.to_string().as_str() {
            "rename" => "rename = \"admin\"",
            "rename_all" => "rename_all = \"kebab-case\"",
            "crate" => "crate = ::require_claims",
            other => {
                let message = format!(
                    "`{other}` is not an option; the options are {}",
                    listed(["rename", "rename_all", "crate"].into_iter())
                );
                rest(input);
                return Err(syn::Error::new(key.span(), message));
            }
        };
        if !input.peek(Token![=]) {
            let message = format!("write `{example}`");
            return Err(syn::Error::new(key.span(), message));
        }
        input.parse::<Token![=]>()?;
        let value = if key == "crate" {
            Value::Crate(input.call(Path::parse_mod_style)?)
        } else if !input.peek(LitStr) {
            let message = format!("a name is text in quotes: `{example}`");
            return Err(syn::Error::new_spanned(rest(input), message));
        } else if key == "rename" {
            Value::Rename(input.parse()?)
        } else {
            Value::RenameAll(case(&input.parse()?)?)
        };
        Ok(Self { key, value })
    }
}

fn case(rule: &LitStr) -> syn::Result<Case> {
    let typed = rule.value();
    if let Some((_, case)) = RULES.iter().find(|(name, _)| *name == typed) {
        return Ok(*case);
    }
    let names = || RULES.iter().map(|(name, _)| *name);
    let near = names().find(|name| name.split(['-', '_']).next() == Some(&typed));
    let message = match near.or_else(|| nearest(&typed, names())) {
        Some(meant) => format!("`{typed}` is no rule; did you mean `\"{meant}\"`?"),
        None => format!("`{typed}` is no rule; the rules are {}", listed(names())),
    };
    Err(syn::Error::new(rule.span(), message))
}
