//! Events of each gateway and authorizer, with given claims.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lambda_http::Request;
use serde_json::{Map, Value, json};

/// An event of an HTTP API with payload format 1.0, with this authorizer context.
#[must_use]
pub fn v1(authorizer: &Value) -> Value {
    json!({
        "version": "1.0",
        "resource": "/orders/{id}",
        "path": "/orders/7",
        "httpMethod": "DELETE",
        "headers": {"accept": "*/*", "host": "api.example.com"},
        "multiValueHeaders": {"accept": ["*/*"], "host": ["api.example.com"]},
        "queryStringParameters": null,
        "multiValueQueryStringParameters": null,
        "pathParameters": {"id": "7"},
        "stageVariables": null,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api",
            "authorizer": authorizer,
            "domainName": "api.example.com",
            "httpMethod": "DELETE",
            "identity": {"sourceIp": "192.0.2.1", "userAgent": "test"},
            "path": "/orders/7",
            "protocol": "HTTP/1.1",
            "requestId": "request",
            "requestTimeEpoch": 1_700_000_000_000_i64,
            "resourceId": "resource",
            "resourcePath": "/orders/{id}",
            "stage": "$default",
        },
        "body": null,
        "isBase64Encoded": false,
    })
}

/// An event of a REST API, which has no version, with this authorizer context.
#[must_use]
pub fn rest(authorizer: &Value) -> Value {
    let mut event = v1(authorizer);
    if let Some(event) = event.as_object_mut() {
        event.remove("version");
    }
    event
}

/// An event of payload format 2.0 with this authorizer context; without one if it is `null`.
#[must_use]
pub fn v2(authorizer: &Value) -> Value {
    let mut event = json!({
        "version": "2.0",
        "routeKey": "DELETE /orders/{id}",
        "rawPath": "/orders/7",
        "rawQueryString": "",
        "headers": {"accept": "*/*", "host": "api.example.com"},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api",
            "domainName": "api.example.com",
            "domainPrefix": "api",
            "http": {
                "method": "DELETE",
                "path": "/orders/7",
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "test",
            },
            "requestId": "request",
            "routeKey": "DELETE /orders/{id}",
            "stage": "$default",
            "time": "14/Nov/2023:22:13:20 +0000",
            "timeEpoch": 1_700_000_000_000_i64,
        },
        "pathParameters": {"id": "7"},
        "isBase64Encoded": false,
    });
    let context = event.pointer_mut("/requestContext");
    if let (Some(Value::Object(context)), false) = (context, authorizer.is_null()) {
        context.insert("authorizer".to_owned(), authorizer.clone());
    }
    event
}

/// An event of an application load balancer.
#[must_use]
pub fn load_balancer() -> Value {
    json!({
        "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:region:1:t/1"}},
        "httpMethod": "DELETE",
        "path": "/orders/7",
        "queryStringParameters": {},
        "headers": {"accept": "*/*"},
        "body": "",
        "isBase64Encoded": false,
    })
}

/// A message of a WebSocket API, with this authorizer context.
#[must_use]
pub fn websocket(authorizer: &Value) -> Value {
    json!({
        "requestContext": {
            "routeKey": "$default",
            "eventType": "MESSAGE",
            "messageDirection": "IN",
            "connectionId": "connection-1",
            "connectedAt": 1_700_000_000_000_i64,
            "requestTimeEpoch": 1_700_000_000_000_i64,
            "apiId": "api",
            "stage": "$default",
            "authorizer": authorizer,
        },
        "body": "",
        "isBase64Encoded": false,
    })
}

/// HTTP API, payload 2.0, JWT authorizer: every claim is text.
#[must_use]
pub fn http_api_jwt(text: &Value) -> Value {
    v2(&json!({"jwt": {"claims": text, "scopes": null}}))
}

/// HTTP API, payload 1.0, JWT authorizer: every claim is text.
#[must_use]
pub fn http_api_jwt_v1(text: &Value) -> Value {
    v1(&json!({"claims": text, "scopes": null}))
}

/// HTTP API, payload 2.0, a Lambda authorizer whose context is the claims.
#[must_use]
pub fn http_api_lambda_flat(claims: &Value) -> Value {
    v2(&json!({"lambda": claims}))
}

/// HTTP API, payload 2.0, a Lambda authorizer with the claims as an object in its context.
#[must_use]
pub fn http_api_lambda_claims(claims: &Value) -> Value {
    v2(&json!({"lambda": {"claims": claims, "requestedBy": "web"}}))
}

/// HTTP API, payload 2.0, a Lambda authorizer with the claims as JSON text in its context.
#[must_use]
pub fn http_api_lambda_json(claims: &Value) -> Value {
    v2(&json!({"lambda": {"claims": claims.to_string()}}))
}

/// REST API, JWT authorizer: every claim with its JSON type.
#[must_use]
pub fn rest_jwt(claims: &Value) -> Value {
    rest(&json!({"claims": claims}))
}

/// REST API, Cognito's authorizer: every claim is text, and lists are joined with commas.
#[must_use]
pub fn rest_cognito(text: &Value) -> Value {
    rest(&json!({"claims": text}))
}

/// REST API, a Lambda authorizer, whose context contains scalars only: objects are JSON text.
#[must_use]
pub fn rest_lambda_flat(claims: &Value) -> Value {
    let mut context: Map<String, Value> = claims
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| {
            let value = match value {
                Value::Object(_) | Value::Array(_) => Value::String(value.to_string()),
                scalar => scalar.clone(),
            };
            (key.clone(), value)
        })
        .collect();
    context.insert("principalId".to_owned(), json!("user"));
    rest(&Value::Object(context))
}

/// REST API, a Lambda authorizer with all claims as JSON text in its context.
#[must_use]
pub fn rest_lambda_json(claims: &Value) -> Value {
    rest(&json!({"claims": claims.to_string(), "principalId": "user"}))
}

/// A token with this payload and an invalid signature, which only the gateway would check.
#[must_use]
pub fn token(payload: &str) -> String {
    format!("e30.{}.c2lnbmF0dXJl", URL_SAFE_NO_PAD.encode(payload))
}

/// The event with this `Authorization` header, in each form of headers that the event has.
#[must_use]
pub fn with_authorization(mut event: Value, value: &str) -> Value {
    for (headers, value) in [
        ("/headers", json!(value)),
        ("/multiValueHeaders", json!([value])),
    ] {
        if let Some(Value::Object(headers)) = event.pointer_mut(headers) {
            headers.insert("Authorization".to_owned(), value);
        }
    }
    event
}

/// The event with a token of this payload after `Bearer`.
#[must_use]
pub fn with_token(event: Value, payload: &str) -> Value {
    with_authorization(event, &format!("Bearer {}", token(payload)))
}

/// The event as `lambda_http` passes it to a handler.
///
/// # Panics
///
/// If `lambda_http` cannot read it.
#[must_use]
pub fn request(event: &Value) -> Request {
    lambda_http::request::from_str(&event.to_string()).expect("an event that lambda_http reads")
}
