//! The location of the authorizer's claims in each kind of request context.

use std::collections::HashMap;

use lambda_http::aws_lambda_events::apigw::{
    ApiGatewayProxyRequestContext, ApiGatewayRequestAuthorizer, ApiGatewayV2httpRequestContext,
};
use lambda_http::request::RequestContext;
use serde_json::{Map, Value};

use super::claims::{Claims, Source, StringKind};
use crate::value::json::Members;

/// The claims in a gateway's context. Contexts of other services have none.
pub(super) fn claims(context: Option<&RequestContext>) -> Claims<'_> {
    match context {
        Some(RequestContext::ApiGatewayV1(context)) => claims_v1(context),
        Some(RequestContext::ApiGatewayV2(context)) => claims_v2(context),
        // The Lambda authorizer of a WebSocket API runs when the client connects. The gateway passes its context
        // with each message.
        Some(RequestContext::WebSocket(context)) => lambda_claims(&context.authorizer.fields),
        // Load balancers, if the features of `lambda_http` enable them.
        _ => Claims::Absent,
    }
}

/// The claims in a context of a REST API, or of an HTTP API with payload format 1.0.
pub(super) fn claims_v1(context: &ApiGatewayProxyRequestContext) -> Claims<'_> {
    let fields = &context.authorizer.fields;
    match fields.get("claims") {
        Some(Value::Object(claims)) if is_jwt(fields) => {
            let strings = match fields.get("scopes") {
                Some(_) if are_text(claims) => StringKind::GatewayText,
                None if are_text(claims) => StringKind::MaybeJoined,
                // The JWT authorizer of a REST API keeps JSON types. Every token contains a time, which is a
                // number, so a value that is not a string identifies this authorizer:
                // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer-claims.html
                _ => StringKind::Exact,
            };
            found(Source::Object(claims), strings)
        }
        _ => lambda_claims(fields),
    }
}

/// The claims in a context of an HTTP API with payload format 2.0.
pub(super) fn claims_v2(context: &ApiGatewayV2httpRequestContext) -> Claims<'_> {
    match &context.authorizer {
        None => Claims::Absent,
        // A route has one authorizer, so a gateway never writes an event with two.
        Some(ApiGatewayRequestAuthorizer {
            jwt, fields, iam, ..
        }) => match (jwt, fields.is_empty(), iam) {
            (Some(jwt), true, None) => found(Source::Texts(&jwt.claims), StringKind::GatewayText),
            (None, _, None) => lambda_claims(fields),
            (None, true, Some(_)) => Claims::Absent,
            _ => Claims::Malformed,
        },
    }
}

/// Whether the path parameters are percent-encoded. A REST API passes them as the client sent them; an HTTP API
/// decodes them, also in payload format 1.0, where `scopes` identify it.
pub(super) fn has_encoded_path(context: &ApiGatewayProxyRequestContext) -> bool {
    !context.authorizer.fields.contains_key("scopes")
}

/// Whether the fields may come from the gateway's JWT or Cognito authorizer instead of a Lambda authorizer.
/// These pass only the claims and, on an HTTP API, the token's scopes, which are a list or `null`:
/// <https://github.com/awsdocs/amazon-api-gateway-developer-guide/issues/113>
fn is_jwt(fields: &HashMap<String, Value>) -> bool {
    match fields.get("scopes") {
        None => fields.len() == 1,
        Some(Value::Null | Value::Array(_)) => fields.len() == 2,
        Some(_) => false,
    }
}

fn are_text(claims: &Map<String, Value>) -> bool {
    let mut values = claims.values();
    values.all(|claim| claim.is_string() || claim.is_null())
}

/// The claims in the context of a Lambda authorizer: its fields, or a field `claims` that contains them.
fn lambda_claims(fields: &HashMap<String, Value>) -> Claims<'_> {
    // A claim must not occur both in `claims` and next to it: the two values could differ.
    match fields.get("claims") {
        None | Some(Value::Null) if !fields.iter().any(is_content) => Claims::Absent,
        None => Claims::Found(Source::Context(fields), StringKind::LambdaAuthorizer),
        Some(Value::Object(claims)) if claims.keys().any(|key| fields.contains_key(key)) => {
            Claims::Malformed
        }
        Some(Value::Object(claims)) => found(Source::Object(claims), StringKind::LambdaAuthorizer),
        Some(Value::String(text)) => match Members::parse(text) {
            Ok(members) if members.iter().all(|(key, _)| !fields.contains_key(key)) => {
                found(Source::Json(members), StringKind::Exact)
            }
            _ => Claims::Malformed,
        },
        Some(_) => Claims::Malformed,
    }
}

/// A REST context has an authorizer field even if the route has no authorizer. In payload format 1.0, AWS's
/// samples have `claims` and `scopes` of `null` there:
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>
fn is_content((key, value): (&String, &Value)) -> bool {
    !value.is_null() && !["principalId", "integrationLatency"].contains(&key.as_str())
}

/// The claims, if there are any.
fn found(source: Source<'_>, strings: StringKind) -> Claims<'_> {
    if source.is_empty() {
        Claims::Absent
    } else {
        Claims::Found(source, strings)
    }
}
