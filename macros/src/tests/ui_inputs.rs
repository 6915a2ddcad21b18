//! Reads the macro uses in the UI tests, and checks that a half-typed one never leaves a handler unguarded.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use super::{ITEM, assert_closed, prefixes, tokens};
use crate::derive::derive;
use crate::guard;

/// The folders of the tests' package whose Rust files use the macros.
const FOLDERS: [&str; 2] = ["compile_errors", "tests"];

/// A Rust file of the UI tests.
pub(super) struct UiFile {
    pub(super) path: PathBuf,
    pub(super) text: String,
    pub(super) uses: Vec<MacroUse>,
}

/// An attribute or a derive, with what rustc passes to it.
pub(super) struct MacroUse {
    /// Where `Span::call_site()` is: the whole attribute, or the name of the derive.
    pub(super) call_site: (Span, Span),
    input: Input,
}

enum Input {
    Guard {
        arguments: TokenStream,
        item: TokenStream,
    },
    Derive {
        item: TokenStream,
    },
}

impl MacroUse {
    pub(super) fn expand(&self) -> TokenStream {
        match &self.input {
            Input::Guard { arguments, item } => guard(arguments.clone(), item.clone()),
            Input::Derive { item } => derive(item.clone()),
        }
    }
}

/// A folder of the tests' package.
pub(super) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests")
        .join(name)
}

/// All files in `folder` and below that have the extension `extension`, sorted.
pub(super) fn paths(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            paths.extend(self::paths(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            paths.push(path);
        }
    }
    paths.sort();
    paths
}

pub(super) fn files(folder: &Path) -> Vec<UiFile> {
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let mut uses = Vec::new();
        find_uses(tokens(&text), &mut uses);
        UiFile { path, text, uses }
    };
    paths(folder, "rs").into_iter().map(read).collect()
}

/// Looks for attributes and derives, at any depth.
fn find_uses(tokens: TokenStream, uses: &mut Vec<MacroUse>) {
    let mut rest = tokens.into_iter();
    let mut hash = Span::call_site();
    while let Some(token) = rest.next() {
        let TokenTree::Group(group) = token else {
            hash = token.span();
            continue;
        };
        if group.delimiter() == Delimiter::Bracket {
            let path: Vec<TokenTree> = group.stream().into_iter().collect();
            let arguments = match path.last() {
                Some(TokenTree::Group(arguments)) => arguments.stream(),
                _ => TokenStream::new(),
            };
            let item = || item(rest.clone());
            if find(&path, "require_claims").is_some() {
                let item = item();
                uses.push(MacroUse {
                    call_site: (hash, group.span_close()),
                    input: Input::Guard { arguments, item },
                });
            } else if find(&path, "derive").is_some()
                && let Some(name) = find(&Vec::from_iter(arguments), "ClaimValue")
            {
                uses.push(MacroUse {
                    call_site: (name, name),
                    input: Input::Derive { item: item() },
                });
            }
        }
        find_uses(group.stream(), uses);
    }
}

fn find(tokens: &[TokenTree], name: &str) -> Option<Span> {
    let mut spans = tokens.iter().filter_map(|token| match token {
        TokenTree::Ident(word) if word == name => Some(word.span()),
        _ => None,
    });
    spans.next()
}

/// The tokens up to and including the first braces or semicolon.
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

/// The input of all uses in the UI tests.
fn inputs() -> impl Iterator<Item = Input> {
    let files = FOLDERS.iter().flat_map(|name| files(&folder(name)));
    files.flat_map(|file| file.uses).map(|used| used.input)
}

fn guarded() -> Vec<(TokenStream, TokenStream)> {
    let guarded = inputs().filter_map(|input| match input {
        Input::Guard { arguments, item } => Some((arguments, item)),
        Input::Derive { .. } => None,
    });
    let guarded: Vec<_> = guarded.collect();
    assert!(guarded.len() > 200, "{}", guarded.len());
    guarded
}

#[test]
fn guards_or_rejects_with_every_prefix_of_an_attribute() {
    for (attribute, _) in guarded() {
        for prefix in prefixes(attribute) {
            assert_closed(&prefix, &tokens(ITEM));
        }
    }
}

#[test]
fn guards_or_rejects_every_prefix_of_a_handler() {
    for (attribute, item) in guarded() {
        for prefix in prefixes(item) {
            assert_closed(&attribute, &prefix);
        }
    }
}

#[test]
fn implements_claim_value_or_rejects_every_prefix_of_an_enum() {
    let enums = inputs().filter_map(|input| match input {
        Input::Derive { item } => Some(item),
        Input::Guard { .. } => None,
    });
    let enums: Vec<_> = enums.collect();
    assert!(enums.len() > 12, "{}", enums.len());
    for prefix in enums.into_iter().flat_map(prefixes) {
        let derived = derive(prefix.clone()).to_string();
        let implemented = derived.contains("ClaimValue for");
        let rejected = derived.contains("compile_error !");
        assert!(implemented != rejected, "{prefix}\n{derived}");
    }
}
