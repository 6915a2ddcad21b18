//! The authorizer's place in each kind of request context.

use std::collections::HashMap;

use lambda_http::aws_lambda_events::apigw::{
    ApiGatewayProxyRequestContext, ApiGatewayRequestAuthorizer, ApiGatewayV2httpRequestContext,
};
use lambda_http::request::RequestContext;
use serde_json::{Map, Value};

use super::claims::{Claims, Source, Strings};
use crate::value::json::Members;

/// The claims of whichever gateway made this context; contexts of other services carry none.
pub(super) fn claims(context: Option<&RequestContext>) -> Claims<'_> {
    match context {
        Some(RequestContext::ApiGatewayV1(context)) => claims_v1(context),
        Some(RequestContext::ApiGatewayV2(context)) => claims_v2(context),
        // Not exhaustive: the user's features may add load balancers and WebSockets.
        _ => Claims::Absent,
    }
}

/// REST APIs and payload format 1.0 of HTTP APIs.
pub(super) fn claims_v1(context: &ApiGatewayProxyRequestContext) -> Claims<'_> {
    let fields = &context.authorizer.fields;
    match fields.get("claims") {
        Some(Value::Object(claims)) if is_jwt(fields) => match fields.get("scopes") {
            Some(_) if are_text(claims) => {
                Claims::Found(Source::Object(claims), Strings::GatewayText)
            }
            None if are_text(claims) => Claims::Found(Source::Object(claims), Strings::MaybeJoined),
            // The JWT authorizer of a REST API keeps JSON types. Every token has a time that is a
            // number, so one value that is not a string identifies it:
            // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer-claims.html
            _ => Claims::Found(Source::Object(claims), Strings::Exact),
        },
        _ => of_lambda(fields),
    }
}

/// Payload format 2.0 of HTTP APIs.
pub(super) fn claims_v2(context: &ApiGatewayV2httpRequestContext) -> Claims<'_> {
    match &context.authorizer {
        None => Claims::Absent,
        // A route has one authorizer: an event with two was not written by a gateway.
        Some(ApiGatewayRequestAuthorizer {
            jwt, fields, iam, ..
        }) => match (jwt, fields.is_empty(), iam) {
            (Some(jwt), true, None) => {
                Claims::Found(Source::Texts(&jwt.claims), Strings::GatewayText)
            }
            (None, _, None) => of_lambda(fields),
            (None, true, Some(_)) => Claims::Absent,
            _ => Claims::Malformed,
        },
    }
}

/// Whether the gateway's own authorizer for JWTs or Cognito may have written these fields: it passes
/// nothing but the claims and, on an HTTP API, the token's scopes, a list or `null`:
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

/// What a Lambda authorizer put into its context: the claims themselves, or a member `claims` with them.
fn of_lambda(fields: &HashMap<String, Value>) -> Claims<'_> {
    // The same claim next to `claims` would be a second answer.
    match fields.get("claims") {
        // A REST context has an authorizer field even where the route has no authorizer.
        None if fields.is_empty() => Claims::Absent,
        None => Claims::Found(Source::Context(fields), Strings::FromAuthorizer),
        Some(Value::Object(claims)) if claims.keys().any(|key| fields.contains_key(key)) => {
            Claims::Malformed
        }
        Some(Value::Object(claims)) => {
            Claims::Found(Source::Object(claims), Strings::FromAuthorizer)
        }
        Some(Value::String(text)) => match Members::parse(text) {
            Ok(members) if members.iter().all(|(key, _)| !fields.contains_key(key)) => {
                Claims::Found(Source::Json(members), Strings::Exact)
            }
            _ => Claims::Malformed,
        },
        Some(_) => Claims::Malformed,
    }
}
