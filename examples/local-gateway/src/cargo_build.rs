//! Builds functions of this workspace with Cargo, such as the example `orders`, and locates their binaries.

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use serde::Deserialize;
use tokio::process::Command;

/// The name of the example function's package and of its binary.
pub const EXAMPLE: &str = "orders";

/// The name of the example authorizer's package and of its binary.
pub const AUTHORIZER: &str = "authorizer";

/// A function could not be built.
#[derive(Debug)]
pub struct BuildError {
    package: String,
    cause: Cause,
}

#[derive(Debug)]
enum Cause {
    /// Cargo could not be started.
    Cargo(std::io::Error),
    /// Cargo failed, for example because of a compile error.
    Failed(ExitStatus),
    /// Cargo succeeded, but reported no binary.
    NoBinary,
}

impl Cause {
    fn of(self, package: &str) -> BuildError {
        BuildError {
            package: package.to_owned(),
            cause: self,
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let package = &self.package;
        match &self.cause {
            Cause::Cargo(error) => write!(f, "cannot run cargo: {error}"),
            Cause::Failed(status) => write!(
                f,
                "cannot build the package `{package}` ({status}); see the output above"
            ),
            Cause::NoBinary => write!(f, "the package `{package}` has no binary named `{package}`"),
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
pub fn notice(package: &str) -> String {
    notice_for(package, is_built(package, env::current_exe().ok()))
}

fn notice_for(package: &str, is_built: bool) -> String {
    let first = if is_built {
        ""
    } else {
        "; the first build takes about a minute"
    };
    format!("building the function `{package}`{first}")
}

/// Returns whether the function was built before: its binary is next to this program, in the same workspace.
fn is_built(package: &str, this_program: Option<PathBuf>) -> bool {
    let binary = format!("{package}{}", env::consts::EXE_SUFFIX);
    this_program.is_some_and(|program| program.with_file_name(binary).exists())
}

/// Builds a package of this workspace and returns the path of its binary, which has the same name.
///
/// Uses the release profile if this program was built without debug assertions. Cargo's progress goes to
/// standard error.
///
/// # Errors
///
/// Returns an error if Cargo cannot be started, fails, or reports no binary.
pub async fn build(package: &str) -> Result<PathBuf, BuildError> {
    build_in(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")),
        package,
    )
    .await
}

/// Builds a package of the workspace in this folder, like [`build`].
///
/// # Errors
///
/// Returns the same errors as [`build`].
pub async fn build_in(folder: &Path, package: &str) -> Result<PathBuf, BuildError> {
    let failed = |error| Cause::Cargo(error).of(package);
    let child = cargo_build(folder, package).spawn().map_err(failed)?;
    let output = child.wait_with_output().await.map_err(failed)?;
    if !output.status.success() {
        return Err(Cause::Failed(output.status).of(package));
    }
    // Use the path that Cargo reports, because the target directory is configurable.
    executable(package, &String::from_utf8_lossy(&output.stdout))
        .ok_or_else(|| Cause::NoBinary.of(package))
}

fn cargo_build(folder: &Path, package: &str) -> Command {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args([
            "build",
            "--package",
            package,
            "--message-format",
            "json-render-diagnostics",
            "--manifest-path",
        ])
        .arg(folder.join("Cargo.toml"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .kill_on_drop(true);
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    // Remove variables that `cargo run` has set for this package: they are wrong for another one.
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
fn executable(package: &str, messages: &str) -> Option<PathBuf> {
    let messages = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Message>(line).ok());
    let mut binaries = messages.filter(|message| {
        message
            .target
            .as_ref()
            .is_some_and(|target| target.name == package)
    });
    binaries.find_map(|message| message.executable)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{build, executable, is_built, notice_for};

    #[tokio::test]
    async fn names_the_package_that_cannot_be_built() {
        let error = build("no-such-package").await.unwrap_err().to_string();
        assert!(
            error.starts_with("cannot build the package `no-such-package` (exit status"),
            "{error}"
        );
    }

    #[test]
    fn announces_the_duration_of_the_first_build_only() {
        assert!(notice_for("orders", false).ends_with("takes about a minute"));
        assert_eq!(notice_for("orders", true), "building the function `orders`");
        assert!(!is_built(
            "orders",
            Some(PathBuf::from("/nowhere/local-gateway"))
        ));
        assert!(!is_built("orders", None));
    }

    #[test]
    fn finds_the_binary_in_cargo_messages() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"serde"},"executable":null}
{"reason":"compiler-artifact","target":{"name":"orders"},"executable":null}
not a message
{"reason":"compiler-artifact","target":{"name":"orders"},"executable":"/elsewhere/orders"}
{"reason":"build-finished","success":true}"#;
        assert_eq!(
            executable("orders", messages),
            Some(PathBuf::from("/elsewhere/orders"))
        );
        assert_eq!(executable("orders", "{}"), None);
    }
}
