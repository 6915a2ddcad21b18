//! Checks that the attribute does not change the errors in a handler's body: rustc reports the same errors at
//! the same places as without it.
//!
//! Each file of `ui/rustc/body_errors` is also in `body_errors_without_the_attribute`, with its attributes
//! commented out. `main.rs` checks that rustc reports what the `.stderr` files contain. In the folder of this
//! package, this writes the second file, and `TRYBUILD=overwrite` its messages:
//!
//! ```sh
//! sed 's|#\[require_claims|// #[require_claims|' ui/rustc/body_errors/new.rs \
//!   > ui/rustc/body_errors_without_the_attribute/new.rs
//! ```

use std::fs;
use std::path::{Path, PathBuf};

const WITH: &str = "ui/rustc/body_errors";
const WITHOUT: &str = "ui/rustc/body_errors_without_the_attribute";

/// Words that differ everywhere: if the return type contains `impl`, the body is in a separate block or closure.
const WORDS: [(&str, &str); 4] = [
    ("an async block that", "an async function that"),
    ("a closure that", "a function that"),
    ("inside `async` block", "inside `async` function"),
    ("enclosing `async` block", "enclosing `async` function"),
];

/// The errors whose further lines differ, and why.
const DIFFERENT_DETAILS: [(&str, &str); 13] = [
    ("borrow_errors.rs:16:5", NO_CLONE),
    ("borrow_errors.rs:50:8", NO_CLONE),
    ("borrow_errors.rs:74:9", NO_MUT_SELF),
    ("borrow_errors.rs:80:9", NO_MUT_SELF),
    ("missing_values.rs:12:36", GUARDED),
    ("missing_values.rs:12:54", GUARDED),
    ("missing_values.rs:17:70", DYN_LIFETIME),
    ("missing_values.rs:27:44", GUARDED),
    (
        "missing_values.rs:32:45",
        "the missing value is not the function's own",
    ),
    ("type_errors.rs:19:5", INFERRED),
    ("type_errors.rs:25:16", INFERRED),
    ("type_errors.rs:40:5", INFERRED),
    ("type_errors.rs:59:36", FIRST_BRACE),
];

const NO_MUT_SELF: &str =
    "rustc suggests `&mut self` only if `self` is not that of an outer function";
const NO_CLONE: &str = "rustc suggests no `clone()` in a `move` block";
const GUARDED: &str = "rustc names the type `Guarded` around the body's value";
const INFERRED: &str = "rustc explains the type of a block or a closure by a `return` in it";
const FIRST_BRACE: &str =
    "an `async` block is underlined at its first brace, where an editor explains `async`";
const DYN_LIFETIME: &str = "rustc writes the `'static` of a `dyn Error` only for a function";

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}

/// The same file without the attribute.
fn twin(file: &Path) -> PathBuf {
    Path::new(WITHOUT).join(file.file_name().unwrap())
}

#[derive(Debug, PartialEq)]
struct Error {
    heading: String,
    /// File name, line and column.
    place: String,
    underlined: Option<usize>,
}

/// The errors and warnings in a `.stderr` file, each with its further lines. Without the attribute, its
/// import is not used.
fn errors(stderr: &Path) -> Vec<(Error, Vec<String>)> {
    let mut text = fs::read_to_string(stderr).unwrap();
    for (guarded, plain) in WORDS {
        text = text.replace(guarded, plain);
    }
    let paragraphs = text.split("\n\n");
    let errors =
        paragraphs.filter(|text| !text.starts_with("warning: unused import: `require_claims"));
    errors.map(error).collect()
}

fn error(paragraph: &str) -> (Error, Vec<String>) {
    let mut lines = paragraph.lines();
    let heading = lines.next().unwrap().to_owned();
    let (_, place) = lines.next().unwrap().rsplit_once('/').unwrap();
    let mut marks = lines
        .clone()
        .filter_map(|line| Some(line.rfind('^')? - line.find('^')?));
    let error = Error {
        heading,
        place: place.to_owned(),
        underlined: marks.next(),
    };
    // The folder differs, and the width of the margin depends on the other lines.
    let details = lines.map(|line| line.replace(WITHOUT, WITH).trim_start().to_owned());
    (error, details.collect())
}

#[test]
fn files_differ_in_the_attribute_only() {
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

#[test]
fn errors_and_their_places_are_the_same() {
    for file in files(WITH, "stderr") {
        let without_details = |file| -> Vec<Error> {
            let errors = errors(file).into_iter();
            errors.map(|(error, _details)| error).collect()
        };
        let with = without_details(&file);
        assert!(!with.is_empty(), "{}", file.display());
        assert_eq!(with, without_details(&twin(&file)), "{}", file.display());
    }
}

#[test]
fn details_are_the_same_except_for_known_differences() {
    let mut different = Vec::new();
    let expected = DIFFERENT_DETAILS.map(|(place, _reason)| place);
    for file in files(WITH, "stderr") {
        for (with, without) in errors(&file).into_iter().zip(errors(&twin(&file))) {
            if with != without {
                different.push(with.0.place);
            }
        }
    }
    different.sort();
    assert_eq!(different, expected);
}

/// The messages would depend on whether the sources of the standard library are installed (`rust-src`).
#[test]
fn no_message_quotes_the_standard_library() {
    for folder in fs::read_dir("ui/rustc").unwrap() {
        for file in files(folder.unwrap().path().to_str().unwrap(), "stderr") {
            let text = fs::read_to_string(&file).unwrap();
            assert!(!text.contains("$RUST"), "{}", file.display());
        }
    }
}
