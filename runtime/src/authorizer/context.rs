//! The authorizer's place in each kind of request context.

use std::collections::HashMap;

use lambda_http::aws_lambda_events::apigw::{
    ApiGatewayProxyRequestContext, ApiGatewayRequestAuthorizer, ApiGatewayV2httpRequestContext,
};
use lambda_http::request::RequestContext;
use serde_json::Value;

use super::Claims;
use crate::json;

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
    from_fields(&context.authorizer.fields)
}

/// Payload format 2.0 of HTTP APIs.
pub(super) fn claims_v2(context: &ApiGatewayV2httpRequestContext) -> Claims<'_> {
    match &context.authorizer {
        None => Claims::Absent,
        // A route has one authorizer: an event with two was not written by a gateway.
        Some(ApiGatewayRequestAuthorizer {
            jwt, fields, iam, ..
        }) => match (jwt, fields.is_empty(), iam) {
            (Some(jwt), true, None) => Claims::Text(&jwt.claims),
            (None, _, None) => match from_fields(fields) {
                // Nothing of a Lambda authorizer is rendered in this format.
                Claims::TextObject(claims) | Claims::JoinedText(claims) => {
                    Claims::PlainObject(claims)
                }
                claims => claims,
            },
            (None, true, Some(_)) => Claims::Absent,
            _ => Claims::Malformed,
        },
    }
}

fn from_fields(fields: &HashMap<String, Value>) -> Claims<'_> {
    match fields.get("claims") {
        // A REST context has an authorizer field even where the route has no authorizer.
        None if fields.is_empty() => Claims::Absent,
        None => Claims::Context(fields),
        // The same claim beside the others is a second answer.
        Some(Value::Object(claims)) if fields.keys().any(|key| claims.contains_key(key)) => {
            Claims::Malformed
        }
        Some(Value::String(text)) if fields.keys().any(|key| has_member(text, key)) => {
            Claims::Malformed
        }
        Some(Value::Object(claims))
            if claims
                .values()
                .all(|claim| claim.is_string() || claim.is_null()) =>
        {
            // An HTTP API hands over the scopes of the route beside them, if only as `null`:
            // https://github.com/awsdocs/amazon-api-gateway-developer-guide/issues/113
            if fields.contains_key("scopes") {
                Claims::TextObject(claims)
            } else {
                Claims::JoinedText(claims)
            }
        }
        // The JWT authorizer of a REST API keeps JSON types. Every token has a time that is a number,
        // so one value that is no text shows such an authorizer, and then a text is a JSON string:
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer-claims.html
        Some(Value::Object(claims)) => Claims::Object(claims),
        Some(Value::String(text)) => Claims::JsonText(text),
        Some(_) => Claims::Malformed,
    }
}

/// Whether the JSON object `text` has this key. One that cannot be read has no claims either.
fn has_member(text: &str, key: &str) -> bool {
    !matches!(json::members(text, [key]), Ok([None]))
}
