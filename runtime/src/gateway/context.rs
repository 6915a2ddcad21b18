//! The location of the authorizer's claims in each kind of request context.

use lambda_http::aws_lambda_events::apigw::{
    ApiGatewayRequestAuthorizer, ApiGatewayV2httpRequestContext,
};
use lambda_http::request::RequestContext;
use serde_json::Value;

use super::claims::{Claims, Fields, Source, StringKind};
use crate::value::json::Members;

/// The claims in a gateway's context, and whether the path parameters are percent-encoded. Contexts of other
/// services have no claims.
pub(super) fn read(context: Option<&RequestContext>) -> (Claims<'_>, bool) {
    let authorizer = match context {
        Some(RequestContext::ApiGatewayV1(context)) => &context.authorizer,
        // The Lambda authorizer of a WebSocket API runs when the client connects. The gateway passes its context
        // with each message, like that of a REST API.
        Some(RequestContext::WebSocket(context)) => &context.authorizer,
        Some(RequestContext::ApiGatewayV2(context)) => return (claims_v2(context), false),
        // Load balancers, if the features of `lambda_http` enable them.
        _ => return (Claims::Absent, false),
    };
    read_v1(Fields::Map(&authorizer.fields))
}

/// The same for an event as JSON. The error is the claims of an event without an authorizer's object.
pub(super) fn read_json(event: &Value) -> Result<(Claims<'_>, bool), Claims<'_>> {
    let authorizer = object(object(event.get("requestContext"))?.get("authorizer"))?;
    match event.get("version").map(Value::as_str) {
        None => Ok(read_v1(authorizer)),
        // Only HTTP APIs write a version, and they decode the path parameters.
        Some(Some("1.0")) => Ok((read_v1(authorizer).0, false)),
        Some(Some("2.0")) => Ok((claims_v2_json(authorizer)?, false)),
        Some(_) => Err(Claims::Absent),
    }
}

/// The object in this place of an event, or the claims if there is no object.
fn object(value: Option<&Value>) -> Result<Fields<'_>, Claims<'_>> {
    match value {
        None | Some(Value::Null) => Err(Claims::Absent),
        Some(Value::Object(object)) => Ok(Fields::Object(object)),
        Some(_) => Err(Claims::Malformed),
    }
}

/// The claims among the authorizer's fields of a REST API, or of an HTTP API with payload format 1.0, and whether
/// the path parameters are percent-encoded. A REST API passes them as the client sent them. An HTTP API decodes
/// them; `scopes` identify it.
pub(super) fn read_v1(fields: Fields<'_>) -> (Claims<'_>, bool) {
    let scopes = fields.get("scopes");
    let text = scopes.map_or(StringKind::MaybeJoined, |_| StringKind::GatewayText);
    let claims = match fields.get("claims") {
        Some(Value::Object(claims)) if is_jwt(fields) => jwt_claims(Fields::Object(claims), text),
        _ => lambda_claims(fields),
    };
    (claims, scopes.is_none())
}

/// The claims in a context of an HTTP API with payload format 2.0.
pub(super) fn claims_v2(context: &ApiGatewayV2httpRequestContext) -> Claims<'_> {
    match &context.authorizer {
        None => Claims::Absent,
        // A route has one authorizer, so a gateway never writes an event with two.
        Some(ApiGatewayRequestAuthorizer {
            jwt, fields, iam, ..
        }) => match (jwt, fields.is_empty(), iam) {
            (Some(jwt), true, None) => {
                Claims::Found(Source::Texts(&jwt.claims), StringKind::GatewayText)
            }
            (None, _, None) => lambda_claims(Fields::Map(fields)),
            (None, true, Some(_)) => Claims::Absent,
            _ => Claims::Malformed,
        },
    }
}

/// The same for an authorizer as JSON. An emulator passes a Lambda authorizer's context next to a `jwt` with the
/// payload of any token, so nothing may be next to it:
/// <https://github.com/dherault/serverless-offline/blob/master/src/events/http/lambda-events/LambdaProxyIntegrationEventV2.js>
fn claims_v2_json(authorizer: Fields<'_>) -> Result<Claims<'_>, Claims<'_>> {
    let present = authorizer.iter().filter(|(_, value)| !value.is_null());
    match authorizer.get("jwt") {
        _ if present.count() > 1 => Err(Claims::Malformed),
        None | Some(Value::Null) => Ok(lambda_claims(object(authorizer.get("lambda"))?)),
        jwt => {
            let claims = object(object(jwt)?.get("claims"))?;
            Ok(jwt_claims(claims, StringKind::GatewayText))
        }
    }
}

/// Whether the fields may come from the gateway's JWT or Cognito authorizer instead of a Lambda authorizer.
/// These pass only the claims and, on an HTTP API, the token's scopes, which are a list or `null`:
/// <https://github.com/awsdocs/amazon-api-gateway-developer-guide/issues/113>
fn is_jwt(fields: Fields<'_>) -> bool {
    fields.iter().all(|(key, value)| match key {
        "claims" => true,
        "scopes" => value.is_null() || value.is_array(),
        _ => false,
    })
}

/// The claims of the gateway's JWT or Cognito authorizer, which are all text, or have JSON types.
///
/// The JWT authorizer of a REST API keeps JSON types, and so do emulators of an HTTP API. Every token contains a
/// time, which is a number, so a value that is not a string identifies them:
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer-claims.html>
fn jwt_claims(claims: Fields<'_>, text: StringKind) -> Claims<'_> {
    let are_text = (claims.iter()).all(|(_, claim)| claim.is_string() || claim.is_null());
    let strings = if are_text { text } else { StringKind::Exact };
    Claims::Found(Source::Values(claims), strings)
}

/// The claims in the context of a Lambda authorizer: its fields, or a field that contains them. `jwtClaims` is
/// that of <https://github.com/lmammino/oidc-authorizer>.
fn lambda_claims(fields: Fields<'_>) -> Claims<'_> {
    let claims = match (fields.get("claims"), fields.get("jwtClaims")) {
        (Some(_), Some(_)) => return Claims::Malformed,
        (claims, jwt_claims) => claims.or(jwt_claims),
    };
    let found = |claims| Claims::Found(Source::Values(claims), StringKind::LambdaAuthorizer);
    // A claim must not occur both in the field and next to it: the two values could differ.
    let mut keys = fields.iter().map(|(key, _)| key);
    match claims {
        None | Some(Value::Null) if !fields.iter().any(is_content) => Claims::Absent,
        None => found(fields),
        Some(Value::Object(claims)) if !keys.any(|key| claims.contains_key(key)) => {
            found(Fields::Object(claims))
        }
        Some(Value::String(text)) => match Members::parse(text) {
            Ok(members) if !keys.any(|key| members.iter().any(|(name, _)| name == key)) => {
                Claims::Found(Source::Json(members), StringKind::Exact)
            }
            _ => Claims::Malformed,
        },
        Some(_) => Claims::Malformed,
    }
}

/// A REST context has an authorizer field even if the route has no authorizer. In payload format 1.0, AWS's
/// samples have `claims` and `scopes` of `null` there:
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>
fn is_content((key, value): (&str, &Value)) -> bool {
    !value.is_null() && !["principalId", "integrationLatency"].contains(&key)
}
