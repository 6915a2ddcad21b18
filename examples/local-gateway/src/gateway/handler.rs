//! One request's way: through its route, the authorizer and the function, to the response.

use std::borrow::Cow;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::SystemTime;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::response::{IntoResponse as _, Response};
use percent_encoding::percent_decode_str;

use super::error::Error;
use super::{INTEGRATION_TIMEOUT, forwarded_headers};
use crate::authorizer::{Authorizer, Identity};
use crate::event::{IncomingRequest, PayloadFormat, header_texts};
use crate::issuer::Issuer;
use crate::request_body::ReadError;
use crate::routes::{Route, Routes};
use crate::runtime_api::MAX_PAYLOAD;
use crate::workers::{InvokeError, Invoker};
use crate::{clock, identifier, issuer_routes, request_body, request_size, response};

/// The most bytes that a body may have.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const MAX_BODY: usize = 10 * 1024 * 1024;

/// What all requests share.
pub(super) struct Api {
    pub(super) authorizer: Authorizer,
    pub(super) issuer: Option<Arc<Issuer>>,
    pub(super) routes: Routes,
    pub(super) payload: PayloadFormat,
    pub(super) invoker: Invoker,
    pub(super) port: u16,
}

/// The service that answers every request, whatever its path: the routes are the API's own.
pub(super) fn router(api: Api) -> Router {
    Router::new().fallback(handle).with_state(Arc::new(api))
}

async fn handle(
    State(api): State<Arc<Api>>,
    ConnectInfo(client): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let request_id = identifier::request_id();
    let line = format!("{} {}", request.method(), request.uri().path());
    let mut response = api
        .respond(client, request, &request_id)
        .await
        .unwrap_or_else(Error::into_response);
    tracing::info!(status = response.status().as_u16(), "{line}");
    if let Ok(id) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert("apigw-requestid", id);
    }
    response
}

impl Api {
    async fn respond(
        &self,
        client: SocketAddr,
        request: Request,
        request_id: &str,
    ) -> Result<Response, Error> {
        let time = SystemTime::now();
        let (mut head, body) = request.into_parts();
        check_size(&head)?;
        let path = decoded_path(&head.uri)?;
        if let Some(response) = self.issuer_response(&path) {
            return Ok(response);
        }
        let method = head.method.as_str();
        let (route, path_parameters) = self.routes.find(method, &path).ok_or(Error::NoRoute)?;
        let identity = self.authorize(route, &head.headers).await?;
        let body = read_body(body).await?;
        let trace_id = trace_id(time);
        forwarded_headers::add(&mut head.headers, client.ip(), self.port, &trace_id);
        let event = self.event(&IncomingRequest {
            method,
            path: &path,
            query: head.uri.query().unwrap_or_default(),
            protocol: "HTTP/1.1",
            headers: &head.headers,
            body: &body,
            source_ip: client.ip(),
            route: route.key(),
            resource: route.path(),
            path_parameters: &path_parameters,
            identity: identity.as_ref(),
            time,
            request_id,
        })?;
        let answer = self.invoke(event, trace_id).await?;
        self.function_response(&answer)
    }

    /// The response of the built-in issuer, if the path is one of its own.
    fn issuer_response(&self, path: &str) -> Option<Response> {
        issuer_routes::answer(self.issuer.as_ref()?, path)
    }

    /// What the authorizer found in the token; `None` where the route has no authorizer.
    async fn authorize(
        &self,
        route: &Route,
        headers: &HeaderMap,
    ) -> Result<Option<Identity>, Error> {
        let Some(scopes) = route.scopes() else {
            return Ok(None);
        };
        // As in the event, several headers count as one: two tokens are not a token.
        let values = header_texts(headers, &AUTHORIZATION);
        let authorization = (!values.is_empty()).then(|| values.join(","));
        let checked = self
            .authorizer
            .check(authorization.as_deref(), scopes)
            .await;
        checked
            .map(Some)
            .map_err(|refusal| Error::Refused(refusal, scopes.to_vec()))
    }

    /// The event as Lambda gets it, which has a limit of its own.
    fn event(&self, incoming: &IncomingRequest<'_>) -> Result<Bytes, Error> {
        let event = Bytes::from(self.payload.event(incoming).to_string());
        if event.len() > MAX_PAYLOAD {
            return Err(Error::BodyTooLarge);
        }
        Ok(event)
    }

    async fn invoke(&self, event: Bytes, trace_id: String) -> Result<Bytes, Error> {
        let outcome =
            tokio::time::timeout(INTEGRATION_TIMEOUT, self.invoker.invoke(event, trace_id)).await;
        outcome
            .unwrap_or(Err(InvokeError::TimedOut))
            .map_err(|error| match error {
                InvokeError::TimedOut => {
                    tracing::error!("the function has not answered in time");
                    Error::FunctionTimedOut
                }
                InvokeError::ProcessLost(why) | InvokeError::FunctionError(why) => {
                    tracing::error!(%why, "the function has failed");
                    Error::FunctionFailed
                }
            })
    }

    /// The function's answer as a response.
    fn function_response(&self, answer: &[u8]) -> Result<Response, Error> {
        response::from_answer(answer, self.payload).map_err(|why| {
            tracing::error!(%why, "the function's answer is not a response");
            Error::FunctionFailed
        })
    }
}

fn check_size(head: &Parts) -> Result<(), Error> {
    if request_size::is_too_large(head) {
        return Err(Error::HeadTooLarge);
    }
    Ok(())
}

fn decoded_path(uri: &Uri) -> Result<Cow<'_, str>, Error> {
    percent_decode_str(uri.path())
        .decode_utf8()
        .map_err(|_| Error::PathNotUtf8)
}

async fn read_body(body: Body) -> Result<Bytes, Error> {
    request_body::read(body, MAX_BODY)
        .await
        .map_err(|error| match error {
            ReadError::TooLarge => Error::BodyTooLarge,
            ReadError::Unreadable => Error::BodyUnreadable,
        })
}

/// `Root=1-`, the time in seconds, and 96 random bits.
fn trace_id(time: SystemTime) -> String {
    format!(
        "Root=1-{:08x}-{}",
        clock::milliseconds(time) / 1000,
        identifier::random_hex(12)
    )
}
