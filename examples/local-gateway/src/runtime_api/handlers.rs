//! The endpoints of the Runtime API. They pass each message of the process to its worker.

use std::sync::{Arc, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::middleware::{self, Next};
use axum::routing::{get, post};
use serde_json::json;
use tokio::sync::{Mutex, mpsc};

use super::{Invocation, MAX_PAYLOAD, ProcessMessage};
use crate::access;
use crate::json_response::json_response;
use crate::request_body::{self, ReadError};
use crate::timestamp;

/// The state that all requests of the process share.
struct ApiState {
    function_arn: String,
    invocations: Mutex<mpsc::Receiver<Invocation>>,
    messages: mpsc::UnboundedSender<ProcessMessage>,
    /// The id of the event that the process is handling.
    current_id: std::sync::Mutex<Option<String>>,
}

pub(super) fn router(
    function_arn: String,
    invocations: mpsc::Receiver<Invocation>,
    messages: mpsc::UnboundedSender<ProcessMessage>,
) -> Router {
    let state = ApiState {
        function_arn,
        invocations: Mutex::new(invocations),
        messages,
        current_id: std::sync::Mutex::default(),
    };
    Router::new()
        .route("/2018-06-01/runtime/invocation/next", get(next_invocation))
        .route(
            "/2018-06-01/runtime/invocation/{id}/response",
            post(invocation_response),
        )
        .route(
            "/2018-06-01/runtime/invocation/{id}/error",
            post(invocation_error),
        )
        .route("/2018-06-01/runtime/init/error", post(init_error))
        .layer(middleware::from_fn(refuse_websites))
        .with_state(Arc::new(state))
}

/// Refuses the requests of browsers. A website could take an event, or respond in place of the function.
async fn refuse_websites(request: Request, next: Next) -> Response<Body> {
    let headers = request.headers();
    let checked = match headers.get("sec-fetch-site") {
        Some(_) => Err("only the process of the function uses this address".to_owned()),
        None => access::check(headers),
    };
    match checked {
        Ok(()) => next.run(request).await,
        Err(reason) => error_response(StatusCode::FORBIDDEN, "Forbidden", &reason),
    }
}

impl ApiState {
    fn notify(&self, message: ProcessMessage) {
        // Sending fails only if the worker has already given up the process.
        let _ = self.messages.send(message);
    }

    /// Rejects the process's response, and reports the reason to the worker and the process.
    fn reject_response(&self, status: StatusCode, kind: &str, reason: &str) -> Response<Body> {
        self.notify(ProcessMessage::Error(reason.to_owned()));
        error_response(status, kind, reason)
    }

    fn current_id(&self) -> MutexGuard<'_, Option<String>> {
        // The id is always replaced as a whole, so a panic cannot leave it half-written.
        self.current_id
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns whether this is the current event. If so, clears it, because an event has only one response.
    fn finish(&self, id: &str) -> bool {
        let mut current = self.current_id();
        let is_current = current.as_deref() == Some(id);
        if is_current {
            *current = None;
        }
        is_current
    }
}

async fn next_invocation(State(state): State<Arc<ApiState>>) -> Response<Body> {
    state.notify(ProcessMessage::Ready);
    let Some(invocation) = state.invocations.lock().await.recv().await else {
        return error_response(
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
            timestamp::epoch_milliseconds(invocation.deadline),
        )
        .header("lambda-runtime-invoked-function-arn", &state.function_arn)
        .header("lambda-runtime-trace-id", invocation.trace_id)
        .body(Body::from(invocation.event));
    *state.current_id() = Some(invocation.id);
    response.unwrap_or_else(|error| {
        error_response(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Runtime.BadEvent",
            &error.to_string(),
        )
    })
}

async fn invocation_response(
    State(state): State<Arc<ApiState>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Response<Body> {
    if !state.finish(&id) {
        return unknown_id();
    }
    if is_stream(&headers) {
        return reject_stream(&state, request.into_body()).await;
    }
    match request_body::read(request.into_body(), MAX_PAYLOAD).await {
        Ok(body) => {
            state.notify(ProcessMessage::Response(body));
            accepted()
        }
        Err(ReadError::TooLarge) => state.reject_response(
            StatusCode::PAYLOAD_TOO_LARGE,
            "RequestEntityTooLarge",
            &format!("the response is larger than {MAX_PAYLOAD} bytes"),
        ),
        Err(ReadError::Unreadable) => state.reject_response(
            StatusCode::BAD_REQUEST,
            "Runtime.UnreadableResponse",
            "the response is incomplete",
        ),
    }
}

fn is_stream(headers: &HeaderMap) -> bool {
    headers
        .get("lambda-runtime-function-response-mode")
        .is_some_and(|mode| mode == "streaming")
}

async fn reject_stream(state: &ApiState, body: Body) -> Response<Body> {
    let response = state.reject_response(
        StatusCode::BAD_REQUEST,
        "Runtime.StreamingNotSupported",
        "the function streams its response, which this gateway does not support; use \
         `lambda_http::run` instead of `run_with_streaming_response`",
    );
    // Read and discard the body, so that the process can receive the error response.
    let _ = request_body::read(body, 0).await;
    response
}

async fn invocation_error(
    State(state): State<Arc<ApiState>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response<Body> {
    if !state.finish(&id) {
        return unknown_id();
    }
    state.notify(ProcessMessage::Error(
        String::from_utf8_lossy(&body).into_owned(),
    ));
    accepted()
}

async fn init_error(State(state): State<Arc<ApiState>>, body: Bytes) -> Response<Body> {
    state.notify(ProcessMessage::InitError(
        String::from_utf8_lossy(&body).into_owned(),
    ));
    accepted()
}

fn accepted() -> Response<Body> {
    json_response(StatusCode::ACCEPTED, &json!({"status": "OK"}))
}

fn unknown_id() -> Response<Body> {
    error_response(
        StatusCode::BAD_REQUEST,
        "InvalidRequestID",
        "the request id is not that of the current invocation",
    )
}

fn error_response(status: StatusCode, kind: &str, reason: &str) -> Response<Body> {
    json_response(status, &json!({"errorType": kind, "errorMessage": reason}))
}
