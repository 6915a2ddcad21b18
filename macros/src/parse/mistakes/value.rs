//! Reports invalid values of a claim.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Error, Ident, Lit, Path, Token, token};

use super::example;
use crate::parse::ast::written_path;
use crate::parse::peek::{is_end, is_word, kebab, next, rest};
use crate::vocabulary::{self, FUNCTIONS, Keyword, Kind};

/// The kinds of lists of names.
const LISTS: [&str; 3] = ["any", "all", "none"];

/// The error for a value after a keyword that takes none.
pub(crate) fn value_of_flag(input: ParseStream, word: &Path, row: &Keyword) -> Error {
    let spelling = row.spelling;
    let message = if is_word(input, "false") {
        format!("`{spelling} = false` is not supported; write `{spelling}` or omit it")
    } else {
        format!("`{spelling}` takes no value; write {}", example(word, row))
    };
    Error::new_spanned(rest(input), message)
}

/// The error for anything other than a name where one is expected.
pub(crate) fn no_name(input: ParseStream, word: &Path, row: &Keyword, in_list: bool) -> Error {
    let (written, name) = (written_path(word), row.example);
    if is_word(input, "max_age") {
        let message =
            format!("`max_age` goes after the list: `{written}(any(…), max_age = \"5m\")`");
        return Error::new_spanned(next(input), message);
    }
    if input.peek(Token![&]) {
        let message = "remove `&`; write text in quotes or the path of a constant";
        return Error::new_spanned(next(input), message);
    }
    let special = misspelt_age(input).or_else(|| function(input, &written, row, in_list));
    if let Some(error) = special {
        return error;
    }
    let has_several = input.peek(token::Paren) || input.peek(token::Bracket);
    let tokens = rest(input);
    let literal = number(&tokens);
    let text = tokens.to_string();
    let mut names = text.rsplit(|char: char| char != '_' && !char.is_alphanumeric());
    let last = names.find(|name| !name.is_empty());
    // `event.path("user_id")`, `event.user_id`.
    let parameter = text.split('"').nth(1).or(last).unwrap_or_default();
    let path = format!(", or `{written} = path({parameter:?})` for the path parameter");
    let no_path = in_list || literal.is_some() || !matches!(row.kind, Kind::Single | Kind::Custom);
    let path = if no_path { "" } else { path.as_str() };
    let message = match (syn::parse2::<Ident>(tokens.clone()), literal) {
        (_, Some(Lit::Bool(_))) if row.kind == Kind::Factors => {
            format!("`{written}` takes no boolean; write {}", example(word, row))
        }
        (_, Some(Lit::Int(_) | Lit::Bool(_))) if row.kind == Kind::Custom && in_list => format!(
            "a list contains names; for other values, write `any({written} = …, {written} = …)`"
        ),
        (_, Some(Lit::Float(_))) if row.kind == Kind::Custom => {
            "numbers must be integers, such as `5`".to_owned()
        }
        (Ok(typed), _) => format!("a name needs quotes; did you mean `\"{typed}\"`{path}?"),
        _ if has_several => {
            "write several names as `any(\"…\", \"…\")` or `all(\"…\", \"…\")`".to_owned()
        }
        _ => format!("expected a name in quotes, such as `\"{name}\"`{path}"),
    };
    Error::new_spanned(tokens, message)
}

/// A literal, with an optional minus sign.
fn number(tokens: &TokenStream) -> Option<Lit> {
    let is_minus = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == '-');
    syn::parse2(tokens.clone().into_iter().skip_while(is_minus).collect()).ok()
}

/// The error for an unknown function such as `oneOf("a")`, or for `any`, `path` or `custom` without parentheses
/// or in the wrong place.
fn function(input: ParseStream, word: &str, row: &Keyword, in_list: bool) -> Option<Error> {
    let ahead = input.fork();
    let function = ahead.call(Ident::parse_any).ok()?;
    let group = match next(&ahead) {
        Some(TokenTree::Group(group)) if group.delimiter() != Delimiter::None => Some(group),
        _ if is_end(&ahead) => None,
        _ => return None,
    };
    let typed = function.to_string();
    let mut wrong = function.into_token_stream();
    let is_call = input.peek2(token::Paren);
    let value = group.as_ref().filter(|_| is_call && !in_list);
    let value = value.and_then(|group| value_of_call(&typed, group));
    let message = if let Some(value) = value {
        format!("write `{word} = {value}`")
    } else if is_call {
        unknown_function(&typed, word, row, in_list)
    } else {
        let (takes, argument) = match (typed.as_str(), row.kind) {
            ("custom", Kind::Factors) => ("one factor id", "my-factor"),
            ("path", Kind::Single | Kind::Custom) if !in_list => {
                ("the name of one parameter", "user_id")
            }
            ("any" | "all" | "none", _) if !in_list => ("names", row.example),
            _ => return None,
        };
        let inside = group.as_ref().map(|group| group.stream().to_string());
        let inside = inside.filter(|inside| !inside.is_empty());
        let inside = inside.unwrap_or_else(|| format!("\"{argument}\""));
        group.to_tokens(&mut wrong);
        wrong_list(&typed, word, row.kind).unwrap_or_else(|| {
            format!("`{typed}` takes {takes} in parentheses: `{typed}({inside})`")
        })
    };
    rest(input);
    Some(Error::new_spanned(wrong, message))
}

fn unknown_function(typed: &str, word: &str, row: &Keyword, in_list: bool) -> String {
    match typed {
        "any" | "all" | "none" if in_list => format!(
            "lists of names cannot be nested; combine requirements instead: \
             `any({word} = …, {word} = all(…))`"
        ),
        "path" => format!("`path(…)` cannot be in a list; write `{word} = path(\"…\")`"),
        "custom" => "`custom(…)` is for factors of `mfa`; write the name in quotes".to_owned(),
        _ => format!(
            "unknown function `{typed}`; expected a name in quotes, such as `\"{}\"`",
            row.example
        ),
    }
}

/// The message for a list that the claim does not support.
pub(crate) fn wrong_list(list: &str, word: &str, kind: Kind) -> Option<String> {
    let instead = match (kind, list) {
        (Kind::Single, "all") => "`any(…)`: the claim has one value",
        (Kind::Factors, "none") => "`any(…)` or `all(…)`",
        _ => return None,
    };
    Some(format!(
        "`{list}(…)` is not supported for `{word}`; use {instead}"
    ))
}

/// The error for a call, such as `Role::name(&role)`, `Role::Admin.name()` or `name!()`, after its path has been
/// read.
pub(crate) fn call(input: ParseStream, path: &Path) -> Option<Error> {
    if let Some(error) = wrong_separator(input, &written_path(path)) {
        return Some(error);
    }
    let is_call = input.peek(token::Paren) || input.peek(Token![.]) || input.peek(Token![!]);
    // `!=` has its own message.
    if !is_call || input.peek(Token![!=]) {
        return None;
    }
    let mut wrong = path.to_token_stream();
    wrong.extend(rest(input));
    let message = "calls are not supported; write the path of a constant or a variant";
    Some(Error::new_spanned(wrong, message))
}

/// The error for a path with the separators of other languages, whose first name has been read.
pub(super) fn wrong_separator(input: ParseStream, first: &str) -> Option<Error> {
    let is_sign = input.peek(Token![.]) || input.peek(Token![:]) && !input.peek(Token![::]);
    if !is_sign || !input.peek2(Ident::peek_any) || input.peek3(token::Paren) {
        return None;
    }
    let sign = next(input);
    let rest = rest(input).to_string();
    let names = rest.split(['=', '(']).next()?.split([' ', '.', ':']);
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    let message = format!("write paths with `::`: `{first}::{}`", names.join("::"));
    Some(Error::new_spanned(sign, message))
}

/// The error for a method of a claim, such as `role.any("a")`.
pub(crate) fn method(input: ParseStream, word: &Path, row: &Keyword) -> Error {
    let tokens = rest(input);
    let value = match Vec::from_iter(tokens.clone()).as_slice() {
        [.., TokenTree::Ident(name), TokenTree::Group(group)] => {
            value_of_call(&name.to_string(), group)
        }
        _ => None,
    };
    let value = value.map(|value| format!("`{} = {value}`", written_path(word)));
    let message = format!("write {}", value.unwrap_or_else(|| example(word, row)));
    Error::new_spanned(tokens, message)
}

/// The value that is meant by a function with these arguments, which may be a method.
fn value_of_call(function: &str, arguments: &Group) -> Option<String> {
    let first = arguments.stream().into_iter().next()?;
    let instead = vocabulary::instead_of(function, &FUNCTIONS);
    match instead.or_else(|| vocabulary::nearest(function, LISTS.into_iter()))? {
        "" => Some(first.to_string()),
        instead => Some(format!("{instead}{arguments}")),
    }
}

/// The error for a word before `=` that was probably meant to be `max_age`, which is removed from the input.
pub(crate) fn misspelt_age(input: ParseStream) -> Option<Error> {
    let ahead = input.fork();
    let mut typed = ahead.call(Ident::parse_any).ok()?.into_token_stream();
    typed.extend(kebab(&ahead));
    let spelling = typed.to_string().replace(' ', "");
    if !ahead.peek(Token![=]) || spelling == "max_age" {
        return None;
    }
    vocabulary::nearest(&spelling, ["max_age", "age"].into_iter()).map(|_| {
        rest(input);
        let message = format!("unknown option `{spelling}`; did you mean `max_age`?");
        Error::new_spanned(typed, message)
    })
}
