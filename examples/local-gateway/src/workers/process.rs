//! One process of the function. It runs with Lambda's environment variables and handles one event at a time.

use std::process::Stdio;
use std::time::{Duration, SystemTime};

use axum::body::Bytes;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep_until};

use super::InvokeError;
use super::function::{FileState, Function};
use super::output::Output;
use crate::event::REGION;
use crate::identifier;
use crate::runtime_api::{Invocation, ProcessMessage, RuntimeApi};

/// A running process and its Runtime API.
pub(super) struct Process {
    child: Child,
    api: RuntimeApi,
    output: Output,
    /// The state of the program's file when the process was started.
    file: Option<FileState>,
}

impl Process {
    /// Starts the process and a Runtime API for it.
    pub(super) async fn start(
        name: &str,
        function: &Function,
        timeout: Duration,
    ) -> std::io::Result<Self> {
        let api = RuntimeApi::start(name).await?;
        // Before the start: if the file changes in between, the process is restarted once too often.
        let file = function.file_state();
        let mut command = Command::new(function.program_path());
        // A separate process group, so that Ctrl-C in the terminal reaches only the gateway, which then stops
        // the processes itself.
        #[cfg(unix)]
        command.process_group(0);
        if let Some(folder) = &function.folder {
            command.current_dir(folder);
        }
        let mut child = command
            .args(&function.arguments)
            .envs(environment(name, &api, timeout))
            .envs(
                function
                    .environment
                    .iter()
                    .map(|(name, value)| (name, value)),
            )
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let output = Output::copy(name, &mut child);
        Ok(Self {
            child,
            api,
            output,
            file,
        })
    }

    /// Returns whether the program was built again since the process was started.
    pub(super) fn is_outdated(&self, function: &Function) -> bool {
        let current = function.file_state();
        current.is_some() && current != self.file
    }

    /// Waits until the process is ready for an event.
    pub(super) async fn until_ready(&mut self, timeout: Duration) -> Result<(), String> {
        let expires_at = Instant::now() + timeout;
        loop {
            tokio::select! {
                biased;
                message = self.api.messages.recv() => match message {
                    Some(ProcessMessage::Ready) => return Ok(()),
                    Some(ProcessMessage::InitError(reason)) => return Err(reason),
                    // This belongs to an event that was given up.
                    Some(ProcessMessage::Response(_) | ProcessMessage::Error(_)) => {}
                    None => return Err("the runtime API has stopped".to_owned()),
                },
                status = self.child.wait() => return Err(exit_reason(status)),
                () = sleep_until(expires_at) => return Err("the process did not request an event in time".to_owned()),
            }
        }
    }

    /// Waits until the process ends, and returns a description.
    pub(super) async fn exit(&mut self) -> String {
        exit_reason(self.child.wait().await)
    }

    /// Sends an event to the process and waits for the response.
    pub(super) async fn invoke(
        &mut self,
        event: Bytes,
        trace_id: String,
        timeout: Duration,
    ) -> Result<Bytes, InvokeError> {
        let expires_at = Instant::now() + timeout;
        let deadline = SystemTime::now() + timeout;
        let invocation = Invocation {
            id: identifier::uuid(),
            event,
            trace_id,
            deadline,
        };
        if self.api.invocations.send(invocation).await.is_err() {
            return Err(InvokeError::ProcessLost(
                "the runtime API has stopped".to_owned(),
            ));
        }
        tokio::select! {
            // Check messages first: a response counts even if the process has ended since.
            biased;
            message = self.api.messages.recv() => match message {
                Some(ProcessMessage::Response(response)) => Ok(response),
                Some(ProcessMessage::Error(reason)) => Err(InvokeError::FunctionError(reason)),
                Some(ProcessMessage::Ready) => Err(InvokeError::ProcessLost("the process requested another event before responding".to_owned())),
                Some(ProcessMessage::InitError(reason)) => Err(InvokeError::ProcessLost(reason)),
                None => Err(InvokeError::ProcessLost("the runtime API has stopped".to_owned())),
            },
            status = self.child.wait() => Err(InvokeError::ProcessLost(exit_reason(status))),
            () = sleep_until(expires_at) => Err(InvokeError::TimedOut),
        }
    }

    pub(super) async fn kill(mut self) {
        // Killing fails only if the process has already ended.
        let _ = self.child.kill().await;
        self.output.finish().await;
    }
}

fn exit_reason(status: std::io::Result<std::process::ExitStatus>) -> String {
    match status {
        Ok(status) => format!("the process ended ({status})"),
        Err(error) => format!("cannot wait for the process: {error}"),
    }
}

/// The environment variables that Lambda sets.
/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>
fn environment(name: &str, api: &RuntimeApi, timeout: Duration) -> [(&'static str, String); 12] {
    [
        ("AWS_LAMBDA_RUNTIME_API", api.address.to_string()),
        ("AWS_LAMBDA_FUNCTION_NAME", name.to_owned()),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".to_owned()),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128".to_owned()),
        ("AWS_LAMBDA_FUNCTION_TIMEOUT", timeout.as_secs().to_string()),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand".to_owned()),
        ("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/{name}")),
        (
            "AWS_LAMBDA_LOG_STREAM_NAME",
            format!("local/[$LATEST]{}", identifier::random_hex(16)),
        ),
        ("AWS_REGION", REGION.to_owned()),
        ("AWS_DEFAULT_REGION", REGION.to_owned()),
        ("_HANDLER", "bootstrap".to_owned()),
        ("TZ", ":UTC".to_owned()),
    ]
}
