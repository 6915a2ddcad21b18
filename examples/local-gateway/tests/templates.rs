//! SAM templates that the program cannot run: one message with file and line, exit code 2, and no function is started.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../supertokens");

/// A copy of the template with this change, in which the function in Rust is found.
fn changed(name: &str, from: &str, to: &str) -> PathBuf {
    let original = fs::read_to_string(Path::new(FOLDER).join("template.yaml")).unwrap();
    assert!(original.contains(from), "{from}");
    let repository = format!("CodeUri: {FOLDER}/../..");
    let text = original
        .replace("CodeUri: ../..", &repository)
        .replacen(from, to, 1);
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path
}

/// The number of the line that starts with this text.
fn line_of(template: &Path, start: &str) -> usize {
    let text = fs::read_to_string(template).unwrap();
    let mut lines = text.lines();
    lines.position(|line| line.starts_with(start)).unwrap() + 1
}

/// A folder with programs in place of Cargo and Node, which note that they were started.
fn recorders(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for program in ["cargo", "node"] {
        let path = folder.join(program);
        let script = format!("#!/bin/sh\n: > {}.started\nexit 1\n", path.display());
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    folder
}

/// The exit code and the messages of the program for a template.
fn run(template: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    finished(program(template).args(arguments))
}

fn program(template: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_local-gateway"));
    program.args(["--port", "0", "--template"]).arg(template);
    program
}

fn finished(program: &mut Command) -> (Option<i32>, String) {
    let output = program.stdin(Stdio::null()).output().unwrap();
    assert!(output.stdout.is_empty());
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// A process that is not started is not left running, either.
#[test]
fn reports_each_mistake_with_file_and_line_and_starts_nothing() {
    let recorders = recorders("recorders");
    let started = |name: &str| recorders.join(format!("{name}.started")).exists();
    let run = |template: &Path| {
        let mut program = program(template);
        program
            .env("CARGO", recorders.join("cargo"))
            .env("PATH", &recorders);
        finished(&mut program)
    };
    for (file, from, to, message) in [
        ("not_yaml.yaml", "Resources:", "Resources: [", ""),
        (
            "cycle.yaml",
            "RUST_LOG: info",
            "RUST_LOG: !GetAtt OrdersFunction.Arn",
            "cycle",
        ),
        (
            "unknown_reference.yaml",
            "issuer: !Ref Issuer",
            "issuer: !Ref Isuer",
            "`Isuer`",
        ),
        (
            "unknown_authorizer.yaml",
            "DefaultAuthorizer: SuperTokens",
            "DefaultAuthorizer: Other",
            "`Other` is not an authorizer",
        ),
        (
            "without_a_value.yaml",
            "    Default: jwtAuthorizers\n",
            "",
            "`Audience`",
        ),
        (
            "two_authorizers.yaml",
            "          SuperTokens:\n",
            "          SuperTokens: {}\n          SuperTokens:\n",
            "SuperTokens",
        ),
        (
            "two_routes.yaml",
            "Path: /reports/daily",
            "Path: /orders",
            "the same route",
        ),
        (
            "invalid_route.yaml",
            "Path: /reports/daily",
            "Path: /reports/{daily",
            "in one pair of braces",
        ),
        (
            "no_binary.yaml",
            "        Binary: orders\n",
            "        Other: orders\n",
            "cannot run it",
        ),
        (
            "identity_source.yaml",
            "Default: $request.header.Authorization",
            "Default: $request.body.token",
            "not a supported identity source",
        ),
    ] {
        let template = changed(file, from, to);
        let (code, error) = run(&template);
        assert!(!started("cargo") && !started("node"), "{file}");
        assert_eq!(code, Some(2), "{file}: {error}");
        let place = format!("error: {}:", template.display());
        let rest = error.strip_prefix(&place);
        let rest = rest.unwrap_or_else(|| panic!("{file}: {error}"));
        let (line, _) = rest.split_once(':').unwrap();
        assert!(line.parse::<u32>().is_ok(), "{file}: {error}");
        assert!(error.contains(message), "{file}: {error}");
        assert_eq!(error.lines().count(), 1, "{file}: {error}");
    }
    // Cargo is noticed if it is started.
    let (code, _) = run(&changed("valid.yaml", "RUST_LOG: info", "RUST_LOG: debug"));
    assert!(code == Some(2) && started("cargo"));
}

#[test]
fn reports_a_function_that_does_not_build() {
    let template = changed(
        "no_package.yaml",
        "Binary: orders",
        "Binary: no-such-package",
    );
    let (code, error) = run(&template, &[]);
    assert_eq!(code, Some(2), "{error}");
    let line = line_of(&template, "  OrdersFunction:");
    let place = format!("error: {}:{line}: ", template.display());
    let message = format!("{place}cannot build the package `no-such-package`");
    assert!(error.contains(&message), "{error}");
}

#[test]
fn reports_a_route_that_the_built_in_issuer_hides() {
    let template = changed(
        "hidden.yaml",
        "Path: /reports/daily",
        "Path: /auth/token/daily",
    );
    let text = fs::read_to_string(&template).unwrap();
    // A function that does not build ends the program.
    fs::write(&template, text.replace("Binary: orders", "Binary: none")).unwrap();
    let place = format!(
        "{}:{}: ",
        template.display(),
        line_of(&template, "        DailyReport:")
    );
    let message = "`GET /auth/token/daily` is never reached, because the gateway's own issuer";
    let (_, error) = run(&template, &[]);
    assert!(error.contains(&format!("{place}{message}")), "{error}");
    let line = line_of(&template, "        Health:");
    let open = format!(
        "{}:{line}: `GET /health` has no authorizer",
        template.display()
    );
    assert!(error.contains(&open), "{error}");
    assert!(
        !error.contains("ANY /auth/{proxy+}"),
        "the issuer leaves paths to it: {error}"
    );
    let (_, error) = run(&template, &["--parameter", "Issuer=https://issuer.test"]);
    assert!(!error.contains(message), "{error}");
}

#[test]
fn reports_a_missing_file_and_invalid_parameters() {
    let (code, error) = run(Path::new("/nowhere/template.yaml"), &[]);
    assert_eq!(code, Some(2));
    assert!(error.contains("/nowhere/template.yaml"), "{error}");
    let template = Path::new(FOLDER).join("template.yaml");
    for (arguments, message) in [
        (&["--parameter", "Isuer=x"][..], "`Isuer`"),
        (
            &["--parameter", "Issuer"],
            "write a parameter as `NAME=VALUE`",
        ),
        (&["--route", "GET /a"], "cannot be used with"),
        (&["--api", "rest"], "cannot be used with"),
    ] {
        let (code, error) = run(&template, arguments);
        assert_eq!(code, Some(2), "{arguments:?} {error}");
        assert!(error.contains(message), "{arguments:?} {error}");
    }
}
