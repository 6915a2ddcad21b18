//! The Lambda Runtime API, which one process of the function talks to.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>. Every process has an address
//! of its own, so that an answer can only come from the process that was asked.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, PoisonError};
use std::time::SystemTime;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::routing::{get, post};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;

use crate::event::{ACCOUNT, REGION};
use crate::request_body::{self, ReadError};
use crate::{clock, response};

/// The most that an invocation may carry either way, in bytes.
/// <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>
pub(crate) const MAX_PAYLOAD: usize = 6 * 1024 * 1024;

/// The name of the function, to itself.
pub(crate) const FUNCTION_NAME: &str = "local";

/// One event, on its way to the function.
#[derive(Debug)]
pub(crate) struct Invocation {
    pub(crate) id: String,
    pub(crate) event: Bytes,
    pub(crate) trace_id: String,
    pub(crate) deadline: SystemTime,
}

/// What a process tells.
#[derive(Debug)]
pub(crate) enum News {
    /// It asks for the next event.
    Ready,
    /// It has answered the event it was given.
    Answered(Bytes),
    /// It could not answer it.
    Failed(String),
    /// It cannot start.
    CannotStart(String),
}

/// The API of one process. Dropped, it is gone.
#[derive(Debug)]
pub(crate) struct RuntimeApi {
    pub(crate) address: SocketAddr,
    pub(crate) events: mpsc::Sender<Invocation>,
    pub(crate) news: mpsc::UnboundedReceiver<News>,
    _server: JoinSet<()>,
}

struct Exchange {
    events: Mutex<mpsc::Receiver<Invocation>>,
    news: mpsc::UnboundedSender<News>,
    /// The id of the event that the process has and has not answered.
    current: std::sync::Mutex<Option<String>>,
}

impl RuntimeApi {
    /// Listens on a free port of the loopback interface.
    pub(crate) async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (events, receive_events) = mpsc::channel(1);
        let (send_news, news) = mpsc::unbounded_channel();
        let exchange = Exchange {
            events: Mutex::new(receive_events),
            news: send_news,
            current: std::sync::Mutex::default(),
        };
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route(
                "/2018-06-01/runtime/invocation/{id}/response",
                post(answered),
            )
            .route("/2018-06-01/runtime/invocation/{id}/error", post(failed))
            .route("/2018-06-01/runtime/init/error", post(cannot_start))
            .with_state(Arc::new(exchange));
        let mut server = JoinSet::new();
        server.spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the runtime API has stopped");
            }
        });
        Ok(Self {
            address,
            events,
            news,
            _server: server,
        })
    }
}

impl Exchange {
    fn tell(&self, news: News) {
        // A worker that no longer listens has given its process up.
        let _ = self.news.send(news);
    }

    /// Whether this is the event that is waiting for an answer; if so, it waits no longer.
    fn take(&self, id: &str) -> bool {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let is_current = current.as_deref() == Some(id);
        if is_current {
            *current = None;
        }
        is_current
    }
}

async fn next(State(exchange): State<Arc<Exchange>>) -> Response<Body> {
    exchange.tell(News::Ready);
    let Some(invocation) = exchange.events.lock().await.recv().await else {
        return refusal(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Runtime.Stopped",
            "the gateway is stopping",
        );
    };
    let response = Response::builder()
        .header("content-type", "application/json")
        .header("lambda-runtime-aws-request-id", &invocation.id)
        .header(
            "lambda-runtime-deadline-ms",
            clock::milliseconds(invocation.deadline),
        )
        .header("lambda-runtime-invoked-function-arn", function_arn())
        .header("lambda-runtime-trace-id", invocation.trace_id)
        .body(Body::from(invocation.event));
    *exchange
        .current
        .lock()
        .unwrap_or_else(PoisonError::into_inner) = Some(invocation.id);
    response.unwrap_or_else(|error| {
        refusal(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Runtime.BadEvent",
            &error.to_string(),
        )
    })
}

async fn answered(
    State(exchange): State<Arc<Exchange>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Response<Body> {
    if !exchange.take(&id) {
        return unknown_id();
    }
    if headers
        .get("lambda-runtime-function-response-mode")
        .is_some_and(|mode| mode == "streaming")
    {
        let why = "the function streams its response, which an HTTP API does not support; answer with \
                   `lambda_http::run`, not `run_with_streaming_response`";
        exchange.tell(News::Failed(why.to_owned()));
        // Nothing of it is kept.
        let _ = request_body::read(request.into_body(), 0).await;
        return refusal(
            StatusCode::BAD_REQUEST,
            "Runtime.StreamingNotSupported",
            why,
        );
    }
    match request_body::read(request.into_body(), MAX_PAYLOAD).await {
        Ok(body) => {
            exchange.tell(News::Answered(body));
            accepted()
        }
        Err(ReadError::TooLarge) => {
            let why = format!("the answer is larger than {MAX_PAYLOAD} bytes");
            exchange.tell(News::Failed(why.clone()));
            refusal(StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLarge", &why)
        }
        Err(ReadError::Unreadable) => {
            let why = "the answer was cut off";
            exchange.tell(News::Failed(why.to_owned()));
            refusal(StatusCode::BAD_REQUEST, "Runtime.UnreadableResponse", why)
        }
    }
}

async fn failed(
    State(exchange): State<Arc<Exchange>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response<Body> {
    if !exchange.take(&id) {
        return unknown_id();
    }
    exchange.tell(News::Failed(String::from_utf8_lossy(&body).into_owned()));
    accepted()
}

async fn cannot_start(State(exchange): State<Arc<Exchange>>, body: Bytes) -> Response<Body> {
    exchange.tell(News::CannotStart(
        String::from_utf8_lossy(&body).into_owned(),
    ));
    accepted()
}

/// The name under which AWS would know the function.
pub(crate) fn function_arn() -> String {
    format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{FUNCTION_NAME}")
}

fn accepted() -> Response<Body> {
    response::json_response(StatusCode::ACCEPTED, &json!({"status": "OK"}))
}

fn unknown_id() -> Response<Body> {
    refusal(
        StatusCode::BAD_REQUEST,
        "InvalidRequestID",
        "this is not the invocation that is waiting for an answer",
    )
}

fn refusal(status: StatusCode, kind: &str, why: &str) -> Response<Body> {
    response::json_response(status, &json!({"errorType": kind, "errorMessage": why}))
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use axum::body::Bytes;
    use serde_json::Value;

    use super::{Invocation, News, RuntimeApi};

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
            serde_json::from_slice(&body)
                .unwrap_or_else(|_| String::from_utf8(body).unwrap().into()),
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
        api.events.send(invocation).await.unwrap();
        let next = request(api, "GET", "invocation/next", ("accept", "*/*"), Vec::new()).await;
        assert!(matches!(api.news.recv().await, Some(News::Ready)));
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
        let Some(News::Answered(answer)) = api.news.recv().await else {
            panic!("it was answered")
        };
        assert_eq!(&answer[..], b"1");
        assert!(api.news.try_recv().is_err());
        // The next event is one of its own.
        give(&mut api, "9").await;
        assert_eq!(post(&api, "invocation/7/response", "{}").await.0, 400);
        assert_eq!(post(&api, "invocation/9/error", "it failed").await.0, 202);
        assert!(matches!(api.news.recv().await, Some(News::Failed(why)) if why == "it failed"));
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
            matches!(api.news.recv().await, Some(News::Failed(why)) if why.contains("`lambda_http::run`"))
        );
    }

    #[tokio::test]
    async fn a_process_that_cannot_start_says_so() {
        let mut api = RuntimeApi::start().await.unwrap();
        assert_eq!(post(&api, "init/error", "no database").await.0, 202);
        assert!(
            matches!(api.news.recv().await, Some(News::CannotStart(why)) if why == "no database")
        );
        assert_eq!(post(&api, "something/else", "").await.0, 404);
    }
}
