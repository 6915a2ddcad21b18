//! What a process of the function can ask and say, over HTTP.

use std::time::SystemTime;

use axum::body::Bytes;
use serde_json::Value;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use super::{Invocation, MAX_PAYLOAD, ProcessMessage, RuntimeApi};

/// Makes a request from a thread of its own, as the client blocks: status and body.
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

/// An API whose process has been given the event `id`.
async fn given(id: &str) -> RuntimeApi {
    let mut api = RuntimeApi::start().await.unwrap();
    give(&mut api, id).await;
    api
}

async fn give(api: &mut RuntimeApi, id: &str) -> (u16, Value) {
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
async fn an_event_comes_with_its_headers() {
    let mut api = RuntimeApi::start().await.unwrap();
    let (status, text) = give(&mut api, "7").await;
    let expected = "{}\n7\n0\narn:aws:lambda:us-east-1:123456789012:function:local\nRoot=1";
    assert_eq!((status, text), (200, expected.into()));
}

#[tokio::test]
async fn only_the_event_that_was_given_can_be_answered_and_only_once() {
    let mut api = given("7").await;
    assert_eq!(post(&api, "invocation/8/response", "{}").await.0, 400);
    assert_eq!(post(&api, "invocation/8/error", "{}").await.0, 400);
    assert_eq!(post(&api, "invocation/7/response", "1").await.0, 202);
    let (status, error) = post(&api, "invocation/7/response", "2").await;
    assert_eq!(
        (status, &error["errorType"]),
        (400, &"InvalidRequestID".into())
    );
    assert_eq!(post(&api, "invocation/7/error", "{}").await.0, 400);
    let Some(ProcessMessage::Response(answer)) = api.messages.recv().await else {
        panic!("it was answered")
    };
    assert_eq!(&answer[..], b"1");
    assert!(api.messages.try_recv().is_err());
    // The next event is one of its own.
    give(&mut api, "9").await;
    assert_eq!(post(&api, "invocation/7/response", "{}").await.0, 400);
    assert_eq!(post(&api, "invocation/9/error", "it failed").await.0, 202);
    assert!(
        matches!(api.messages.recv().await, Some(ProcessMessage::Error(why)) if why == "it failed")
    );
}

#[tokio::test]
async fn a_stream_is_refused_with_the_way_out() {
    let mut api = given("7").await;
    let mode = ("lambda-runtime-function-response-mode", "streaming");
    let (status, error) =
        request(&api, "POST", "invocation/7/response", mode, b"{}".to_vec()).await;
    assert_eq!(
        (status, &error["errorType"]),
        (400, &"Runtime.StreamingNotSupported".into())
    );
    assert!(
        matches!(api.messages.recv().await, Some(ProcessMessage::Error(why)) if why.contains("`lambda_http::run`"))
    );
}

#[tokio::test]
async fn a_process_that_cannot_start_says_so() {
    let mut api = RuntimeApi::start().await.unwrap();
    assert_eq!(post(&api, "init/error", "no database").await.0, 202);
    assert!(
        matches!(api.messages.recv().await, Some(ProcessMessage::InitError(why)) if why == "no database")
    );
    assert_eq!(post(&api, "something/else", "").await.0, 404);
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_told_from_one_that_was_cut_off() {
    let mut api = given("7").await;
    let too_large = "x".repeat(MAX_PAYLOAD + 1);
    let (status, error) = post(&api, "invocation/7/response", &too_large).await;
    assert_eq!(
        (status, &error["errorType"]),
        (413, &"RequestEntityTooLarge".into())
    );
    let told = api.messages.recv().await;
    assert!(matches!(told, Some(ProcessMessage::Error(why)) if why.contains("larger than")));

    give(&mut api, "8").await;
    let mut process = TcpStream::connect(api.address).await.unwrap();
    let beginning = "POST /2018-06-01/runtime/invocation/8/response HTTP/1.1\r\n\
                     host: a\r\ncontent-length: 10\r\n\r\nabc";
    process.write_all(beginning.as_bytes()).await.unwrap();
    drop(process);
    let told = api.messages.recv().await;
    assert!(matches!(told, Some(ProcessMessage::Error(why)) if why.contains("cut off")));
}
