//! Starts and stops the gateway: binds the port, loads the keys, starts the function and serves requests.

mod error;
mod forwarded_headers;
mod handler;
mod request_size;

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use self::handler::Api;
use crate::authorizer::Authorizer;
use crate::config::Config;
use crate::issuer::{Issuer, IssuerError};
use crate::keys::discovery::ExternalIssuer;
use crate::keys::{Keys, KeysError};
use crate::workers;

/// The maximum time that an HTTP API waits for the function.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const INTEGRATION_TIMEOUT: Duration = Duration::from_secs(30);

/// The gateway could not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// Another program is listening on the port.
    PortInUse(u16),
    /// Listening on the port failed for another reason.
    Listen(std::io::Error),
    /// The built-in issuer could not create its key.
    Issuer(IssuerError),
    /// The external issuer's keys could not be fetched.
    Keys(KeysError),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortInUse(port) => write!(
                f,
                "port {port} is in use by another program; choose another one with `--port`, or a free one with `--port 0`"
            ),
            Self::Listen(error) => write!(f, "cannot listen on the port: {error}"),
            Self::Issuer(error) => error.fmt(f),
            Self::Keys(error) => write!(f, "cannot fetch the issuer's keys: {error}"),
        }
    }
}

impl std::error::Error for StartError {}

/// Checks that the port is free, so that an error is reported before a long build.
///
/// # Errors
///
/// Returns the error that [`start`] would return.
pub async fn check_port(port: u16) -> Result<(), StartError> {
    listen(port).await.map(drop)
}

/// Starts a gateway on the loopback interface, and the processes of the function.
///
/// # Errors
///
/// Returns an error if the port is in use, or if there are no keys to verify tokens with. A function that
/// does not start is not an error, because it is restarted: until it runs, requests are answered with 502.
pub async fn start(config: Config) -> Result<RunningGateway, StartError> {
    let listener = listen(config.port).await?;
    let address = listener.local_addr().map_err(StartError::Listen)?;
    let (issuer, issuer_url, keys) = if let Some(url) = &config.issuer {
        (None, url.clone(), external_issuer_keys(url).await?)
    } else {
        let issuer = built_in_issuer(address, &config.audiences).await?;
        let url = issuer.url().to_owned();
        (Some(Arc::clone(&issuer)), url, Keys::new(issuer))
    };
    let timeout = config.timeout.min(INTEGRATION_TIMEOUT);
    let (invoker, workers) = workers::start(&config.function, config.workers.max(1), timeout);
    let router = handler::router(Api {
        authorizer: Authorizer::new(issuer_url, config.audiences, keys, config.numbers),
        issuer: issuer.clone(),
        routes: config.routes,
        payload: config.payload,
        invoker,
        port: address.port(),
    });
    let (shutdown, shutdown_signal) = oneshot::channel();
    let mut server = JoinSet::new();
    server.spawn(serve(listener, router, shutdown_signal));
    Ok(RunningGateway {
        address,
        issuer,
        workers,
        server,
        _shutdown: shutdown,
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

/// The keys of an external issuer. They are fetched here, so that a wrong URL is reported at start.
async fn external_issuer_keys(url: &str) -> Result<Keys, StartError> {
    let keys = Keys::new(ExternalIssuer::new(url));
    keys.prefetch().await.map_err(StartError::Keys)?;
    Ok(keys)
}

/// The issuer that serves its endpoints at this address, next to the API.
async fn built_in_issuer(
    address: SocketAddr,
    audiences: &[String],
) -> Result<Arc<Issuer>, StartError> {
    let url = format!("http://{address}/auth");
    let audience = audiences.first().cloned().unwrap_or_default();
    // Generating a key keeps the CPU busy for a while, so it must not block the async runtime.
    let issuer = tokio::task::spawn_blocking(move || Issuer::new(url, audience)).await;
    let issuer = issuer.map_err(|error| StartError::Issuer(IssuerError(error.to_string())))?;
    issuer.map(Arc::new).map_err(StartError::Issuer)
}

/// Serves requests until the sender of `shutdown_signal` is dropped.
async fn serve(listener: TcpListener, router: Router, shutdown_signal: oneshot::Receiver<()>) {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service)
        .with_graceful_shutdown(async {
            let _ = shutdown_signal.await;
        })
        .await;
    if let Err(error) = served {
        tracing::error!(%error, "the gateway has stopped");
    }
}

/// A running gateway. Dropping it stops the gateway and the function's processes.
#[derive(Debug)]
pub struct RunningGateway {
    address: SocketAddr,
    issuer: Option<Arc<Issuer>>,
    workers: JoinSet<()>,
    server: JoinSet<()>,
    /// Dropping it makes axum close the connections, whose tasks are not part of `server`.
    _shutdown: oneshot::Sender<()>,
}

impl RunningGateway {
    /// The address that the gateway listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL of the API, such as `http://127.0.0.1:3000`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The built-in issuer, or `None` if an external issuer is configured.
    #[must_use]
    pub fn issuer(&self) -> Option<&Issuer> {
        self.issuer.as_deref()
    }

    /// Stops the function's processes and then the gateway.
    pub async fn stop(mut self) {
        // Stopping the processes first makes the gateway answer the requests that wait for them.
        self.workers.shutdown().await;
        self.server.shutdown().await;
    }
}
