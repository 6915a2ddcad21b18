//! Events of a REST API.

use lambda_http::Request;
use serde_json::{Value, json};

use crate::events;

/// The event of a REST API with this authorizer context.
pub(crate) fn event(authorizer: &Value) -> Request {
    let event = json!({
        "resource": "/orders/{id}",
        "path": "/orders/7",
        "httpMethod": "DELETE",
        "headers": {"Host": "api.example.com"},
        "multiValueHeaders": {"Host": ["api.example.com"]},
        "queryStringParameters": null,
        "multiValueQueryStringParameters": null,
        "pathParameters": {"id": "7"},
        "stageVariables": null,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "abcdefghij",
            "authorizer": authorizer,
            "httpMethod": "DELETE",
            "identity": {"sourceIp": "192.0.2.1"},
            "path": "/prod/orders/7",
            "protocol": "HTTP/1.1",
            "requestId": "JKJaXmPLvHcESHA=",
            "requestTimeEpoch": 1_700_000_000_000_i64,
            "resourceId": "abc123",
            "resourcePath": "/orders/{id}",
            "stage": "prod",
        },
        "body": null,
        "isBase64Encoded": false,
    });
    events::read(&event.to_string())
}

/// The claims of a payload, each as a field: an object as JSON text, because a context contains no objects.
pub(crate) fn flat(payload: &Value) -> Value {
    let members = payload.as_object().into_iter().flatten();
    let fields = members.map(|(key, claim)| {
        let field = match claim {
            Value::Object(_) => json!(claim.to_string()),
            other => other.clone(),
        };
        (key.clone(), field)
    });
    Value::Object(fields.collect())
}
