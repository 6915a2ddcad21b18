//! The command line program: builds the function, starts the gateway, and prints calls to try.

mod options;

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::pin::pin;
use std::process::ExitCode;

use clap::Parser as _;
use local_gateway::banner::Banner;
use local_gateway::example_function::{self, BuildError};
use local_gateway::routes::Routes;
use local_gateway::{RunningGateway, gateway};
use tracing_subscriber::EnvFilter;

use crate::options::Options;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(filter)
        .with_target(false)
        .with_writer(std::io::stderr)
        .init();

    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<(), Box<dyn std::error::Error>> {
    // Use one future throughout, because a signal between two futures would be lost.
    let mut shutdown = pin!(shutdown_signal());
    let gateway = tokio::select! {
        biased;
        // This drops the other future, which ends a running build.
        received = &mut shutdown => return Ok(received?),
        started = start(options) => started?,
    };
    shutdown.await?;
    gateway.stop().await;
    Ok(())
}

async fn start(options: Options) -> Result<RunningGateway, Box<dyn std::error::Error>> {
    // Check these before the build, which may take a while.
    options.check_routes()?;
    gateway::check_port(options.port).await?;
    let custom_function = options.function.is_some();
    let program = function_binary(options.function.clone()).await?;
    let config = options.config(program);
    let routes = config.routes.clone();
    let workers = config.workers;
    let payload = config.payload;
    let built_in_issuer = config.issuer.is_none();
    let gateway = gateway::start(config).await?;
    let example = !custom_function && routes.iter().eq(Routes::for_orders().iter());
    let base_url = gateway.base_url();
    let banner = Banner {
        base_url: &base_url,
        routes: &routes,
        built_in_issuer,
        example,
        workers,
        payload,
    };
    std::io::stdout().write_all(banner.text().as_bytes())?;
    Ok(gateway)
}

/// The path of the given function, or of `orders`, which is built first.
async fn function_binary(given: Option<PathBuf>) -> Result<PathBuf, BuildError> {
    if let Some(path) = given {
        return Ok(path);
    }
    eprintln!("building the function `orders`; the first build takes about a minute");
    example_function::build().await
}

/// Waits for Ctrl-C or, on Unix, SIGTERM.
async fn shutdown_signal() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            _ = terminate.recv() => Ok(()),
            received = tokio::signal::ctrl_c() => received,
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
