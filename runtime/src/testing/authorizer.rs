//! What a route's authorizer passes to the function: `requestContext.authorizer`.

use serde_json::{Map, Value, json};

use super::caller::Caller;
use super::gateway::Format;
use super::misuse::misuse;
use super::render::{self, Numbers};
use super::times;

/// The authorizer of a route with a caller.
#[derive(Clone, Debug)]
pub(super) enum Authorizer {
    /// The route requires one of these scopes.
    Jwt(Vec<String>),
    Cognito,
    /// The function returns the authorizer's context for the payload of a token.
    Lambda(fn(&Value) -> Value),
}

impl Authorizer {
    /// The authorizer's object in the event, or `None` if the event has none.
    #[track_caller]
    pub(super) fn context(&self, format: Format, caller: Option<&Caller>) -> Option<Value> {
        let Some(caller) = caller else {
            if !matches!(self, Self::Jwt(scopes) if scopes.is_empty()) {
                misuse("an authorizer rejects a request without a token; add `.caller(…)`");
            }
            return (format == Format::HttpApi1).then(|| json!({"claims": null, "scopes": null}));
        };
        let payload = caller.payload();
        Some(match (self, format) {
            (Self::Jwt(_), Format::RestApi) => json!({"claims": payload}),
            (Self::Jwt(required), _) => {
                let jwt = json!({"claims": text(&payload), "scopes": scopes(&payload, required)});
                if format == Format::HttpApi2 {
                    json!({"jwt": jwt})
                } else {
                    jwt
                }
            }
            (Self::Cognito, _) => json!({"claims": cognito(&payload)}),
            (Self::Lambda(context), Format::HttpApi2) => {
                json!({"lambda": object(context(&payload))})
            }
            (Self::Lambda(context), _) => flat(format, &payload, object(context(&payload))),
        })
    }
}

/// The claims as an HTTP API writes them.
#[track_caller]
fn text(payload: &Value) -> Value {
    match render::claims(&payload.to_string(), Numbers::Float64) {
        Ok(claims) => json!(claims),
        Err(error) => misuse(&format!("an HTTP API cannot write these claims: {error}")),
    }
}

/// The scopes of the token, from `scope` or else `scp`, if the route requires one of them:
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html>
#[track_caller]
fn scopes(payload: &Value, required: &[String]) -> Option<Vec<String>> {
    if required.is_empty() {
        return None;
    }
    let claim = payload.get("scope").or_else(|| payload.get("scp"));
    let text = claim.and_then(Value::as_str).unwrap_or_default();
    let list = claim.and_then(Value::as_array).into_iter().flatten();
    let list = list.filter_map(Value::as_str);
    let scopes: Vec<_> = text
        .split_ascii_whitespace()
        .chain(list)
        .map(str::to_owned)
        .collect();
    if !required.iter().any(|scope| scopes.contains(scope)) {
        misuse(&format!(
            "the authorizer rejects a token without one of the route's scopes, `{}`; add one to the caller: \
             `.claim(\"scope\", json!(\"…\"))`",
            required.join("`, `")
        ));
    }
    Some(scopes)
}

/// The claims as Cognito's authorizer writes them: numbers and booleans as text, lists joined with commas, and the
/// times `exp` and `iat` as dates.
#[track_caller]
fn cognito(payload: &Value) -> Value {
    let mut claims = Map::new();
    for (key, value) in payload.as_object().into_iter().flatten() {
        let text = match (key.as_str(), value) {
            (_, Value::Null) => continue,
            ("exp" | "iat", Value::Number(seconds)) => match seconds.as_u64() {
                Some(seconds) => times::cognito(seconds),
                None => misuse(&format!("`{key}` is not in whole seconds since 1970")),
            },
            (_, Value::Array(items)) => {
                let mut texts = Vec::new();
                for item in items {
                    texts.push(scalar(key, item));
                }
                texts.join(",")
            }
            (_, value) => scalar(key, value),
        };
        claims.insert(key.clone(), json!(text));
    }
    Value::Object(claims)
}

#[track_caller]
fn scalar(key: &str, value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => misuse(&format!(
            "it is unknown how Cognito's authorizer writes `{key}`, which contains `{value}`; use a caller with the \
             claims of a user pool: `Caller::from_payload(…)`"
        )),
    }
}

/// The context of a Lambda authorizer.
#[track_caller]
fn object(context: Value) -> Map<String, Value> {
    let Value::Object(context) = context else {
        misuse(&format!(
            "a Lambda authorizer's context is an object, not `{context}`"
        ));
    };
    context
}

/// The context next to the fields that API Gateway adds.
#[track_caller]
fn flat(format: Format, payload: &Value, context: Map<String, Value>) -> Value {
    let user = payload.get("sub").and_then(Value::as_str).unwrap_or("user");
    let mut fields = Map::new();
    fields.insert("principalId".to_owned(), json!(user));
    fields.insert("integrationLatency".to_owned(), json!(7));
    for (key, value) in context {
        if format == Format::RestApi && (value.is_array() || value.is_object()) {
            misuse(&format!(
                "a REST API accepts only strings, numbers and booleans in a Lambda authorizer's context; write \
                 `{key}` as JSON text, with `to_string()`"
            ));
        }
        fields.insert(key, value);
    }
    Value::Object(fields)
}
