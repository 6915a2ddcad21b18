//! Events with any claims, created in microseconds.

use std::collections::HashMap;
use std::sync::LazyLock;

use lambda_http::aws_lambda_events::apigw::{
    ApiGatewayProxyRequest, ApiGatewayProxyRequestContext, ApiGatewayV2httpRequestContext,
};
use lambda_http::http::header::AUTHORIZATION;
use lambda_http::http::{HeaderMap, HeaderValue};
use lambda_http::request::RequestContext;
use lambda_http::{Request, RequestExt};
use serde_json::{Map, Value, json};

use crate::events;

/// The claims of an HTTP API.
pub type Texts = HashMap<String, String>;

static HTTP_API: LazyLock<ApiGatewayV2httpRequestContext> = LazyLock::new(|| {
    let event = events::request(&events::http_api_jwt(&json!({})));
    match event.request_context_ref() {
        Some(RequestContext::ApiGatewayV2(context)) => context.clone(),
        _ => unreachable!("an event of payload format 2.0"),
    }
});

static REST_API: LazyLock<ApiGatewayProxyRequestContext> = LazyLock::new(|| {
    let event = events::request(&events::rest_jwt(&json!({})));
    match event.request_context_ref() {
        Some(RequestContext::ApiGatewayV1(context)) => context.clone(),
        _ => unreachable!("an event of payload format 1.0"),
    }
});

/// HTTP API, payload 2.0, JWT authorizer.
#[must_use]
pub fn http_api(claims: &Texts) -> Request {
    let mut context = HTTP_API.clone();
    let authorizer = context.authorizer.as_mut();
    if let Some(jwt) = authorizer.and_then(|authorizer| authorizer.jwt.as_mut()) {
        jwt.claims.clone_from(claims);
    }
    Request::default().with_request_context(RequestContext::ApiGatewayV2(context))
}

/// HTTP API, payload 1.0, JWT authorizer, as `lambda_http` passes it.
pub(super) fn http_api_v1(claims: &Texts) -> Request {
    with_authorizer(&[("claims", json!(claims)), ("scopes", Value::Null)])
}

/// REST API, Cognito's authorizer, which joins lists with commas.
#[must_use]
pub fn cognito(claims: &Texts) -> Request {
    with_authorizer(&[("claims", json!(claims))])
}

/// REST API, a Lambda authorizer whose context is the claims.
#[must_use]
pub fn lambda_authorizer(claims: &Texts) -> Request {
    let fields: Vec<_> = claims
        .iter()
        .map(|(key, text)| (&**key, json!(text)))
        .collect();
    with_authorizer(&fields)
}

/// REST API, JWT authorizer: the claims have JSON types if one of them is not a string.
pub(super) fn rest(claims: Map<String, Value>) -> Request {
    with_authorizer(&[("claims", Value::Object(claims))])
}

fn with_authorizer(fields: &[(&str, Value)]) -> Request {
    let mut context = REST_API.clone();
    let fields = fields.iter();
    context.authorizer.fields = fields
        .map(|(key, value)| ((*key).to_owned(), value.clone()))
        .collect();
    Request::default().with_request_context(RequestContext::ApiGatewayV1(context))
}

/// The same event of payload format 1.0 as the plain Lambda runtime passes it, with these headers.
pub(super) fn plain_v1(event: &Request, headers: &HeaderMap) -> ApiGatewayProxyRequest {
    let mut plain = ApiGatewayProxyRequest::default();
    if let Some(RequestContext::ApiGatewayV1(context)) = event.request_context_ref() {
        plain.request_context = context.clone();
    }
    plain.multi_value_headers.clone_from(headers);
    plain
}

/// The same event of a JWT authorizer as JSON, in both payload formats. A header that is not text is `null`.
pub(super) fn as_json(event: &ApiGatewayProxyRequest) -> [Value; 2] {
    let jwt = &event.request_context.authorizer.fields;
    let headers = event.multi_value_headers.get_all(AUTHORIZATION).iter();
    let headers: Vec<_> = headers.map(|value| value.to_str().ok()).collect();
    [("1.0", json!(jwt)), ("2.0", json!({ "jwt": jwt }))].map(|(version, authorizer)| {
        json!({
            "version": version,
            "headers": {"Authorization": headers},
            "requestContext": {"authorizer": authorizer},
        })
    })
}

/// The event with these additional `Authorization` headers, except those that are invalid in HTTP.
pub fn with_authorization<'v>(
    mut event: Request,
    values: impl IntoIterator<Item = &'v [u8]>,
) -> Request {
    let values = values.into_iter().map(HeaderValue::from_bytes);
    for value in values.flatten() {
        event.headers_mut().append(AUTHORIZATION, value);
    }
    event
}
