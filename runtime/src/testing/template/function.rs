//! Functions.

use std::collections::BTreeMap;

use super::{Node, Result};

/// A function.
///
/// ```
/// use require_claims::testing::template::Template;
///
/// let template = Template::parse(
///     "
/// Resources:
///   OrdersFunction:
///     Type: AWS::Serverless::Function
///     Metadata: {BuildMethod: rust-cargolambda, BuildProperties: {Binary: orders}}
///     Properties: {CodeUri: ., Handler: bootstrap, Environment: {Variables: {RUST_LOG: info}}}
/// ",
///     "template.yaml",
/// )?;
/// let stack = template.stack()?;
/// assert_eq!(stack.functions[0].binary.as_deref(), Some("orders"));
/// assert_eq!(stack.functions[0].environment["RUST_LOG"], "info");
/// # Ok::<(), require_claims::testing::template::TemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Function {
    /// The logical id.
    pub id: String,
    /// The line of the logical id.
    pub line: usize,
    /// `CodeUri`: the folder of the code, relative to the template.
    pub code_uri: Option<String>,
    /// `Handler`.
    pub handler: Option<String>,
    /// `Runtime`.
    pub runtime: Option<String>,
    /// `BuildMethod` of the metadata, such as `rust-cargolambda`.
    pub build_method: Option<String>,
    /// `Binary` of the metadata: the name of the program in a Cargo workspace.
    pub binary: Option<String>,
    /// `EntryPoints` of the metadata: the files that esbuild bundles.
    pub entry_points: Vec<String>,
    /// The environment variables.
    pub environment: BTreeMap<String, String>,
    /// The timeout in seconds.
    pub timeout: Option<u64>,
}

impl Function {
    pub(super) fn read(id: &str, node: &mut Node) -> Result<Self> {
        let mut environment = BTreeMap::new();
        for (name, value) in node.entries("Properties/Environment/Variables")? {
            environment.insert(name.clone(), value.required("")?);
        }
        Ok(Self {
            id: id.to_owned(),
            line: node.line,
            code_uri: node.text("Properties/CodeUri")?,
            handler: node.text("Properties/Handler")?,
            runtime: node.text("Properties/Runtime")?,
            build_method: node.text("Metadata/BuildMethod")?,
            binary: node.text("Metadata/BuildProperties/Binary")?,
            entry_points: node.texts("Metadata/BuildProperties/EntryPoints")?,
            environment,
            timeout: node.parsed("Properties/Timeout")?,
        })
    }
}
