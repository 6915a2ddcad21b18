//! Checks the meaning of requirements: each on its own, then all together.

mod conflicts;
mod names;
mod shadowing;

use proc_macro2::Span;

use self::names::{wrong_integer, wrong_parameter, wrong_text};
use crate::errors::Errors;
use crate::parse::ast::{Args, Claim, List, Name, PathParameter, Requirement, Value};
use crate::parse::mistakes::{example, wrong_list};
use crate::vocabulary::Kind;

pub(crate) use self::names::wrong_name;
pub(crate) use self::shadowing::check as shadowing;

/// Reports the errors in requirements whose syntax is valid.
pub(crate) fn check(args: &Args, errors: &mut Errors) {
    if args.requirements.is_empty() && errors.count() == 0 {
        let message = "no requirements: this handler would be open to everyone; add one, such as \
                       `#[require_claims(email_verified)]`";
        errors.push(syn::Error::new(Span::call_site(), message));
    }
    let before = errors.count();
    for requirement in &args.requirements {
        check_requirement(requirement, errors);
    }
    // A conflict with an invalid requirement would be noise.
    if errors.count() == before {
        conflicts::check(&args.requirements, errors);
    }
}

fn check_requirement(requirement: &Requirement, errors: &mut Errors) {
    match requirement {
        Requirement::Claim(claim) => check_claim(claim, errors),
        Requirement::Group(group) => {
            if group.members.is_empty() {
                let word = &group.word;
                let message = format!(
                    "empty `{word}()`; write its requirements: `{word}(role = \"admin\", mfa)`"
                );
                errors.push(syn::Error::new(group.paren.span.join(), message));
            }
            for member in &group.members {
                check_requirement(member, errors);
            }
        }
    }
}

fn check_claim(claim: &Claim, errors: &mut Errors) {
    match &claim.value {
        None if matches!(claim.row.kind, Kind::Array | Kind::Single) => {
            let message = format!("missing value; write {}", example(&claim.word, claim.row));
            errors.at(&claim.word, message);
        }
        None => {}
        Some(Value::One(name)) => check_name(name, claim, errors),
        Some(Value::List(list)) => check_list(list, claim, errors),
        Some(Value::PathParameter(parameter)) => check_parameter(parameter, claim, errors),
    }
    check_age(claim, errors);
}

fn check_parameter(parameter: &PathParameter, claim: &Claim, errors: &mut Errors) {
    if matches!(claim.row.kind, Kind::Array | Kind::Factors) {
        let message =
            "`path(…)` is an ownership check; use it with `subject`, `tenant` or a custom claim";
        errors.at(&parameter.word, message);
    }
    if let Some(message) = wrong_parameter(&parameter.name.value()) {
        errors.at(&parameter.name, message);
    }
}

fn check_list(list: &List, claim: &Claim, errors: &mut Errors) {
    let word = &list.word;
    if let Some(message) = wrong_list(&word.to_string(), &claim.written_keyword(), claim.row.kind) {
        errors.at(word, message);
    }
    if list.names.is_empty() {
        let message = format!(
            "empty `{word}()`; write names: `{word}(\"{}\")`",
            claim.row.example
        );
        errors.push(syn::Error::new(list.paren.span.join(), message));
    }
    for (i, name) in list.names.iter().enumerate() {
        check_name(name, claim, errors);
        let written = name.to_string();
        let mut before = list.names.iter().take(i);
        if before.any(|other| other.to_string() == written) {
            let written = written.trim_matches('"');
            let message = format!("`{written}` occurs twice in this list; remove one of them");
            errors.at(name, message);
        }
    }
}

fn check_name(name: &Name, claim: &Claim, errors: &mut Errors) {
    let wrong = match name {
        Name::Text(text) => wrong_text(&text.value(), false, claim),
        Name::Custom(text) => wrong_text(&text.value(), true, claim),
        Name::Integer(_, literal) => wrong_integer(literal),
        // Rustc checks the type of a constant.
        Name::Constant(_) | Name::Boolean(_) => None,
    };
    if let Some(message) = wrong {
        errors.at(name, message);
    }
}

fn check_age(claim: &Claim, errors: &mut Errors) {
    let Some(age) = &claim.max_age else { return };
    let word = claim.written_keyword();
    if !claim.row.supports_max_age {
        let message =
            format!("`{word}` has no timestamp, so `max_age` is not supported; remove it");
        errors.at(&age.key, message);
    } else if claim.row.kind == Kind::Factors && claim.value.is_none() {
        let message = format!(
            "`max_age` needs a factor: `{word}(\"{}\", max_age = {:?})`",
            claim.row.example,
            age.text.value()
        );
        errors.at(&age.key, message);
    }
}
