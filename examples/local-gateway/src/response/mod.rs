//! Converts the function's response (JSON) into an HTTP response.
//!
//! - <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>
//! - <https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html>

use axum::body::Body;
use axum::http::header::{
    AUTHORIZATION, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, DATE, SERVER, SET_COOKIE,
    TRANSFER_ENCODING, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use crate::event::{Format, PayloadFormat};

/// The headers that a REST API renames in a function's response.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html>
const REMAPPED: [HeaderName; 4] = [AUTHORIZATION, DATE, SERVER, WWW_AUTHENTICATE];

/// Converts the JSON that the function returned.
///
/// # Errors
///
/// Returns a description of the problem if the JSON is not a valid response for this payload format.
pub fn from_function_response(json: &[u8], format: Format) -> Result<Response<Body>, String> {
    let value: Value = serde_json::from_slice(json)
        .map_err(|error| format!("the response is not JSON: {error}"))?;
    match (&value, format) {
        (Value::Object(members), _) if members.contains_key("statusCode") => {
            structured_response(members, format)
        }
        // In format 2.0, JSON without a status code is the body of a 200 response.
        (_, Format::Http(PayloadFormat::V2)) => {
            let mut response = Response::new(Body::from(json.to_vec()));
            response
                .headers_mut()
                .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            Ok(response)
        }
        _ => Err(format!("statusCode is missing, which {format} requires")),
    }
}

fn structured_response(
    members: &Map<String, Value>,
    format: Format,
) -> Result<Response<Body>, String> {
    let mut response = Response::new(Body::from(body(members)?));
    *response.status_mut() = status(members.get("statusCode"))?;
    let headers = response.headers_mut();
    for (name, value) in object(members, "headers")?.into_iter().flatten() {
        headers.insert(header_name(name)?, header_value(name, value)?);
    }
    if format != Format::Http(PayloadFormat::V2) {
        for (name, values) in object(members, "multiValueHeaders")?.into_iter().flatten() {
            let values = values
                .as_array()
                .ok_or(format!("multiValueHeaders.{name} is not a list"))?;
            // If both contain a header, the values in `multiValueHeaders` replace the one in `headers`.
            headers.remove(header_name(name)?);
            for value in values {
                headers.append(header_name(name)?, header_value(name, value)?);
            }
        }
    } else if let Some(cookies) = members.get("cookies").filter(|cookies| !cookies.is_null()) {
        for cookie in cookies.as_array().ok_or("cookies is not a list")? {
            headers.append(SET_COOKIE, header_value("cookies", cookie)?);
        }
    }
    // The gateway controls the connection to the client, so it sets these headers itself.
    for name in [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING] {
        headers.remove(name);
    }
    if format == Format::Rest {
        remap(headers);
    }
    if !headers.contains_key(CONTENT_TYPE) {
        let default = match format {
            Format::Http(_) => "text/plain;charset=UTF-8",
            Format::Rest => "application/json",
        };
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(default));
    }
    Ok(response)
}

/// Renames headers as a REST API does: `WWW-Authenticate` becomes `x-amzn-remapped-www-authenticate`.
fn remap(headers: &mut HeaderMap) {
    for name in REMAPPED {
        let values: Vec<_> = headers.get_all(&name).iter().cloned().collect();
        headers.remove(&name);
        let Ok(renamed) = HeaderName::try_from(format!("x-amzn-remapped-{name}")) else {
            continue;
        };
        for value in values {
            headers.append(renamed.clone(), value);
        }
    }
}

/// Describes a field with content in a function's response that this format ignores.
#[must_use]
pub fn ignored_field(json: &[u8], format: Format) -> Option<String> {
    let response: Value = serde_json::from_slice(json).unwrap_or_default();
    let (ignored, instead) = match format {
        Format::Http(PayloadFormat::V2) => ("multiValueHeaders", "`headers` and `cookies`"),
        _ => ("cookies", "`multiValueHeaders`"),
    };
    let has_content = |value: &Value| match value {
        Value::Array(values) => !values.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => false,
    };
    response.get("statusCode")?;
    response.get(ignored).filter(|value| has_content(value))?;
    Some(format!(
        "{format} ignores `{ignored}` in the function's response; use {instead}"
    ))
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
        .ok_or("statusCode is not a valid status code".to_owned())
}

fn body(members: &Map<String, Value>) -> Result<Vec<u8>, String> {
    let text = match members.get("body") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::String(text)) => text,
        Some(_) => return Err("body is not a string".to_owned()),
    };
    match members.get("isBase64Encoded") {
        Some(Value::Bool(true)) => STANDARD
            .decode(text)
            .map_err(|error| format!("body is not Base64: {error}")),
        None | Some(Value::Null | Value::Bool(false)) => Ok(text.clone().into_bytes()),
        Some(_) => Err("isBase64Encoded is not a boolean".to_owned()),
    }
}

fn object<'a>(
    members: &'a Map<String, Value>,
    name: &str,
) -> Result<Option<&'a Map<String, Value>>, String> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(members)) => Ok(Some(members)),
        Some(_) => Err(format!("{name} is not an object")),
    }
}

fn header_name(name: &str) -> Result<HeaderName, String> {
    name.parse()
        .map_err(|_| format!("`{name}` is not a valid header name"))
}

fn header_value(name: &str, value: &Value) -> Result<HeaderValue, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return Err(format!("the header `{name}` is not a string")),
    };
    HeaderValue::from_bytes(text.as_bytes())
        .map_err(|_| format!("the header `{name}` contains an invalid character"))
}

#[cfg(test)]
mod tests;
