//! What is wrong in a body is told as without the attribute: the same errors at the same places.
//!
//! `ui/fail/body_errors` has each file once more, in `body_errors_without_the_attribute`, where the
//! attributes are comments; `ui.rs` sees to it that rustc says what is in the `.stderr` files. In
//! `tests`, this writes a twin, to be followed by `TRYBUILD=overwrite`:
//!
//! ```sh
//! sed 's|#\[require_claims|// #[require_claims|' ui/fail/body_errors/new.rs \
//!   > ui/fail/body_errors_without_the_attribute/new.rs
//! ```

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

use std::fs;
use std::path::{Path, PathBuf};

const WITH: &str = "ui/fail/body_errors";
const WITHOUT: &str = "ui/fail/body_errors_without_the_attribute";

/// The one difference that remains in all of them. A return type with `impl` has no name, so the body
/// stands in a block or a closure of its own, and where rustc says what that is, it says so.
const WORDS: [(&str, &str); 4] = [
    ("in an async block that", "in an async function that"),
    ("in a closure that", "in a function that"),
    ("inside `async` block", "inside `async` function"),
    ("enclosing `async` block", "enclosing `async` function"),
];

/// Where the lines below an error differ, and why.
const BELOW: [(&str, &str); 6] = [
    (
        "a_body_without_a_value",
        "rustc explains with the value that a function of its own would have returned",
    ),
    (
        "a_break_outside_of_a_loop",
        "it underlines a function's head, and all of a block, which could have a label",
    ),
    (
        "a_question_mark_on_an_option",
        "it underlines the whole function, and of a block the first brace: an editor explains `async` there",
    ),
    (
        "a_return_of_the_wrong_type",
        "it underlines a function's return type in that line, and a block's in a note of its own",
    ),
    (
        "a_self_that_is_not_mutable",
        "it offers `&mut self` where that is the function's own, and not a block's",
    ),
    (
        "an_opaque_body_that_is_no_response",
        "it adds that the `Guarded` around the body's value is none either",
    ),
];

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}

fn twin(file: &Path) -> PathBuf {
    Path::new(WITHOUT).join(file.file_name().unwrap())
}

/// An error: its first line, where it starts, without the folder, and how long it is underlined.
type Told = (String, String, Option<usize>);

fn errors(text: &str) -> Vec<Told> {
    let lines: Vec<&str> = text.lines().collect();
    let starts = (0..lines.len()).filter(|line| lines[*line].starts_with("error"));
    starts
        .map(|start| {
            let (_, place) = lines[start + 1].rsplit_once('/').expect("a place below it");
            let mut below = lines[start + 2..].iter();
            let underlined = below.find_map(|line| Some(line.rfind('^')? - line.find('^')?));
            (lines[start].to_owned(), place.to_owned(), underlined)
        })
        .collect()
}

#[test]
fn each_file_is_there_twice_and_differs_in_the_attribute_alone() {
    let with = files(WITH, "rs");
    let expected: Vec<PathBuf> = with.iter().map(|file| twin(file)).collect();
    assert_eq!(files(WITHOUT, "rs"), expected);
    for file in with {
        let guarded = fs::read_to_string(&file).unwrap();
        let plain = guarded.replace("#[require_claims", "// #[require_claims");
        assert_ne!(guarded, plain);
        assert_eq!(fs::read_to_string(twin(&file)).unwrap(), plain);
    }
}

/// What rustc said, in the words of a function without the attribute.
fn told(file: &Path) -> String {
    let mut text = fs::read_to_string(file).unwrap();
    for (guarded, plain) in WORDS {
        text = text.replace(guarded, plain);
    }
    text
}

#[test]
fn the_errors_are_the_same_at_the_same_places() {
    for file in files(WITH, "stderr") {
        let with = errors(&told(&file));
        assert!(!with.is_empty(), "{}", file.display());
        assert_eq!(with, errors(&told(&twin(&file))), "{}", file.display());
    }
}

#[test]
fn what_is_said_below_them_is_the_same_but_where_the_reason_is_known() {
    for file in files(WITH, "stderr") {
        let with = lines(&told(&file), WITH);
        let without = lines(&told(&twin(&file)), WITHOUT);
        let name = file.file_stem().unwrap().to_str().unwrap();
        if BELOW.iter().any(|(known, _)| *known == name) {
            assert_ne!(with, without, "{name} need not be listed");
        } else {
            assert_eq!(with, without, "{name}");
        }
    }
}

/// All of it, without the folder, without what is said of the attribute's own import where it is a
/// comment, and without the blanks and the notes that depend on what else is told.
fn lines(text: &str, folder: &str) -> Vec<String> {
    let paragraphs = text.split("\n\n");
    let told =
        paragraphs.filter(|told| !told.starts_with("warning: unused import: `require_claims"));
    let lines = told
        .flat_map(str::lines)
        .filter(|line| !line.contains("`#[warn(unused_imports)]`"));
    let shown = lines.map(|line| line.replace(folder, "").trim_start().to_owned());
    shown.filter(|line| !line.is_empty()).collect()
}
