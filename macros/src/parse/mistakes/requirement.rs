//! Reports invalid requirements, and tokens that cannot follow a requirement.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Error, Ident, Lit, LitStr, Token};

use super::short;
use crate::parse::peek::{kebab, next, rest};
use crate::vocabulary::{self, KEYWORDS};

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
    let message = match vocabulary::nearest_keyword(key) {
        None if input.peek(LitStr) && input.peek2(Token![=]) => {
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

/// The error for a requirement that starts with an unknown keyword.
pub(crate) fn unknown_keyword(input: ParseStream, word: &Ident) -> Error {
    let message = match word.to_string().as_str() {
        "not" => return negation(word),
        "any" | "all" => {
            &format!("`{word}` takes requirements in parentheses: `{word}(role = \"admin\", mfa)`")
        }
        "none" => "`none` is for values: `role = none(\"banned\")`",
        "max_age" => "`max_age` belongs to one requirement: `role(\"admin\", max_age = \"1h\")`",
        "on_reject" | "crate" => {
            &format!("`{word} = …` is an option of the attribute; move it to the end")
        }
        "path" => "`path` is for values: `subject = path(\"user_id\")`",
        _ if input.peek(Token![.]) && input.peek2(Ident::peek_any) => {
            let sign = next(input);
            let rest = rest(input).to_string();
            let is_name = |char: char| char.is_alphanumeric() || char == '_';
            let name = rest
                .split(|char| !is_name(char))
                .find(|name| !name.is_empty());
            let message = format!(
                "write paths with `::`: `{word}::{}`",
                name.unwrap_or_default()
            );
            return Error::new_spanned(sign, message);
        }
        _ => {
            let mut typed = word.to_token_stream();
            typed.extend(kebab(input));
            let spelling = typed.to_string().replace(' ', "");
            let is_option = input.peek(Token![=]);
            return Error::new_spanned(typed, no_such_keyword(&spelling, is_option));
        }
    };
    Error::new(word.span(), message)
}

fn no_such_keyword(typed: &str, is_option: bool) -> String {
    let option = || vocabulary::nearest(typed, ["on_reject"].into_iter());
    if let Some(meant) = vocabulary::nearest_keyword(typed).or_else(option) {
        return format!("`{typed}` is not a requirement; did you mean `{meant}`?");
    }
    let options = if is_option {
        "; the options are `on_reject` and `crate`"
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
