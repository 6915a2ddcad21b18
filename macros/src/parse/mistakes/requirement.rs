//! What is no requirement, and what does not stand behind one.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Error, Ident, Lit, LitStr, Token};

use super::short;
use crate::parse::peek::{kebab, next, rest};
use crate::vocabulary::{self, Kind, WORDS};

/// What cannot stand behind a complete element; `operator` is the punctuation that it starts with.
pub(crate) fn leftover(token: &TokenTree, operator: TokenStream) -> Error {
    if let TokenTree::Group(group) = token
        && group.stream().to_string().starts_with("max_age")
    {
        let message = "an age stands in the parentheses of its word, behind the value: \
                       `role(\"admin\", max_age = \"1h\")`";
        return Error::new_spanned(token, message);
    }
    let message = match operator.to_string().replace(' ', "").as_str() {
        "==" => "write one `=`".to_owned(),
        ":" | "=>" => EQUALS_SIGN.to_owned(),
        "!=" => "`!=` is not in the language; write `= none(…)`".to_owned(),
        "<" | ">" | "<=" | ">=" => "claims are not compared by size; write `= value`, or `any(…)` \
                                    of several requirements"
            .to_owned(),
        "&&" | "&" | "+" => COMMA.to_owned(),
        "||" | "|" => ANY.to_owned(),
        _ => format!(
            "`{}` is not expected here; separate requirements with `,`",
            short(token)
        ),
    };
    let wrong = if operator.is_empty() {
        token.to_token_stream()
    } else {
        operator
    };
    Error::new_spanned(wrong, message)
}

/// A word that other languages have where this one has a sign, or one of Rust's that continues an
/// expression, behind a complete element.
pub(crate) fn word_for_a_sign(word: &Ident) -> Option<Error> {
    let written = word.to_string();
    let message = match written.to_ascii_lowercase().as_str() {
        "and" => COMMA.to_owned(),
        "or" => ANY.to_owned(),
        "in" => "write `= any(…)` where one of several names is enough".to_owned(),
        "is" | "eq" => EQUALS_SIGN.to_owned(),
        "as" | "if" | "else" | "match" | "where" | "for" | "while" | "loop" | "let" | "return"
        | "break" | "move" | "mut" | "ref" | "fn" | "dyn" | "await" | "unless" => {
            format!("`{written}` is not in the language; separate requirements with `,`")
        }
        _ => return None,
    };
    Some(Error::new(word.span(), message))
}

const COMMA: &str = "separate requirements with `,`: all of them must hold";
const ANY: &str = "write `any(…, …)` where one of several is enough";
const EQUALS_SIGN: &str = "write `=` between a word and its value";

/// A requirement that does not start with a word.
pub(crate) fn no_word(input: ParseStream) -> Error {
    if input.peek(Token![!]) {
        return negation(next(input), None);
    }
    let text = next(input)
        .map(|token| token.to_string())
        .unwrap_or_default();
    let message = match vocabulary::nearest_word(text.trim_matches('"')) {
        Some(word) if input.peek(Lit) => {
            format!("a requirement is a word without quotes; write `{word}`")
        }
        None if input.peek(LitStr) => {
            format!(
                "a name stands behind the claim that holds it: `role = {text}`, or `any(…)` of names: `role = any({text}, …)`"
            )
        }
        _ => format!(
            "a requirement starts with a word; the words are {}",
            words()
        ),
    };
    Error::new_spanned(next(input), message)
}

/// A requirement that starts with another word than those of the vocabulary.
pub(crate) fn unknown_word(input: ParseStream, word: &Ident) -> Error {
    let at = |message: &str| Error::new(word.span(), message);
    match word.to_string().as_str() {
        "any" | "all" => {
            let message = format!(
                "`{word}` takes requirements in parentheses: `{word}(role = \"admin\", mfa)`"
            );
            at(&message)
        }
        "not" => negation(Some(word), next(input)),
        "none" => at("`none` belongs to a value: `role = none(\"banned\")`"),
        "max_age" => {
            at("`max_age` belongs to one requirement: `role(\"admin\", max_age = \"1h\")`")
        }
        "on_reject" | "crate" => {
            let message =
                format!("`{word} = …` is an option of the whole attribute; move it to the end");
            at(&message)
        }
        "path" => at("`path` belongs to a value: `subject = path(\"user_id\")`"),
        _ if input.peek(Token![.]) && input.peek2(Ident::peek_any) => {
            let sign = next(input);
            let rest = rest(input).to_string();
            let name: String = rest
                .chars()
                .skip_while(|char| !char.is_alphanumeric())
                .take_while(|char| char.is_alphanumeric() || *char == '_')
                .collect();
            let message = format!("a path is written with `::`: `{word}::{name}`");
            Error::new_spanned(sign, message)
        }
        _ => {
            let mut typed = word.to_token_stream();
            typed.extend(kebab(input));
            let spelling = typed.to_string().replace(' ', "");
            let is_option = input.peek(Token![=]);
            Error::new_spanned(typed, no_such_word(&spelling, is_option))
        }
    }
}

fn no_such_word(typed: &str, is_option: bool) -> String {
    let word = vocabulary::nearest_word(typed);
    let option = || vocabulary::nearest(typed, ["on_reject"].into_iter());
    if let Some(meant) = word.or_else(option) {
        return format!("`{typed}` is not a requirement; did you mean `{meant}`?");
    }
    let options = if is_option {
        "; the options are `on_reject` and `crate`"
    } else {
        ""
    };
    format!(
        "`{typed}` is not a requirement; the words are {}, and a claim of your own goes by the path of \
         its constant, such as `claims::PLAN`{options}",
        words()
    )
}

/// `not(role = "banned")`; `negated` is what stands in the parentheses, if they are there.
fn negation(wrong: Option<impl ToTokens>, negated: Option<TokenTree>) -> Error {
    let none = negated
        .and_then(none_of)
        .unwrap_or_else(|| "role = none(\"banned\")".to_owned());
    let message = format!(
        "there is no negation, because a claim that is missing would meet it; to keep names out, \
         write `{none}`, which a missing claim fails"
    );
    Error::new_spanned(wrong, message)
}

/// `(role = "banned")` → `role = none("banned")`.
fn none_of(negated: TokenTree) -> Option<String> {
    let TokenTree::Group(group) = negated else {
        return None;
    };
    let parse = |input: ParseStream| {
        let word: Ident = input.parse()?;
        input.parse::<Token![=]>()?;
        Ok((word, input.parse::<LitStr>()?))
    };
    let (word, name) = parse.parse2(group.stream()).ok()?;
    let row = vocabulary::word(&word.to_string())?;
    let can_rule_out = matches!(row.kind, Kind::Array | Kind::Single);
    can_rule_out.then(|| format!("{word} = none({})", name.to_token_stream()))
}

fn words() -> String {
    vocabulary::listed(WORDS.iter().map(|word| word.spelling))
}
