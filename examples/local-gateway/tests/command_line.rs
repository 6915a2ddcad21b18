//! Tests of the command line program: how it starts, reports errors, logs and stops.
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
fn rejects_a_function_that_is_not_an_executable_file() {
    for (path, message) in [
        ("/nowhere", "No such file"),
        (env!("CARGO_MANIFEST_DIR"), "not an executable file"),
        // A program of this name is in `PATH`, but not in the current directory.
        ("ls", "No such file"),
        ("orders=ls", "No such file"),
    ] {
        let output = gateway(&["--function", path]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{path}");
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn explains_invalid_options_before_the_build() {
    for (arguments, message) in [
        (
            &["--route", "orders"][..],
            "write a route as `GET /orders/{id}`",
        ),
        (&["--route", "/orders"], "has no method"),
        (
            &["--route", "GET /orders/:id"],
            "write a parameter as `{id}`",
        ),
        (&["--route", "GET /a/{id"], "in one pair of braces"),
        (&["--route", "GET /a?x=1"], "a route has no query"),
        (
            &["--route", "GET /a", "--public-route", "GET /a"],
            "match the same requests",
        ),
        (
            &["--route", "GET /auth/token/{user}"],
            "error: the route `GET /auth/token/{user}` can never be reached",
        ),
        (
            &["--route", "GET /a function=b"],
            "names the function `b`, which does not exist",
        ),
        (&["--claim", "nobody:a=1"], "there is no user `nobody`"),
        (
            &["--identity-source", "Authorization"],
            "write `$request.header.Authorization`",
        ),
        (
            &["--api", "rest", "--stage", "auth"],
            "hidden by the built-in issuer",
        ),
        (
            &["--api", "rest", "--route", "$default"],
            "write `ANY /{proxy+}`",
        ),
    ] {
        let output = gateway(&[&["--port", "0"], arguments].concat())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(message), "{arguments:?}: {error}");
        assert!(!error.contains("building"), "{error}");
        assert!(output.stdout.is_empty());
    }
}

/// A running gateway with its port and its log.
#[cfg(unix)]
struct Running {
    gateway: std::process::Child,
    output: BufReader<std::process::ChildStdout>,
    log: std::sync::mpsc::Receiver<String>,
    url: String,
}

#[cfg(unix)]
impl Running {
    /// Starts a gateway whose function is this shell script.
    fn start(arguments: &[&str], script: &str) -> Self {
        let function = ["--port", "0", "--workers", "1", "--function", "/bin/sh"];
        let arguments = [&function, arguments, &["--", "-c", script]].concat();
        let mut gateway = gateway(&arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (send, log) = std::sync::mpsc::channel();
        let stderr = BufReader::new(gateway.stderr.take().unwrap());
        std::thread::spawn(move || {
            // Sending fails after the test has ended.
            stderr
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| send.send(line))
        });
        let mut output = BufReader::new(gateway.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let url = line.strip_prefix("Listening on ").unwrap();
        let url = url.split(' ').next().unwrap().to_owned();
        Self {
            gateway,
            output,
            log,
            url,
        }
    }

    /// Waits for a line of the log that contains this text.
    fn logged(&self, text: &str) -> String {
        // The timeout only prevents a failing test from waiting forever.
        let timeout = std::time::Duration::from_secs(60);
        loop {
            let line = self
                .log
                .recv_timeout(timeout)
                .unwrap_or_else(|_| panic!("no log line with {text}"));
            if line.contains(text) {
                return line;
            }
        }
    }

    fn stop(mut self, signal: &str) {
        let id = self.gateway.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status();
        assert!(sent.unwrap().success());
        assert!(self.gateway.wait().unwrap().success());
        self.output.read_to_end(&mut Vec::new()).unwrap();
    }
}

#[cfg(unix)]
impl Drop for Running {
    /// Ends the gateway of a failed test, and with it the function.
    fn drop(&mut self) {
        let id = self.gateway.id().to_string();
        if self.gateway.try_wait().is_ok_and(|status| status.is_none()) {
            let _ = Command::new("kill").arg(id).status();
        }
    }
}

#[cfg(unix)]
#[test]
fn stops_the_gateway_and_the_function_on_a_signal() {
    for signal in ["-TERM", "-INT"] {
        let name = format!("local-gateway-{}{signal}", std::process::id());
        let pipe = std::env::temp_dir().join(name);
        assert!(
            Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        // This function never requests an event, and ends within the test's time limit only if it is killed. Until
        // then, it keeps the pipe open.
        let script = format!("exec 3>'{}'; echo waiting; exec sleep 1000", pipe.display());
        let running = Running::start(&["--public-route", "GET /a"], &script);
        let mut reader = std::fs::File::open(&pipe).unwrap();
        running.logged("waiting");
        running.stop(signal);
        let (ended, wait) = std::sync::mpsc::channel();
        std::thread::spawn(move || ended.send(reader.read_to_end(&mut Vec::new()).is_ok()));
        assert_eq!(
            wait.recv_timeout(std::time::Duration::from_secs(60)),
            Ok(true)
        );
        std::fs::remove_file(&pipe).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn the_log_has_the_time_of_the_functions_lines_and_the_reason_of_a_401() {
    let running = Running::start(&["--route", "GET /a"], "echo a line; exec sleep 1000");
    let line = running.logged("a line");
    // Such as `2026-11-28T10:56:34.123Z sh: a line`.
    let (time, text) = line.split_once(' ').unwrap();
    assert_eq!(
        (time.len(), text),
        ("2026-11-28T10:56:34.123Z".len(), "sh: a line")
    );

    let request = |token: &str| {
        let request = ureq::get(format!("{}/a", running.url)).config();
        let request = request.http_status_as_error(false).build();
        request
            .header("authorization", token)
            .call()
            .unwrap()
            .status()
    };
    for (token, reason) in [
        ("", "the request does not contain the identity source"),
        ("x", "the token is malformed"),
    ] {
        assert_eq!(request(token), 401);
        let line = running.logged("GET /a");
        assert!(line.contains("401") && line.contains(reason), "{line}");
    }
    running.stop("-TERM");
}
