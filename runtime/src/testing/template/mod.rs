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
//! | APIs | `AWS::Serverless::HttpApi`, `AWS::Serverless::Api`, and the APIs of events that name none |
//! | routes | events of the types `HttpApi` and `Api` of an `AWS::Serverless::Function` |
//! | authorizers | JWT, Lambda, Cognito and IAM, per API and per route |
//! | REST APIs that are written out | `AWS::ApiGateway::RestApi`, `Resource`, `Method`, `Authorizer`, `GatewayResponse` and `Stage` |
//! | permissions | `AWS::Lambda::Permission` |
//! | values | `Parameters`, `Globals`, `Ref`, `Fn::GetAtt`, `Fn::Sub` and `Fn::Join`; what only AWS knows is a placeholder |
//!
//! Everything else that concerns APIs and functions is listed in [`Stack::unsupported`], such as conditions and OpenAPI
//! definitions. Other resources, such as tables, are ignored. So are roles that allow `lambda:InvokeFunction`.
//!
//! This module requires the feature `template`. Enable it for dev-dependencies only.

mod api;
mod error;
mod guarded;
mod node;
mod parameters;
mod read;
mod references;
mod stack;
mod values;
mod yaml;

use std::collections::BTreeMap;
use std::path::Path;

pub use self::api::{
    Api, ApiKind, Authorizer, AuthorizerKind, Cors, EventFormat, GatewayResponse, Issuer, Route,
    Target,
};
pub use self::error::TemplateError;
pub use self::guarded::Finding;
pub use self::stack::{Function, Permission, Stack, Unsupported};

use self::error::problem;
use self::guarded::Expected;
use self::node::Node;

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
    pub fn read(path: impl AsRef<Path>) -> Result<Self, TemplateError> {
        let file = path.as_ref().display().to_string();
        let text = std::fs::read_to_string(path)
            .or_else(|error| problem(None, format!("the template cannot be read: {error}")));
        text.map_err(|error| error.in_file(&file))
            .and_then(|text| Self::parse(&text, &file))
    }

    /// Reads a template from its text. The name of the file is only used in messages.
    ///
    /// ```
    /// use require_claims::testing::template::Template;
    ///
    /// let text = "Resources: {Stage: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api}}}";
    /// let error = Template::parse(text, "template.yaml").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "template.yaml:1: `Api` is neither a parameter nor a resource of this template",
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is not YAML, if a key occurs twice, if a name that the template refers to does not exist, or if
    /// resources refer to each other in a cycle.
    pub fn parse(text: &str, file: &str) -> Result<Self, TemplateError> {
        let document = yaml::parse(text).and_then(|document| match document.at("Resources")? {
            Some(_) => references::check(&document).map(|()| document),
            None => problem(document.line, "`Resources` is missing"),
        });
        Ok(Self {
            document: document.map_err(|error| error.in_file(file))?,
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
    pub fn missing_parameters(&self) -> Result<Vec<String>, TemplateError> {
        let values = parameters::values(&self.document, &self.parameters, false);
        let values = values.map_err(|error| error.in_file(&self.file))?;
        let declared = self
            .document
            .entries("Parameters")
            .unwrap_or_default()
            .iter();
        let missing = declared.filter(|(name, _)| !values.contains_key(name));
        Ok(missing.map(|(name, _)| name.clone()).collect())
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
    /// If a parameter has no value, if a route is defined twice, or if a resource is malformed.
    pub fn stack(&self) -> Result<Stack, TemplateError> {
        self.stack_with(true)
    }

    fn stack_with(&self, all_parameters: bool) -> Result<Stack, TemplateError> {
        parameters::values(&self.document, &self.parameters, all_parameters)
            .and_then(|parameters| read::stack(&self.document, &parameters))
            .map_err(|error| error.in_file(&self.file))
    }

    /// Declares that a route is meant to have no authorizer, for [`assert_guarded`](Self::assert_guarded). Write it as
    /// a method and a path, or as `$default`.
    ///
    /// ```
    /// use require_claims::testing::template::Template;
    ///
    /// let template = Template::read("../examples/supertokens/template.yaml")?;
    /// assert_eq!(template.findings("OrdersFunction")?.len(), 1);
    /// assert_eq!(template.public("GET /health").findings("OrdersFunction")?.len(), 0);
    /// # Ok::<(), require_claims::testing::template::TemplateError>(())
    /// ```
    pub fn public(mut self, route: &str) -> Self {
        self.expected.public.push(route.to_owned());
        self
    }

    /// Declares that the function calls [`ignore_authorization_header`](crate::ignore_authorization_header), for
    /// [`assert_guarded`](Self::assert_guarded). The authorizer may then take the token from anywhere.
    ///
    /// ```
    /// use require_claims::testing::template::Template;
    ///
    /// Template::read("../examples/supertokens/template.yaml")?
    ///     .with_parameter("IdentitySource", "$request.header.Cookie")
    ///     .public("GET /health")
    ///     .ignores_authorization_header()
    ///     .assert_guarded("OrdersFunction");
    /// # Ok::<(), require_claims::testing::template::TemplateError>(())
    /// ```
    pub fn ignores_authorization_header(mut self) -> Self {
        self.expected.ignores_authorization_header = true;
        self
    }

    /// Declares that the function's handlers take a `LambdaEvent`, for [`assert_guarded`](Self::assert_guarded). It
    /// contains the token in payload format 1.0, too.
    ///
    /// ```
    /// use require_claims::testing::template::Template;
    ///
    /// let template = Template::read("../examples/supertokens/template.yaml")?;
    /// template.public("GET /health").takes_lambda_events().assert_guarded("OrdersFunction");
    /// # Ok::<(), require_claims::testing::template::TemplateError>(())
    /// ```
    pub fn takes_lambda_events(mut self) -> Self {
        self.expected.takes_lambda_events = true;
        self
    }

    /// Fails the test, naming route and line, unless the routes of a function are guarded as its handlers rely on.
    ///
    /// ```should_panic
    /// use require_claims::testing::template::Template;
    ///
    /// // Fails: `GET /health` has no authorizer, and is not declared as public.
    /// Template::read("../examples/supertokens/template.yaml")?.assert_guarded("OrdersFunction");
    /// # Ok::<(), require_claims::testing::template::TemplateError>(())
    /// ```
    ///
    /// It fails if
    ///
    /// - a route has no authorizer, or IAM's, and is not [public](Self::public);
    /// - an authorizer has an identity source other than `Authorization`, and the function does not
    ///   [ignore that header](Self::ignores_authorization_header): see the
    ///   [attack](crate::guide::security#what-remains);
    /// - a route has payload format 1.0, in which the guard cannot use the token of a `Request`, unless the handlers
    ///   [take a `LambdaEvent`](Self::takes_lambda_events);
    /// - a permission lets more than the API invoke the function;
    /// - the function is invoked by other events, has no route, or may have routes that cannot be read;
    /// - a public route does not exist.
    ///
    /// Parameters need no value. One without a value is a placeholder.
    ///
    /// # Panics
    ///
    /// If the template is malformed, does not have the function, or if there are [findings](Self::findings).
    #[track_caller]
    #[expect(clippy::panic, reason = "an assertion for tests")]
    pub fn assert_guarded(&self, function: &str) {
        match self.findings(function) {
            Ok(findings) if findings.is_empty() => {}
            Ok(findings) => {
                let lines = findings.iter().map(ToString::to_string);
                let lines = lines.collect::<Vec<_>>().join("\n");
                panic!("`{function}` is not guarded as its handlers rely on:\n{lines}");
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// What [`assert_guarded`](Self::assert_guarded) fails with.
    ///
    /// ```
    /// use require_claims::testing::template::Template;
    ///
    /// let template = Template::read("../examples/supertokens/template.yaml")?;
    /// for finding in template.findings("OrdersFunction")? {
    ///     println!("{finding}");
    /// }
    /// # Ok::<(), require_claims::testing::template::TemplateError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the template is malformed or does not have the function.
    pub fn findings(&self, function: &str) -> Result<Vec<Finding>, TemplateError> {
        let stack = self.stack_with(false)?;
        guarded::findings(&stack, function, &self.expected, &self.file)
            .map_err(|error| error.in_file(&self.file))
    }
}
