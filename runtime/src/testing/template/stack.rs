//! What a template describes, as plain data.

use std::collections::BTreeMap;

use super::api::Api;

/// What a template describes: its APIs with their routes, its functions, and who may invoke them.
///
/// ```
/// use require_claims::testing::template::Template;
///
/// let template = Template::parse(
///     "
/// Resources:
///   OrdersFunction:
///     Type: AWS::Serverless::Function
///     Properties:
///       Events:
///         ListOrders: {Type: HttpApi, Properties: {Method: GET, Path: /orders}}
/// ",
///     "template.yaml",
/// )?;
/// let stack = template.stack()?;
/// assert_eq!(stack.functions[0].id, "OrdersFunction");
/// assert_eq!(stack.apis[0].routes[0].path, "/orders");
/// assert_eq!(stack.apis[0].routes[0].line, 7);
/// # Ok::<(), require_claims::testing::template::TemplateError>(())
/// ```
///
/// In each text, a value that only AWS knows is a placeholder, such as `${Api}` for the id of an API or
/// `${OrdersFunction.Arn}` for an ARN.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stack {
    /// The APIs.
    pub apis: Vec<Api>,
    /// The functions.
    pub functions: Vec<Function>,
    /// The permissions that the template adds to those of SAM. SAM allows each API to invoke the functions of its
    /// routes.
    pub permissions: Vec<Permission>,
    /// What the reader does not support.
    pub unsupported: Vec<Unsupported>,
}

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
    /// `x86_64` or `arm64`.
    pub architecture: Option<String>,
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

/// A permission to invoke a function: `AWS::Lambda::Permission`.
///
/// ```
/// use require_claims::testing::template::Template;
///
/// let template = Template::parse(
///     "
/// Resources:
///   OrdersFunction: {Type: AWS::Serverless::Function}
///   Permission:
///     Type: AWS::Lambda::Permission
///     Properties: {FunctionName: !Ref OrdersFunction, Principal: apigateway.amazonaws.com}
/// ",
///     "template.yaml",
/// )?;
/// let stack = template.stack()?;
/// assert_eq!(stack.permissions[0].function.as_deref(), Some("OrdersFunction"));
/// assert_eq!(stack.permissions[0].source_arn, None);
/// # Ok::<(), require_claims::testing::template::TemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Permission {
    /// The logical id.
    pub id: String,
    /// The line of the logical id.
    pub line: usize,
    /// The logical id of the function, or `None` if it is given by another name.
    pub function: Option<String>,
    /// Who may invoke the function.
    pub principal: Option<String>,
    /// For which resource.
    pub source_arn: Option<String>,
}

/// Something in the template that the reader does not support.
///
/// ```
/// use require_claims::testing::template::Template;
///
/// let template = Template::parse(
///     "
/// Resources:
///   Api:
///     Type: AWS::Serverless::HttpApi
///     Properties: {DefinitionUri: openapi.yaml}
/// ",
///     "template.yaml",
/// )?;
/// let stack = template.stack()?;
/// assert_eq!(stack.unsupported[0].to_string(), "line 5: `Api`: `DefinitionUri` is not supported, and ignored");
/// assert!(stack.unsupported[0].hides_access);
/// # Ok::<(), require_claims::testing::template::TemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unsupported {
    /// The logical id of the resource.
    pub resource: String,
    /// The line.
    pub line: usize,
    /// What is not supported.
    pub message: String,
    /// Whether requests may reach a function through it. [`assert_guarded`](super::Template::assert_guarded) reports
    /// it then.
    pub hides_access: bool,
}

impl Unsupported {
    pub(super) fn new(resource: &str, line: usize, message: String, hides_access: bool) -> Self {
        Self {
            resource: resource.to_owned(),
            line,
            message,
            hides_access,
        }
    }
}

impl std::fmt::Display for Unsupported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "line {}: `{}`: {}",
            self.line, self.resource, self.message
        )
    }
}
