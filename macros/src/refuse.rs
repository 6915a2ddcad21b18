//! What is not in the language, and what to write instead.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Error, Ident, Lit, LitStr, Path, Token, token};

use crate::cursor::{is_end, is_word, kebab, next, rest};
use crate::tree::written_path;
use crate::vocabulary::{self, Kind, WORDS, Word};

/// What cannot stand behind a complete element; `operator` is the punctuation that it starts with.
pub(crate) fn leftover(token: &TokenTree, operator: TokenStream) -> Error {
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

fn short(token: &TokenTree) -> String {
    match token {
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Bracket => "[…]".to_owned(),
            Delimiter::Brace => "{…}".to_owned(),
            _ => "(…)".to_owned(),
        },
        other => other.to_string(),
    }
}

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
        Kind::Own => format!("`{word}`, or `{word} = \"{example}\"`"),
        Kind::Array | Kind::Single | Kind::Factors => format!("`{word} = \"{example}\"`"),
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
    } else {
        format!("`{spelling}` takes no value; write `{spelling}`")
    };
    Error::new_spanned(rest(input), message)
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

/// `Role::name(&role)`, `Role::Admin.name()` and `name!()` behind the path that they start with.
pub(crate) fn call(input: ParseStream, path: &Path) -> Option<Error> {
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

fn short_of(token: Option<&TokenTree>) -> String {
    token.map(short).unwrap_or_default()
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
