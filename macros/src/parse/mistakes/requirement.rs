//! Reports invalid requirements, and tokens that cannot follow a requirement.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{Error, Ident, Lit, LitStr, Token};

use super::short;
use super::value::wrong_separator;
use crate::parse::peek::{kebab, next, rest};
use crate::vocabulary::{self, KEYWORDS, OTHER_WORDS};

/// The error for tokens that cannot follow a complete element. `operator` is the punctuation they start with.
pub(crate) fn leftover(token: &TokenTree, operator: TokenStream) -> Error {
    let is_age = |group: &TokenStream| group.to_string().starts_with("max_age");
    let message = match operator.to_string().replace(' ', "").as_str() {
        "" if matches!(token, TokenTree::Group(group) if is_age(&group.stream())) => {
            "`max_age` goes in the parentheses of the keyword, after the value: \
             `role(\"admin\", max_age = \"1h\")`"
        }
        "==" => "write one `=`",
        ":" | "=>" => EQUALS_SIGN,
        "!=" => "`!=` is not supported; write `= none(…)`",
        "<" | ">" | "<=" | ">=" => {
            "ordering comparisons are not supported; write `= value`, or `any(…)` of several requirements"
        }
        "&&" | "&" | "+" => COMMA,
        "||" | "|" => ANY,
        _ => &format!(
            "unexpected `{}`; separate requirements with `,`",
            short(token)
        ),
    };
    if operator.is_empty() {
        Error::new_spanned(token, message)
    } else {
        Error::new_spanned(operator, message)
    }
}

/// The error for a word after a complete element for which the attribute has a sign.
pub(crate) fn word_for_a_sign(word: &Ident) -> Option<Error> {
    let written = word.to_string();
    let message = match written.to_ascii_lowercase().as_str() {
        "and" => COMMA,
        "or" => ANY,
        "in" => "write `= any(…)` if one of several names is enough",
        "is" | "eq" => EQUALS_SIGN,
        "as" | "if" | "else" | "unless" => {
            &format!("`{written}` is not supported; separate requirements with `,`")
        }
        _ => return None,
    };
    Some(Error::new(word.span(), message))
}

const COMMA: &str = "separate requirements with `,`: all of them must be met";
const ANY: &str = "write `any(…, …)` if one of several is enough";
const EQUALS_SIGN: &str = "write `=` between a keyword and its value";

/// The error for a requirement that does not start with a keyword.
pub(crate) fn no_keyword(input: ParseStream) -> Error {
    if input.peek(Token![!]) {
        return negation(next(input));
    }
    let text = next(input)
        .map(|token| token.to_string())
        .unwrap_or_default();
    let key = text.trim_matches('"');
    let is_claim = input.peek(LitStr) && input.peek2(Token![=]);
    let other = other_word(input, key).filter(|_| is_claim);
    let message = match vocabulary::nearest_keyword(key) {
        _ if other.is_some() => other.unwrap_or_default(),
        None if is_claim => {
            let constant = match key.split_once('.').filter(|_| !key.contains('/')) {
                Some(_) => format!("at(&[\"{}\"])", key.replace('.', "\", \"")),
                None => format!("bare({text})"),
            };
            format!("a claim is the path of a constant; declare one with `{constant}`")
        }
        Some(word) if input.peek(Lit) => format!("write the requirement without quotes: `{word}`"),
        None if input.peek(LitStr) => format!(
            "a value needs its claim: `role = {text}`, or `role = any({text}, …)` for several values"
        ),
        _ => format!("expected a requirement; the keywords are {}", keywords()),
    };
    Error::new_spanned(next(input), message)
}

/// What to write instead of a word that has no keyword. The value that follows is inserted if it is one literal.
fn other_word(input: ParseStream, typed: &str) -> Option<String> {
    let last = rest(&input.fork()).into_iter().last();
    let value = last.filter(|value| matches!(value, TokenTree::Literal(_)));
    let value = value.map_or("…".to_owned(), |value| value.to_string());
    vocabulary::instead_of(typed, &OTHER_WORDS).map(|instead| instead.replace('…', &value))
}

/// The error for a requirement that starts with an unknown keyword.
pub(crate) fn unknown_keyword(input: ParseStream, word: &Ident) -> Error {
    if input.peek(Token![.])
        && vocabulary::nearest_keyword(&word.to_string()).is_none()
        && let Some(error) = wrong_separator(input, &word.to_string())
    {
        return error;
    }
    let message = match word.to_string().as_str() {
        "not" => return negation(word),
        "any" | "all" => {
            &format!("`{word}` takes requirements in parentheses: `{word}(role = \"admin\", mfa)`")
        }
        "none" => "`none` is for values: `role = none(\"banned\")`",
        "max_age" => "`max_age` belongs to one requirement: `role(\"admin\", max_age = \"1h\")`",
        "on_reject" | "crate" | "axum" => {
            &format!("`{word}` is an option of the attribute; move it to the end")
        }
        "path" => "`path` is for values: `subject = path(\"user_id\")`",
        _ => {
            let mut typed = word.to_token_stream();
            typed.extend(kebab(input));
            let spelling = typed.to_string().replace(' ', "");
            let message = no_such_keyword(input, &spelling);
            return Error::new_spanned(typed, message);
        }
    };
    Error::new(word.span(), message)
}

fn no_such_keyword(input: ParseStream, typed: &str) -> String {
    let option = || vocabulary::nearest(typed, ["on_reject", "axum"].into_iter());
    let meant = vocabulary::nearest_keyword(typed).or_else(option);
    let meant =
        meant.map(|meant| format!("`{typed}` is not a requirement; did you mean `{meant}`?"));
    if let Some(message) = other_word(input, typed).or(meant) {
        return message;
    }
    let options = if input.peek(Token![=]) {
        "; the options are `on_reject`, `crate` and `axum`"
    } else {
        ""
    };
    format!(
        "`{typed}` is not a requirement; the keywords are {}, and a custom claim is the path of its \
         constant, such as `claims::PLAN`{options}",
        keywords()
    )
}

fn negation(wrong: impl ToTokens) -> Error {
    let message = "negation is not supported, because a missing claim would meet it; to exclude names, \
                   write `role = none(\"banned\")`, which a missing claim fails";
    Error::new_spanned(wrong, message)
}

fn keywords() -> String {
    vocabulary::listed(KEYWORDS.iter().map(|word| word.spelling))
}
