//! Tests with valid and invalid responses of functions.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{from_function_response, ignored_field};
use crate::event::{Format, PayloadFormat};

const V1: Format = Format::Http(PayloadFormat::V1);
const V2: Format = Format::Http(PayloadFormat::V2);

/// Converts a function's response and returns the status, the headers sorted by name, and the body.
async fn convert(response: &Value, format: Format) -> (StatusCode, Vec<(String, String)>, Vec<u8>) {
    let (head, body) = from_function_response(response.to_string().as_bytes(), format)
        .unwrap()
        .into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let headers = head.headers.iter();
    let headers =
        headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    // The sort is stable: headers with the same name keep their order.
    let mut headers: Vec<_> = headers.collect();
    headers.sort_by_key(|(name, _)| name.clone());
    (head.status, headers, body.to_vec())
}

fn pairs(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[tokio::test]
async fn converts_a_full_response() {
    let response = json!({
        "statusCode": 403,
        "headers": {"Content-Type": "application/json", "x-number": 7, "content-length": "999", "connection": "close"},
        "multiValueHeaders": {"x-ignored": ["only in 1.0"]},
        "cookies": ["a=1", "b=2; Secure"],
        "body": "{\"message\":\"ä\"}",
        "isBase64Encoded": false,
    });
    let (status, headers, body) = convert(&response, V2).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let expected = [
        ("content-type", "application/json"),
        ("set-cookie", "a=1"),
        ("set-cookie", "b=2; Secure"),
        ("x-number", "7"),
    ];
    assert_eq!(headers, pairs(&expected));
    assert_eq!(body, "{\"message\":\"ä\"}".as_bytes());
}

#[tokio::test]
async fn reads_multi_value_headers_and_ignores_cookies_in_format_1_0() {
    let response = json!({
        "statusCode": 200,
        "headers": {"content-type": "text/html", "set-cookie": "b=2"},
        "multiValueHeaders": {"set-cookie": ["a=1", "b=2"]},
        "cookies": ["ignored=1"],
    });
    let (_, headers, body) = convert(&response, V1).await;
    assert_eq!(
        headers,
        pairs(&[
            ("content-type", "text/html"),
            ("set-cookie", "a=1"),
            ("set-cookie", "b=2")
        ])
    );
    assert!(body.is_empty());
}

#[tokio::test]
async fn decodes_base64_bodies() {
    let response = json!({"statusCode": 200, "body": "iVBORwD/", "isBase64Encoded": true});
    for format in [V1, V2, Format::Rest] {
        assert_eq!(convert(&response, format).await.2, b"\x89PNG\0\xff");
    }
}

#[tokio::test]
async fn uses_json_without_a_status_code_as_the_body_in_format_2_0() {
    for response in [json!({"body": "x"}), json!("text"), json!([1]), json!(null)] {
        let (status, headers, body) = convert(&response, V2).await;
        assert_eq!(
            (status, headers),
            (
                StatusCode::OK,
                pairs(&[("content-type", "application/json")])
            )
        );
        assert_eq!(body, response.to_string().as_bytes());
        for format in [V1, Format::Rest] {
            let error = from_function_response(response.to_string().as_bytes(), format);
            let expected = format!("statusCode is missing, which {format} requires");
            assert_eq!(error.unwrap_err(), expected);
        }
    }
}

#[test]
fn rejects_invalid_responses() {
    for invalid in [
        json!({"statusCode": 99}),
        json!({"statusCode": 600}),
        json!({"statusCode": "ok"}),
        json!({"statusCode": null}),
        json!({"statusCode": 200, "body": {"a": 1}}),
        json!({"statusCode": 200, "body": "!", "isBase64Encoded": true}),
        json!({"statusCode": 200, "body": "", "isBase64Encoded": "true"}),
        json!({"statusCode": 200, "headers": ["a"]}),
        json!({"statusCode": 200, "headers": {"a b": "c"}}),
        json!({"statusCode": 200, "headers": {"a": "b\r\nset-cookie: c=1"}}),
        json!({"statusCode": 200, "cookies": "a=1"}),
    ] {
        assert!(
            from_function_response(invalid.to_string().as_bytes(), V2).is_err(),
            "{invalid}"
        );
    }
    assert!(from_function_response(b"{", V2).is_err());
    assert!(from_function_response(b"", V2).is_err());
}

#[tokio::test]
async fn a_rest_api_renames_some_headers_and_has_another_content_type() {
    let response = json!({
        "statusCode": 401,
        "headers": {"WWW-Authenticate": "Bearer", "date": "x", "x-other": "1"},
        "multiValueHeaders": {"set-cookie": ["a=1", "b=2"]},
    });
    let (_, headers, _) = convert(&response, Format::Rest).await;
    let expected = [
        ("content-type", "application/json"),
        ("set-cookie", "a=1"),
        ("set-cookie", "b=2"),
        ("x-amzn-remapped-date", "x"),
        ("x-amzn-remapped-www-authenticate", "Bearer"),
        ("x-other", "1"),
    ];
    assert_eq!(headers, pairs(&expected));
    let (_, headers, _) = convert(&response, V1).await;
    assert!(headers.contains(&("www-authenticate".to_owned(), "Bearer".to_owned())));
}

#[test]
fn names_a_field_that_the_format_ignores() {
    let multi = json!({"statusCode": 200, "multiValueHeaders": {"a": ["1"]}}).to_string();
    let cookies = json!({"statusCode": 200, "cookies": ["a=1"]}).to_string();
    let ignored = |json: &str, format| ignored_field(json.as_bytes(), format);
    assert!(
        ignored(&multi, V2)
            .unwrap()
            .contains("ignores `multiValueHeaders`")
    );
    assert!(ignored(&cookies, V1).unwrap().contains("ignores `cookies`"));
    assert!(ignored(&cookies, Format::Rest).is_some());
    assert_eq!(ignored(&multi, V1), None);
    assert_eq!(ignored(&cookies, V2), None);
    let empty = json!({"statusCode": 200, "multiValueHeaders": {}, "cookies": []}).to_string();
    assert_eq!(ignored(&empty, V2).or(ignored(&empty, V1)), None);
}
