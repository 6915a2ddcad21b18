//! The macros' own messages, compared with the `.stderr` files of
//! `tests/compile_errors/ui/fail` without running rustc.
//!
//! Those files have rustc's format, so that they show where each message points.
//! `tests/compile_errors/tests/ui/main.rs` checks with one program that rustc prints the same. This command
//! rewrites the files:
//!
//! ```sh
//! UPDATE=1 cargo test -p require-claims-macros ui_messages
//! ```

use std::fs;
use std::path::Path;

use proc_macro2::{LineColumn, TokenTree};

use super::ui_inputs::{MacroUse, UiFile, files, folder, paths};

/// Follows a message that points at the whole attribute.
const ORIGIN: &str = "this error originates in the attribute macro `require_claims` \
    (in Nightly builds, run with -Z macro-backtrace for more info)";

/// A `compile_error!` of an expansion.
struct Message {
    text: String,
    start: LineColumn,
    end: LineColumn,
    /// The place is the macro's call site.
    at_call_site: bool,
}

/// The messages of one use of a macro, in order.
fn messages(used: &MacroUse) -> Vec<Message> {
    let tokens = Vec::from_iter(used.expand());
    let errors = tokens.windows(3).filter_map(|tokens| match tokens {
        [
            TokenTree::Ident(name),
            TokenTree::Punct(_),
            TokenTree::Group(text),
        ] if name == "compile_error" => Some((name.span(), text)),
        _ => None,
    });
    let messages = errors.map(|(start, group)| {
        let text: syn::LitStr = syn::parse2(group.stream()).unwrap();
        // Only rustc prints tokens in a message with the spaces of their source.
        let text = text.value().replace(" , ", ", ");
        // A span outside the file is the call site.
        let at_call_site = start.byte_range().is_empty();
        let (first, last) = if at_call_site {
            used.call_site
        } else {
            (start, group.span())
        };
        let (start, end) = (first.start(), last.end());
        Message {
            text,
            start,
            end,
            at_call_site,
        }
    });
    messages.collect()
}

/// A message as rustc writes it.
fn rendered(message: &Message, path: &Path, text: &str) -> String {
    let LineColumn { line, column } = message.start;
    assert_eq!(
        line,
        message.end.line,
        "{}: {}",
        path.display(),
        message.text
    );
    let source = text.lines().nth(line - 1).unwrap();
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    let marks = " ".repeat(column) + &"^".repeat(message.end.column - column);
    let mut lines = vec![
        format!("error: {}", message.text),
        format!("{margin}--> {}:{line}:{}", path.display(), column + 1),
        format!("{margin} |"),
        format!("{number} | {source}"),
        format!("{margin} | {marks}"),
    ];
    if message.at_call_site {
        lines.push(format!("{margin} |"));
        lines.push(format!("{margin} = note: {ORIGIN}"));
    }
    lines.join("\n") + "\n"
}

/// All messages of a file.
fn report(file: &UiFile) -> String {
    let path = file.path.strip_prefix(folder("compile_errors")).unwrap();
    let messages = file.uses.iter().flat_map(messages);
    let messages = messages.map(|message| rendered(&message, path, &file.text));
    messages.collect::<Vec<_>>().join("\n")
}

#[test]
fn reports_the_messages_of_each_ui_file() {
    let update = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    let mut wrong = Vec::new();
    for file in files(&folder("compile_errors/ui/fail")) {
        let reported = report(&file);
        let stderr = file.path.with_extension("stderr");
        if update && !reported.is_empty() {
            fs::write(&stderr, &reported).unwrap();
        }
        let expected = fs::read_to_string(&stderr).unwrap_or_default();
        if reported.is_empty() || reported != expected {
            wrong.push(format!(
                "{}\nexpected:\n{expected}\nreported:\n{reported}",
                stderr.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn each_stderr_file_belongs_to_a_ui_file() {
    for stderr in paths(&folder("compile_errors/ui"), "stderr") {
        assert!(stderr.with_extension("rs").exists(), "{}", stderr.display());
    }
}
