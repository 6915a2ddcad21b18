//! What has been read so far, and what is left to read.

use std::collections::BTreeMap;

use super::super::api::Api;
use super::super::error::{TemplateError, problem};
use super::super::node::Node;
use super::super::stack::{Stack, Unsupported};
use super::super::values::logical_id;

/// Keys that are read, or that do not change what a request gets.
const KNOWN: &str = "AccessLogSetting AccessLogSettings AddDefaultAuthorizerToCorsPreflight ApiId Architectures Audiences Auth \
    AuthorizationScopes AuthorizationType Authorizer AuthorizerId AuthorizerPayloadFormatVersion \
    AuthorizerResultTtlInSeconds AuthorizerUri Authorizers AutoPublishAlias CodeUri Cors CorsConfiguration \
    DefaultAuthorizer DefaultRouteSettings DeploymentId DeploymentPreference Description DisableExecuteApiEndpoint \
    DisableFunctionDefaultPermissions EnableFunctionDefaultPermissions EnableIamAuthorizer EnableSimpleResponses \
    EndpointConfiguration Environment Events FailOnWarnings FunctionArn FunctionInvokeRole FunctionName \
    FunctionPayloadType GatewayResponses Handler HttpMethod Identity IdentitySource Integration Issuer JwtConfiguration \
    LoggingConfig MemorySize Method MethodResponses MethodSettings Name OpenApiVersion OperationName Path \
    PayloadFormatVersion PermissionsBoundary Policies PropagateTags ProviderARNs ReservedConcurrentExecutions \
    ResourceId ResponseParameters ResponseType RestApiId Role RolePath RouteSettings Runtime Stage StageName \
    StatusCode Tags TimeoutInMillis Timeout Tracing TracingEnabled Type UserPoolArn";

/// Keys through which requests may reach a function in a way that is not read.
const HIDING: &str = "Body BodyS3Location DefinitionBody DefinitionUri FunctionUrlConfig";

/// A resource whose properties contain values in place of functions, and those of `Globals`.
pub(super) struct Resource {
    pub(super) id: String,
    pub(super) line: usize,
    pub(super) kind: String,
    pub(super) metadata: Node,
    pub(super) properties: Node,
}

pub(super) struct Reader<'a> {
    pub(super) stack: Stack,
    pub(super) resources: &'a [Resource],
    /// The default authorizer of each API.
    pub(super) defaults: BTreeMap<String, String>,
}

impl Reader<'_> {
    pub(super) fn unsupported(
        &mut self,
        resource: &str,
        line: usize,
        message: String,
        hides_access: bool,
    ) {
        let unsupported = Unsupported::new(resource, line, message, hides_access);
        self.stack.unsupported.push(unsupported);
    }

    pub(super) fn report_unknown(
        &mut self,
        resource: &str,
        node: &Node,
    ) -> Result<(), TemplateError> {
        for (key, value) in node.entries("")? {
            if !KNOWN.split(' ').any(|known| known == key) {
                let hides_access = HIDING.split(' ').any(|hiding| hiding == key);
                let message = format!("`{key}` is not supported, and ignored");
                self.unsupported(resource, value.line, message, hides_access);
            }
        }
        Ok(())
    }

    /// The API that this key of a mapping refers to.
    pub(super) fn api(&mut self, node: &Node, key: &str) -> Result<&mut Api, TemplateError> {
        let implicit = if key == "ApiId" { "HttpApi" } else { "RestApi" };
        let text = node.text(key)?;
        let text = text.unwrap_or_else(|| format!("Serverless{implicit}"));
        let id = logical_id(&text).unwrap_or(&text);
        let api = self.stack.apis.iter_mut().find(|api| api.id == id);
        let line = node.at(key)?.map_or(node.line, |node| node.line);
        let missing = || problem(line, format!("`{id}` is not an API of this template"));
        api.map_or_else(missing, Ok)
    }
}
