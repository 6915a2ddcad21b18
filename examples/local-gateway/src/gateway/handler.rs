//! Handles one request: finds its route, asks the authorizer, invokes the function and returns the response.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::response::Response;
use percent_encoding::percent_decode_str;

use super::GatewayResponses;
use super::error::Error;
use super::{forwarded_headers, gateway_response, hint, request_size};
use crate::api::Api;
use crate::authorizer::{Authorizer, Identity};
use crate::console::{Console, Record};
use crate::cors::{self, Cors};
use crate::event::{Format, IncomingRequest, PayloadFormat};
use crate::issuer::{self, Issuer};
use crate::request_body::ReadError;
use crate::routes::{Route, Routes};
use crate::runtime_api::MAX_PAYLOAD;
use crate::workers::{InvokeError, Invoker};
use crate::{identifier, request_body, response};

/// The maximum size of a request body in bytes.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const MAX_BODY: usize = 10 * 1024 * 1024;

/// The state that all requests share.
pub(super) struct Gateway {
    pub(super) api: Api,
    pub(super) authorizers: HashMap<String, Authorizer>,
    pub(super) console: Console,
    pub(super) issuer: Option<Arc<Issuer>>,
    pub(super) routes: Routes,
    /// The settings of an HTTP API. A REST API has routes for `OPTIONS` instead.
    pub(super) cors: Option<Cors>,
    pub(super) responses: GatewayResponses,
    pub(super) payload: PayloadFormat,
    pub(super) functions: HashMap<String, Invoker>,
    pub(super) integration_timeout: Duration,
    pub(super) port: u16,
}

/// A router that passes every request to [`handle`], which does its own routing as API Gateway does.
pub(super) fn router(gateway: Gateway) -> Router {
    Router::new().fallback(handle).with_state(Arc::new(gateway))
}

async fn handle(
    State(gateway): State<Arc<Gateway>>,
    ConnectInfo(client): ConnectInfo<SocketAddr>,
    mut request: Request,
) -> Response {
    let request_id = identifier::request_id();
    let record = gateway.console.record(&mut request, &request_id);
    let request_line = format!("{} {}", request.method(), request.uri().path());
    let mut response = match gateway
        .respond(client.ip(), request, &request_id, &record)
        .await
    {
        Ok(response) => {
            tracing::info!(status = response.status().as_u16(), "{request_line}");
            response
        }
        Err(error) => {
            record.reason(&error);
            let response = gateway_response::response(&gateway.api, &gateway.responses, &error);
            let status = response.status().as_u16();
            if response.status().is_server_error() {
                tracing::error!(status, reason = %error, "{request_line}");
            } else {
                tracing::info!(status, reason = %error, "{request_line}");
            }
            response
        }
    };
    gateway.add_request_id(response.headers_mut(), &request_id);
    response
}

/// A request whose route is known.
struct Routed<'a> {
    head: Parts,
    path: Cow<'a, str>,
    route: &'a Route,
    path_parameters: BTreeMap<String, String>,
    client: IpAddr,
    time: SystemTime,
    request_id: &'a str,
    record: &'a Record<'a>,
}

impl Gateway {
    async fn respond(
        &self,
        client: IpAddr,
        request: Request,
        request_id: &str,
        record: &Record<'_>,
    ) -> Result<Response, Error> {
        let (head, body) = request.into_parts();
        if request_size::is_too_large(&head) {
            return Err(Error::HeadTooLarge);
        }
        let decoded = decoded_path(&head.uri)?.into_owned();
        if self.console.owns(&decoded) {
            return self.console_response(&head, &decoded, body).await;
        }
        if let Some(response) = self.issuer_response(&head, &decoded).await {
            return Ok(response);
        }
        let preflight = self.preflight(&head);
        let path = self.path(&head.uri, decoded)?;
        let Some((route, path_parameters)) = self.routes.find(head.method.as_str(), &path) else {
            return preflight.ok_or(Error::NoRoute);
        };
        let request = Routed {
            head,
            path: path.into(),
            route,
            path_parameters,
            client,
            time: SystemTime::now(),
            request_id,
            record,
        };
        let identity = self.authorize(&request).await?;
        // A preflight request has no token: a route for it that has an authorizer rejects it, as on AWS.
        if let Some(response) = preflight {
            return Ok(response);
        }
        if let Some(mock) = request.route.mock() {
            return mock.response().map_err(Error::FunctionFailed);
        }
        let body = read_body(body).await?;
        self.integration_response(request, identity.as_ref(), &body)
            .await
    }

    /// The response of the route's function.
    async fn integration_response(
        &self,
        mut request: Routed<'_>,
        identity: Option<&Identity>,
        body: &[u8],
    ) -> Result<Response, Error> {
        let client_headers = request.head.headers.clone();
        let trace_id = identifier::trace_id(request.time);
        let headers = &mut request.head.headers;
        forwarded_headers::add(headers, request.client, self.port, &trace_id);
        let format = self.format(request.route);
        let incoming = IncomingRequest {
            body,
            identity,
            ..self.incoming(&request)
        };
        let event = event(&incoming, format)?;
        request.record.event(&event, || self.token(&request));
        let json = self.invoke(request.route, event, trace_id, format).await?;
        let mut response = response::from_function_response(&json, format).map_err(|reason| {
            Error::FunctionFailed(format!("its response is invalid: {reason}"))
        })?;
        if let Some(ignored) = response::ignored_field(&json, format) {
            tracing::warn!(function = request.route.function(), "{ignored}");
        }
        if let Some(cors) = &self.cors {
            cors.apply(&client_headers, response.headers_mut());
        }
        Ok(response)
    }

    /// The answer to a preflight request, if this is one and the HTTP API has CORS settings.
    fn preflight(&self, head: &Parts) -> Option<Response> {
        let cors = self.cors.as_ref()?;
        cors::is_preflight(&head.method, &head.headers).then(|| cors.preflight(&head.headers))
    }

    /// The response of the built-in issuer, if there is one and the path belongs to it.
    async fn issuer_response(&self, head: &Parts, path: &str) -> Option<Response> {
        issuer::routes::respond(self.issuer.as_ref()?, head, path).await
    }

    /// The path that the routes are compared with. An HTTP API decodes it; a REST API does not, and has its stage in
    /// it.
    fn path(&self, uri: &Uri, decoded: String) -> Result<String, Error> {
        if !self.api.is_rest() {
            return Ok(decoded);
        }
        self.api
            .path_in_stage(uri.path())
            .map(str::to_owned)
            .ok_or_else(|| Error::NoStage(self.api.stage().to_owned()))
    }

    /// What the authorizer passes to the function, or `None` if the route has no authorizer.
    async fn authorize(&self, request: &Routed<'_>) -> Result<Option<Identity>, Error> {
        let Some(authorization) = request.route.authorization() else {
            return Ok(None);
        };
        let name = &authorization.authorizer;
        // The names are checked at start.
        let Some(authorizer) = self.authorizers.get(name) else {
            let reason = format!("there is no authorizer `{name}`");
            return Err(Error::FunctionFailed(reason));
        };
        let (format, scopes) = (self.format(request.route), &authorization.scopes);
        let checked = authorizer
            .authorize(&self.incoming(request), format, scopes)
            .await;
        checked
            .map(Some)
            .map_err(|error| Error::Unauthorized(error, scopes.clone()))
    }

    /// The token that a JWT authorizer has verified.
    fn token(&self, request: &Routed<'_>) -> Option<String> {
        let name = &request.route.authorization()?.authorizer;
        let Authorizer::Jwt(jwt) = self.authorizers.get(name)? else {
            return None;
        };
        let (head, source) = (&request.head, &jwt.config().identity_source);
        let query = head.uri.query().unwrap_or_default();
        source.value(&head.headers, query, request.route.key())
    }

    /// The request without a body and an identity, as an authorizer receives it.
    fn incoming<'r>(&'r self, request: &'r Routed<'_>) -> IncomingRequest<'r> {
        IncomingRequest {
            method: request.head.method.as_str(),
            path: &request.path,
            stage: self.api.stage(),
            query: request.head.uri.query().unwrap_or_default(),
            protocol: "HTTP/1.1",
            headers: &request.head.headers,
            body: b"",
            source_ip: request.client,
            route: request.route.key(),
            resource: request.route.path(),
            path_parameters: &request.path_parameters,
            identity: None,
            time: request.time,
            request_id: request.request_id,
        }
    }

    fn format(&self, route: &Route) -> Format {
        if self.api.is_rest() {
            return Format::Rest;
        }
        Format::Http(route.payload().unwrap_or(self.payload))
    }

    pub(super) async fn invoke(
        &self,
        route: &Route,
        event: Bytes,
        trace_id: String,
        format: Format,
    ) -> Result<Bytes, Error> {
        let name = route.function();
        // The names are checked at start.
        let Some(function) = self.functions.get(name) else {
            return Err(Error::FunctionFailed(format!(
                "there is no function `{name}`"
            )));
        };
        let invoked = function.invoke(event, trace_id);
        let outcome = tokio::time::timeout(self.integration_timeout, invoked).await;
        outcome
            .unwrap_or(Err(InvokeError::TimedOut))
            .map_err(|error| match error {
                InvokeError::TimedOut => Error::FunctionTimedOut,
                InvokeError::Unavailable(reason) => Error::FunctionUnavailable(reason),
                InvokeError::ProcessLost(reason) => Error::FunctionFailed(reason),
                InvokeError::FunctionError(reason) => {
                    Error::FunctionFailed(hint::with_payload_format(reason, format))
                }
            })
    }

    /// Adds the request id in the header of an HTTP API, or in those of a REST API.
    fn add_request_id(&self, headers: &mut HeaderMap, request_id: &str) {
        let mut add = |name: &'static str, id: &str| {
            if let Ok(id) = HeaderValue::from_str(id) {
                headers.insert(name, id);
            }
        };
        if self.api.is_rest() {
            add("x-amzn-requestid", &identifier::uuid());
            add("x-amz-apigw-id", request_id);
        } else {
            add("apigw-requestid", request_id);
        }
    }
}

/// The event for the function. Its size is limited by Lambda, independently of [`MAX_BODY`].
fn event(incoming: &IncomingRequest<'_>, format: Format) -> Result<Bytes, Error> {
    let event = Bytes::from(incoming.event(format).to_string());
    if event.len() > MAX_PAYLOAD {
        return Err(Error::BodyTooLarge);
    }
    Ok(event)
}

fn decoded_path(uri: &Uri) -> Result<Cow<'_, str>, Error> {
    percent_decode_str(uri.path())
        .decode_utf8()
        .map_err(|_| Error::PathNotUtf8)
}

pub(super) async fn read_body(body: Body) -> Result<Bytes, Error> {
    request_body::read(body, MAX_BODY)
        .await
        .map_err(|error| match error {
            ReadError::TooLarge => Error::BodyTooLarge,
            ReadError::Unreadable => Error::BodyUnreadable,
        })
}
