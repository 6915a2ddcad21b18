//! Reads SAM templates: for a test that every route of a function has its authorizer, and for programs that run a
//! template locally.
//!
//! ```
//! use require_claims::testing::template::Template;
//!
//! # fn main() -> Result<(), require_claims::testing::template::TemplateError> {
//! Template::read("../examples/supertokens/template.yaml")?
//!     .public("GET /health")
//!     .assert_guarded("OrdersFunction");
//! # Ok(())
//! # }
//! ```
//!
//! The attribute guards a handler, but the template decides which requests reach it, and with which claims.
//! [`Template::assert_guarded`] fails if the two do not match. [`Template::stack`] returns what the template describes
//! as plain data.
//!
//! # What is read
//!
//! | In the template | |
//! |---|---|
//! | APIs | `AWS::Serverless::HttpApi` and `AWS::Serverless::Api` |
//! | routes | events of the types `HttpApi` and `Api` of an `AWS::Serverless::Function`, if they name their API |
//! | authorizers | JWT, Lambda and Cognito, per API and per route |
//! | REST APIs that are written out | `AWS::ApiGateway::RestApi`, `Resource`, `Method`, `Authorizer`, `GatewayResponse` and `Stage` |
//! | permissions | `AWS::Lambda::Permission` |
//! | values | `Parameters`, `Globals`, `Ref`, `Fn::GetAtt` and `Fn::Sub` of a text; what only AWS knows is a placeholder |
//!
//! Anything else that concerns APIs and functions is listed in [`Stack::unsupported`], such as conditions, OpenAPI
//! definitions, and other functions of `CloudFormation` (`Fn::If`). Or it is an error with its line, such as IAM
//! authorizers, and events that do not name their API. Other resources, such as tables, are ignored, and so are roles
//! that allow `lambda:InvokeFunction`.
//!
//! This module requires the feature `template`. Enable it for dev-dependencies only.

mod api;
mod authorizer;
mod error;
mod function;
mod guarded;
mod node;
mod parameters;
mod resources;
mod response;
mod route;
mod stack;
mod unsupported;
mod values;
mod yaml;

use std::collections::BTreeMap;
use std::path::Path;

pub use self::api::{Api, ApiKind};
pub use self::authorizer::{Authorizer, AuthorizerKind, Issuer};
pub use self::error::TemplateError;
pub use self::function::Function;
pub use self::guarded::Finding;
pub use self::response::{Cors, Response};
pub use self::route::{Route, Target};
pub use self::stack::Stack;
pub use self::unsupported::Unsupported;

use self::error::{Result, bail};
use self::guarded::{Expected, Permission};
use self::node::{Node, Value, logical_id, resource, unquoted};
use self::resources::Resource;
use self::values::Names;

/// A SAM template.
///
/// ```
/// use require_claims::testing::template::Template;
///
/// # fn main() -> Result<(), require_claims::testing::template::TemplateError> {
/// let template = Template::read("../examples/supertokens/template.yaml")?
///     .with_parameter("Issuer", "https://api.example.com/auth");
/// for route in &template.stack()?.apis[0].routes {
///     println!("{route} in line {}", route.line);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Template {
    file: String,
    document: Node,
    parameters: BTreeMap<String, String>,
    expected: Expected,
}

impl Template {
    /// Reads a template. The path is relative to the folder of the test's `Cargo.toml`.
    ///
    /// ```
    /// use require_claims::testing::template::Template;
    ///
    /// let error = Template::read("no-such-template.yaml").unwrap_err();
    /// assert!(error.to_string().starts_with("no-such-template.yaml: "));
    /// ```
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is not a template: see [`parse`](Self::parse).
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        let file = path.as_ref().display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, &file),
            Err(error) => bail!(file => "the template cannot be read: {error}"),
        }
    }

    /// Reads a template from its text. The name of the file is only used in messages.
    ///
    /// ```
    /// use require_claims::testing::template::Template;
    ///
    /// let error = Template::parse("Resources: *all", "template.yaml").unwrap_err();
    /// assert!(error.to_string().starts_with("template.yaml:1: not YAML: "));
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is not YAML, or if a key occurs twice.
    pub fn parse(text: &str, file: &str) -> Result<Self> {
        Ok(Self {
            document: yaml::parse(text).map_err(|error| error.in_file(file))?,
            file: file.to_owned(),
            parameters: BTreeMap::new(),
            expected: Expected::default(),
        })
    }

    /// Sets the value of a parameter, in place of its default. A pseudo parameter such as `AWS::Region` can be set, too.
    ///
    /// ```
    /// # use require_claims::testing::template::Template;
    /// let text = "
    /// Parameters: {Stage: {Type: String, Default: dev}}
    /// Resources: {Api: {Type: AWS::Serverless::HttpApi, Properties: {StageName: !Ref Stage}}}
    /// ";
    /// let template = Template::parse(text, "template.yaml")?;
    /// assert_eq!(template.stack()?.apis[0].stage, "dev");
    /// assert_eq!(template.with_parameter("Stage", "prod").stack()?.apis[0].stage, "prod");
    /// # Ok::<(), require_claims::testing::template::TemplateError>(())
    /// ```
    pub fn with_parameter(mut self, name: &str, value: &str) -> Self {
        self.parameters.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The names of the parameters that have neither a default nor a value.
    ///
    /// ```
    /// use require_claims::testing::template::Template;
    ///
    /// let template = Template::read("../examples/supertokens/template.yaml")?;
    /// assert_eq!(template.missing_parameters()?, ["Issuer"]);
    /// # Ok::<(), require_claims::testing::template::TemplateError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If a parameter is malformed, or if a value was set for a parameter that the template does not have.
    pub fn missing_parameters(&self) -> Result<Vec<String>> {
        let parameters = parameters::read(&mut self.document.clone(), &self.parameters, false);
        let names = parameters.map_err(|error| error.in_file(&self.file))?;
        Ok(names.without_value)
    }

    /// What the template describes, with the values of its parameters.
    ///
    /// ```
    /// use require_claims::testing::template::Template;
    ///
    /// let template = Template::read("../examples/supertokens/template.yaml")?;
    /// let error = template.stack().unwrap_err();
    /// assert!(error.to_string().contains("the parameter `Issuer` has no default"));
    /// assert!(template.with_parameter("Issuer", "https://api.example.com/auth").stack().is_ok());
    /// # Ok::<(), require_claims::testing::template::TemplateError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If a parameter has no value, if a name that the template refers to does not exist, if resources refer to each
    /// other in a cycle, if a route is defined twice, or if a resource is malformed.
    pub fn stack(&self) -> Result<Stack> {
        self.stack_with(true)
    }

    fn stack_with(&self, all_required: bool) -> Result<Stack> {
        let mut document = self.document.clone();
        let parameters = parameters::read(&mut document, &self.parameters, all_required);
        let resources = parameters.and_then(|names| resources::read(&mut document, names));
        resources
            .and_then(stack::read)
            .map_err(|error| error.in_file(&self.file))
    }
}
