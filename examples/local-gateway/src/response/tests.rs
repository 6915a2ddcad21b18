//! Answers of functions, those that make a response and those that do not.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::from_answer;
use crate::event::PayloadFormat;

/// Status, headers and body of the response.
async fn response(
    answer: &Value,
    format: PayloadFormat,
) -> (StatusCode, Vec<(String, String)>, Vec<u8>) {
    let (head, body) = from_answer(answer.to_string().as_bytes(), format)
        .unwrap()
        .into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let headers = head.headers.iter();
    let headers =
        headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    // Sorted by name; several of one name stay in their order.
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
async fn a_full_answer_becomes_a_response() {
    let answer = json!({
        "statusCode": 403,
        "headers": {"Content-Type": "application/json", "x-number": 7, "content-length": "999", "connection": "close"},
        "multiValueHeaders": {"x-ignored": ["only in 1.0"]},
        "cookies": ["a=1", "b=2; Secure"],
        "body": "{\"message\":\"ä\"}",
        "isBase64Encoded": false,
    });
    let (status, headers, body) = response(&answer, PayloadFormat::V2).await;
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
async fn format_1_0_has_lists_of_header_values_and_no_cookies() {
    let answer = json!({
        "statusCode": 200,
        "headers": {"content-type": "text/html", "set-cookie": "b=2"},
        "multiValueHeaders": {"set-cookie": ["a=1", "b=2"]},
        "cookies": ["ignored=1"],
    });
    let (_, headers, body) = response(&answer, PayloadFormat::V1).await;
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
async fn binary_bodies_are_decoded() {
    let answer = json!({"statusCode": 200, "body": "iVBORwD/", "isBase64Encoded": true});
    for format in [PayloadFormat::V1, PayloadFormat::V2] {
        assert_eq!(response(&answer, format).await.2, b"\x89PNG\0\xff");
    }
}

#[tokio::test]
async fn without_a_status_format_2_0_takes_the_answer_for_the_body() {
    for answer in [json!({"body": "x"}), json!("text"), json!([1]), json!(null)] {
        let (status, headers, body) = response(&answer, PayloadFormat::V2).await;
        assert_eq!(
            (status, headers),
            (
                StatusCode::OK,
                pairs(&[("content-type", "application/json")])
            )
        );
        assert_eq!(body, answer.to_string().as_bytes());
        assert!(from_answer(answer.to_string().as_bytes(), PayloadFormat::V1).is_err());
    }
}

#[test]
fn what_is_no_response_is_an_error() {
    for bad in [
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
            from_answer(bad.to_string().as_bytes(), PayloadFormat::V2).is_err(),
            "{bad}"
        );
    }
    assert!(from_answer(b"{", PayloadFormat::V2).is_err());
    assert!(from_answer(b"", PayloadFormat::V2).is_err());
}
