//! Functions and routes, in SAM's form and as `AWS::ApiGateway::Method`.

use super::super::api::{EventFormat, Route, Target};
use super::super::error::{TemplateError, problem};
use super::super::node::{Node, Value};
use super::super::stack::Function;
use super::super::values::logical_id;
use super::api::headers;
use super::reader::{Reader, Resource};

impl Reader<'_> {
    pub(super) fn function(&mut self, resource: &Resource) -> Result<(), TemplateError> {
        let (id, line, properties) = (&resource.id, resource.line, &resource.properties);
        let variables = properties.entries("Environment/Variables")?.iter();
        let variables = variables.map(|(name, value)| Ok((name.clone(), value.required("")?)));
        self.stack.functions.push(Function {
            id: id.clone(),
            line,
            code_uri: properties.text("CodeUri")?,
            handler: properties.text("Handler")?,
            runtime: properties.text("Runtime")?,
            architecture: properties.texts("Architectures")?.into_iter().next(),
            build_method: resource.metadata.text("BuildMethod")?,
            binary: resource.metadata.text("BuildProperties/Binary")?,
            entry_points: resource.metadata.texts("BuildProperties/EntryPoints")?,
            environment: variables.collect::<Result<_, TemplateError>>()?,
            timeout: properties.parsed("Timeout")?,
        });
        for (name, node) in properties.entries("Events")? {
            self.event(id, name, node)?;
        }
        Ok(())
    }

    fn event(&mut self, function: &str, name: &str, node: &Node) -> Result<(), TemplateError> {
        let kind = node.required("Type")?;
        let key = match kind.as_str() {
            "HttpApi" => "ApiId",
            "Api" => "RestApiId",
            _ => {
                let message = format!("the event `{name}` of the type `{kind}` also invokes it");
                self.unsupported(function, node.line, message, true);
                return Ok(());
            }
        };
        let line = node.line;
        let empty = Node {
            line,
            value: Value::Map(Vec::new()),
        };
        let event = node.at("Properties")?.unwrap_or(&empty);
        let auth = event.at("Auth")?.unwrap_or(&empty);
        self.report_unknown(function, event)?;
        self.report_unknown(function, auth)?;
        let api = self.api(event, key)?.id.clone();
        let authorizer = auth
            .text("Authorizer")?
            .or_else(|| self.defaults.get(&api).cloned());
        let format = match event.text("PayloadFormatVersion")?.as_deref() {
            _ if kind == "Api" => EventFormat::Rest,
            None | Some("2.0") => EventFormat::HttpApi2,
            Some("1.0") => EventFormat::HttpApi1,
            Some(other) => return problem(line, format!("`{other}` is not a payload format")),
        };
        let (method, path) = match (event.text("Method")?, event.text("Path")?) {
            (Some(method), Some(path)) => (method.to_ascii_uppercase(), path),
            (None, None) => ("ANY".to_owned(), "$default".to_owned()),
            _ => return problem(line, "a route has a `Method` and a `Path`"),
        };
        let route = Route {
            method: method.replace("X-AMAZON-APIGATEWAY-ANY-METHOD", "ANY"),
            path: path.replace("/$default", "$default"),
            line,
            target: Target::Function(function.to_owned()),
            authorizer: authorizer.filter(|name| name != "NONE"),
            scopes: auth.texts("AuthorizationScopes")?,
            format,
        };
        self.api(event, key)?.add_route(route)
    }

    pub(super) fn method(&mut self, resource: &Resource) -> Result<(), TemplateError> {
        let (id, line, properties) = (&resource.id, resource.line, &resource.properties);
        let uri = properties.text("Integration/Uri")?.unwrap_or_default();
        let kind = properties.text("Integration/Type")?;
        let target = match (kind.as_deref(), logical_id(&uri)) {
            (Some("AWS_PROXY"), Some(function)) => Target::Function(function.to_owned()),
            (Some("MOCK"), _) => match properties.items("Integration/IntegrationResponses")? {
                [response] => Target::Mock {
                    status: response.parsed("StatusCode")?.unwrap_or(200),
                    headers: headers(response)?,
                },
                _ => return problem(line, "expected one response of the mock"),
            },
            _ => {
                let message = "it is neither a mock nor a proxy for a function of this template";
                self.unsupported(id, line, message.to_owned(), true);
                return Ok(());
            }
        };
        let authorizer = match properties.text("AuthorizationType")?.as_deref() {
            None | Some("NONE") => None,
            Some("AWS_IAM") => Some("AWS_IAM".to_owned()),
            Some(_) => {
                let id = properties.required("AuthorizerId")?;
                Some(logical_id(&id).unwrap_or(&id).to_owned())
            }
        };
        let route = Route {
            method: properties.required("HttpMethod")?.to_ascii_uppercase(),
            path: self.path(resource)?,
            line,
            target,
            authorizer,
            scopes: properties.texts("AuthorizationScopes")?,
            format: EventFormat::Rest,
        };
        self.api(properties, "RestApiId")?.add_route(route)
    }

    /// The path of a method, from the root to its own resource.
    fn path(&self, method: &Resource) -> Result<String, TemplateError> {
        let mut parts = Vec::new();
        let mut id = method.properties.required("ResourceId")?;
        // No path has more parts than there are resources.
        for _ in self.resources {
            if id.ends_with(".RootResourceId}") {
                parts.reverse();
                return Ok(format!("/{}", parts.join("/")));
            }
            let mut resources = self.resources.iter();
            let Some(resource) = resources.find(|other| logical_id(&id) == Some(&other.id)) else {
                break;
            };
            parts.push(resource.properties.required("PathPart")?);
            id = resource.properties.required("ParentId")?;
        }
        problem(
            method.line,
            format!("`{id}` is not a resource of an API in this template"),
        )
    }
}
