//! What each of the process's requests is answered, and what its worker learns of it.

use std::sync::{Arc, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::routing::{get, post};
use serde_json::json;
use tokio::sync::{Mutex, mpsc};

use super::{Invocation, MAX_PAYLOAD, ProcessMessage, function_arn};
use crate::request_body::{self, ReadError};
use crate::{clock, response};

/// What the requests of the process share.
struct ApiState {
    invocations: Mutex<mpsc::Receiver<Invocation>>,
    messages: mpsc::UnboundedSender<ProcessMessage>,
    /// The id of the event that the process has and has not answered.
    unanswered: std::sync::Mutex<Option<String>>,
}

/// The paths of the API.
pub(super) fn router(
    invocations: mpsc::Receiver<Invocation>,
    messages: mpsc::UnboundedSender<ProcessMessage>,
) -> Router {
    let state = ApiState {
        invocations: Mutex::new(invocations),
        messages,
        unanswered: std::sync::Mutex::default(),
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
        .with_state(Arc::new(state))
}

impl ApiState {
    fn notify(&self, message: ProcessMessage) {
        // A worker that no longer listens has given its process up.
        let _ = self.messages.send(message);
    }

    /// Tells the worker that there is no answer, and the process why.
    fn reject_answer(&self, status: StatusCode, kind: &str, why: &str) -> Response<Body> {
        self.notify(ProcessMessage::Error(why.to_owned()));
        error_response(status, kind, why)
    }

    fn unanswered(&self) -> MutexGuard<'_, Option<String>> {
        // It is replaced as a whole, so it is never half-written.
        self.unanswered
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this is the event that is waiting for an answer; if so, it waits no longer.
    fn take_unanswered(&self, id: &str) -> bool {
        let mut unanswered = self.unanswered();
        let is_this = unanswered.as_deref() == Some(id);
        if is_this {
            *unanswered = None;
        }
        is_this
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
            clock::milliseconds(invocation.deadline),
        )
        .header("lambda-runtime-invoked-function-arn", function_arn())
        .header("lambda-runtime-trace-id", invocation.trace_id)
        .body(Body::from(invocation.event));
    *state.unanswered() = Some(invocation.id);
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
    if !state.take_unanswered(&id) {
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
        Err(ReadError::TooLarge) => state.reject_answer(
            StatusCode::PAYLOAD_TOO_LARGE,
            "RequestEntityTooLarge",
            &format!("the answer is larger than {MAX_PAYLOAD} bytes"),
        ),
        Err(ReadError::Unreadable) => state.reject_answer(
            StatusCode::BAD_REQUEST,
            "Runtime.UnreadableResponse",
            "the answer was cut off",
        ),
    }
}

fn is_stream(headers: &HeaderMap) -> bool {
    headers
        .get("lambda-runtime-function-response-mode")
        .is_some_and(|mode| mode == "streaming")
}

async fn reject_stream(state: &ApiState, body: Body) -> Response<Body> {
    let response = state.reject_answer(
        StatusCode::BAD_REQUEST,
        "Runtime.StreamingNotSupported",
        "the function streams its response, which an HTTP API does not support; answer with \
         `lambda_http::run`, not `run_with_streaming_response`",
    );
    // Read to its end, so that the process sees the answer, but nothing of it is kept.
    let _ = request_body::read(body, 0).await;
    response
}

async fn invocation_error(
    State(state): State<Arc<ApiState>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response<Body> {
    if !state.take_unanswered(&id) {
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
    response::json_response(StatusCode::ACCEPTED, &json!({"status": "OK"}))
}

fn unknown_id() -> Response<Body> {
    error_response(
        StatusCode::BAD_REQUEST,
        "InvalidRequestID",
        "this is not the invocation that is waiting for an answer",
    )
}

fn error_response(status: StatusCode, kind: &str, why: &str) -> Response<Body> {
    response::json_response(status, &json!({"errorType": kind, "errorMessage": why}))
}
