//! The function that the tests put behind the gateway: this test's own binary, started again for
//! the one test `runs`, which runs `lambda_http` as any Lambda binary does.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use lambda_http::{
    Body, Error, LambdaEvent, Request, RequestExt as _, Response, lambda_runtime, service_fn,
};
use local_gateway::Function;
use serde_json::{Value, json};

/// Set for the processes that are the function.
const MARK: &str = "LOCAL_GATEWAY_TEST_FUNCTION";

/// Where this is set, each process connects to this address when it starts and when it hangs, and
/// says its id. What it is sent there at its start ends it.
pub(crate) const WITNESS: &str = "LOCAL_GATEWAY_TEST_WITNESS";

/// No test, but the function that the other tests start; among them it does nothing.
#[test]
fn runs() {
    let behaviour = std::env::var(MARK);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    if let Some(mut witness) = tell() {
        std::thread::spawn(move || {
            if witness.read(&mut [0]).is_ok_and(|read| read > 0) {
                std::process::exit(5);
            }
        });
    }
    // It ends with an error where the test, and with it the gateway, has ended first.
    let _ = match behaviour.as_deref() {
        Ok("runs") => runtime.block_on(lambda_http::run(service_fn(answer))),
        Ok("shows the event") => runtime.block_on(lambda_runtime::run(service_fn(show))),
        Ok("dies at start") => std::process::exit(3),
        _ => return,
    };
}

/// Names this process to the witness, if there is one.
fn tell() -> Option<TcpStream> {
    let address = std::env::var(WITNESS).ok()?;
    let mut witness = TcpStream::connect(address).unwrap();
    let process = std::process::id().to_be_bytes();
    witness.write_all(&process).unwrap();
    Some(witness)
}

/// Answers with the event as it is: `lambda_http` adds to it from the context.
async fn show(event: LambdaEvent<Value>) -> Result<Value, Error> {
    let shown = json!({"event": event.payload, "trace": event.context.xray_trace_id});
    Ok(json!({"statusCode": 200, "body": shown.to_string()}))
}

/// Does what the last part of the path says.
async fn answer(request: Request) -> Result<Response<Body>, Error> {
    let path = request.raw_http_path().to_owned();
    match path.rsplit('/').next().unwrap() {
        "dies" => std::process::exit(4),
        "hangs" => {
            let _told = tell();
            std::future::pending().await
        }
        "fails" => Err("it does not want to".into()),
        "panics" => panic!("it is afraid"),
        "five-megabytes" => Ok(Response::new("x".repeat(5 * 1024 * 1024).into())),
        "large" => Ok(Response::new("x".repeat(7 * 1024 * 1024).into())),
        "binary" => {
            let body = request.body().iter().rev().copied().collect::<Vec<_>>();
            Ok(Response::builder()
                .header("content-type", "image/png")
                .body(Body::Binary(body))?)
        }
        "cookies" => Ok(Response::builder()
            .status(201)
            .header("set-cookie", "a=1")
            .header("set-cookie", "b=2")
            .body(Body::Text(format!("{:?}", request.headers().get("cookie"))))?),
        _ => {
            let report = json!({
                "process": std::process::id(),
                "function": std::env::var("AWS_LAMBDA_FUNCTION_NAME")?,
                "path": path,
                "parameters": request.path_parameters().iter().collect::<Vec<_>>(),
                "context": serde_json::to_value(request.request_context_ref())?,
                "authorization": request.headers().contains_key("authorization"),
                "deadline": request.lambda_context().deadline,
                "timeout": std::env::var("AWS_LAMBDA_FUNCTION_TIMEOUT")?,
            });
            Ok(Response::builder()
                .header("content-type", "application/json")
                .body(report.to_string().into())?)
        }
    }
}

/// The function, which `runs`, `shows the event` or `dies at start`.
pub(crate) fn that(behaviour: &str) -> Function {
    Function {
        program: std::env::current_exe().unwrap(),
        arguments: ["--exact", "function::runs", "--nocapture"]
            .map(Into::into)
            .to_vec(),
        environment: vec![(MARK.to_owned(), behaviour.to_owned())],
    }
}
