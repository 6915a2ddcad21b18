//! What is not in the language, and what to write instead.

mod requirement;
mod value;

use proc_macro2::{Delimiter, TokenTree};

pub(crate) use requirement::{leftover, no_word, unknown_word, word_for_a_sign};
pub(crate) use value::{
    call, call_without_age, empty_call, misspelt_age, needs_value, no_name, other_delimiter,
    suffix, value_of_flag, wrong_list,
};

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

fn short_of(token: Option<&TokenTree>) -> String {
    token.map(short).unwrap_or_default()
}
