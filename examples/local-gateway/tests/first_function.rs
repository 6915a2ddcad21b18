//! Follows the guide's page "My first guarded function" in an empty folder, and compares what the commands print.
//!
//! Two things differ from the page: the gateway is not built again, and it listens on a free port. Without `curl`, no
//! requests are sent.

#![cfg(unix)]
#![allow(clippy::panic, clippy::unwrap_used, reason = "tests")]

mod program;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use self::program::{Program, is_curl_installed};

const PAGE: &str = include_str!("../../../runtime/docs/first_function.md");

/// The page's command for the gateway.
const GATEWAY: &str = "cargo run --manifest-path ../require-claims/Cargo.toml -p local-gateway --";

/// The page's URL of the gateway.
const URL: &str = "http://127.0.0.1:3000";

/// A new folder outside this repository, whose workspace would otherwise get the reader's package. It is removed when
/// dropped.
struct Folder(PathBuf);

impl Folder {
    /// With the clone next to which the reader begins.
    fn with_the_clone() -> Self {
        let name = format!("require-claims-first-function-{}", std::process::id());
        let folder = Self(std::env::temp_dir().join(name));
        fs::create_dir(&folder.0).unwrap();
        symlink(repository(), folder.0.join("require-claims")).unwrap();
        folder
    }

    fn package(&self) -> PathBuf {
        self.0.join("first-function")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn repository() -> PathBuf {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    repository.canonicalize().unwrap()
}

/// The code blocks, each with its language.
fn blocks() -> Vec<(&'static str, &'static str)> {
    let blocks = PAGE.split("\n```").skip(1).step_by(2);
    blocks
        .map(|block| block.split_once('\n').unwrap())
        .collect()
}

/// A shell that stops at the first command that fails.
fn shell(folder: &Path, commands: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-ec", commands]).current_dir(folder);
    shell.env("CARGO_NET_OFFLINE", "true");
    shell.env("CARGO_TARGET_DIR", "target");
    // Cargo since 1.91 reuses the dependencies that this workspace has already built with the same features.
    let built = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    shell.env("CARGO_BUILD_BUILD_DIR", built);
    shell
}

/// What the commands print.
fn run(folder: &Path, commands: &str) -> String {
    let output = shell(folder, commands).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{commands}\n{errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// The gateway that the commands start.
fn start(folder: &Path, commands: &str) -> Program {
    assert_eq!(commands.matches(GATEWAY).count(), 1, "{commands}");
    let gateway = format!("exec '{}' --port 0", env!("CARGO_BIN_EXE_local-gateway"));
    Program::start(&mut shell(folder, &commands.replace(GATEWAY, &gateway)))
}

/// The URL on which it listens.
fn url(gateway: &Program) -> &str {
    let first = gateway.printed.first().unwrap();
    let words = first.strip_prefix("Listening on ").unwrap();
    words.split_once(' ').unwrap().0
}

/// Asserts that the text contains the lines of the page in this order. Lines may be missing where the page has `…`.
fn assert_contains(text: &str, page: &str) {
    let mut rest = text;
    for lines in page.trim_end_matches("\n…").split("\n…\n") {
        let found = rest.split_once(lines);
        rest = found
            .unwrap_or_else(|| panic!("{lines}\n\nnot in\n\n{text}"))
            .1;
    }
}

#[test]
fn a_403_becomes_a_200() {
    let [
        ("sh", create),
        ("rust,no_run", program),
        ("sh", first_start),
        ("text", printed),
        ("sh", denied),
        ("text", rejections),
        ("sh", second_start),
        ("sh", allowed),
        ("text", orders),
    ] = blocks()[..]
    else {
        panic!("other code blocks: {:?}", blocks());
    };
    let folder = Folder::with_the_clone();
    run(&folder.0, create);
    let package = folder.package();
    fs::write(package.join("src/main.rs"), program).unwrap();
    // The dependencies in the versions of this repository, which have been downloaded.
    let lock = repository().join("Cargo.lock");
    fs::copy(lock, package.join("Cargo.lock")).unwrap();

    let has_curl = is_curl_installed();
    let responses =
        |gateway: &Program, commands: &str| run(&package, &commands.replace(URL, url(gateway)));
    let gateway = start(&package, first_start);
    let text = gateway.printed.join("\n").replace(url(&gateway), URL);
    assert_contains(&text, printed);
    if has_curl {
        assert_eq!(responses(&gateway, denied), format!("{rejections}\n"));
    }
    let log = gateway.stop();
    // A warning of the compiler would distract readers.
    assert!(!log.contains("warning"), "{log}");

    let gateway = start(&package, second_start);
    if has_curl {
        assert_eq!(responses(&gateway, allowed), format!("{orders}\n"));
    }
    gateway.stop();
}
