//! Starts the program and reads what it prints, for tests of commands with `curl`.
//!
//! Without `curl`, they print a notice and skip themselves, unless `REQUIRE_CLAIMS_CURL` is set. `.ci/run` installs
//! `curl` and sets that variable.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};

const LAST_LINE: &str = "Press Ctrl-C to stop the gateway and the functions.";

/// The running program and its output.
pub(crate) struct Program {
    gateway: Child,
    /// The lines that it has printed, up to the last one.
    pub(crate) printed: Vec<String>,
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
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut gateway = command
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
    pub(crate) fn stop(mut self) -> String {
        let id = self.gateway.id().to_string();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
        assert!(self.gateway.wait().unwrap().success());
        self.errors.take().unwrap().join().unwrap()
    }
}

/// Whether `curl` can be run. If not, prints a notice, and fails if it is required.
pub(crate) fn is_curl_installed() -> bool {
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
