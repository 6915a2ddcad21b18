//! What the reader does not support.

use super::{Node, Value};

/// Keys that do not change what a request gets, or that are read where others refer to them.
const IRRELEVANT: &str = "AccessLogSetting AccessLogSettings Action Architectures AutoPublishAlias DeadLetterQueue \
    DefaultRouteSettings DeletionPolicy DependsOn DeploymentId DeploymentPreference Description \
    DisableExecuteApiEndpoint EnableFunctionDefaultPermissions EndpointConfiguration FailOnWarnings \
    FunctionInvokeRole FunctionName IntegrationHttpMethod LoggingConfig MemorySize Metadata MethodResponses \
    MethodSettings Name OpenApiVersion OperationName PassthroughBehavior PermissionsBoundary Policies PropagateTags \
    ProviderARNs RequestTemplates ReservedConcurrentExecutions RestApiId Role RolePath RouteSettings Tags TimeoutInMillis Tracing \
    TracingEnabled UpdateReplacePolicy";

/// Keys through which requests may reach a function in a way that is not read.
const HIDING: &str = "Body BodyS3Location DefinitionBody DefinitionUri FunctionUrlConfig";

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
/// let unsupported = &stack.unsupported[0];
/// assert_eq!((unsupported.resource.as_str(), unsupported.line), ("Api", 5));
/// assert_eq!(unsupported.message, "`DefinitionUri` is not supported, and may invoke a function");
/// assert!(unsupported.hides_access);
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

/// Adds what nobody has read, and the calls of functions that are not evaluated.
pub(super) fn find(resource: &str, key: &str, node: &Node, found: &mut Vec<Unsupported>) {
    let contains = |list: &str| list.split(' ').any(|other| other == key);
    // Resources and events have a type.
    let is_typed = matches!(&node.value, Value::Map(entries) if entries.contains_key("Type"));
    let hides_access = is_typed || contains(HIDING);
    let effect = if hides_access {
        "may invoke a function"
    } else {
        "ignored"
    };
    let message = match &node.value {
        _ if contains(IRRELEVANT) => return,
        _ if !node.is_read => format!("`{key}` is not supported, and {effect}"),
        Value::Text(text) if text.contains("${Fn::") => format!("`{text}` is not evaluated"),
        Value::Missing(_) | Value::Text(_) => return,
        Value::List(items) => {
            let items = items.iter();
            return items.for_each(|item| find(resource, key, item, found));
        }
        Value::Map(entries) => {
            let entries = entries.iter();
            return entries.for_each(|(key, node)| find(resource, key, node, found));
        }
    };
    let (resource, line) = (resource.to_owned(), node.line);
    found.push(Unsupported {
        resource,
        line,
        message,
        hides_access,
    });
}
