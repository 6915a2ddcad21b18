//! The running program: its address, its output and its responses.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};

use ureq::Agent;
use ureq::http::{Request, Response};

pub(crate) struct Program {
    gateway: Child,
    /// The printed text up to the list of routes.
    pub(crate) printed: String,
    errors: Option<JoinHandle<String>>,
}

impl Drop for Program {
    /// Ends the program of a failed test.
    fn drop(&mut self) {
        let _ = self.gateway.kill();
        let _ = self.gateway.wait();
    }
}

/// The program for a template, with one process for each function.
pub(crate) fn command(template: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_local-gateway"));
    command
        .args(["--port", "0", "--workers", "1", "--template"])
        .arg(template)
        .stdin(Stdio::null());
    command
}

impl Program {
    pub(crate) fn start(template: &Path) -> Self {
        Self::run(command(template))
    }

    /// Starts the program with this `PATH`.
    pub(crate) fn with_path(template: &Path, path: impl AsRef<OsStr>) -> Self {
        let mut command = command(template);
        command.env("PATH", path);
        Self::run(command)
    }

    pub(crate) fn run(mut command: Command) -> Self {
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut gateway = command.spawn().unwrap();
        let mut stderr = gateway.stderr.take().unwrap();
        let errors = thread::spawn(move || {
            let mut text = String::new();
            stderr.read_to_string(&mut text).unwrap();
            text
        });
        let mut stdout = BufReader::new(gateway.stdout.take().unwrap());
        let mut printed = String::new();
        while !printed.contains("Press Ctrl-C") {
            let read = stdout.read_line(&mut printed).unwrap();
            assert!(read > 0, "the output ended after {printed}");
        }
        Self {
            gateway,
            printed,
            errors: Some(errors),
        }
    }

    /// The URL of the API.
    pub(crate) fn url(&self) -> &str {
        let rest = self.printed.strip_prefix("Listening on ").unwrap();
        rest.split(' ').next().unwrap()
    }

    pub(crate) fn get(&self, path: &str) -> Response<String> {
        self.send("GET", path, ("accept", "*/*"), Vec::new())
    }

    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        header: (&str, &str),
        body: Vec<u8>,
    ) -> Response<String> {
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let url = format!("{}{path}", self.url());
        let request = Request::builder().method(method).uri(url);
        let request = request.header(header.0, header.1).body(body).unwrap();
        let (head, mut body) = agent.run(request).unwrap().into_parts();
        Response::from_parts(head, body.read_to_string().unwrap())
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.gateway.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", name, &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Stops the program with SIGTERM and returns its standard error.
    pub(crate) fn stop(mut self) -> String {
        self.signal("TERM");
        assert!(self.gateway.wait().unwrap().success());
        self.errors.take().unwrap().join().unwrap()
    }
}
