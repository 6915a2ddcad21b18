//! The gateway itself: it gets a port and its keys, starts the function, and serves until it is stopped.

mod error;
mod forwarded_headers;
mod handler;

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
use crate::discovery::ExternalIssuer;
use crate::issuer::{Issuer, IssuerError};
use crate::keys::{Keys, KeysError};
use crate::workers;

/// How long an HTTP API waits for the function.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
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
    /// The external issuer's keys cannot be had.
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
    let (shutdown, asked_to_shut_down) = oneshot::channel();
    let mut server = JoinSet::new();
    server.spawn(serve(listener, router, asked_to_shut_down));
    Ok(Running {
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

/// The keys of an issuer that is somewhere else, fetched once already.
async fn external_issuer_keys(url: &str) -> Result<Keys, StartError> {
    let keys = Keys::new(ExternalIssuer::new(url));
    keys.prefetch().await.map_err(StartError::Keys)?;
    Ok(keys)
}

/// The issuer that is part of the API at this address.
async fn built_in_issuer(
    address: SocketAddr,
    audiences: &[String],
) -> Result<Arc<Issuer>, StartError> {
    let url = format!("http://{address}/auth");
    let audience = audiences.first().cloned().unwrap_or_default();
    // A new key takes a while, on a machine that may have other things to do.
    let made = tokio::task::spawn_blocking(move || Issuer::new(url, audience)).await;
    let made = made.map_err(|error| StartError::Issuer(IssuerError(error.to_string())))?;
    made.map(Arc::new).map_err(StartError::Issuer)
}

/// Serves until the other end of the channel is dropped.
async fn serve(listener: TcpListener, router: Router, asked_to_shut_down: oneshot::Receiver<()>) {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service)
        .with_graceful_shutdown(async {
            let _ = asked_to_shut_down.await;
        })
        .await;
    if let Err(error) = served {
        tracing::error!(%error, "the gateway has stopped");
    }
}

/// A running gateway. Dropped, it ends, and the function's processes with it.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    issuer: Option<Arc<Issuer>>,
    workers: JoinSet<()>,
    server: JoinSet<()>,
    /// Dropped with the rest, it has axum close the connections, which are tasks beside the server's.
    _shutdown: oneshot::Sender<()>,
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
