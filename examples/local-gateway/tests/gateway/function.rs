//! The Lambda function for these tests.
//!
//! The gateway starts this test binary again as the function, and runs only the test `function_process`,
//! which calls `lambda_http::run` as any Lambda binary does.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};

use lambda_http::aws_lambda_events::apigw::ApiGatewayProxyRequest;
use lambda_http::{
    Body, Error, LambdaEvent, Request, RequestExt as _, Response, lambda_runtime, service_fn,
};
use local_gateway::Function;
use serde_json::{Value, json};

/// The environment variable with the behaviour of the function. It is set only in processes of the function.
const BEHAVIOUR: &str = "LOCAL_GATEWAY_TEST_BEHAVIOUR";

/// The environment variable with the address of an optional observer. A process of the function connects to
/// it, and sends its process id, when it starts and when it hangs. Any byte sent back on the first connection
/// ends the process.
pub(crate) const OBSERVER: &str = "LOCAL_GATEWAY_TEST_OBSERVER";

/// The function's process. In the normal test run this does nothing.
#[test]
fn function_process() {
    let behaviour = std::env::var(BEHAVIOUR);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    if let Some(mut observer) = report_to_observer() {
        std::thread::spawn(move || {
            if observer.read(&mut [0]).is_ok_and(|read| read > 0) {
                std::process::exit(5);
            }
        });
    }
    // This fails if the gateway ends first.
    let _ = match behaviour.as_deref() {
        Ok("runs") => runtime.block_on(lambda_http::run(service_fn(handle))),
        Ok("echoes the event") => runtime.block_on(lambda_runtime::run(service_fn(echo))),
        Ok("authorizes") => runtime.block_on(lambda_runtime::run(service_fn(authorize))),
        Ok("reads 1.0") => runtime.block_on(lambda_runtime::run(service_fn(read_1_0))),
        Ok("exits at start") => std::process::exit(3),
        _ => return,
    };
}

/// Sends the id of this process to the observer, if there is one.
fn report_to_observer() -> Option<TcpStream> {
    let address = std::env::var(OBSERVER).ok()?;
    let mut observer = TcpStream::connect(address).unwrap();
    let process = std::process::id().to_be_bytes();
    observer.write_all(&process).unwrap();
    Some(observer)
}

/// Returns the unmodified event. Through `lambda_http`, it would contain additions from the Lambda context.
async fn echo(event: LambdaEvent<Value>) -> Result<Value, Error> {
    let body = json!({"event": event.payload, "trace": event.context.xray_trace_id});
    Ok(json!({"statusCode": 200, "body": body.to_string()}))
}

/// Decides as an authorizer, as the token describes; `Bearer ` is ignored. A token of another text is the user's id.
///
/// The context contains the number of invocations of this process, and the event if the token ends with `+event`.
async fn authorize(event: LambdaEvent<Value>) -> Result<Value, Error> {
    static INVOCATIONS: AtomicUsize = AtomicUsize::new(0);
    let invocation = INVOCATIONS.fetch_add(1, Ordering::SeqCst) + 1;
    let event = event.payload;
    let header = |name: &str| event["headers"][name].as_str();
    let token = event["authorizationToken"]
        .as_str()
        .or(header("authorization"));
    let token = token
        .or(header("x-token"))
        .unwrap_or_default()
        .replace("Bearer ", "");
    let arn = event["methodArn"]
        .as_str()
        .or(event["routeArn"].as_str())
        .unwrap_or_default();
    let statement = |effect: &str, resource: &str| json!({"Effect": effect, "Action": "execute-api:Invoke", "Resource": resource});
    let allow = |resource: &str| json!({"Version": "2012-10-17", "Statement": [statement("Allow", resource)]});
    let mut result = json!({
        "principalId": token,
        "policyDocument": allow("*"),
        "isAuthorized": true,
        "context": {"userId": token, "level": 7, "active": true},
    });
    match token.as_str() {
        "unauthorized" => return Err("Unauthorized".into()),
        "fails" => return Err("no database".into()),
        "hangs" => std::future::pending().await,
        "denied" => {
            result["policyDocument"] =
                json!({"Statement": [statement("Allow", "*"), statement("Deny", arn)]});
            result["isAuthorized"] = json!(false);
        }
        "elsewhere" => {
            result["policyDocument"] = allow("arn:aws:execute-api:*:*:*/*/GET/elsewhere");
        }
        "this-route" => result["policyDocument"] = allow(arn),
        "nested" => result["context"] = json!({"list": ["a"]}),
        "large" => result["context"] = json!({"text": "x".repeat(9000)}),
        "counts" => result["context"] = json!({ "invocation": invocation }),
        "event" => result["context"] = json!({ "event": event.to_string() }),
        _ => {}
    }
    Ok(result)
}

/// A function for payload format 1.0, which has `httpMethod`.
async fn read_1_0(event: LambdaEvent<ApiGatewayProxyRequest>) -> Result<Value, Error> {
    Ok(json!({"statusCode": 200, "body": event.payload.path}))
}

/// Behaves as the last segment of the path describes.
async fn handle(request: Request) -> Result<Response<Body>, Error> {
    let path = request.raw_http_path().to_owned();
    match path.rsplit('/').next().unwrap() {
        "exits" => std::process::exit(4),
        "hangs" => {
            let _connection = report_to_observer();
            std::future::pending().await
        }
        "fails" => Err("an error of the test function".into()),
        "panics" => panic!("a panic of the test function"),
        "five-megabytes" => Ok(Response::new("x".repeat(5 * 1024 * 1024).into())),
        "large" => Ok(Response::new("x".repeat(7 * 1024 * 1024).into())),
        "binary" => {
            let body = request.body().iter().rev().copied().collect::<Vec<_>>();
            Ok(Response::builder()
                .header("content-type", "image/png")
                .body(Body::Binary(body))?)
        }
        "challenge" => Ok(Response::builder()
            .status(401)
            .header("www-authenticate", "Bearer error=\"invalid_token\"")
            .header("access-control-allow-origin", "https://function.test")
            .body(Body::Empty)?),
        "prints" => {
            println!("printed by {path}");
            Ok(Response::new(Body::Empty))
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
                "variable": std::env::var("TEST_VARIABLE").ok(),
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

/// The function with one of the behaviours `runs`, `echoes the event`, `authorizes`, `reads 1.0` and `exits at start`.
pub(crate) fn with_behaviour(behaviour: &str) -> Function {
    Function {
        arguments: ["--exact", "function::function_process", "--nocapture"]
            .map(Into::into)
            .to_vec(),
        environment: vec![(BEHAVIOUR.to_owned(), behaviour.to_owned())],
        ..Function::from(std::env::current_exe().unwrap())
    }
}
