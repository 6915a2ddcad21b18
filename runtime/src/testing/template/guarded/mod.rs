//! The drift test: whether the routes of a function are guarded as its handlers rely on.

use std::fmt;

mod permission;

use super::Template;
use super::api::{Api, ApiKind};
use super::error::{Result, bail};
use super::function::Function;
use super::route::{Route, Target};
use super::stack::Stack;

pub(super) use permission::Permission;

/// What the test declares about the function.
#[derive(Clone, Debug, Default)]
pub(super) struct Expected {
    pub(super) public: Vec<String>,
    pub(super) ignores_authorization_header: bool,
    pub(super) takes_lambda_events: bool,
}

/// A difference between the template and what guarded handlers rely on: see
/// [`Template::findings`](super::Template::findings).
///
/// ```
/// use require_claims::testing::template::Template;
///
/// let template = Template::parse(
///     "
/// Resources:
///   Api: {Type: AWS::Serverless::HttpApi}
///   OrdersFunction:
///     Type: AWS::Serverless::Function
///     Properties:
///       Events:
///         ListOrders: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: GET, Path: /orders}}
/// ",
///     "template.yaml",
/// )?;
/// let findings = template.findings("OrdersFunction")?;
/// assert_eq!(findings[0].route.as_deref(), Some("GET /orders"));
/// assert!(findings[0].to_string().starts_with("template.yaml:8: GET /orders has no authorizer"));
/// # Ok::<(), require_claims::testing::template::TemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The name of the template.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The route, unless the finding concerns all of them.
    pub route: Option<String>,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            route,
            message,
        } = self;
        write!(f, "{file}:{line}: ")?;
        match route {
            Some(route) => write!(f, "{route} {message}"),
            None => f.write_str(message),
        }
    }
}

impl Template {
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
    /// - a route has no authorizer, and is not [public](Self::public);
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
    pub fn findings(&self, function: &str) -> Result<Vec<Finding>> {
        let stack = self.stack_with(false)?;
        let Some(function) = stack.functions.iter().find(|found| found.id == function) else {
            bail!(self.file => "`{function}` is not a function of this template");
        };
        let mut findings = self.route_findings(&stack, function);
        let is_another = |name: &str| {
            name != function.id && stack.functions.iter().any(|found| found.id == name)
        };
        for permission in &stack.permissions {
            if !is_another(&permission.function) && !permission.is_narrow(&stack.apis) {
                findings.push(self.finding(permission.line, None, permission.message()));
            }
        }
        for found in &stack.unsupported {
            if found.hides_access && !is_another(&found.resource) {
                let message = format!("`{}`: {}", found.resource, found.message);
                findings.push(self.finding(found.line, None, message));
            }
        }
        Ok(findings)
    }

    fn finding(&self, line: usize, route: Option<String>, message: String) -> Finding {
        let file = self.file.clone();
        Finding {
            file,
            line,
            route,
            message,
        }
    }

    fn route_findings(&self, stack: &Stack, function: &Function) -> Vec<Finding> {
        let (mut findings, mut names) = (Vec::new(), Vec::new());
        let Function { id, line, .. } = function;
        for api in &stack.apis {
            for route in &api.routes {
                let name = route.to_string();
                if route.target != Target::Function(id.clone()) {
                    continue;
                }
                if !self.expected.public.contains(&name) {
                    let messages = route_messages(api, route, &self.expected).into_iter();
                    let finding = |message| self.finding(route.line, Some(name.clone()), message);
                    findings.extend(messages.map(finding));
                }
                names.push(name);
            }
        }
        if names.is_empty() {
            findings.push(self.finding(*line, None, format!("`{id}` has no route")));
        }
        for public in &self.expected.public {
            if !names.contains(public) {
                let message = format!("is declared as public, but not a route of `{id}`");
                findings.push(self.finding(*line, Some(public.clone()), message));
            }
        }
        findings
    }
}

fn route_messages(api: &Api, route: &Route, expected: &Expected) -> Vec<String> {
    let Some(authorizer) = api.authorizer(route) else {
        return vec![format!(
            "has no authorizer, so guarded handlers deny every request; attach one, or declare \
             the route with `.public(\"{route}\")`"
        )];
    };
    if expected.ignores_authorization_header {
        return Vec::new();
    }
    let mut messages = Vec::new();
    let sources = authorizer.identity_sources.join("`, `");
    let prefix = if api.kind == ApiKind::Http {
        "$request"
    } else {
        "method.request"
    };
    if !sources.eq_ignore_ascii_case(&format!("{prefix}.header.Authorization")) {
        messages.push(format!(
            "has the identity source `{sources}`, not `Authorization`: a client can send another \
             token in that header, which the guard may read; use the header, or call \
             `ignore_authorization_header()` in `main` and `.ignores_authorization_header()` here"
        ));
    }
    if route.is_payload_1_0 && !expected.takes_lambda_events {
        let message = "has payload format 1.0, in which the guard cannot use the token of a `Request`: ambiguous \
            claims, such as several roles, are denied; use format 2.0, or take a `LambdaEvent` and add \
            `.takes_lambda_events()` here";
        messages.push(message.to_owned());
    }
    messages
}
