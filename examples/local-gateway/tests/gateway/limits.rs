//! Tests of the size limits of requests and responses.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};

use serde_json::json;

use crate::client::{get, send, status_of};
use crate::start;

/// The limit for the request line and the header values together, in bytes.
const MAX_HEAD: usize = 10_240;

/// The status of a request with nothing but these headers.
async fn status(address: SocketAddr, target: String, header: String) -> String {
    let request = format!(
        "GET {target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx-a-long-name: {header}\r\n\r\n"
    );
    status_of(address, request).await
}

#[tokio::test]
async fn limits_the_request_line_and_header_values_to_10240_bytes() {
    let gateway = start(|_| {}).await;
    let fixed_size = "GET /open/a HTTP/1.1".len() + "a".len() + "close".len();
    for (size, expected) in [(MAX_HEAD, "200"), (MAX_HEAD + 1, "431")] {
        let header = "x".repeat(size - fixed_size);
        let actual = status(gateway.address(), "/open/a".to_owned(), header).await;
        assert_eq!(actual, expected, "{size} with a long header");
        let query = "x".repeat(size - fixed_size - "?".len() - "b".len());
        let target = format!("/open/a?{query}");
        let actual = status(gateway.address(), target, "b".to_owned()).await;
        assert_eq!(actual, expected, "{size} with a long query");
    }
}

#[tokio::test]
async fn rejects_a_body_that_is_too_large() {
    let gateway = start(|_| {}).await;
    // One exceeds the gateway's limit, the other exceeds Lambda's limit after Base64 encoding.
    for size in [10 * 1024 * 1024 + 1, 5 * 1024 * 1024] {
        let response = send(
            &gateway,
            "POST",
            "/open/binary",
            &[("content-type", "image/png")],
            &vec![0; size],
        )
        .await;
        assert_eq!(
            (response.status, response.json()),
            (413, json!({"message": "Request Entity Too Large"})),
            "{size}"
        );
    }
}

#[tokio::test]
async fn passes_large_bodies_in_both_directions() {
    let gateway = start(|_| {}).await;
    // This is binary, so it is encoded in Base64, which adds a third to its size.
    let mut body = vec![0xff; 4 * 1024 * 1024];
    body[0] = 0;
    let png = [("content-type", "image/png")];
    let response = send(&gateway, "POST", "/open/binary", &png, &body).await;
    assert_eq!(response.status, 200);
    body.reverse();
    // `assert_eq!` would print both bodies.
    assert!(response.body == body);
    let response = get(&gateway, "/open/five-megabytes", &[]).await;
    assert_eq!(
        (response.status, response.body.len()),
        (200, 5 * 1024 * 1024)
    );
}

/// Sends an upload, closes the sending side, and returns the status code and the body of the response.
async fn upload(address: SocketAddr, framing: &str, body: Vec<u8>) -> (String, String) {
    let head =
        format!("POST /open/binary HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{framing}\r\n\r\n");
    let sent = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&body).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    });
    let response = sent.await.unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().to_owned(), body.to_owned())
}

#[tokio::test]
async fn rejects_an_incomplete_or_malformed_body_with_400() {
    let gateway = start(|_| {}).await;
    for (framing, body) in [
        ("content-length: 10", "abc"),
        ("transfer-encoding: chunked", "3\r\nabc\r\n"),
        ("transfer-encoding: chunked", "3\r\nabc\r\nno size\r\n"),
    ] {
        let response = upload(gateway.address(), framing, body.into()).await;
        let expected = ("400".to_owned(), r#"{"message":"Bad Request"}"#.to_owned());
        assert_eq!(response, expected, "{framing}: {body:?}");
    }
}

#[tokio::test]
async fn rejects_an_incomplete_body_above_the_limit_with_413() {
    let gateway = start(|_| {}).await;
    let sent = vec![b'a'; 10 * 1024 * 1024 + 1];
    let framing = format!("content-length: {}", sent.len() + 1);
    let (status, _) = upload(gateway.address(), &framing, sent).await;
    assert_eq!(status, "413");
}
