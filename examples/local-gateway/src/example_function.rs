//! Builds the example function `orders` with Cargo and locates its binary.

use std::env;
use std::fmt;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};

use serde::Deserialize;
use tokio::process::Command;

/// The name of the example function's package and of its binary.
const PACKAGE: &str = "orders";

/// The example function could not be built.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// Cargo could not be started.
    Cargo(std::io::Error),
    /// Cargo failed, for example because of a compile error.
    Failed(ExitStatus),
    /// Cargo succeeded, but reported no binary.
    NoBinary,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cargo(error) => write!(f, "cannot run cargo: {error}"),
            Self::Failed(status) => write!(
                f,
                "cannot build the package `{PACKAGE}` ({status}); see the output above"
            ),
            Self::NoBinary => write!(f, "the package `{PACKAGE}` has no binary named `{PACKAGE}`"),
        }
    }
}

impl std::error::Error for BuildError {}

/// The relevant fields of a Cargo JSON message.
#[derive(Deserialize)]
struct Message {
    target: Option<Target>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// What to print before [`build`]. The first build takes a while, so it is announced.
#[must_use]
pub fn notice() -> String {
    notice_for(is_built(env::current_exe().ok()))
}

fn notice_for(is_built: bool) -> String {
    let first = if is_built {
        ""
    } else {
        "; the first build takes about a minute"
    };
    format!("building the function `{PACKAGE}`{first}")
}

/// Returns whether the function was built before: its binary is next to this program, in the same workspace.
fn is_built(this_program: Option<PathBuf>) -> bool {
    let binary = format!("{PACKAGE}{}", env::consts::EXE_SUFFIX);
    this_program.is_some_and(|program| program.with_file_name(binary).exists())
}

/// Builds the package `orders` of this workspace and returns the path of its binary.
///
/// Uses the release profile if this program was built without debug assertions. Cargo's progress goes to
/// standard error.
///
/// # Errors
///
/// Returns an error if Cargo cannot be started, fails, or reports no binary.
pub async fn build() -> Result<PathBuf, BuildError> {
    let child = cargo_build().spawn().map_err(BuildError::Cargo)?;
    let output = child.wait_with_output().await.map_err(BuildError::Cargo)?;
    if !output.status.success() {
        return Err(BuildError::Failed(output.status));
    }
    // Use the path that Cargo reports, because the target directory is configurable.
    executable(&String::from_utf8_lossy(&output.stdout)).ok_or(BuildError::NoBinary)
}

fn cargo_build() -> Command {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args([
            "build",
            "--package",
            PACKAGE,
            "--message-format",
            "json-render-diagnostics",
            "--manifest-path",
        ])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .kill_on_drop(true);
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    // Remove variables that `cargo run` has set for this package: they are wrong for `orders`.
    for (name, _) in env::vars_os() {
        let describes_this_package = name.to_str().is_some_and(|name| {
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"]
                .iter()
                .any(|prefix| name.starts_with(prefix))
        });
        if describes_this_package {
            command.env_remove(name);
        }
    }
    command
}

/// Finds the path of the binary in Cargo's messages.
fn executable(messages: &str) -> Option<PathBuf> {
    let messages = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Message>(line).ok());
    let mut binaries = messages.filter(|message| {
        message
            .target
            .as_ref()
            .is_some_and(|target| target.name == PACKAGE)
    });
    binaries.find_map(|message| message.executable)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{executable, is_built, notice_for};

    #[test]
    fn announces_the_duration_of_the_first_build_only() {
        assert!(notice_for(false).ends_with("takes about a minute"));
        assert_eq!(notice_for(true), "building the function `orders`");
        assert!(!is_built(Some(PathBuf::from("/nowhere/local-gateway"))));
        assert!(!is_built(None));
    }

    #[test]
    fn finds_the_binary_in_cargo_messages() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"serde"},"executable":null}
{"reason":"compiler-artifact","target":{"name":"orders"},"executable":null}
not a message
{"reason":"compiler-artifact","target":{"name":"orders"},"executable":"/elsewhere/orders"}
{"reason":"build-finished","success":true}"#;
        assert_eq!(
            executable(messages),
            Some(PathBuf::from("/elsewhere/orders"))
        );
        assert_eq!(executable("{}"), None);
    }
}
