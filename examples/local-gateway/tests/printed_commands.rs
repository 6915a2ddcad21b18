//! Runs every curl command that the program prints, and compares the response with the printed one.
//!
//! Without `curl`, the test prints a notice and skips itself, unless `REQUIRE_CLAIMS_CURL` is set. `.ci/run`
//! installs `curl` and sets that variable.

#![cfg(unix)]
#![allow(clippy::panic, clippy::unwrap_used, reason = "tests")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};

use local_gateway::issuer::users::USERS;
use serde_json::Value;

const TEMPLATES: [&str; 3] = [
    "../supertokens/template.yaml",
    "../supertokens/template-rest-jwt.yaml",
    "../supertokens/template-rest-lambda.yaml",
];

const LAST_LINE: &str = "Press Ctrl-C to stop the gateway and the functions.";

/// The running program and its output.
struct Program {
    gateway: Child,
    printed: Vec<String>,
    errors: Option<JoinHandle<String>>,
}

impl Drop for Program {
    /// Ends the program of a failed test, and with it the function.
    fn drop(&mut self) {
        let id = self.gateway.id().to_string();
        if self.gateway.try_wait().is_ok_and(|status| status.is_none()) {
            let _ = Command::new("kill").arg(id).status();
        }
    }
}

impl Program {
    /// Starts the program and waits until it has printed all lines.
    fn start(arguments: &[&str]) -> Self {
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
                .unwrap_or_else(|| panic!("the output ended after {printed:?}"));
            printed.push(line.unwrap());
        }
        // Keep reading: the function logs to the same pipe, and would block if the pipe were full.
        thread::spawn(move || lines.for_each(drop));
        Self {
            gateway,
            printed,
            errors: Some(errors),
        }
    }

    /// Stops the program with SIGTERM and returns its standard error.
    fn stop(mut self) -> String {
        let id = self.gateway.id().to_string();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
        assert!(self.gateway.wait().unwrap().success());
        self.errors.take().unwrap().join().unwrap()
    }
}

fn is_curl_installed() -> bool {
    if Command::new("curl").arg("--version").output().is_ok() {
        return true;
    }
    let notice = "SKIPPED: the printed curl commands were not run, because curl is not installed";
    let required = std::env::var_os("REQUIRE_CLAIMS_CURL").is_some();
    assert!(!required, "{notice}");
    // Write directly: the output of `eprintln!` is captured, and hidden if the test passes.
    let mut stderr = std::io::stderr();
    writeln!(stderr, "{notice}").unwrap();
    false
}

/// Runs a command and describes the response as in the printed text, such as `403 (invalid claims: st-mfa)`.
fn run(command: &str) -> String {
    let output = Command::new("sh").args(["-c", command]).output().unwrap();
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
    format!("{status} (invalid claims: {})", ids.join(", "))
}

#[test]
fn every_printed_command_returns_the_printed_response_for_each_kind_of_api() {
    if !is_curl_installed() {
        return;
    }
    for (arguments, least) in [
        (&["--payload", "1.0", "--all"][..], 15),
        (&["--all"], 15),
        (&[], 9),
        (&["--api", "rest", "--stage", "dev", "--all"], 15),
        (
            &["--identity-source", "$request.header.X-Token", "--all"],
            15,
        ),
        (&["--identity-source", "$request.querystring.token"], 9),
        (&["--template", TEMPLATES[0], "--all"], 15),
        (&["--template", TEMPLATES[1], "--all"], 15),
        (&["--template", TEMPLATES[2], "--all"], 15),
    ] {
        let program = Program::start(&[&["--port", "0"], arguments].concat());
        for user in USERS {
            let line = format!("  {:<9}  {}  {}", user.name, user.id(), user.description);
            assert!(program.printed.contains(&line), "{line}");
        }
        let first = program.printed.first().unwrap();
        assert!(
            first.starts_with("Listening on http://127.0.0.1:"),
            "{first}"
        );
        let mut commands = 0;
        let mut previous = "";
        for line in &program.printed {
            if line.starts_with("curl ") {
                let (_, expected) = previous.split_once(": ").unwrap();
                assert_eq!(run(line), expected, "{arguments:?}: {previous}\n{line}");
                commands += 1;
            }
            previous = line;
        }
        assert!(commands >= least, "{commands} commands");
        let errors = program.stop();
        assert!(
            errors.contains("building the function `orders`"),
            "{errors}"
        );
    }
}

#[test]
fn only_the_first_build_is_announced_as_slow() {
    // The first start has built the function, if no earlier one has.
    Program::start(&["--port", "0"]).stop();
    let errors = Program::start(&["--port", "0"]).stop();
    assert!(
        errors.contains("building the function `orders`\n"),
        "{errors}"
    );
}
