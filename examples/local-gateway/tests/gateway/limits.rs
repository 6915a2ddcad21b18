//! How large a request and an answer may be.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};

use serde_json::json;

use crate::client::{get, send};
use crate::start;

/// The limit of the request line and the headers' values together.
const HEAD: usize = 10_240;

/// The status of a request that is sent letter by letter: other clients add headers of their own.
async fn status(address: SocketAddr, target: String, header: String) -> String {
    let sent = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        let request = format!(
            "GET {target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx-a-long-name: {header}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    });
    sent.await.unwrap()
}

#[tokio::test]
async fn the_request_line_and_the_values_of_the_headers_may_have_10240_bytes_and_no_more() {
    let gateway = start(|_| {}).await;
    let others = "GET /open/a HTTP/1.1".len() + "a".len() + "close".len();
    for (size, expected) in [(HEAD, "200"), (HEAD + 1, "431")] {
        let header = "x".repeat(size - others);
        let answered = status(gateway.address(), "/open/a".to_owned(), header).await;
        assert_eq!(answered, expected, "{size} by a header");
        let query = "x".repeat(size - others - "?".len() - "b".len());
        let target = format!("/open/a?{query}");
        let answered = status(gateway.address(), target, "b".to_owned()).await;
        assert_eq!(answered, expected, "{size} by the query");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let gateway = start(|_| {}).await;
    // More than the gateway takes, and more than Lambda takes once it is in Base64.
    for size in [10 * 1024 * 1024 + 1, 5 * 1024 * 1024] {
        let answer = send(
            &gateway,
            "POST",
            "/open/binary",
            &[("content-type", "image/png")],
            &vec![0; size],
        )
        .await;
        assert_eq!(
            (answer.status, answer.json()),
            (413, json!({"message": "Request Entity Too Large"})),
            "{size}"
        );
    }
}

#[tokio::test]
async fn a_large_body_passes_both_ways() {
    let gateway = start(|_| {}).await;
    // No text, so it goes in Base64 and takes a third more.
    let mut body = vec![0xff; 4 * 1024 * 1024];
    body[0] = 0;
    let png = [("content-type", "image/png")];
    let answer = send(&gateway, "POST", "/open/binary", &png, &body).await;
    assert_eq!(answer.status, 200);
    body.reverse();
    // Not `assert_eq`, which would print both.
    assert!(answer.body == body);
    let answer = get(&gateway, "/open/five-megabytes", &[]).await;
    assert_eq!((answer.status, answer.body.len()), (200, 5 * 1024 * 1024));
}

/// The status and the body of the answer to an upload after which nothing more is sent.
async fn upload(address: SocketAddr, framing: &str, body: Vec<u8>) -> (String, String) {
    let head =
        format!("POST /open/binary HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{framing}\r\n\r\n");
    let sent = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&body).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    });
    let answer = sent.await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().to_owned(), body.to_owned())
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_a_bad_request() {
    let gateway = start(|_| {}).await;
    for (framing, body) in [
        ("content-length: 10", "abc"),
        ("transfer-encoding: chunked", "3\r\nabc\r\n"),
        ("transfer-encoding: chunked", "3\r\nabc\r\nno size\r\n"),
    ] {
        let answer = upload(gateway.address(), framing, body.into()).await;
        let expected = ("400".to_owned(), r#"{"message":"Bad Request"}"#.to_owned());
        assert_eq!(answer, expected, "{framing}: {body:?}");
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_when_it_is_too_large_already_is_refused_as_too_large() {
    let gateway = start(|_| {}).await;
    let sent = vec![b'a'; 10 * 1024 * 1024 + 1];
    let framing = format!("content-length: {}", sent.len() + 1);
    let (status, _) = upload(gateway.address(), &framing, sent).await;
    assert_eq!(status, "413");
}
