//! The function's answer, turned into an HTTP response.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>

use axum::body::Body;
use axum::http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, SET_COOKIE, TRANSFER_ENCODING};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::event::PayloadFormat;

/// The response to what the function answered.
///
/// # Errors
///
/// Says what the gateway cannot make sense of.
pub fn from_answer(answer: &[u8], format: PayloadFormat) -> Result<Response<Body>, String> {
    let value: Value = serde_json::from_slice(answer)
        .map_err(|error| format!("the answer is not JSON: {error}"))?;
    match (&value, format) {
        (Value::Object(members), _) if members.contains_key("statusCode") => {
            structured_response(members, format)
        }
        // Format 2.0 takes an answer without a status for the body of a response, as it is.
        (_, PayloadFormat::V2) => {
            let mut response = Response::new(Body::from(answer.to_vec()));
            response
                .headers_mut()
                .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            Ok(response)
        }
        (_, PayloadFormat::V1) => {
            Err("the answer has no statusCode, as format 1.0 requires".to_owned())
        }
    }
}

fn structured_response(
    answer: &Map<String, Value>,
    format: PayloadFormat,
) -> Result<Response<Body>, String> {
    let mut response = Response::new(Body::from(body(answer)?));
    *response.status_mut() = status(answer.get("statusCode"))?;
    let headers = response.headers_mut();
    for (name, value) in object(answer, "headers")?.into_iter().flatten() {
        headers.insert(header_name(name)?, header_value(name, value)?);
    }
    if format == PayloadFormat::V1 {
        for (name, values) in object(answer, "multiValueHeaders")?.into_iter().flatten() {
            let values = values
                .as_array()
                .ok_or(format!("multiValueHeaders.{name} is not a list"))?;
            // In both, the list is the fuller one.
            headers.remove(header_name(name)?);
            for value in values {
                headers.append(header_name(name)?, header_value(name, value)?);
            }
        }
    } else if let Some(cookies) = answer.get("cookies").filter(|cookies| !cookies.is_null()) {
        for cookie in cookies.as_array().ok_or("cookies is not a list")? {
            headers.append(SET_COOKIE, header_value("cookies", cookie)?);
        }
    }
    // These belong to the connection with the client, which is not the function's.
    for own in [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING] {
        headers.remove(own);
    }
    if !headers.contains_key(CONTENT_TYPE) {
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("text/plain;charset=UTF-8"),
        );
    }
    Ok(response)
}

fn status(status: Option<&Value>) -> Result<StatusCode, String> {
    let number = match status {
        Some(Value::Number(number)) => number.as_u64(),
        Some(Value::String(digits)) => digits.parse().ok(),
        _ => None,
    };
    let status = number.and_then(|number| u16::try_from(number).ok());
    let status = status.filter(|number| (200..600).contains(number));
    status
        .and_then(|number| StatusCode::from_u16(number).ok())
        .ok_or("statusCode is not a status".to_owned())
}

fn body(answer: &Map<String, Value>) -> Result<Vec<u8>, String> {
    let text = match answer.get("body") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::String(text)) => text,
        Some(_) => return Err("body is not a string".to_owned()),
    };
    match answer.get("isBase64Encoded") {
        Some(Value::Bool(true)) => STANDARD
            .decode(text)
            .map_err(|error| format!("body is not Base64: {error}")),
        None | Some(Value::Null | Value::Bool(false)) => Ok(text.clone().into_bytes()),
        Some(_) => Err("isBase64Encoded is not a boolean".to_owned()),
    }
}

fn object<'a>(
    answer: &'a Map<String, Value>,
    name: &str,
) -> Result<Option<&'a Map<String, Value>>, String> {
    match answer.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(members)) => Ok(Some(members)),
        Some(_) => Err(format!("{name} is not an object")),
    }
}

fn header_name(name: &str) -> Result<HeaderName, String> {
    name.parse()
        .map_err(|_| format!("`{name}` is not the name of a header"))
}

fn header_value(name: &str, value: &Value) -> Result<HeaderValue, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return Err(format!("the header `{name}` is not a string")),
    };
    HeaderValue::from_bytes(text.as_bytes())
        .map_err(|_| format!("the header `{name}` has a forbidden character"))
}

/// A response of the gateway itself: `{"message":"Not Found"}`.
pub(crate) fn message_response(status: StatusCode, message: &str) -> Response<Body> {
    json_response(status, &json!({ "message": message }))
}

pub(crate) fn json_response(status: StatusCode, body: &Value) -> Response<Body> {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

#[cfg(test)]
mod tests;
