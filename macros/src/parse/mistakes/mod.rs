//! Reports unsupported syntax, and suggests what to write instead.

mod requirement;
mod value;

use proc_macro2::{Delimiter, TokenTree};
use syn::Path;

use super::ast::written_path;
use crate::vocabulary::{Keyword, Kind};

pub(crate) use self::requirement::{leftover, no_keyword, unknown_keyword, word_for_a_sign};
pub(crate) use self::value::{call, method, misspelt_age, no_name, value_of_flag, wrong_list};

/// How a keyword is used: `` `role = "admin"` ``.
pub(crate) fn example(word: &Path, row: &Keyword) -> String {
    let (word, example) = (written_path(word), row.example);
    match row.kind {
        Kind::Flag => format!("`{word}` or `{word}(max_age = \"5m\")`"),
        Kind::Token => format!("`{word}`"),
        Kind::Array | Kind::Single => format!("`{word} = \"{example}\"`"),
        Kind::Custom | Kind::Factors => format!("`{word}` or `{word} = \"{example}\"`"),
    }
}

/// A token as messages show it, with `…` for the content of its brackets.
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
