//! Functions for Node: finds Node on this machine, and prepares the process that runs a handler.
//!
//! The process runs `runtime.mjs`, a loop over the Runtime API, because the one of AWS has to be compiled. With
//! `BuildMethod: esbuild`, the code is bundled when the gateway starts. Without a build method, it is run where it is.

mod bundle;

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::Command;

use crate::template;
use crate::workers::Function;

/// The program of each process.
const RUNTIME: &str = include_str!("runtime.mjs");

/// The first version of Node that is supported.
const MINIMUM: u32 = 20;

/// A function for Node, as a template describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeFunction {
    /// Its name: the logical id.
    pub name: String,
    /// The folder of its code.
    pub folder: PathBuf,
    /// The handler, such as `src/index.handler`.
    pub handler: String,
    /// The runtime, such as `nodejs22.x`.
    pub runtime: String,
    /// The entry points to bundle with esbuild, or `None` for code that is run as it is.
    pub entry_points: Option<Vec<String>>,
}

/// Why a function was not prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeError {
    /// Something is missing on this machine. The text says what to run; the function's requests get a 501 with it.
    Unavailable(String),
    /// The function is invalid.
    Invalid(String),
}

impl fmt::Display for NodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(reason) | Self::Invalid(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for NodeError {}

/// Node on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    program: PathBuf,
    major: u32,
}

impl Node {
    /// Finds Node in `PATH`.
    ///
    /// # Errors
    ///
    /// Returns what is needed, and what was found.
    pub async fn find() -> Result<Self, String> {
        let mut command = Command::new("node");
        command
            .args(["--print", "`${process.versions.node} ${process.execPath}`"])
            .stdin(Stdio::null())
            .kill_on_drop(true);
        let output = command.output().await.map_err(|error| match error.kind() {
            ErrorKind::NotFound => format!(
                "needs Node {MINIMUM} or later, which is not in `PATH`; install it from https://nodejs.org"
            ),
            _ => format!("needs Node {MINIMUM} or later, which cannot be run: {error}"),
        })?;
        Self::parse(&String::from_utf8_lossy(&output.stdout))
    }

    /// Reads the version and the path.
    fn parse(printed: &str) -> Result<Self, String> {
        let (version, program) = printed.trim().split_once(' ').unwrap_or_default();
        let major = version.split('.').next().unwrap_or_default();
        match major.parse() {
            Ok(major) if major >= MINIMUM => Ok(Self {
                program: program.into(),
                major,
            }),
            Ok(_) => Err(format!(
                "needs Node {MINIMUM} or later, found {version}; install a newer one from https://nodejs.org"
            )),
            Err(_) => Err(format!(
                "needs Node {MINIMUM} or later, but `node` in `PATH` does not print its version"
            )),
        }
    }
}

impl NodeFunction {
    /// Bundles the code if necessary, and sets what the processes of the function run.
    ///
    /// # Errors
    ///
    /// Returns what is missing on this machine, or what is wrong with the function.
    pub async fn prepare(
        &self,
        node: &Result<Node, String>,
        function: &mut Function,
    ) -> Result<(), NodeError> {
        let node = node.as_ref().map_err(|reason| self.unavailable(reason))?;
        let invalid = |reason| NodeError::Invalid(format!("cannot run `{}`: {reason}", self.name));
        let Some((module, export)) = split_handler(&self.handler) else {
            let reason = format!(
                "expected `Handler` to be a file and an export, such as `index.handler`, found `{}`",
                self.handler
            );
            return Err(invalid(reason));
        };
        let folder = self
            .folder
            .canonicalize()
            .map_err(|error| invalid(format!("`CodeUri` is {}: {error}", self.folder.display())))?;
        if let Some(entry_points) = &self.entry_points {
            let file = bundle::bundle(self, &folder, entry_points, module, node).await?;
            let folder = file.parent().unwrap_or(&folder);
            node.set(self, function, folder, &file, export);
            return Ok(());
        }
        self.check_packages(&folder)?;
        let extensions = ["js", "mjs", "cjs"].iter();
        let mut files = extensions.map(|extension| folder.join(format!("{module}.{extension}")));
        let file = files.find(|file| file.is_file()).ok_or_else(|| {
            let file = folder.join(format!("{module}.js"));
            invalid(format!("{} does not exist", file.display()))
        })?;
        node.set(self, function, &folder, &file, export);
        Ok(())
    }

    fn unavailable(&self, reason: &str) -> NodeError {
        NodeError::Unavailable(format!(
            "`{}` {reason}. Until the gateway is started again, its requests get a 501",
            self.name
        ))
    }

    /// Checks that the packages of a folder are installed, if it needs any.
    fn check_packages(&self, folder: &Path) -> Result<(), NodeError> {
        let package = std::fs::read(folder.join("package.json")).unwrap_or_default();
        let package: serde_json::Value = serde_json::from_slice(&package).unwrap_or_default();
        let dependencies = package
            .get("dependencies")
            .and_then(|value| value.as_object());
        let has_dependencies = dependencies.is_some_and(|packages| !packages.is_empty());
        if (has_dependencies || self.entry_points.is_some())
            && !folder.join("node_modules").is_dir()
        {
            let is_locked = folder.join("package-lock.json").exists();
            let install = if is_locked { "ci" } else { "install" };
            return Err(self.unavailable(&format!(
                "needs its packages; run `npm {install} --ignore-scripts --prefix {}`",
                template::shown(folder).display()
            )));
        }
        Ok(())
    }
}

impl Node {
    /// Sets the program and its environment, as Lambda does. The folder is that of the code.
    fn set(
        &self,
        source: &NodeFunction,
        function: &mut Function,
        folder: &Path,
        file: &Path,
        export: &str,
    ) {
        function.program.clone_from(&self.program);
        function.arguments = ["--input-type=module", "--eval", RUNTIME]
            .into_iter()
            .map(Into::into)
            .chain([file.into(), export.into()])
            .collect();
        function.folder = Some(folder.to_owned());
        function.code = Some(file.to_owned());
        let variables = [
            ("_HANDLER", source.handler.clone()),
            ("LAMBDA_TASK_ROOT", folder.display().to_string()),
            (
                "AWS_EXECUTION_ENV",
                format!("AWS_Lambda_{}", source.runtime),
            ),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value));
        function.environment.splice(..0, variables);
    }
}

/// The path of the module without its extension, and the name of the export.
fn split_handler(handler: &str) -> Option<(&str, &str)> {
    let file = handler.rfind('/').map_or(0, |slash| slash + 1);
    let dot = file + handler.get(file..)?.find('.')?;
    let (module, export) = (handler.get(..dot)?, handler.get(dot + 1..)?);
    let is_complete = !module.ends_with('/') && !module.is_empty() && !export.is_empty();
    is_complete.then_some((module, export))
}

#[cfg(test)]
mod tests {
    use super::{Node, split_handler};

    #[test]
    fn a_handler_is_a_file_and_an_export() {
        for (handler, expected) in [
            ("index.handler", Some(("index", "handler"))),
            ("src/index.api.handler", Some(("src/index", "api.handler"))),
            ("./v1.2/index.handler", Some(("./v1.2/index", "handler"))),
            ("index", None),
            ("index.", None),
            (".handler", None),
            ("src/.handler", None),
            ("", None),
        ] {
            assert_eq!(split_handler(handler), expected, "{handler}");
        }
    }

    #[test]
    fn a_node_is_new_enough_or_explained() {
        let node = Node::parse("20.11.1 /opt/my node/bin/node\n").unwrap();
        assert_eq!(node.program.to_str(), Some("/opt/my node/bin/node"));
        assert_eq!(node.major, 20);
        for printed in ["19.9.0 /usr/bin/node", "", "v22", "twenty /usr/bin/node"] {
            assert!(Node::parse(printed).is_err(), "{printed}");
        }
    }
}
