//! What is no value of a word.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Error, Ident, Lit, LitStr, Path, Token, token};

use super::short_of;
use crate::parse::ast::written_path;
use crate::parse::peek::{is_end, is_word, kebab, next, rest};
use crate::vocabulary::{self, Kind, Word};

/// The message for a word without the value it needs.
pub(crate) fn needs_value(word: &Path, row: &Word) -> String {
    let (word, example) = (written_path(word), row.example);
    match row.kind {
        Kind::Flag | Kind::Session => format!("`{word}` stands alone; remove the `=`"),
        Kind::Array | Kind::Single | Kind::Factors | Kind::Own => {
            format!("`{word}` needs a value: `{word} = \"{example}\"`")
        }
    }
}

/// The message for `role()`.
pub(crate) fn empty_call(word: &Path, row: &Word) -> String {
    let (word, example) = (written_path(word), row.example);
    let instead = match row.kind {
        Kind::Flag => format!("`{word}`, or `{word}(max_age = \"5m\")`"),
        Kind::Session => format!("`{word}`"),
        Kind::Own | Kind::Factors => format!("`{word}`, or `{word} = \"{example}\"`"),
        Kind::Array | Kind::Single => format!("`{word} = \"{example}\"`"),
    };
    format!("nothing stands in the parentheses; write {instead}")
}

/// The message for `role("admin")`.
pub(crate) fn call_without_age(word: &Path) -> String {
    let word = written_path(word);
    format!("parentheses are for a value with a `max_age`; without one, write `{word} = …`")
}

/// `role["admin"]` and `role{"admin"}`.
pub(crate) fn other_delimiter(group: Option<TokenTree>, word: &Path, row: &Word) -> Error {
    let (word, example) = (written_path(word), row.example);
    let wrong = short_of(group.as_ref());
    let instead = match row.kind {
        Kind::Flag | Kind::Session => format!("`{word}`"),
        Kind::Array | Kind::Single | Kind::Factors | Kind::Own => {
            format!("`{word} = \"{example}\"` or `{word} = any(\"{example}\", …)`")
        }
    };
    Error::new_spanned(
        group,
        format!("`{wrong}` is not expected here; write {instead}"),
    )
}

/// `"admin"u8`.
pub(crate) fn suffix(text: &LitStr) -> Error {
    let message = format!("remove `{}` behind the text", text.suffix());
    Error::new(text.span(), message)
}

/// A value behind a word that has none.
pub(crate) fn value_of_flag(input: ParseStream, row: &Word) -> Error {
    let Word { spelling, .. } = row;
    let message = if is_word(input, "false") {
        format!("`{spelling}` can only be required, not ruled out; write `{spelling}`, or nothing")
    } else if let Some(age) = age(input).filter(|_| row.timed) {
        format!("`{spelling}` takes no value; write its age as `{spelling}(max_age = \"{age}\")`")
    } else {
        format!("`{spelling}` takes no value; write `{spelling}`")
    };
    Error::new_spanned(rest(input), message)
}

/// An age that is written as a value: `"5m"`, `5m`, `max_age("5m")`.
fn age(input: ParseStream) -> Option<String> {
    let tokens = rest(&input.fork()).to_string();
    let text = tokens.trim_start_matches("max_age");
    let text = text.trim_matches([' ', '(', ')', '"']);
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let is_age = !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && ["s", "m", "h", "d"].contains(&unit);
    is_age.then(|| text.to_owned())
}

/// Something that is no name where a name should be.
pub(crate) fn no_name(input: ParseStream, word: &Path, row: &Word, in_list: bool) -> Error {
    let (word, example) = (written_path(word), row.example);
    if is_word(input, "max_age") {
        let message =
            format!("`max_age` stands behind the list: `{word}(any(…), max_age = \"5m\")`");
        return Error::new_spanned(next(input), message);
    }
    if input.peek(Ident::peek_any) && input.peek2(token::Paren) {
        let function = next(input);
        let message = unknown_function(&short_of(function.as_ref()), &word, row, in_list);
        rest(input);
        return Error::new_spanned(function, message);
    }
    if input.peek(Token![&]) {
        let message = "a constant is named by its path alone; remove `&`";
        return Error::new_spanned(next(input), message);
    }
    if let Some(error) = misspelt_age(input) {
        return error;
    }
    if let Some(error) = bare_function(input, &word, row, in_list) {
        return error;
    }
    if row.kind == Kind::Factors && (is_word(input, "true") || is_word(input, "false")) {
        let message = format!(
            "`{word}` stands alone where all factors of the user are required; for one of them, write \
             `{word} = \"{example}\"`"
        );
        return Error::new_spanned(rest(input), message);
    }
    let list = matches!(next(input), Some(TokenTree::Group(_)));
    let tokens = rest(input);
    let one_word = syn::parse2::<Ident>(tokens.clone()).ok();
    let message = match one_word {
        _ if row.kind == Kind::Own && in_list && is_number_or_boolean(&tokens) => format!(
            "a list is of names; write `any({word} = …, {word} = …)` where one of several values is \
             enough"
        ),
        _ if row.kind == Kind::Own && is_fraction(&tokens) => {
            "a number is a whole one; write it without a fraction, such as `5`".to_owned()
        }
        Some(word) => format!("a name is text in quotes; did you mean `\"{word}\"`?"),
        None if list => {
            "write several names as `any(\"…\", \"…\")` or `all(\"…\", \"…\")`".to_owned()
        }
        None => format!("a name is text in quotes, such as `\"{example}\"`"),
    };
    Error::new_spanned(tokens, message)
}

/// `any` without its parentheses, or with brackets instead.
fn bare_function(input: ParseStream, word: &str, row: &Word, in_list: bool) -> Option<Error> {
    let ahead = input.fork();
    let function = ahead.call(Ident::parse_any).ok()?;
    let written = function.to_string();
    let group = match next(&ahead) {
        Some(TokenTree::Group(group)) if group.delimiter() != Delimiter::None => Some(group),
        _ if is_end(&ahead) => None,
        _ => return None,
    };
    let (takes, example) = match (written.as_str(), row.kind) {
        ("custom", Kind::Factors) => ("one factor id", "my-factor"),
        _ if in_list => return None,
        ("path", Kind::Single | Kind::Own) => ("the name of one parameter", "user_id"),
        ("any" | "all" | "none", _) => ("names", row.example),
        _ => return None,
    };
    let inside = match &group {
        Some(group) if !group.stream().is_empty() => group.stream().to_string(),
        _ => format!("\"{example}\""),
    };
    let message = wrong_list(&written, word, row.kind).unwrap_or_else(|| {
        format!("`{written}` takes {takes} in parentheses: `{written}({inside})`")
    });
    rest(input);
    let mut wrong = function.into_token_stream();
    group.to_tokens(&mut wrong);
    Some(Error::new_spanned(wrong, message))
}

/// The message for a list that the claim cannot be compared with.
pub(crate) fn wrong_list(list: &str, word: &str, kind: Kind) -> Option<String> {
    match (kind, list) {
        (Kind::Single, "all") => Some(format!(
            "a session has one {word}, which cannot be all of these; use `any(…)`"
        )),
        (Kind::Factors, "none") => Some(
            "a factor that somebody has completed is no reason to refuse; use `any(…)` or \
             `all(…)`"
                .to_owned(),
        ),
        _ => None,
    }
}

/// `Role::name(&role)`, `Role::Admin.name()` and `name!()` behind the path that they start with, and
/// what other languages have between the segments of one.
pub(crate) fn call(input: ParseStream, path: &Path) -> Option<Error> {
    let is_sign = input.peek(Token![.]) || input.peek(Token![:]) && !input.peek(Token![::]);
    if is_sign && input.peek2(Ident::peek_any) && !input.peek3(token::Paren) {
        let first = written_path(path);
        let sign = next(input);
        let rest = rest(input).to_string().replace(['.', ':', ' '], "");
        let message = format!("a path is written with `::`: `{first}::{rest}`");
        return Some(Error::new_spanned(sign, message));
    }
    let is_call = input.peek(token::Paren) || input.peek(Token![.]) || input.peek(Token![!]);
    // `!=` is told as what it is.
    if !is_call || input.peek(Token![!=]) {
        return None;
    }
    let mut wrong = path.to_token_stream();
    wrong.extend(rest(input));
    let message = "a name is a constant or a variant by its path alone; calls are not evaluated";
    Some(Error::new_spanned(wrong, message))
}

/// A word before `=` that was probably meant to be `max_age`, taken off.
pub(crate) fn misspelt_age(input: ParseStream) -> Option<Error> {
    let ahead = input.fork();
    let mut typed = ahead.call(Ident::parse_any).ok()?.into_token_stream();
    typed.extend(kebab(&ahead));
    if !ahead.peek(Token![=]) {
        return None;
    }
    let spelling = typed.to_string().replace(' ', "");
    let near = vocabulary::nearest(&spelling, ["max_age", "age"].into_iter());
    near.filter(|_| spelling != "max_age").map(|_| {
        rest(input);
        let message = format!("`{spelling}` is not an option here; did you mean `max_age`?");
        Error::new_spanned(typed, message)
    })
}

fn is_number_or_boolean(tokens: &TokenStream) -> bool {
    let one = syn::parse2::<Lit>(tokens.clone());
    matches!(one, Ok(Lit::Int(_) | Lit::Bool(_)))
}

fn is_fraction(tokens: &TokenStream) -> bool {
    let tokens = tokens.clone().into_iter();
    let number =
        tokens.skip_while(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == '-'));
    matches!(syn::parse2::<Lit>(number.collect()), Ok(Lit::Float(_)))
}

fn unknown_function(typed: &str, word: &str, row: &Word, in_list: bool) -> String {
    let lists = ["any", "all", "none"];
    if in_list && (lists.contains(&typed)) {
        return format!(
            "lists of names do not nest; combine requirements instead: \
             `any({word} = …, {word} = all(…))`"
        );
    }
    let meant = match typed {
        "oneOf" | "one_of" | "includes_any" | "or" => Some("any"),
        "allOf" | "all_of" | "includes_all" | "and" => Some("all"),
        "not" | "excludes" | "excludes_all" | "none_of" => Some("none"),
        _ => vocabulary::nearest(typed, lists.into_iter()),
    };
    match meant {
        Some(meant) if !in_list => {
            format!("`{typed}` is not in the language; did you mean `{meant}(…)`?")
        }
        _ if typed == "path" => {
            format!("`path(…)` is one value, and not one of a list; write `{word} = path(\"…\")`")
        }
        _ if typed == "custom" => {
            "only factors of `mfa` can be `custom(…)`; write the name in quotes".to_owned()
        }
        _ => format!(
            "`{typed}(…)` is no value; a name is text in quotes, such as `\"{}\"`",
            row.example
        ),
    }
}
