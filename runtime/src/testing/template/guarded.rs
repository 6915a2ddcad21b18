//! What keeps a function's routes from being guarded as its code expects.

use std::fmt;

use super::api::{Api, AuthorizerKind, EventFormat, Route, Target};
use super::error::{TemplateError, problem};
use super::stack::{Permission, Stack, Unsupported};

/// What the test knows about the function.
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
///   OrdersFunction:
///     Type: AWS::Serverless::Function
///     Properties:
///       Events:
///         ListOrders: {Type: HttpApi, Properties: {Method: GET, Path: /orders}}
/// ",
///     "template.yaml",
/// )?;
/// let findings = template.findings("OrdersFunction")?;
/// assert_eq!(findings[0].route.as_deref(), Some("GET /orders"));
/// assert!(findings[0].to_string().starts_with("template.yaml:7: GET /orders has no authorizer"));
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

/// Everything that keeps the function's routes from being guarded.
pub(super) fn findings(
    stack: &Stack,
    id: &str,
    expected: &Expected,
    file: &str,
) -> Result<Vec<Finding>, TemplateError> {
    let Some(function) = stack.functions.iter().find(|function| function.id == id) else {
        return problem(None, format!("`{id}` is not a function of this template"));
    };
    let mut findings = Vec::new();
    let mut report = |line, route, message| {
        let file = file.to_owned();
        findings.push(Finding {
            file,
            line,
            route,
            message,
        });
    };
    let mut missing = expected.public.clone();
    let mut has_routes = false;
    for api in &stack.apis {
        let target = Target::Function(id.to_owned());
        for route in api.routes.iter().filter(|route| route.target == target) {
            has_routes = true;
            let name = route.to_string();
            missing.retain(|public| *public != name);
            if !expected.public.contains(&name) {
                for message in of_route(api, route, expected) {
                    report(route.line, Some(name.clone()), message);
                }
            }
        }
    }
    if !has_routes {
        report(function.line, None, format!("`{id}` has no route"));
    }
    for public in missing {
        report(
            function.line,
            Some(public),
            format!("is declared as public, but not a route of `{id}`"),
        );
    }
    for permission in &stack.permissions {
        let concerns = permission
            .function
            .as_deref()
            .is_none_or(|function| function == id);
        if concerns && !is_narrow(permission, &stack.apis) {
            report(permission.line, None, wide(permission));
        }
    }
    for part in stack.unsupported.iter().filter(|part| part.hides_access) {
        let Unsupported {
            resource,
            line,
            message,
            ..
        } = part;
        if resource == id || stack.functions.iter().all(|other| other.id != *resource) {
            report(*line, None, format!("`{resource}`: {message}"));
        }
    }
    Ok(findings)
}

fn of_route(api: &Api, route: &Route, expected: &Expected) -> Vec<String> {
    let authorizer = match api.authorizer(route) {
        None => {
            return vec![format!(
                "has no authorizer, so guarded handlers deny every request; attach one, or declare \
                 the route with `.public(\"{route}\")`"
            )];
        }
        Some(authorizer) if authorizer.kind == AuthorizerKind::Iam => {
            return vec!["has an IAM authorizer, which passes no claims".to_owned()];
        }
        Some(_) if expected.ignores_authorization_header => return Vec::new(),
        Some(authorizer) => authorizer,
    };
    let mut messages = Vec::new();
    let sources = authorizer.identity_sources.join("`, `");
    let mut headers = [
        "$request.header.Authorization",
        "method.request.header.Authorization",
    ]
    .iter();
    if !headers.any(|header| header.eq_ignore_ascii_case(&sources)) {
        messages.push(format!(
            "has the identity source `{sources}`, not `Authorization`: a client can send another \
             token in that header, which the guard may read; use the header, or call \
             `ignore_authorization_header()` in `main` and `.ignores_authorization_header()` here"
        ));
    }
    if route.format == EventFormat::HttpApi1 && !expected.takes_lambda_events {
        let message = "has payload format 1.0, in which the guard cannot use the token of a `Request`: ambiguous \
            claims, such as several roles, are denied; use format 2.0, or take a `LambdaEvent` and add \
            `.takes_lambda_events()` here";
        messages.push(message.to_owned());
    }
    messages
}

/// Whether only an API of this template may use the permission.
fn is_narrow(permission: &Permission, apis: &[Api]) -> bool {
    // The sixth part of an ARN is the resource. `AWS::Region` has colons of its own.
    let arn = permission
        .source_arn
        .as_deref()
        .unwrap_or_default()
        .replace("AWS::", "");
    let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
    let api = resource.split('/').next();
    permission.principal.as_deref() == Some("apigateway.amazonaws.com")
        && apis
            .iter()
            .any(|known| api == Some(&format!("${{{}}}", known.id)))
}

fn wide(permission: &Permission) -> String {
    let Permission {
        id,
        principal,
        source_arn,
        ..
    } = permission;
    let [principal, arn] = [principal, source_arn].map(|text| text.as_deref().unwrap_or("missing"));
    format!(
        "the permission `{id}` lets more than this API invoke the function (`Principal` is `{principal}`, \
         `SourceArn` is `{arn}`), and anyone allowed to invoke it can write any claims; allow \
         `apigateway.amazonaws.com` for `arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:\
         ${{AWS::AccountId}}:${{Api}}/*`, with the logical id of the API"
    )
}
