//! The function under `cargo lambda`, with the events in `events/`.
//!
//! Without `cargo lambda`, the tests report LEFT OUT. With `REQUIRE_CLAIMS_CARGO_LAMBDA=required`, they fail instead.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

use serde_json::Value;

/// `cargo lambda` of the workspace, or None if it is not installed.
fn cargo_lambda(command: &str) -> Option<Command> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    cargo.args(["lambda", command]);
    let version = Command::new(env!("CARGO"))
        .args(["lambda", "--version"])
        .output();
    if version.is_ok_and(|output| output.status.success()) {
        return Some(cargo);
    }
    let is_required =
        std::env::var("REQUIRE_CLAIMS_CARGO_LAMBDA").is_ok_and(|value| value == "required");
    assert!(!is_required, "`cargo lambda` is not installed");
    // Unlike `eprintln!`, this is shown if the test passes.
    let mut stderr = std::io::stderr();
    writeln!(
        stderr,
        "LEFT OUT: `cargo lambda {command}`, because `cargo lambda` is not installed"
    )
    .unwrap();
    None
}

/// `cargo lambda watch` and the function that it started; they are killed when dropped.
struct Watch {
    process: Child,
    port: u16,
}

impl Watch {
    /// Returns when it listens. It builds the function at the first invocation.
    fn start(mut watch: Command) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        watch.args(["--package", "orders", "--ignore-changes", "--invoke-port"]);
        watch.arg(port.to_string());
        watch.stdin(Stdio::null()).stdout(Stdio::null());
        // A separate process group, so that the function is killed, too.
        let process = watch.process_group(0).spawn().unwrap();
        let watch = Self { process, port };
        let connects = |_: &u32| TcpStream::connect(("127.0.0.1", port)).is_ok();
        let attempts = (0..1_000_000).inspect(|_| thread::yield_now());
        assert!(attempts.take_while(|attempt| !connects(attempt)).count() < 1_000_000);
        watch
    }

    fn invoke(&self, event: &Path) -> Value {
        let mut invoke = cargo_lambda("invoke").unwrap();
        invoke.args(["orders", "--invoke-port", &self.port.to_string()]);
        let output = invoke.arg("--data-file").arg(event).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text}{error}"))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["--", &group]).status();
        let _ = self.process.wait();
    }
}

#[test]
fn answers_each_event_as_its_name_says() {
    let Some(watch) = cargo_lambda("watch") else {
        return;
    };
    let watch = Watch::start(watch);
    let events = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/events")).unwrap();
    let mut statuses = [0, 0];
    for event in events {
        let path = event.unwrap().path();
        let response = watch.invoke(&path);
        let body = response["body"].as_str().unwrap();
        let is_allowed = path.to_str().unwrap().ends_with("_allowed.json");
        let (status, text) = if is_allowed {
            (201, "\"item\":\"tea\"")
        } else {
            (403, "\"id\":\"st-role\"")
        };
        assert_eq!(
            response["statusCode"],
            status,
            "{} {response}",
            path.display()
        );
        assert!(body.contains(text), "{} {response}", path.display());
        statuses[usize::from(is_allowed)] += 1;
    }
    assert_eq!(statuses, [6, 6]);
}
