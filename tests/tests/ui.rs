//! What the attribute accepts, and what it says where it does not.
//!
//! `TRYBUILD=overwrite cargo test -p require-claims-tests --test ui` writes the messages anew.

use std::io::Write as _;
use std::process::Command;

/// The toolchain whose own messages are in [`BY_RUSTC`].
const TOOLCHAIN: &str = "rustc 1.95.";

/// The folders of mistakes that rustc finds, in words that differ from one version to the next.
const BY_RUSTC: [&str; 3] = [
    "body_errors",
    "body_errors_without_the_attribute",
    "trait_errors",
];

/// Each file under `ui/pass` compiles and runs, and each under `ui/fail` fails with the messages
/// beside it: the attribute's own on every toolchain, and those that rustc writes on one.
#[test]
fn each_file_compiles_or_fails_as_its_messages_say() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().unwrap();
    let comparable = version.stdout.starts_with(TOOLCHAIN.as_bytes());
    if !comparable {
        // The macros that print are not seen of a test that passes.
        let mut stderr = std::io::stderr();
        writeln!(
            stderr,
            "LEFT OUT: what rustc itself says of {BY_RUSTC:?}: that is compared on {TOOLCHAIN}x"
        )
        .unwrap();
    }
    for kind in std::fs::read_dir("ui/fail").unwrap() {
        let kind = kind.unwrap().path();
        if comparable || !BY_RUSTC.iter().any(|folder| kind.ends_with(folder)) {
            cases.compile_fail(kind.join("*.rs"));
        }
    }
}
