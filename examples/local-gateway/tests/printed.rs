//! What the command prints at start: every line to paste is pasted, and answers what it says.
//!
//! It needs `curl`, as the lines do. Where there is none the test says so and leaves it out; `.ci/run`
//! installs it and sets `REQUIRE_CLAIMS_CURL`, which makes its absence a failure.

#![cfg(unix)]
#![allow(clippy::panic, clippy::unwrap_used, reason = "tests")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};

use local_gateway::users::USERS;
use serde_json::Value;

const LAST_LINE: &str = "Ctrl-C ends the gateway and the function.";

/// The command, running, and what it has printed.
struct Started {
    gateway: Child,
    printed: Vec<String>,
    errors: JoinHandle<String>,
}

impl Started {
    fn with(arguments: &[&str]) -> Self {
        let mut gateway = Command::new(env!("CARGO_BIN_EXE_local-gateway"))
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = gateway.stderr.take().unwrap();
        let errors = thread::spawn(move || {
            let mut text = String::new();
            stderr.read_to_string(&mut text).unwrap();
            text
        });
        let mut lines = BufReader::new(gateway.stdout.take().unwrap()).lines();
        let mut printed = Vec::new();
        while printed.last().is_none_or(|line| line != LAST_LINE) {
            let line = lines
                .next()
                .unwrap_or_else(|| panic!("it ended after {printed:?}"));
            printed.push(line.unwrap());
        }
        // The function writes its log there too, and must not be kept from it.
        thread::spawn(move || lines.for_each(drop));
        Self {
            gateway,
            printed,
            errors,
        }
    }

    /// Ends it as a supervisor does, and returns what it has written to standard error.
    fn end(mut self) -> String {
        let id = self.gateway.id().to_string();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
        assert!(self.gateway.wait().unwrap().success());
        self.errors.join().unwrap()
    }
}

fn curl_is_there() -> bool {
    if Command::new("curl").arg("--version").output().is_ok() {
        return true;
    }
    let notice = "LEFT OUT: pasting the lines that the gateway prints: curl is not installed.";
    let required = std::env::var_os("REQUIRE_CLAIMS_CURL").is_some();
    assert!(!required, "{notice}");
    // The macros that print are not seen of a test that passes.
    let mut stderr = std::io::stderr();
    writeln!(stderr, "{notice}").unwrap();
    false
}

/// What a line answers, in the words in which it is announced: `403 naming st-role, st-mfa`.
fn answer(line: &str) -> String {
    let output = Command::new("sh").args(["-c", line]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let (body, status) = text.trim_end().rsplit_once(" (").unwrap();
    let status = status.strip_suffix(')').unwrap();
    let body: Value = serde_json::from_str(body).unwrap();
    let Some(errors) = body.get("claimValidationErrors") else {
        return status.to_owned();
    };
    let ids = errors.as_array().unwrap().iter();
    let ids: Vec<_> = ids
        .map(|error| error.get("id").unwrap().as_str().unwrap())
        .collect();
    format!("{status} naming {}", ids.join(", "))
}

#[test]
fn every_line_to_paste_answers_what_is_printed_above_it_in_both_payload_formats() {
    if !curl_is_there() {
        return;
    }
    for payload in ["1.0", "2.0"] {
        let started = Started::with(&["--port", "0", "--payload", payload]);
        for user in USERS {
            let line = format!("  {:<22} {}", user.name, user.about);
            assert!(started.printed.contains(&line), "{line}");
        }
        let first = started.printed.first().unwrap();
        assert!(
            first.starts_with("listening on http://127.0.0.1:"),
            "{first}"
        );
        let mut pasted = 0;
        let mut above = "";
        for line in &started.printed {
            if line.starts_with("curl ") {
                let (_, expected) = above.rsplit_once(": ").unwrap();
                assert_eq!(answer(line), expected, "{payload}: {above}\n{line}");
                pasted += 1;
            }
            above = line;
        }
        assert!(pasted >= 15, "{pasted} lines");
        let errors = started.end();
        assert!(
            errors.starts_with("building the function `orders`"),
            "{errors}"
        );
    }
}
