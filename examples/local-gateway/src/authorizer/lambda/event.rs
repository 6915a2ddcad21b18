//! The event for a Lambda authorizer. It is the event of the function's integration, without the body.

use serde_json::{Map, Value, json};

use super::config::{AuthorizerType, LambdaAuthorizer};
use crate::event::{ACCOUNT_ID, API_ID, Format, IncomingRequest, PayloadFormat, REGION};

/// What only the function of the route receives.
const INTEGRATION_ONLY: [&str; 2] = ["body", "isBase64Encoded"];

/// What an HTTP API omits from an authorizer's event in payload format 1.0.
const NOT_IN_1_0: [&str; 2] = ["multiValueHeaders", "multiValueQueryStringParameters"];

pub(super) fn event(
    config: &LambdaAuthorizer,
    request: &IncomingRequest<'_>,
    api: Format,
    identity: &[String],
) -> Value {
    let arn = method_arn(request);
    if config.kind == AuthorizerType::Token {
        let token = identity.join(",");
        return json!({"type": "TOKEN", "authorizationToken": token, "methodArn": arn});
    }
    let format = match api {
        Format::Rest => Format::Rest,
        Format::Http(_) => Format::Http(config.payload),
    };
    let mut members = match request.event(format) {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    for name in INTEGRATION_ONLY {
        members.remove(name);
    }
    if let Some(Value::Object(context)) = members.get_mut("requestContext") {
        context.remove("authorizer");
    }
    let mut add = |name: &str, value: Value| members.insert(name.to_owned(), value);
    add("type", json!("REQUEST"));
    match format {
        Format::Rest => {
            add("methodArn", json!(arn));
        }
        Format::Http(PayloadFormat::V1) => {
            let identity = identity.join(",");
            add("methodArn", json!(arn));
            add("identitySource", json!(identity));
            add("authorizationToken", json!(identity));
            for name in NOT_IN_1_0 {
                members.remove(name);
            }
        }
        Format::Http(PayloadFormat::V2) => {
            add("routeArn", json!(arn));
            add("identitySource", json!(identity));
        }
    }
    Value::Object(members)
}

/// The ARN of a request, with which a policy's resources are compared.
pub(super) fn method_arn(request: &IncomingRequest<'_>) -> String {
    let path = request.path.trim_start_matches('/');
    let (stage, method) = (request.stage, request.method);
    format!("arn:aws:execute-api:{REGION}:{ACCOUNT_ID}:{API_ID}/{stage}/{method}/{path}")
}
