//! Starts and stops the gateway: opens the port, loads the keys, starts the functions and serves requests.

mod console;
mod error;
mod forwarded_headers;
mod gateway_response;
mod handler;
mod hint;
mod request_size;
mod setup;

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

pub use self::gateway_response::{GatewayResponse, GatewayResponses};
use self::handler::Gateway;
use crate::api::Api;
use crate::config::Config;
use crate::console::Console;
use crate::issuer::{Issuer, IssuerError};
use crate::keys::KeysError;
use crate::workers;

/// The maximum time that an HTTP API waits for the function.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const HTTP_TIMEOUT: Duration = Duration::from_secs(30);

/// The maximum time that a REST API waits for the function, by default.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html>
const REST_TIMEOUT: Duration = Duration::from_secs(29);

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
    /// The settings contradict each other.
    Config(String),
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
            Self::Config(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for StartError {}

/// Checks settings without starting anything, so that an error is reported before a long build.
///
/// # Errors
///
/// Returns what is wrong with the settings, for example a route that names a function that does not exist.
pub fn check(config: &Config) -> Result<(), String> {
    setup::check(config)
}

/// A port on the loopback interface, on which a gateway will run.
///
/// It is for settings that contain the gateway's own URL, such as a function's environment variables.
#[derive(Debug)]
pub struct Port {
    listener: TcpListener,
    address: SocketAddr,
}

impl Port {
    /// Opens a port; 0 chooses a free one.
    ///
    /// # Errors
    ///
    /// Returns an error if the port is in use.
    pub async fn open(port: u16) -> Result<Self, StartError> {
        let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
        let listener = bound.map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => StartError::PortInUse(port),
            _ => StartError::Listen(error),
        })?;
        let address = listener.local_addr().map_err(StartError::Listen)?;
        Ok(Self { listener, address })
    }

    /// The URL of the built-in issuer of the gateway on this port.
    #[must_use]
    pub fn issuer_url(&self) -> String {
        format!("http://{}/auth", self.address)
    }

    /// Starts a gateway on this port, and the processes of its functions. The port in the settings is ignored.
    ///
    /// # Errors
    ///
    /// Returns an error if the settings are invalid, or if there are no keys to verify tokens with. A function that
    /// does not start is not an error, because it is restarted: until it runs, requests are answered with 502.
    pub async fn start(self, config: Config) -> Result<RunningGateway, StartError> {
        setup::check(&config).map_err(StartError::Config)?;
        let issuer = if config.built_in_issuer {
            Some(setup::built_in_issuer(self.issuer_url(), &config).await?)
        } else {
            None
        };
        let keys = setup::keys(&config, issuer.as_ref(), self.address.port()).await?;
        let integration_timeout = match config.api {
            Api::Http => HTTP_TIMEOUT,
            Api::Rest { .. } => REST_TIMEOUT,
        };
        let mut workers = JoinSet::new();
        let functions = config.functions.iter().map(|(name, function)| {
            let count = config.workers.max(1);
            let timeout = function.timeout.unwrap_or(config.timeout);
            let timeout = timeout.min(integration_timeout);
            let invoker = workers::start(name, function, count, timeout, &mut workers);
            (name.clone(), invoker)
        });
        let functions = functions.collect();
        let router = handler::router(Gateway {
            authorizers: setup::authorizers(&config, &keys, &functions),
            routes: setup::routes(&config),
            api: config.api.clone(),
            console: Console::new(&config),
            issuer: issuer.clone(),
            cors: config.cors.filter(|_| !config.api.is_rest()),
            responses: config.gateway_responses,
            payload: config.payload,
            functions,
            integration_timeout,
            port: self.address.port(),
        });
        let (shutdown, shutdown_signal) = oneshot::channel();
        let mut server = JoinSet::new();
        server.spawn(serve(self.listener, router, shutdown_signal));
        Ok(RunningGateway {
            address: self.address,
            path_prefix: config.api.path_prefix(),
            issuer,
            workers,
            server,
            _shutdown: shutdown,
        })
    }
}

/// Starts a gateway on the loopback interface, and the processes of its functions: see [`Port::start`].
///
/// # Errors
///
/// Returns an error if the port is in use, or for the same reasons as [`Port::start`].
pub async fn start(config: Config) -> Result<RunningGateway, StartError> {
    Port::open(config.port).await?.start(config).await
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

/// A running gateway. Dropping it stops the gateway and the functions' processes.
#[derive(Debug)]
pub struct RunningGateway {
    address: SocketAddr,
    path_prefix: String,
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

    /// The URL of the gateway, such as `http://127.0.0.1:3000`. The built-in issuer is below it.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The URL of the API: the base URL, with the stage of a REST API, such as `http://127.0.0.1:3000/prod`.
    #[must_use]
    pub fn api_url(&self) -> String {
        format!("{}{}", self.base_url(), self.path_prefix)
    }

    /// The built-in issuer, or `None` if an external issuer is configured.
    #[must_use]
    pub fn issuer(&self) -> Option<&Issuer> {
        self.issuer.as_deref()
    }

    /// Stops the functions' processes and then the gateway.
    pub async fn stop(mut self) {
        // Stopping the processes first makes the gateway answer the requests that wait for them.
        self.workers.shutdown().await;
        self.server.shutdown().await;
    }
}
