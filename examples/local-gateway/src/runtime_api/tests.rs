//! Tests of the Runtime API over HTTP, in the role of a function's process.

use std::time::SystemTime;

use axum::body::Bytes;
use serde_json::Value;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use super::{Invocation, MAX_PAYLOAD, ProcessMessage, RuntimeApi};

/// Sends a request from a separate thread, because the client blocks. Returns the status and the body,
/// followed by the Runtime API's headers.
async fn request(
    api: &RuntimeApi,
    method: &str,
    path: &str,
    header: (&str, &str),
    body: Vec<u8>,
) -> (u16, Value) {
    let request = axum::http::Request::builder()
        .method(method)
        .uri(format!("http://{}/2018-06-01/runtime/{path}", api.address))
        .header(header.0, header.1)
        .body(body)
        .unwrap();
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let sent = tokio::task::spawn_blocking(move || {
        let mut response = agent.run(request).unwrap();
        let mut body = response.body_mut().read_to_vec().unwrap();
        for header in [
            "aws-request-id",
            "deadline-ms",
            "invoked-function-arn",
            "trace-id",
        ] {
            let value = response.headers().get(format!("lambda-runtime-{header}"));
            body.extend(
                value
                    .map(|value| format!("\n{}", value.to_str().unwrap()))
                    .unwrap_or_default()
                    .bytes(),
            );
        }
        (response.status().as_u16(), body)
    });
    let (status, body) = sent.await.unwrap();
    (
        status,
        serde_json::from_slice(&body).unwrap_or_else(|_| String::from_utf8(body).unwrap().into()),
    )
}

async fn post(api: &RuntimeApi, path: &str, body: &str) -> (u16, Value) {
    request(
        api,
        "POST",
        path,
        ("content-type", "application/json"),
        body.as_bytes().to_vec(),
    )
    .await
}

/// An API whose process has received the event with this id.
async fn api_with_event(id: &str) -> RuntimeApi {
    let mut api = RuntimeApi::start("local").await.unwrap();
    receive_event(&mut api, id).await;
    api
}

async fn receive_event(api: &mut RuntimeApi, id: &str) -> (u16, Value) {
    let invocation = Invocation {
        id: id.to_owned(),
        event: Bytes::from_static(b"{}"),
        trace_id: "Root=1".to_owned(),
        deadline: SystemTime::UNIX_EPOCH,
    };
    api.invocations.send(invocation).await.unwrap();
    let next = request(api, "GET", "invocation/next", ("accept", "*/*"), Vec::new()).await;
    assert!(matches!(
        api.messages.recv().await,
        Some(ProcessMessage::Ready)
    ));
    next
}

#[tokio::test]
async fn sends_an_event_with_its_headers() {
    let mut api = RuntimeApi::start("local").await.unwrap();
    let (status, text) = receive_event(&mut api, "7").await;
    let expected = "{}\n7\n0\narn:aws:lambda:us-east-1:123456789012:function:local\nRoot=1";
    assert_eq!((status, text), (200, expected.into()));
}

#[tokio::test]
async fn accepts_one_response_to_the_current_event_only() {
    let mut api = api_with_event("7").await;
    assert_eq!(post(&api, "invocation/8/response", "{}").await.0, 400);
    assert_eq!(post(&api, "invocation/8/error", "{}").await.0, 400);
    assert_eq!(post(&api, "invocation/7/response", "1").await.0, 202);
    let (status, error) = post(&api, "invocation/7/response", "2").await;
    assert_eq!(
        (status, &error["errorType"]),
        (400, &"InvalidRequestID".into())
    );
    assert_eq!(post(&api, "invocation/7/error", "{}").await.0, 400);
    let Some(ProcessMessage::Response(response)) = api.messages.recv().await else {
        panic!("expected a response")
    };
    assert_eq!(&response[..], b"1");
    assert!(api.messages.try_recv().is_err());
    // The id of the first event is still rejected during the next one.
    receive_event(&mut api, "9").await;
    assert_eq!(post(&api, "invocation/7/response", "{}").await.0, 400);
    assert_eq!(post(&api, "invocation/9/error", "it failed").await.0, 202);
    assert!(
        matches!(api.messages.recv().await, Some(ProcessMessage::Error(reason)) if reason == "it failed")
    );
}

#[tokio::test]
async fn rejects_a_streamed_response_and_names_the_alternative() {
    let mut api = api_with_event("7").await;
    let mode = ("lambda-runtime-function-response-mode", "streaming");
    let (status, error) =
        request(&api, "POST", "invocation/7/response", mode, b"{}".to_vec()).await;
    assert_eq!(
        (status, &error["errorType"]),
        (400, &"Runtime.StreamingNotSupported".into())
    );
    assert!(
        matches!(api.messages.recv().await, Some(ProcessMessage::Error(reason)) if reason.contains("`lambda_http::run`"))
    );
}

#[tokio::test]
async fn reports_a_process_that_fails_to_start() {
    let mut api = RuntimeApi::start("local").await.unwrap();
    assert_eq!(post(&api, "init/error", "no database").await.0, 202);
    assert!(
        matches!(api.messages.recv().await, Some(ProcessMessage::InitError(reason)) if reason == "no database")
    );
    assert_eq!(post(&api, "something/else", "").await.0, 404);
}

#[tokio::test]
async fn distinguishes_a_response_that_is_too_large_from_an_incomplete_one() {
    let mut api = api_with_event("7").await;
    let too_large = "x".repeat(MAX_PAYLOAD + 1);
    let (status, error) = post(&api, "invocation/7/response", &too_large).await;
    assert_eq!(
        (status, &error["errorType"]),
        (413, &"RequestEntityTooLarge".into())
    );
    let message = api.messages.recv().await;
    assert!(
        matches!(message, Some(ProcessMessage::Error(reason)) if reason.contains("larger than"))
    );

    receive_event(&mut api, "8").await;
    let mut process = TcpStream::connect(api.address).await.unwrap();
    let beginning = "POST /2018-06-01/runtime/invocation/8/response HTTP/1.1\r\n\
                     host: localhost\r\ncontent-length: 10\r\n\r\nabc";
    process.write_all(beginning.as_bytes()).await.unwrap();
    drop(process);
    let message = api.messages.recv().await;
    assert!(
        matches!(message, Some(ProcessMessage::Error(reason)) if reason.contains("incomplete"))
    );
}

#[tokio::test]
async fn refuses_websites() {
    let api = RuntimeApi::start("local").await.unwrap();
    for header in [
        ("host", "attacker.test"),
        ("origin", "https://attacker.test"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let (status, error) = request(&api, "POST", "init/error", header, Vec::new()).await;
        assert_eq!(status, 403, "{header:?}");
        assert_eq!(error["errorType"], "Forbidden");
    }
}
