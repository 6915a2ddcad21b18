//! Checks the compile errors with rustc.
//!
//! | folder | errors of | compared with the `.stderr` files by |
//! |---|---|---|
//! | `ui/rustc` | rustc, about a handler or a body | this test, file by file |
//! | `ui/fail` | the macros | `macros/src/tests/ui_messages.rs`, and here all in one program |
//!
//! `TRYBUILD=overwrite cargo test -p require-claims-compile-errors` rewrites the messages of `ui/rustc`.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

mod body_errors;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The toolchain whose messages are in `ui/rustc`.
const TOOLCHAIN: &str = "rustc 1.95.";

/// The entries of `folder`, sorted.
fn entries(folder: impl AsRef<Path>) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

/// Writes a program that contains all files of `ui/fail` as modules, and its expected messages: those of the
/// files, and no follow-up errors.
fn program_of_all_files() -> PathBuf {
    let mut program = String::new();
    let mut messages = Vec::new();
    let files = entries("ui/fail").into_iter().flat_map(entries);
    for (index, file) in files
        .filter(|file| file.extension().unwrap() == "rs")
        .enumerate()
    {
        let path = fs::canonicalize(&file).unwrap();
        writeln!(
            program,
            "#[path = \"{}\"]\nmod file_{index};",
            path.display()
        )
        .unwrap();
        let expected = fs::read_to_string(file.with_extension("stderr")).unwrap();
        let lines: Vec<String> = expected.lines().map(without_line_numbers).collect();
        messages.push(lines.join("\n"));
    }
    program.push_str("\nfn main() {}\n");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ui");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("all_files.rs");
    fs::write(&path, program).unwrap();
    fs::write(path.with_extension("stderr"), messages.join("\n\n") + "\n").unwrap();
    path
}

/// A line of a message about another file than the program's main file, from which trybuild removes the
/// numbers.
fn without_line_numbers(line: &str) -> String {
    let content = line.trim_start_matches(|margin: char| margin == ' ' || margin.is_ascii_digit());
    match content.split_once(".rs:") {
        Some((path, _)) if path.starts_with("--> ") => format!(" {path}.rs"),
        _ if content.starts_with(['|', '=']) => format!("  {content}"),
        _ => line.to_owned(),
    }
}

fn is_the_compared_toolchain() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().unwrap();
    version.stdout.starts_with(TOOLCHAIN.as_bytes())
}

/// Cargo prefers this variable to the flags of trybuild, of which there are two sets: with those, cargo would
/// check all dependencies twice. The value has both.
const FLAGS: (&str, &str) = (
    "CARGO_ENCODED_RUSTFLAGS",
    "--cfg\x1ftrybuild\x1f--verbose\x1f-A\x1fdead_code\x1f--diagnostic-width=140",
);

/// Runs this test in a process of its own, which has [`FLAGS`].
#[test]
fn rustc_reports_the_expected_errors() {
    let (name, value) = FLAGS;
    if std::env::var(name).is_ok_and(|flags| flags == value) {
        return compare_all_files();
    }
    let mut test = Command::new(std::env::current_exe().unwrap());
    test.args([
        "--exact",
        "rustc_reports_the_expected_errors",
        "--nocapture",
    ]);
    assert!(test.env(name, value).status().unwrap().success());
}

fn compare_all_files() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail(program_of_all_files());
    if is_the_compared_toolchain() {
        cases.compile_fail("ui/rustc/*/*.rs");
    } else {
        // Unlike `eprintln!`, this is shown if the test passes.
        let mut stderr = std::io::stderr();
        writeln!(
            stderr,
            "LEFT OUT: `ui/rustc`, which is compared on {TOOLCHAIN}x"
        )
        .unwrap();
    }
}

#[test]
fn each_folder_of_files_is_compared_by_one_test() {
    assert_eq!(entries("ui"), ["ui/fail", "ui/rustc"].map(PathBuf::from));
    for folder in ["ui/fail", "ui/rustc"].into_iter().flat_map(entries) {
        for file in entries(&folder) {
            let extension = file.extension().unwrap_or_default();
            assert!(
                extension == "rs" || extension == "stderr",
                "{}",
                file.display()
            );
        }
    }
}
