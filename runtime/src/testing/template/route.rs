//! Routes: events of a function in SAM's form, and `AWS::ApiGateway::Method`.

use std::fmt;

use super::{Function, Node, Response, Result, bail, logical_id};

/// A route: a method and a path of an API.
///
/// ```
/// use require_claims::testing::template::{Target, Template};
///
/// let stack = Template::parse(
///     "
/// Resources:
///   Api: {Type: AWS::Serverless::HttpApi}
///   Function:
///     Type: AWS::Serverless::Function
///     Properties: {Events: {Health: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: get, Path: /health}}}}
/// ",
///     "template.yaml",
/// )?
/// .stack()?;
/// let route = &stack.apis[0].routes[0];
/// assert_eq!(route.to_string(), "GET /health");
/// assert_eq!(route.target, Target::Function("Function".to_owned()));
/// assert!(!route.is_payload_1_0);
/// # Ok::<(), require_claims::testing::template::TemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Route {
    /// The method in upper case, or `ANY`.
    pub method: String,
    /// The path, such as `/orders/{id}`, or `$default`.
    pub path: String,
    /// The line of its event or method.
    pub line: usize,
    /// What answers its requests.
    pub target: Target,
    /// The key of its authorizer in [`Api::authorizers`](super::Api::authorizers).
    pub authorizer: Option<String>,
    /// The scopes of which a token needs at least one, if there are any.
    pub scopes: Vec<String>,
    /// Whether its events have payload format 1.0 of an HTTP API.
    pub is_payload_1_0: bool,
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "$default" => f.write_str("$default"),
            path => write!(f, "{} {path}", self.method),
        }
    }
}

/// What answers the requests of a route.
///
/// ```
/// use require_claims::testing::template::Target;
///
/// let target = Target::Function("OrdersFunction".to_owned());
/// assert!(!matches!(target, Target::Mock(_)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The function with this logical id.
    Function(String),
    /// A REST API itself, such as for a preflight request.
    Mock(Response),
}

impl Route {
    /// Reads an event of a function.
    pub(super) fn from_event(function: &str, event: &mut Node) -> Result<Self> {
        let line = event.line;
        let node = event.at("Properties")?;
        let (method, path) = match (node.text("Method")?, node.text("Path")?) {
            (Some(method), Some(path)) => (method.to_ascii_uppercase(), path),
            (None, None) => ("ANY".to_owned(), "$default".to_owned()),
            _ => bail!(line => "a route has a `Method` and a `Path`"),
        };
        let is_payload_1_0 = match node.text("PayloadFormatVersion")?.as_deref() {
            None | Some("2.0") => false,
            Some("1.0") => true,
            Some(other) => bail!(line => "`{other}` is not a payload format"),
        };
        Ok(Self {
            method: method.replace("X-AMAZON-APIGATEWAY-ANY-METHOD", "ANY"),
            path: path.replace("/$default", "$default"),
            line,
            target: Target::Function(function.to_owned()),
            authorizer: node.text("Auth/Authorizer")?,
            scopes: node.texts("Auth/AuthorizationScopes")?,
            is_payload_1_0,
        })
    }

    /// Reads an `AWS::ApiGateway::Method`.
    pub(super) fn from_method(path: String, target: Target, node: &mut Node) -> Result<Self> {
        let authorizer = match node.text("AuthorizationType")?.as_deref() {
            None | Some("NONE") => "NONE".to_owned(),
            Some(_) => node.reference("AuthorizerId")?,
        };
        Ok(Self {
            method: node.required("HttpMethod")?.to_ascii_uppercase(),
            path,
            line: node.line,
            target,
            authorizer: Some(authorizer),
            scopes: node.texts("AuthorizationScopes")?,
            is_payload_1_0: false,
        })
    }

    /// The route without the names of its parameters.
    pub(super) fn shape(&self) -> String {
        let parts = self.path.split_inclusive(['{', '}']);
        let parts = parts.map(|part| match part.strip_suffix('}') {
            Some(name) if name.ends_with('+') => "+}",
            Some(_) => "}",
            None => part,
        });
        format!("{} {}", self.method, parts.collect::<String>())
    }
}

impl Target {
    /// Reads an integration. It is `None` if neither the API nor one of the functions answers.
    pub(super) fn read(functions: &[Function], node: &mut Node) -> Result<Option<Self>> {
        let uri = node.text("Uri")?.unwrap_or_default();
        let is_function = |id: &&str| functions.iter().any(|function| function.id == *id);
        let function = logical_id(&uri).filter(is_function);
        match (node.required("Type")?.as_str(), function) {
            ("AWS_PROXY", Some(function)) => Ok(Some(Self::Function(function.to_owned()))),
            ("MOCK", _) => match node.items("IntegrationResponses")? {
                [response] => Ok(Some(Self::Mock(Response::read(response)?))),
                _ => bail!(node.line => "expected one response of the mock"),
            },
            _ => Ok(None),
        }
    }
}
