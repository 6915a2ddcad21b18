//! Half-typed input: every beginning of what the UI tests hand to the macros.

use std::path::PathBuf;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::{ITEM, assert_closed, prefixes, tokens};
use crate::derive::derive;

/// What the UI tests hand to the macros.
#[derive(Default)]
struct Inputs {
    /// The arguments of each `#[require_claims(…)]`, and the item below it.
    guarded: Vec<(TokenStream, TokenStream)>,
    /// What is below each `#[derive(ClaimValue)]`.
    derived: Vec<TokenStream>,
}

impl Inputs {
    fn of_ui_tests() -> Self {
        let mut inputs = Self::default();
        let mut folders = vec![PathBuf::from(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../tests/ui"
        ))];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    inputs.read(tokens(&std::fs::read_to_string(path).unwrap()));
                }
            }
        }
        inputs
    }

    /// Looks for attributes, at any depth.
    fn read(&mut self, tokens: TokenStream) {
        let mut rest = tokens.into_iter();
        while let Some(token) = rest.next() {
            let TokenTree::Group(group) = token else {
                continue;
            };
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            if group.delimiter() == Delimiter::Bracket
                && let Some(TokenTree::Group(arguments)) = inside.last()
            {
                let arguments = arguments.stream();
                if names(&inside, "require_claims") {
                    self.guarded.push((arguments, item(rest.clone())));
                } else if names(&inside, "derive")
                    && names(&arguments.into_iter().collect::<Vec<_>>(), "ClaimValue")
                {
                    self.derived.push(item(rest.clone()));
                }
            }
            self.read(group.stream());
        }
    }
}

fn names(tokens: &[TokenTree], name: &str) -> bool {
    tokens
        .iter()
        .any(|token| matches!(token, TokenTree::Ident(word) if word == name))
}

/// As far as the first braces or the first semicolon.
fn item(rest: impl Iterator<Item = TokenTree>) -> TokenStream {
    let mut item = Vec::new();
    for token in rest {
        let is_last = match &token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            TokenTree::Punct(punct) => punct.as_char() == ';',
            _ => false,
        };
        item.push(token);
        if is_last {
            break;
        }
    }
    item.into_iter().collect()
}

#[test]
fn no_beginning_of_an_attribute_panics_or_leaves_the_handler_open() {
    let all = Inputs::of_ui_tests().guarded;
    assert!(all.len() > 200, "{}", all.len());
    for (attribute, _) in all {
        for prefix in prefixes(attribute) {
            assert_closed(&prefix, &tokens(ITEM));
        }
    }
}

#[test]
fn no_beginning_of_a_handler_panics_or_leaves_it_open() {
    let all = Inputs::of_ui_tests().guarded;
    assert!(all.len() > 200, "{}", all.len());
    for (attribute, item) in all {
        for prefix in prefixes(item) {
            assert_closed(&attribute, &prefix);
        }
    }
}

#[test]
fn no_beginning_of_an_enum_panics_or_is_neither_named_nor_refused() {
    let all = Inputs::of_ui_tests().derived;
    assert!(all.len() > 12, "{}", all.len());
    for prefix in all.into_iter().flat_map(prefixes) {
        let derived = derive(prefix.clone()).to_string();
        let named = derived.contains("ClaimValue for");
        let refused = derived.contains("compile_error !");
        assert!(named != refused, "{prefix}\n{derived}");
    }
}
