//! The gateway itself: it listens, and takes each request through route, authorizer and function.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::authorizer::{Authorizer, Identity, Refusal};
use crate::config::Config;
use crate::discovery::OutsideIssuer;
use crate::event::{Incoming, PayloadFormat, text};
use crate::issuer::{Issuer, IssuerError};
use crate::keys::{Keys, KeysError};
use crate::response::{self, message};
use crate::routes::{Route, Routes};
use crate::runtime_api::MAX_PAYLOAD;
use crate::workers::{self, Failure, Invoker};
use crate::{identifier, issuer_routes, request_size, whole_body};

/// The limits of an HTTP API, beside that of [`request_size`].
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const MAX_BODY: usize = 10 * 1024 * 1024;
const INTEGRATION_TIMEOUT: Duration = Duration::from_secs(30);

/// Why a gateway does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// Somebody else listens on the port.
    PortInUse(u16),
    /// The port cannot be listened on for another reason.
    Listen(std::io::Error),
    /// The built-in issuer has no key.
    Issuer(IssuerError),
    /// The outside issuer's keys cannot be had.
    Keys(KeysError),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortInUse(port) => write!(
                f,
                "port {port} is in use by another program; choose another with `--port`, or any free one with `--port 0`"
            ),
            Self::Listen(error) => write!(f, "cannot listen: {error}"),
            Self::Issuer(error) => error.fmt(f),
            Self::Keys(error) => write!(f, "the issuer's keys cannot be read: {error}"),
        }
    }
}

impl std::error::Error for StartError {}

/// Whether the port is free, to be asked before a long build.
///
/// # Errors
///
/// The one that [`start`] would end with.
pub async fn check_port(port: u16) -> Result<(), StartError> {
    listen(port).await.map(drop)
}

/// Starts a gateway on the loopback interface, with the function's processes.
///
/// # Errors
///
/// When the port is taken, or there are no keys to check tokens with. A function that does
/// not run is not an error here: requests are answered with 502, as it may yet come up.
pub async fn start(config: Config) -> Result<Running, StartError> {
    let listener = listen(config.port).await?;
    let address = listener.local_addr().map_err(StartError::Listen)?;

    let (issuer, name, keys) = if let Some(url) = &config.issuer {
        let keys = Keys::new(OutsideIssuer::new(url));
        keys.prepare().await.map_err(StartError::Keys)?;
        (None, url.clone(), keys)
    } else {
        let audience = config.audiences.first().cloned().unwrap_or_default();
        let url = format!("http://{address}/auth");
        // A new key takes a while, on a machine that may have other things to do.
        let made = tokio::task::spawn_blocking(move || Issuer::new(url, audience)).await;
        let made = made.map_err(|error| StartError::Listen(std::io::Error::other(error)))?;
        let issuer = Arc::new(made.map_err(StartError::Issuer)?);
        (
            Some(Arc::clone(&issuer)),
            issuer.url().to_owned(),
            Keys::new(issuer),
        )
    };

    let timeout = config.timeout.min(INTEGRATION_TIMEOUT);
    let (invoker, workers) = workers::start(&config.function, config.workers.max(1), timeout);
    let api = Api {
        authorizer: Authorizer::new(name, config.audiences, keys, config.numbers),
        issuer: issuer.clone(),
        routes: config.routes,
        payload: config.payload,
        invoker,
        port: address.port(),
    };
    let service = Router::new().fallback(handle).with_state(Arc::new(api));
    let (stop, stopped) = oneshot::channel::<()>();
    let mut server = JoinSet::new();
    server.spawn(async move {
        let service = service.into_make_service_with_connect_info::<SocketAddr>();
        let until_stopped = async {
            let _ = stopped.await;
        };
        if let Err(error) = axum::serve(listener, service)
            .with_graceful_shutdown(until_stopped)
            .await
        {
            tracing::error!(%error, "the gateway has stopped");
        }
    });
    Ok(Running {
        address,
        issuer,
        workers,
        server,
        _stop: stop,
    })
}

async fn listen(port: u16) -> Result<TcpListener, StartError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => StartError::PortInUse(port),
            _ => StartError::Listen(error),
        })
}

/// A running gateway. Dropped, it ends, and the function's processes with it.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    issuer: Option<Arc<Issuer>>,
    workers: JoinSet<()>,
    server: JoinSet<()>,
    _stop: oneshot::Sender<()>,
}

impl Running {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The beginning of every address of the API: `http://127.0.0.1:3000`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The built-in issuer, unless there is one outside.
    #[must_use]
    pub fn issuer(&self) -> Option<&Issuer> {
        self.issuer.as_deref()
    }

    /// Ends the function's processes and then the gateway.
    pub async fn stop(mut self) {
        // First the processes: the requests that wait for them are answered thereby.
        self.workers.shutdown().await;
        self.server.shutdown().await;
    }
}

struct Api {
    authorizer: Authorizer,
    issuer: Option<Arc<Issuer>>,
    routes: Routes,
    payload: PayloadFormat,
    invoker: Invoker,
    port: u16,
}

async fn handle(
    State(api): State<Arc<Api>>,
    ConnectInfo(client): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response<Body> {
    let request_id = identifier::request_id();
    let line = format!("{} {}", request.method(), request.uri().path());
    let mut response = match api.answer(client, request, &request_id).await {
        Ok(response) | Err(response) => response,
    };
    tracing::info!(status = response.status().as_u16(), "{line}");
    if let Ok(id) = HeaderValue::from_str(&request_id) {
        response.headers_mut().insert("apigw-requestid", id);
    }
    response
}

impl Api {
    /// An `Err` is an answer too: the one with which the way ends early.
    async fn answer(
        &self,
        client: SocketAddr,
        request: Request,
        request_id: &str,
    ) -> Result<Response<Body>, Response<Body>> {
        let time = SystemTime::now();
        let (head, body) = request.into_parts();
        if request_size::is_too_large(&head) {
            return Err(message(
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
                "Request Header Fields Too Large",
            ));
        }
        let method = head.method.as_str();
        let path = percent_decode_str(head.uri.path()).decode_utf8();
        let path = path.map_err(|_| message(StatusCode::BAD_REQUEST, "Bad Request"))?;
        if let Some(response) = self
            .issuer
            .as_ref()
            .and_then(|issuer| issuer_routes::answer(issuer, &path))
        {
            return Ok(response);
        }
        let found = self.routes.find(method, &path);
        let (route, path_parameters) =
            found.ok_or_else(|| message(StatusCode::NOT_FOUND, "Not Found"))?;
        let identity = self.authorize(route, &head.headers).await?;

        let too_large = || message(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large");
        let body = whole_body::read(body, MAX_BODY)
            .await
            .map_err(|_| too_large())?;
        let trace_id = trace_id(time);
        let headers = self.forwarded(head.headers, client, &trace_id);
        let event = self.payload.event(&Incoming {
            method,
            path: &path,
            query: head.uri.query().unwrap_or_default(),
            protocol: "HTTP/1.1",
            headers: &headers,
            body: &body,
            source: client.ip(),
            route: route.key(),
            resource: route.path(),
            path_parameters: &path_parameters,
            identity: identity.as_ref(),
            time,
            request_id,
        });
        let event = Bytes::from(event.to_string());
        if event.len() > MAX_PAYLOAD {
            return Err(too_large());
        }
        let answer = self.invoke(event, trace_id).await?;
        response::from_answer(&answer, self.payload).map_err(|why| {
            tracing::error!(%why, "the function's answer is not a response");
            failed()
        })
    }

    async fn authorize(
        &self,
        route: &Route,
        headers: &HeaderMap,
    ) -> Result<Option<Identity>, Response<Body>> {
        let Some(scopes) = route.scopes() else {
            return Ok(None);
        };
        // As in the event, several headers count as one: two tokens are not a token.
        let values: Vec<_> = headers.get_all(AUTHORIZATION).iter().map(text).collect();
        let authorization = (!values.is_empty()).then(|| values.join(","));
        let checked = self
            .authorizer
            .check(authorization.as_deref(), scopes)
            .await;
        checked
            .map(Some)
            .map_err(|refusal| refused(&refusal, scopes))
    }

    /// The headers as the function sees them: with those that the gateway adds.
    fn forwarded(&self, mut headers: HeaderMap, client: SocketAddr, trace_id: &str) -> HeaderMap {
        let forwarded_for = HeaderName::from_static("x-forwarded-for");
        // Several headers count as one, and the address that is known comes last.
        let mut addresses: Vec<_> = headers.get_all(&forwarded_for).iter().map(text).collect();
        addresses.push(client.ip().to_string());
        for (name, value) in [
            (forwarded_for, addresses.join(", ")),
            (
                HeaderName::from_static("x-forwarded-port"),
                self.port.to_string(),
            ),
            (
                HeaderName::from_static("x-forwarded-proto"),
                "http".to_owned(),
            ),
            (
                HeaderName::from_static("x-amzn-trace-id"),
                trace_id.to_owned(),
            ),
        ] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
        headers
    }

    async fn invoke(&self, event: Bytes, trace_id: String) -> Result<Bytes, Response<Body>> {
        let outcome =
            tokio::time::timeout(INTEGRATION_TIMEOUT, self.invoker.invoke(event, trace_id)).await;
        match outcome.unwrap_or(Err(Failure::TimedOut)) {
            Ok(answer) => Ok(answer),
            Err(Failure::TimedOut) => {
                tracing::error!("the function has not answered in time");
                Err(message(
                    StatusCode::GATEWAY_TIMEOUT,
                    "Endpoint request timed out",
                ))
            }
            Err(Failure::Died(why) | Failure::Failed(why)) => {
                tracing::error!(%why, "the function has failed");
                Err(failed())
            }
        }
    }
}

/// API Gateway answers 500 with such a message for a function that fails
/// (<https://repost.aws/knowledge-center/api-gateway-internal-server-error>). Here 502 and 504
/// tell a function that failed from one that hangs, and both from one that answers 500 itself.
fn failed() -> Response<Body> {
    message(StatusCode::BAD_GATEWAY, "Internal Server Error")
}

/// The gateway says no more in the body; the header tells what was wrong with the token
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html>).
fn refused(refusal: &Refusal, scopes: &[String]) -> Response<Body> {
    let scopes = scopes.join(" ");
    let (mut response, challenge) = match refusal {
        Refusal::NoToken => (
            message(StatusCode::UNAUTHORIZED, "Unauthorized"),
            "Bearer".to_owned(),
        ),
        Refusal::InvalidToken(why) => (
            message(StatusCode::UNAUTHORIZED, "Unauthorized"),
            format!(r#"Bearer scope="{scopes}" error="invalid_token" error_description="{why}""#),
        ),
        Refusal::InsufficientScope => (
            message(StatusCode::FORBIDDEN, "Forbidden"),
            format!(r#"Bearer scope="{scopes}" error="insufficient_scope""#),
        ),
    };
    tracing::debug!(%challenge, "refused");
    if let Ok(challenge) = HeaderValue::from_str(&challenge) {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}

/// `Root=1-`, the time in seconds, and 96 random bits.
fn trace_id(time: SystemTime) -> String {
    format!(
        "Root=1-{:08x}-{}",
        crate::clock::milliseconds(time) / 1000,
        identifier::hex(12)
    )
}
