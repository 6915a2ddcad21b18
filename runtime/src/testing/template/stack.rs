//! Template → plain data: the resources that concern APIs and functions.

use std::collections::BTreeMap;

use super::{
    Api, ApiKind, Authorizer, Function, Node, Permission, Resource, Response, Result, Route,
    Target, Unsupported, bail, unsupported,
};

/// Types that neither define routes nor let anyone invoke a function.
const IRRELEVANT: &str = "ApiGateway::Account ApiGateway::ApiKey ApiGateway::BasePathMapping ApiGateway::DomainName \
    ApiGateway::Model ApiGateway::RequestValidator ApiGateway::UsagePlan ApiGateway::UsagePlanKey Lambda::Alias \
    Lambda::LayerVersion Lambda::Version Serverless::LayerVersion Serverless::SimpleTable Serverless::StateMachine";

/// What a template describes: its APIs with their routes, its functions, and who may invoke them.
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
/// let stack = template.stack()?;
/// assert_eq!(stack.functions[0].id, "OrdersFunction");
/// assert_eq!(stack.apis[0].routes[0].path, "/orders");
/// assert_eq!(stack.apis[0].routes[0].line, 8);
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
    pub(super) permissions: Vec<Permission>,
    /// The paths of REST APIs that are written out, such as `${Api.RootResourceId}/orders` for `${Orders`.
    paths: BTreeMap<String, String>,
    /// What the reader does not support.
    pub unsupported: Vec<Unsupported>,
}

/// Reads the resources of a template.
pub(super) fn read(mut resources: Vec<Resource>) -> Result<Stack> {
    // First the APIs, then what belongs to them, then what refers to both.
    resources.sort_by_key(|Resource { kind, node, .. }| match kind.as_str() {
        "Serverless::HttpApi" | "Serverless::Api" | "ApiGateway::RestApi" => (0, node.line),
        "ApiGateway::Method" => (2, node.line),
        _ => (1, node.line),
    });
    let mut stack = Stack::default();
    for Resource { id, kind, node } in &mut resources {
        let mut services = ["Serverless::", "ApiGateway", "Lambda::"].iter();
        let mut irrelevant = IRRELEVANT.split(' ');
        if services.any(|name| kind.starts_with(name)) && irrelevant.all(|other| other != kind) {
            node.is_read = stack.add(id, kind, node)?;
            unsupported::find(id, id, node, &mut stack.unsupported);
        }
    }
    stack.unsupported.sort_by_key(|found| found.line);
    Ok(stack)
}

impl Stack {
    /// Reads a resource, and returns whether it is supported.
    fn add(&mut self, id: &str, kind: &str, resource: &mut Node) -> Result<bool> {
        if kind == "Serverless::Function" {
            self.functions.push(Function::read(id, resource)?);
        }
        let node = resource.at("Properties")?;
        match kind {
            "Serverless::HttpApi" => self.apis.push(Api::read(id, ApiKind::Http, node)?),
            "Serverless::Api" | "ApiGateway::RestApi" => {
                self.apis.push(Api::read(id, ApiKind::Rest, node)?);
            }
            "Serverless::Function" => {
                for (_, event) in node.entries("Events")? {
                    event.is_read = self.add_event(id, event)?;
                }
            }
            "ApiGateway::Authorizer" => {
                let authorizer = Authorizer::read(id, ApiKind::Rest, node)?;
                self.api(node, "RestApiId")?
                    .add_authorizer(id, authorizer)?;
            }
            "ApiGateway::Resource" => {
                let (parent, part) = (node.required("ParentId")?, node.required("PathPart")?);
                let path = format!("{parent}/{part}");
                self.paths.insert(format!("${{{id}"), path);
            }
            "ApiGateway::Method" => {
                let path = self.path(node.at("ResourceId")?)?;
                let Some(target) = Target::read(&self.functions, node.at("Integration")?)? else {
                    return Ok(false);
                };
                let route = Route::from_method(path, target, node)?;
                self.api(node, "RestApiId")?.add_route(route)?;
            }
            "ApiGateway::GatewayResponse" => {
                let response = (node.required("ResponseType")?, Response::read(node)?);
                let api = self.api(node, "RestApiId")?;
                api.gateway_responses.push(response);
            }
            "ApiGateway::Stage" | "ApiGateway::Deployment" => {
                if let Some(stage) = node.text("StageName")? {
                    self.api(node, "RestApiId")?.stage = stage;
                }
            }
            "Lambda::Permission" => self.permissions.push(Permission::read(id, node)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn add_event(&mut self, function: &str, event: &mut Node) -> Result<bool> {
        let key = match event.required("Type")?.as_str() {
            "HttpApi" => "Properties/ApiId",
            "Api" => "Properties/RestApiId",
            _ => return Ok(false),
        };
        let route = Route::from_event(function, event)?;
        self.api(event, key)?.add_route(route)?;
        Ok(true)
    }

    /// The API that a node refers to.
    fn api(&mut self, node: &mut Node, path: &str) -> Result<&mut Api> {
        let (id, line) = (node.reference(path)?, node.at(path)?.line);
        let api = self.apis.iter_mut().find(|api| api.id == id);
        api.map_or_else(
            || bail!(line => "`{id}` is not an API of this template"),
            Ok,
        )
    }

    /// The path of a resource of a REST API that is written out, from the root.
    fn path(&self, node: &mut Node) -> Result<String> {
        let id = node.required("")?;
        let mut path = id.clone();
        // No path has more parts than there are resources.
        for _ in 0..=self.paths.len() {
            let (parent, rest) = path.split_once('}').unwrap_or_default();
            if parent.ends_with(".RootResourceId") {
                return Ok(if rest.is_empty() { "/" } else { rest }.to_owned());
            }
            if let Some(parent) = self.paths.get(parent) {
                path = format!("{parent}{rest}");
            }
        }
        bail!(node.line => "`{id}` is not a resource of an API in this template")
    }
}
