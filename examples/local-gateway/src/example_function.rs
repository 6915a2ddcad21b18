//! Builds the example function with Cargo, and finds the binary that came out.

use std::env;
use std::fmt;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};

use serde::Deserialize;
use tokio::process::Command;

/// The package of the example function, which is also the name of its binary.
const PACKAGE: &str = "orders";

/// Why there is no function.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// Cargo cannot be started.
    Cargo(std::io::Error),
    /// Cargo says that it does not compile.
    Failed(ExitStatus),
    /// Cargo has built it, but no binary.
    NoBinary,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cargo(error) => write!(f, "cargo cannot be started: {error}"),
            Self::Failed(status) => write!(f, "the function does not build ({status}); see above"),
            Self::NoBinary => write!(f, "the package `{PACKAGE}` has no binary of that name"),
        }
    }
}

impl std::error::Error for BuildError {}

/// One line of Cargo's messages, as far as it matters.
#[derive(Deserialize)]
struct Message {
    target: Option<Target>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// Builds the package `orders` of this workspace, in the profile of this program, and returns the
/// path of its binary. Cargo shows its progress.
///
/// # Errors
///
/// When Cargo cannot be started or cannot build it.
pub async fn build() -> Result<PathBuf, BuildError> {
    let child = cargo_build().spawn().map_err(BuildError::Cargo)?;
    let output = child.wait_with_output().await.map_err(BuildError::Cargo)?;
    if !output.status.success() {
        return Err(BuildError::Failed(output.status));
    }
    // The path is what Cargo says: the target directory may be anywhere.
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
    // What `cargo run` says about this package does not hold for the other.
    for (name, _) in env::vars_os() {
        let is_about_this_package = name.to_str().is_some_and(|name| {
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"]
                .iter()
                .any(|prefix| name.starts_with(prefix))
        });
        if is_about_this_package {
            command.env_remove(name);
        }
    }
    command
}

/// The path of the binary, from Cargo's messages.
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

    use super::executable;

    #[test]
    fn the_binary_is_where_cargo_says() {
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
