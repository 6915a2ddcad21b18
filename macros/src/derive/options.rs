//! `#[claim(…)]` on the enum and on its variants.

use syn::meta::ParseNestedMeta;
use syn::{Attribute, Error, LitStr, Meta, Path, Token};

use super::case::{Case, RULES};
use crate::errors::Errors;
use crate::parse::ast::written_path;
use crate::vocabulary::{listed, nearest};

/// The options of the enum or of a variant.
#[derive(Default)]
pub(super) struct Options {
    pub(super) rename: Option<LitStr>,
    pub(super) rename_all: Option<Case>,
    /// The path to `require-claims`, if it is not `::require_claims`.
    pub(super) krate: Option<Path>,
}

impl Options {
    pub(super) fn of_enum(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let options = Self::read(attrs, true, errors);
        check_serde(attrs, "rename_all", options.rename_all.is_some(), errors);
        options
    }

    pub(super) fn of_variant(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let options = Self::read(attrs, false, errors);
        check_serde(attrs, "rename", options.rename.is_some(), errors);
        options
    }

    fn read(attrs: &[Attribute], is_enum: bool, errors: &mut Errors) -> Self {
        let mut options = Self::default();
        for attribute in attrs.iter().filter(|attr| attr.path().is_ident("claim")) {
            match &attribute.meta {
                Meta::List(list) => {
                    let read = list.parse_nested_meta(|meta| options.set(&meta, is_enum));
                    errors.take(read);
                }
                _ => errors.at(attribute, "write `#[claim(…)]` with an option in it"),
            }
        }
        options
    }

    fn set(&mut self, meta: &ParseNestedMeta, is_enum: bool) -> syn::Result<()> {
        let key = written_path(&meta.path);
        let wrong = |message: String| Err(Error::new_spanned(&meta.path, message));
        let is_second = match (key.as_str(), is_enum) {
            ("rename", true) => {
                let message = "`rename` belongs to a variant; for all of them, write `rename_all = \"kebab-case\"`";
                return wrong(message.to_owned());
            }
            ("rename_all" | "crate", false) => {
                return wrong(format!("`{key}` belongs to the enum"));
            }
            ("rename", _) => self
                .rename
                .replace(text(meta, "rename = \"admin\"")?)
                .is_some(),
            ("rename_all", _) => {
                let rule = text(meta, "rename_all = \"kebab-case\"")?;
                self.rename_all.replace(case(&rule)?).is_some()
            }
            ("crate", _) => {
                let path = meta.value()?.call(Path::parse_mod_style)?;
                self.krate.replace(path).is_some()
            }
            _ => {
                let options = listed(["rename", "rename_all", "crate"].into_iter());
                return wrong(format!("unknown option `{key}`; the options are {options}"));
            }
        };
        if is_second {
            return wrong(format!("`{key}` occurs twice; remove one of them"));
        }
        Ok(())
    }
}

fn text(meta: &ParseNestedMeta, example: &str) -> syn::Result<LitStr> {
    if meta.input.peek(Token![=]) && meta.input.peek2(LitStr) {
        return meta.value()?.parse();
    }
    let message = format!("write the option as `{example}`");
    Err(Error::new_spanned(&meta.path, message))
}

/// Reports names given only to serde, which readers could mistake for the names in the claim.
fn check_serde(attrs: &[Attribute], option: &str, is_given: bool, errors: &mut Errors) {
    for attribute in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        let Meta::List(list) = &attribute.meta else {
            continue;
        };
        let mut tokens = list.tokens.clone().into_iter();
        if !is_given && tokens.any(|token| token.to_string() == option) {
            let message = format!(
                "`ClaimValue` ignores `#[serde(…)]`; repeat it as `#[claim({option} = \"…\")]`"
            );
            errors.at(attribute, message);
        }
    }
}

fn case(rule: &LitStr) -> syn::Result<Case> {
    let typed = rule.value();
    if let Some((_, case)) = RULES.iter().find(|(name, _)| *name == typed) {
        return Ok(*case);
    }
    let names = || RULES.iter().map(|(name, _)| *name);
    let near = names().find(|name| name.split(['-', '_']).next() == Some(&typed));
    let instead = match near.or_else(|| nearest(&typed, names())) {
        Some(meant) => format!("did you mean `\"{meant}\"`?"),
        None => format!("the rules are {}", listed(names())),
    };
    let message = format!("unknown rule `{typed}`; {instead}");
    Err(Error::new(rule.span(), message))
}
