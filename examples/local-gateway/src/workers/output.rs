//! Copies the lines that a function writes to the gateway's log, except for empty ones, each with the time and the function's name.

use std::io::Write as _;
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::process::Child;
use tokio::task::JoinSet;

use crate::timestamp;

/// How long to wait for the last lines of a process that has ended. They take longer only if the process has left
/// another one behind, which keeps the pipe open.
const LAST_LINES: Duration = Duration::from_millis(500);

/// The tasks that copy the output of one process.
#[derive(Debug)]
pub(super) struct Output(JoinSet<()>);

impl Output {
    /// Starts to copy the standard output and the standard error of a process.
    pub(super) fn copy(name: &str, child: &mut Child) -> Self {
        let mut tasks = JoinSet::new();
        if let Some(stdout) = child.stdout.take() {
            tasks.spawn(copy_lines(name.to_owned(), stdout));
        }
        if let Some(stderr) = child.stderr.take() {
            tasks.spawn(copy_lines(name.to_owned(), stderr));
        }
        Self(tasks)
    }

    /// Copies the last lines of a process that has ended.
    pub(super) async fn finish(mut self) {
        let all_lines = async { while self.0.join_next().await.is_some() {} };
        // The lines that arrive later are lost.
        let _ = tokio::time::timeout(LAST_LINES, all_lines).await;
    }
}

async fn copy_lines(name: String, output: impl AsyncRead + Unpin) {
    let mut output = BufReader::new(output);
    let mut line = Vec::new();
    while output
        .read_until(b'\n', &mut line)
        .await
        .is_ok_and(|read| read > 0)
    {
        if !line.trim_ascii().is_empty() {
            let text = describe(&name, &line, SystemTime::now());
            // The log may be closed, for example a pipe to a program that has ended.
            let _ = std::io::stderr().lock().write_all(text.as_bytes());
        }
        line.clear();
    }
}

/// The line as it appears in the log.
fn describe(name: &str, line: &[u8], time: SystemTime) -> String {
    let text = String::from_utf8_lossy(line);
    format!("{} {name}: {}\n", timestamp::log(time), text.trim_end())
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::describe;

    #[test]
    fn each_line_has_the_time_and_the_name_of_its_function() {
        let line = describe("orders", b"INFO cancelled\r\n", UNIX_EPOCH);
        assert_eq!(line, "1970-01-01T00:00:00.000Z orders: INFO cancelled\n");
    }
}
