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

/// The one difference that remains. A return type with `impl` has no name, so the body stands in a
/// block or a closure of its own, and where rustc says what a `?` stands in, it says that.
const WORDS: [(&str, &str); 2] = [
    ("in an async block that", "in an async function that"),
    ("in a closure that", "in a function that"),
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

fn errors(file: &Path) -> Vec<Told> {
    let text = fs::read_to_string(file).unwrap();
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

#[test]
fn the_errors_are_the_same_at_the_same_places() {
    for file in files(WITH, "stderr") {
        let mut with = errors(&file);
        for (message, ..) in &mut with {
            for (guarded, plain) in WORDS {
                *message = message.replace(guarded, plain);
            }
        }
        assert!(!with.is_empty(), "{}", file.display());
        assert_eq!(with, errors(&twin(&file)), "{}", file.display());
    }
}
