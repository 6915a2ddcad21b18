//! Builds the functions of a template, each with its own tool.

use std::path::PathBuf;

use tokio::sync::OnceCell;

use crate::cargo_build;
use crate::config::Config;
use crate::node::{Node, NodeError, NodeFunction};

/// A function to build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Build {
    /// The function's name in the settings: its logical id.
    pub function: String,
    /// What to build.
    pub source: Source,
    /// Where the template describes it: file and line.
    pub place: String,
}

/// What to build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A package in Rust.
    Cargo {
        /// The folder with its `Cargo.toml`.
        folder: PathBuf,
        /// The name of the package and of its binary.
        package: String,
    },
    /// A function for Node.
    Node(NodeFunction),
}

impl Build {
    /// Returns whether this is the package with this name.
    #[must_use]
    pub fn is_package(&self, name: &str) -> bool {
        matches!(&self.source, Source::Cargo { package, .. } if package == name)
    }
}

/// Builds the functions, and sets their programs. A function that cannot run on this machine becomes unavailable.
///
/// # Errors
///
/// Returns a message with file and line if a function does not build.
pub async fn build(builds: &[Build], config: &mut Config) -> Result<(), String> {
    let node = OnceCell::new();
    for build in builds {
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", build.place);
        let Some(function) = config.functions.get_mut(&build.function) else {
            continue;
        };
        match &build.source {
            Source::Cargo { folder, package } => {
                eprintln!("{}", cargo_build::notice(package));
                let built = cargo_build::build_in(folder, package).await;
                function.program = built.map_err(|error| failed(&error))?;
            }
            Source::Node(source) => {
                let node = node.get_or_init(Node::find).await;
                match source.prepare(node, function).await {
                    Ok(()) => {}
                    Err(NodeError::Unavailable(hint)) => {
                        eprintln!("{}", failed(&hint));
                        function.unavailable = Some(hint);
                    }
                    Err(error) => return Err(failed(&error)),
                }
            }
        }
    }
    Ok(())
}
