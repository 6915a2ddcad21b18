//! One requirement on one claim, and the value that it asks for; syntax only.

use proc_macro2::TokenStream;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Ident, Lit, LitBool, LitInt, LitStr, Path, Token, parenthesized, token};

use crate::errors::Errors;
use crate::parse::ast::{Claim, List, Mode, Name, PathParameter, Value, written_path};
use crate::parse::list::{self, read_all, text};
use crate::parse::mistakes;
use crate::parse::peek::{is_constant, is_end, is_word, next};
use crate::vocabulary::{Kind, Word};

/// What follows a word: nothing, `= value` or `(value, max_age = "5m")`.
pub(crate) fn claim(
    input: ParseStream,
    errors: &mut Errors,
    word: Path,
    row: &'static Word,
) -> syn::Result<Claim> {
    if input.peek(token::Paren) {
        return called(input, errors, word, row);
    }
    if input.peek(token::Bracket) || input.peek(token::Brace) {
        return Err(mistakes::other_delimiter(next(input), &word, row));
    }
    if input.peek(Lit) {
        let word = written_path(&word);
        let message = format!("`=` is missing before this; write `{word} = …`");
        return Err(syn::Error::new_spanned(next(input), message));
    }
    let mut found = None;
    if input.peek(Token![=]) && !input.peek(Token![==]) && !input.peek(Token![=>]) {
        let equals: Token![=] = input.parse()?;
        if is_end(input) {
            let message = mistakes::needs_value(&word, row);
            return Err(syn::Error::new_spanned(equals, message));
        }
        found = Some(value(input, errors, &word, row)?);
    }
    Ok(Claim {
        word,
        row,
        value: found,
        max_age: None,
    })
}

/// `role("admin", max_age = "1h")`.
fn called(
    input: ParseStream,
    errors: &mut Errors,
    word: Path,
    row: &'static Word,
) -> syn::Result<Claim> {
    let content;
    let paren = parenthesized!(content in input);
    if content.is_empty() {
        let message = mistakes::empty_call(&word, row);
        return Err(syn::Error::new(paren.span.join(), message));
    }
    let mut claim = Claim {
        word,
        row,
        value: None,
        max_age: None,
    };
    let before = errors.count();
    read_all(&content, errors, |input, errors| {
        argument(input, errors, &mut claim)
    });
    if claim.max_age.is_none() && errors.count() == before {
        let message = mistakes::call_without_age(&claim.word);
        return Err(syn::Error::new(paren.span.join(), message));
    }
    Ok(claim)
}

/// One argument of `role(…)`: the value, then the age.
fn argument(input: ParseStream, errors: &mut Errors, claim: &mut Claim) -> syn::Result<()> {
    let first = next(input);
    let wrong = |message: String| Err(syn::Error::new_spanned(first, message));
    let word = claim.written_word();
    if is_word(input, "max_age") {
        return match claim.max_age.replace(input.parse()?) {
            Some(_) => wrong("`max_age` is given twice; remove one of them".to_owned()),
            None => Ok(()),
        };
    }
    if let Some(error) = mistakes::misspelt_age(input) {
        return Err(error);
    }
    let value = value(input, errors, &claim.word, claim.row)?;
    if claim.max_age.is_some() {
        return wrong(format!(
            "the value comes first: `{word}(…, max_age = \"5m\")`"
        ));
    }
    match claim.value.replace(value) {
        Some(_) => wrong(format!(
            "several names need a word: `{word} = any(…)` or `all(…)`, and with an age \
             `{word}(any(…), max_age = \"5m\")`"
        )),
        None => Ok(()),
    }
}

/// What stands behind `role =`.
fn value(
    input: ParseStream,
    errors: &mut Errors,
    word: &Path,
    row: &'static Word,
) -> syn::Result<Value> {
    if matches!(row.kind, Kind::Flag | Kind::Session) {
        return Err(mistakes::value_of_flag(input, row));
    }
    if is_word(input, "path") && input.peek2(token::Paren) {
        return path_parameter(input).map(Value::PathParameter);
    }
    if let Some((list, mode)) = list_word(input) {
        input.call(Ident::parse_any)?;
        let content;
        let paren = parenthesized!(content in input);
        let names = read_all(&content, errors, |input, _| name(input, word, row, true));
        return Ok(Value::List(List {
            word: list,
            paren,
            mode,
            names,
        }));
    }
    name(input, word, row, false).map(Value::One)
}

fn list_word(input: ParseStream) -> Option<(Ident, Mode)> {
    let ahead = input.fork();
    let word = ahead.call(Ident::parse_any).ok()?;
    let mode = match word.to_string().as_str() {
        "any" => Mode::Any,
        "all" => Mode::All,
        "none" => Mode::None,
        _ => return None,
    };
    ahead.peek(token::Paren).then_some((word, mode))
}

fn name(input: ParseStream, word: &Path, row: &'static Word, in_list: bool) -> syn::Result<Name> {
    if input.peek(LitStr) {
        return text(input).map(Name::Text);
    }
    if row.kind == Kind::Factors && is_word(input, "custom") && input.peek2(token::Paren) {
        let message = "`custom` takes one factor id: `custom(\"my-factor\")`";
        return only_text(input, message).map(|(_, text)| Name::Custom(text));
    }
    if row.kind == Kind::Own && !in_list {
        if input.peek(LitBool) {
            return input.parse().map(Name::Boolean);
        }
        if input.peek(LitInt) || input.peek(Token![-]) && input.peek2(LitInt) {
            return Ok(Name::Integer(input.parse()?, input.parse()?));
        }
    }
    if is_constant(input) {
        let path = list::path(input)?;
        return mistakes::call(input, &path).map_or(Ok(Name::Constant(path)), Err);
    }
    Err(mistakes::no_name(input, word, row, in_list))
}

/// `path("user_id")`.
fn path_parameter(input: ParseStream) -> syn::Result<PathParameter> {
    let message = "`path` takes the name of one parameter: `path(\"user_id\")`";
    let (word, name) = only_text(input, message)?;
    Ok(PathParameter { word, name })
}

/// A word with one text in parentheses.
fn only_text(input: ParseStream, message: &str) -> syn::Result<(Ident, LitStr)> {
    let word = input.parse::<Ident>()?;
    let content;
    let paren = parenthesized!(content in input);
    let literal = if content.peek(LitStr) {
        text(&content)
    } else {
        Err(content.error(""))
    };
    let rest: TokenStream = content.parse()?;
    match literal {
        Ok(literal) if rest.is_empty() => Ok((word, literal)),
        _ => Err(syn::Error::new(paren.span.join(), message)),
    }
}
