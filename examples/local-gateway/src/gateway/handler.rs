//! Handles one request: finds its route, checks its token, invokes the function and returns the response.

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
use super::{INTEGRATION_TIMEOUT, forwarded_headers, request_size};
use crate::authorizer::{Authorizer, Identity};
use crate::event::{IncomingRequest, PayloadFormat, header_texts};
use crate::issuer::{self, Issuer};
use crate::request_body::ReadError;
use crate::routes::{Route, Routes};
use crate::runtime_api::MAX_PAYLOAD;
use crate::workers::{InvokeError, Invoker};
use crate::{identifier, request_body, response, timestamp};

/// The maximum size of a request body in bytes.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const MAX_BODY: usize = 10 * 1024 * 1024;

/// The state that all requests share.
pub(super) struct Api {
    pub(super) authorizer: Authorizer,
    pub(super) issuer: Option<Arc<Issuer>>,
    pub(super) routes: Routes,
    pub(super) payload: PayloadFormat,
    pub(super) invoker: Invoker,
    pub(super) port: u16,
}

/// A router that passes every request to [`handle`], which does its own routing as API Gateway does.
pub(super) fn router(api: Api) -> Router {
    Router::new().fallback(handle).with_state(Arc::new(api))
}

async fn handle(
    State(api): State<Arc<Api>>,
    ConnectInfo(client): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let request_id = identifier::request_id();
    let request_line = format!("{} {}", request.method(), request.uri().path());
    let mut response = api
        .respond(client, request, &request_id)
        .await
        .unwrap_or_else(Error::into_response);
    tracing::info!(status = response.status().as_u16(), "{request_line}");
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
        let json = self.invoke(event, trace_id).await?;
        self.function_response(&json)
    }

    /// The response of the built-in issuer, if there is one and the path belongs to it.
    fn issuer_response(&self, path: &str) -> Option<Response> {
        issuer::routes::respond(self.issuer.as_ref()?, path)
    }

    /// The identity in the token, or `None` if the route has no authorizer.
    async fn authorize(
        &self,
        route: &Route,
        headers: &HeaderMap,
    ) -> Result<Option<Identity>, Error> {
        let Some(scopes) = route.scopes() else {
            return Ok(None);
        };
        // Several headers are joined, as in the event. Two tokens are therefore an invalid token.
        let values = header_texts(headers, &AUTHORIZATION);
        let authorization = (!values.is_empty()).then(|| values.join(","));
        let checked = self
            .authorizer
            .check(authorization.as_deref(), scopes)
            .await;
        checked
            .map(Some)
            .map_err(|error| Error::Unauthorized(error, scopes.to_vec()))
    }

    /// The event for the function. Its size is limited by Lambda, independently of [`MAX_BODY`].
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
                    tracing::error!("the function did not respond in time");
                    Error::FunctionTimedOut
                }
                InvokeError::ProcessLost(reason) | InvokeError::FunctionError(reason) => {
                    tracing::error!(%reason, "the function failed");
                    Error::FunctionFailed
                }
            })
    }

    /// Converts the JSON that the function returned.
    fn function_response(&self, json: &[u8]) -> Result<Response, Error> {
        response::from_function_response(json, self.payload).map_err(|reason| {
            tracing::error!(%reason, "the function returned an invalid response");
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

/// An X-Ray trace header: the version, the time in seconds, and a unique id of 24 hexadecimal digits.
fn trace_id(time: SystemTime) -> String {
    format!(
        "Root=1-{:08x}-{}",
        timestamp::epoch_milliseconds(time) / 1000,
        identifier::random_hex(12)
    )
}
