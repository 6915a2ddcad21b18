//! Template → plain data: the resources that concern APIs and functions.

mod api;
mod authorizer;
mod reader;
mod route;

use std::collections::BTreeMap;

use super::api::Api;
use super::error::TemplateError;
use super::node::{Node, Value};
use super::stack::{Permission, Stack, Unsupported};
use super::values::{logical_id, resolve};
use super::yaml;
use reader::{Reader, Resource};

/// Types that neither define routes nor let anyone invoke a function, or that are read where others refer to them.
const IRRELEVANT: &str = "ApiGateway::Account ApiGateway::ApiKey ApiGateway::BasePathMapping ApiGateway::Deployment \
    ApiGateway::DomainName ApiGateway::Model ApiGateway::RequestValidator ApiGateway::Resource ApiGateway::UsagePlan \
    ApiGateway::UsagePlanKey Lambda::Alias Lambda::LayerVersion Lambda::Version Serverless::LayerVersion \
    Serverless::SimpleTable Serverless::StateMachine";

/// The APIs that SAM adds for events that name none.
const IMPLICIT: &str = "
ServerlessHttpApi: {Type: AWS::Serverless::HttpApi}
ServerlessRestApi: {Type: AWS::Serverless::Api, Properties: {StageName: Prod}}
";

/// Reads the resources of a template.
pub(super) fn stack(
    document: &Node,
    parameters: &BTreeMap<String, Value>,
) -> Result<Stack, TemplateError> {
    let mut stack = Stack::default();
    let mut resources = Vec::new();
    let declared = document.entries("Resources")?.iter();
    let implicit = yaml::parse(IMPLICIT)?;
    for (id, node) in declared.chain(implicit.entries("")?) {
        let line = node.line;
        let mut unsupported = |line, message, hides_access| {
            let unsupported = Unsupported::new(id, line, message, hides_access);
            stack.unsupported.push(unsupported);
        };
        if id.starts_with("Fn::") {
            unsupported(line, format!("`{id}` is not evaluated"), true);
            continue;
        }
        let kind = node.required("Type")?;
        let kind = kind.strip_prefix("AWS::").unwrap_or_default();
        if !["Serverless", "ApiGateway", "Lambda"]
            .iter()
            .any(|name| kind.starts_with(name))
        {
            continue;
        }
        if node.at("Condition")?.is_some() {
            let message = "its condition is not evaluated, and counts as true";
            unsupported(line, message.to_owned(), false);
        }
        let mut resolved = |node: Option<&Node>| {
            let empty = Node {
                line,
                value: Value::Map(Vec::new()),
            };
            let mut node = node.unwrap_or(&empty).clone();
            node.line = line;
            resolve(&node, &mut |name, line| {
                if name.starts_with("Fn::") {
                    unsupported(line, format!("`{name}` is not evaluated"), false);
                }
                let value = parameters.get(name).cloned();
                Ok(value.unwrap_or_else(|| Value::Text(format!("${{{name}}}"))))
            })
        };
        let section = kind.strip_prefix("Serverless::").unwrap_or("none");
        let global = resolved(document.at(&format!("Globals/{section}"))?)?;
        resources.push(Resource {
            properties: merged(&global, resolved(node.at("Properties")?)?),
            metadata: resolved(node.at("Metadata")?)?,
            kind: kind.to_owned(),
            id: id.clone(),
            line,
        });
    }
    // First the APIs, then what belongs to them, then what refers to both.
    resources.sort_by_key(|resource| match resource.kind.as_str() {
        "Serverless::HttpApi" | "Serverless::Api" | "ApiGateway::RestApi" => 0,
        "ApiGateway::Authorizer" => 1,
        _ => 2,
    });
    let defaults = BTreeMap::new();
    let mut reader = Reader {
        stack,
        resources: &resources,
        defaults,
    };
    for resource in &resources {
        reader.resource(resource)?;
    }
    let mut stack = reader.stack;
    let is_implicit = |api: &Api| IMPLICIT.contains(&format!("\n{}:", api.id));
    stack
        .apis
        .retain(|api| !is_implicit(api) || !api.routes.is_empty());
    Ok(stack)
}

impl Reader<'_> {
    fn resource(&mut self, resource: &Resource) -> Result<(), TemplateError> {
        let (id, line, properties) = (&resource.id, resource.line, &resource.properties);
        let kind = &resource.kind;
        match kind.as_str() {
            kind if IRRELEVANT.split(' ').any(|other| other == kind) => return Ok(()),
            "Lambda::Permission" => {
                self.stack.permissions.push(Permission {
                    id: id.clone(),
                    line,
                    function: logical_id(&properties.required("FunctionName")?).map(str::to_owned),
                    principal: properties.text("Principal")?,
                    source_arn: properties.text("SourceArn")?,
                });
                return Ok(());
            }
            _ => self.report_unknown(id, properties)?,
        }
        match kind.as_str() {
            "Serverless::HttpApi" | "Serverless::Api" | "ApiGateway::RestApi" => {
                self.add_api(resource)
            }
            "Serverless::Function" => self.function(resource),
            "ApiGateway::Method" => self.method(resource),
            "ApiGateway::Authorizer" => {
                let authorizer = self.authorizer(id, properties)?;
                self.api(properties, "RestApiId")?
                    .add_authorizer(authorizer)
            }
            "ApiGateway::GatewayResponse" => {
                let response = api::response(&properties.required("ResponseType")?, properties)?;
                self.api(properties, "RestApiId")?
                    .gateway_responses
                    .push(response);
                Ok(())
            }
            "ApiGateway::Stage" => {
                self.api(properties, "RestApiId")?.stage = properties.required("StageName")?;
                Ok(())
            }
            kind => {
                self.unsupported(
                    id,
                    line,
                    format!("the type `AWS::{kind}` is not supported"),
                    true,
                );
                Ok(())
            }
        }
    }
}

/// The properties with those of `Globals` that they do not have. As SAM does, mappings are merged, and lists appended.
fn merged(global: &Node, local: Node) -> Node {
    let line = local.line;
    let value = match (&global.value, local.value) {
        (Value::Map(globals), Value::Map(mut locals)) => {
            for (key, global) in globals {
                match locals.iter_mut().find(|(other, _)| other == key) {
                    Some((_, local)) => *local = merged(global, local.clone()),
                    None => locals.push((key.clone(), global.clone())),
                }
            }
            Value::Map(locals)
        }
        (Value::List(globals), Value::List(locals)) => {
            Value::List(globals.iter().cloned().chain(locals).collect())
        }
        (_, value) => value,
    };
    Node { line, value }
}
