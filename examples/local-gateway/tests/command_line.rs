//! Tests of the command line program: how it starts, reports errors and stops.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

fn gateway(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_local-gateway"));
    command.args(arguments).stdin(Stdio::null());
    command
}

#[test]
fn reports_a_port_in_use() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    // The port is checked before the build, so this test is fast.
    let output = gateway(&["--port", &port.to_string()]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(
        error.starts_with(&format!("error: port {port} is in use")),
        "{error}"
    );
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(output.stdout.is_empty());
}

#[test]
fn requires_an_audience_and_a_reachable_url_for_an_external_issuer() {
    let output = gateway(&["--issuer", "http://127.0.0.1:1"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let issuer = [
        "--issuer",
        "http://127.0.0.1:1",
        "--audience",
        "a",
        "--port",
        "0",
        "--function",
        env!("CARGO_BIN_EXE_local-gateway"),
    ];
    let output = gateway(&issuer).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(
        error.starts_with("error: cannot fetch the issuer's keys: http://127.0.0.1:1/"),
        "{error}"
    );
}

#[test]
fn rejects_a_function_that_is_not_executable() {
    for (path, message) in [
        ("/nowhere", "No such file"),
        (env!("CARGO_MANIFEST_DIR"), "not an executable file"),
    ] {
        let output = gateway(&["--function", path]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn explains_an_invalid_route() {
    let output = gateway(&["--route", "orders"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("write a route as `GET /orders/{id}`")
    );
}

#[test]
fn rejects_an_unreachable_route_before_the_build() {
    let route = ["--port", "0", "--route", "GET /auth/login"];
    let output = gateway(&route).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(
        error.starts_with("error: the route `GET /auth/login` can never be reached"),
        "{error}"
    );
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(output.stdout.is_empty());
}

#[cfg(unix)]
#[test]
fn stops_the_gateway_and_the_function_on_a_signal() {
    for signal in ["-TERM", "-INT"] {
        // This function never requests an event, and ends within the test's time limit only if it is killed.
        let arguments = [
            "--port",
            "0",
            "--public-route",
            "GET /a",
            "--function",
            "sleep",
            "--",
            "1000",
        ];
        let mut gateway = gateway(&arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(gateway.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert!(line.starts_with("Listening on http://127.0.0.1:"), "{line}");
        let sent = Command::new("kill")
            .args([signal, &gateway.id().to_string()])
            .status()
            .unwrap();
        assert!(sent.success());
        assert!(gateway.wait().unwrap().success());
        // The function has inherited this pipe, so it is closed only after the function has ended too.
        let (ended, wait) = std::sync::mpsc::channel();
        std::thread::spawn(move || ended.send(output.read_to_end(&mut Vec::new()).is_ok()));
        assert_eq!(
            wait.recv_timeout(std::time::Duration::from_secs(60)),
            Ok(true)
        );
    }
}
