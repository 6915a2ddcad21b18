//! One requirement on one claim, and its value.

use proc_macro2::TokenStream;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Error, Ident, Lit, LitBool, LitInt, LitStr, Path, Token, parenthesized, token};

use super::ast::{Claim, List, Mode, Name, PathParameter, Value, written_path};
use super::list::{self, read_all, text};
use super::mistakes::{self, example};
use super::peek::{is_constant, is_end, is_word, next};
use crate::errors::Errors;
use crate::vocabulary::{Keyword, Kind};

/// What follows a keyword: nothing, `= value` or `(value, max_age = "5m")`.
pub(crate) fn claim(
    input: ParseStream,
    errors: &mut Errors,
    word: Path,
    row: &'static Keyword,
) -> syn::Result<Claim> {
    let mut claim = Claim {
        word,
        row,
        value: None,
        max_age: None,
    };
    let word = &claim.word;
    let wrong = |message: String| Err(Error::new_spanned(next(input), message));
    if input.peek(token::Paren) {
        arguments(input, errors, &mut claim)?;
    } else if input.peek(token::Bracket) || input.peek(token::Brace) {
        return wrong(format!("unexpected brackets; write {}", example(word, row)));
    } else if input.peek(Token![.]) {
        return Err(mistakes::method(input, word, row));
    } else if input.peek(Lit) {
        return wrong(format!("missing `=`; write `{} = …`", written_path(word)));
    } else if input.peek(Token![=]) && !input.peek(Token![==]) && !input.peek(Token![=>]) {
        let equals: Token![=] = input.parse()?;
        if is_end(input) {
            let message = format!("missing value; write {}", example(word, row));
            return Err(Error::new_spanned(equals, message));
        }
        claim.value = Some(value(input, errors, word, row)?);
    }
    Ok(claim)
}

/// `("admin", max_age = "1h")`.
fn arguments(input: ParseStream, errors: &mut Errors, claim: &mut Claim) -> syn::Result<()> {
    let content;
    let paren = parenthesized!(content in input);
    if content.is_empty() {
        let message = format!(
            "empty parentheses; write {}",
            example(&claim.word, claim.row)
        );
        return Err(Error::new(paren.span.join(), message));
    }
    let before = errors.count();
    read_all(&content, errors, |input, errors| {
        argument(input, errors, claim)
    });
    if claim.max_age.is_none() && errors.count() == before {
        let word = claim.written_keyword();
        let message = format!("parentheses need a `max_age`; without one, write `{word} = …`");
        return Err(Error::new(paren.span.join(), message));
    }
    Ok(())
}

/// One argument of `role(…)`: the value, then the age.
fn argument(input: ParseStream, errors: &mut Errors, claim: &mut Claim) -> syn::Result<()> {
    let first = next(input);
    let wrong = |message: String| Err(Error::new_spanned(first, message));
    let word = claim.written_keyword();
    if is_word(input, "max_age") {
        return match claim.max_age.replace(input.parse()?) {
            Some(_) => wrong("`max_age` occurs twice; remove one of them".to_owned()),
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
            "several values need `any(…)` or `all(…)`: `{word} = any(…)`, or with an age \
             `{word}(any(…), max_age = \"5m\")`"
        )),
        None => Ok(()),
    }
}

/// The value after `role =`.
fn value(
    input: ParseStream,
    errors: &mut Errors,
    word: &Path,
    row: &'static Keyword,
) -> syn::Result<Value> {
    if matches!(row.kind, Kind::Flag | Kind::Token) {
        return Err(mistakes::value_of_flag(input, word, row));
    }
    if is_word(input, "path") && input.peek2(token::Paren) {
        let message = "`path` takes the name of one parameter: `path(\"user_id\")`";
        let (word, name) = only_text(input, message)?;
        return Ok(Value::PathParameter(PathParameter { word, name }));
    }
    let Some(mode) = list_mode(input) else {
        return name(input, word, row, false).map(Value::One);
    };
    let list = input.call(Ident::parse_any)?;
    let content;
    let paren = parenthesized!(content in input);
    Ok(Value::List(List {
        word: list,
        paren,
        mode,
        names: read_all(&content, errors, |input, _| name(input, word, row, true)),
    }))
}

fn list_mode(input: ParseStream) -> Option<Mode> {
    let modes = [("any", Mode::Any), ("all", Mode::All), ("none", Mode::None)];
    let mode = modes.into_iter().find(|(word, _)| is_word(input, word));
    mode.filter(|_| input.peek2(token::Paren))
        .map(|(_, mode)| mode)
}

fn name(
    input: ParseStream,
    word: &Path,
    row: &'static Keyword,
    in_list: bool,
) -> syn::Result<Name> {
    if input.peek(LitStr) {
        return text(input).map(Name::Text);
    }
    if row.kind == Kind::Factors && is_word(input, "custom") && input.peek2(token::Paren) {
        let message = "`custom` takes one factor id: `custom(\"my-factor\")`";
        return only_text(input, message).map(|(_, text)| Name::Custom(text));
    }
    if row.kind == Kind::Custom && !in_list {
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

/// A word with one text in parentheses.
fn only_text(input: ParseStream, message: &str) -> syn::Result<(Ident, LitStr)> {
    let word = input.parse::<Ident>()?;
    let content;
    let paren = parenthesized!(content in input);
    let literal = content.peek(LitStr).then(|| text(&content));
    let rest: TokenStream = content.parse()?;
    match literal {
        Some(Ok(literal)) if rest.is_empty() => Ok((word, literal)),
        _ => Err(Error::new(paren.span.join(), message)),
    }
}
