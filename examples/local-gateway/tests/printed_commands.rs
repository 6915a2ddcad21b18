//! Runs every curl command that the program prints, and compares the response with the printed one.
//!
//! Without `curl`, the test skips itself.

#![cfg(unix)]
#![allow(clippy::panic, clippy::unwrap_used, reason = "tests")]

mod program;

use std::process::Command;

use local_gateway::issuer::users::USERS;
use serde_json::Value;

use self::program::{Program, is_curl_installed};

const TEMPLATES: [&str; 3] = [
    "../supertokens/template.yaml",
    "../supertokens/template-rest-jwt.yaml",
    "../supertokens/template-rest-lambda.yaml",
];

/// Starts the gateway on a free port.
fn start(arguments: &[&str]) -> Program {
    let mut gateway = Command::new(env!("CARGO_BIN_EXE_local-gateway"));
    Program::start(gateway.args(["--port", "0"]).args(arguments))
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
        let program = start(arguments);
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
    start(&[]).stop();
    let errors = start(&[]).stop();
    assert!(
        errors.contains("building the function `orders`\n"),
        "{errors}"
    );
}
