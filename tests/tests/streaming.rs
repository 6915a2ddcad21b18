//! Guarded handlers whose responses are streamed, as the Lambda Runtime API receives them.

#![allow(
    clippy::unused_async,
    reason = "handlers are async, whether they wait or not"
)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::{env, io, thread};

use bytes::Bytes;
use http_body_util::combinators::{BoxBody, UnsyncBoxBody};
use http_body_util::{BodyExt as _, Full};
use lambda_http::aws_lambda_events::apigw::ApiGatewayProxyRequest;
use lambda_http::lambda_runtime::{StreamResponse, streaming};
use lambda_http::{
    Context, Error, LambdaEvent, Request, Response, run_with_streaming_response, service_fn,
};
use require_claims::{FromRejection, Rejection, reject, require_claims};
use require_claims_tests::events;
use serde_json::{Value, json};

#[require_claims(role = "admin")]
async fn export(_event: Request) -> Result<Response<streaming::Body>, Error> {
    let (mut sender, body) = streaming::channel();
    tokio::spawn(async move {
        for line in ["order 7\n", "order 8\n"] {
            sender.send_data(line.into()).await?;
        }
        Ok::<(), Error>(())
    });
    Ok(Response::new(body))
}

fn event(role: &str) -> Value {
    events::rest_jwt(&json!({"st-role": {"v": [role], "t": 1.7e12}}))
}

/// The body of the denial of a customer.
const DENIAL: &str = r#"{"message":"invalid claim","claimValidationErrors":[{"id":"st-role","reason":{"message":"wrong value","expectedToInclude":"admin","actualValue":["customer"]}}]}"#;

#[test]
fn streams_an_allowed_response_and_a_denial() {
    let runtime_api = "AWS_LAMBDA_RUNTIME_API";
    if env::var_os(runtime_api).is_some() {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap();
        let run = run_with_streaming_response(service_fn(export));
        return runtime.block_on(run).unwrap();
    }
    // The function runs in a process of its own, because its environment is not that of the test.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args([
            "--exact",
            "streams_an_allowed_response_and_a_denial",
            "--nocapture",
        ])
        .env(runtime_api, &address)
        .env("AWS_LAMBDA_FUNCTION_NAME", "export")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let mut function = Function(command.spawn().unwrap());
    // Make a connection without a request when the function ends. Otherwise the test would wait forever.
    let mut stdout = function.0.stdout.take().unwrap();
    thread::spawn(move || {
        let _ = io::copy(&mut stdout, &mut io::sink());
        TcpStream::connect(address)
    });

    let (prelude, body) = invoke(&listener, &event("admin"));
    assert_eq!(prelude["statusCode"], 200, "{prelude}");
    assert_eq!(body, "order 7\norder 8\n");
    let (prelude, body) = invoke(&listener, &event("customer"));
    assert_eq!(prelude["statusCode"], 403, "{prelude}");
    assert_eq!(prelude["headers"]["content-type"], "application/json");
    assert_eq!(body, DENIAL);
}

/// A running function; it is killed when dropped.
struct Function(Child);

impl Drop for Function {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Passes one event to the function through the Lambda Runtime API. Returns the prelude and the body of its
/// streamed response.
/// <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html#runtimes-custom-response-streaming>
fn invoke(listener: &TcpListener, event: &Value) -> (Value, String) {
    let (mut next, head) = accept(listener);
    let path = "GET /2018-06-01/runtime/invocation/next ";
    assert!(head.starts_with(path), "{head}");
    let headers = "lambda-runtime-aws-request-id: 1\r\n\
        lambda-runtime-deadline-ms: 9999999999999\r\n\
        lambda-runtime-invoked-function-arn: arn:aws:lambda:eu-west-1:123456789012:function:export\r\n";
    answer(next.get_mut(), headers, &event.to_string());

    let (mut response, head) = accept(listener);
    let path = "POST /2018-06-01/runtime/invocation/1/response ";
    assert!(head.starts_with(path), "{head}");
    let mode = "lambda-runtime-function-response-mode: streaming";
    assert!(head.to_ascii_lowercase().contains(mode), "{head}");
    let content = chunks(&mut response);
    answer(response.get_mut(), "", "");
    // The prelude ends with eight null bytes.
    let (prelude, body) = content.split_once("\0\0\0\0\0\0\0\0").unwrap();
    (serde_json::from_str(prelude).unwrap(), body.to_owned())
}

/// The function's next request: its connection, after the head, and the head.
fn accept(listener: &TcpListener) -> (BufReader<TcpStream>, String) {
    let mut reader = BufReader::new(listener.accept().unwrap().0);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        let length = reader.read_line(&mut head).unwrap();
        assert_ne!(length, 0, "the function has ended, or its request: {head}");
    }
    (reader, head)
}

/// The content of a chunked body, up to its trailers.
fn chunks(reader: &mut BufReader<TcpStream>) -> String {
    let mut content = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let length = usize::from_str_radix(line.trim(), 16).unwrap();
        if length == 0 {
            while reader.read_line(&mut line).unwrap() > 2 {}
            return String::from_utf8(content).unwrap();
        }
        let mut chunk = vec![0; length + 2];
        reader.read_exact(&mut chunk).unwrap();
        content.extend(&chunk[..length]);
    }
}

/// Answers and closes the connection, so that the function opens another for its next request.
fn answer(stream: &mut TcpStream, headers: &str, body: &str) {
    let length = body.len();
    let head = format!("connection: close\r\ncontent-length: {length}\r\n{headers}");
    write!(stream, "HTTP/1.1 200 OK\r\n{head}\r\n{body}").unwrap();
}

fn request(role: &str) -> Request {
    events::request(&event(role))
}

type Unsync = UnsyncBoxBody<Bytes, Error>;

#[require_claims(role = "admin")]
async fn boxed(_event: Request) -> Result<Response<BoxBody<Bytes, Error>>, Error> {
    let body = Full::from("allowed").map_err(|never| match never {});
    Ok(Response::new(BoxBody::new(body)))
}

#[require_claims(role = "admin")]
async fn boxed_without_result(_event: &Request) -> Response<Unsync> {
    let body = Full::from("allowed").map_err(|never| match never {});
    Response::new(Unsync::new(body))
}

#[require_claims(role = "admin", on_reject = reject::problem_json)]
async fn boxed_problem(_event: Request) -> Response<BoxBody<Bytes, Error>> {
    let body = Full::from("allowed").map_err(|never| match never {});
    Response::new(BoxBody::new(body))
}

#[require_claims(role = "admin")]
async fn in_full(_event: Request) -> Result<Response<Full<Bytes>>, Error> {
    Ok(Response::new(Full::from("allowed")))
}

async fn collect<B: http_body_util::BodyExt>(response: Response<B>) -> (u16, String)
where
    B::Error: std::fmt::Debug,
{
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.into()).unwrap())
}

#[tokio::test]
async fn returns_a_denial_as_any_body_of_bytes() {
    let allowed = (200, "allowed".to_owned());
    let denied = (403, DENIAL.to_owned());
    assert_eq!(
        collect(boxed(request("admin")).await.unwrap()).await,
        allowed
    );
    let response = boxed(request("customer")).await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(collect(response).await, denied);

    let response = boxed_without_result(&request("admin")).await;
    assert_eq!(collect(response).await, allowed);
    let response = boxed_without_result(&request("customer")).await;
    assert_eq!(collect(response).await, denied);

    assert_eq!(
        collect(boxed_problem(request("admin")).await).await,
        allowed
    );
    let response = boxed_problem(request("customer")).await;
    let problem = "application/problem+json";
    assert_eq!(response.headers()["content-type"], problem);
    assert_eq!(response.status(), 403);

    let response = in_full(request("admin")).await.unwrap();
    assert_eq!(collect(response).await, allowed);
    let response = in_full(request("customer")).await.unwrap();
    assert_eq!(collect(response).await, denied);
}

type Streamed = Result<StreamResponse<streaming::Body>, Error>;

#[require_claims(role = "admin")]
async fn stream(_event: LambdaEvent<ApiGatewayProxyRequest>) -> Streamed {
    Ok(streaming::Body::from("allowed").into())
}

fn hidden(rejection: Rejection) -> Streamed {
    let mut response = StreamResponse::from_rejection(reject::hidden(rejection));
    let headers = &mut response.metadata_prelude.headers;
    headers.insert("vary", "origin".parse()?);
    Ok(response)
}

#[require_claims(role = "admin", on_reject = hidden)]
async fn hidden_stream(_event: LambdaEvent<ApiGatewayProxyRequest>) -> Streamed {
    Ok(streaming::Body::from("allowed").into())
}

#[tokio::test]
async fn returns_a_denial_as_a_stream_of_the_plain_runtime() {
    let event = |role| {
        let event = serde_json::from_value(event(role)).unwrap();
        LambdaEvent::new(event, Context::default())
    };
    let allowed = stream(event("admin")).await.unwrap();
    assert_eq!(allowed.metadata_prelude.status_code, 200);
    let denied = stream(event("customer")).await.unwrap();
    assert_eq!(denied.metadata_prelude.status_code, 403);
    let headers = &denied.metadata_prelude.headers;
    assert_eq!(headers["content-type"], "application/json");
    let body = denied.stream.collect().await.unwrap().to_bytes();
    assert_eq!(body, DENIAL);

    let allowed = hidden_stream(event("admin")).await.unwrap();
    assert_eq!(allowed.metadata_prelude.status_code, 200);
    let denied = hidden_stream(event("customer")).await.unwrap();
    assert_eq!(denied.metadata_prelude.status_code, 403);
    assert_eq!(denied.metadata_prelude.headers["vary"], "origin");
    let body = denied.stream.collect().await.unwrap().to_bytes();
    assert_eq!(body, r#"{"message":"Forbidden"}"#);
}
