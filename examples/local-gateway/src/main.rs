//! The command line program: builds the example function, starts the gateway, and prints calls to try.

mod options;

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::pin::pin;
use std::process::ExitCode;

use local_gateway::banner::Banner;
use local_gateway::cargo_build::{AUTHORIZER, EXAMPLE};
use local_gateway::gateway::Port;
use local_gateway::template::FromTemplate;
use local_gateway::{Config, RunningGateway, build, cargo_build, gateway, template};
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

    match run(Options::from_arguments()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Options(reason)) => {
            eprintln!("error: {reason}");
            ExitCode::from(INVALID_OPTIONS)
        }
        Err(Failure::Other(error)) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The exit code for invalid options and a function that does not build, the same as clap's.
const INVALID_OPTIONS: u8 = 2;

/// Why the program cannot run.
enum Failure {
    /// The options contradict each other, or name a function that does not build.
    Options(String),
    Other(Box<dyn std::error::Error>),
}

impl<E: Into<Box<dyn std::error::Error>>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Other(error.into())
    }
}

async fn run(options: Options) -> Result<(), Failure> {
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

async fn start(options: Options) -> Result<RunningGateway, Failure> {
    if let Some((path, parameters)) = options.template() {
        return start_template(options, &path, &parameters).await;
    }
    let (port, all, uses_example) = (options.port, options.all, options.uses_example());
    // Check the options and the port before the build, which may take a while.
    let mut config = options.config().map_err(Failure::Options)?;
    gateway::check(&config).map_err(Failure::Options)?;
    let port = Port::open(port).await?;
    if uses_example {
        eprintln!("{}", cargo_build::notice(EXAMPLE));
        let built = cargo_build::build(EXAMPLE).await;
        let program = built.map_err(|error| Failure::Options(error.to_string()))?;
        options::set_example(&mut config, program);
    }
    let is_jwt = config.has_only_jwt_authorizers();
    announce(port, config, uses_example && is_jwt, all).await
}

/// Starts the API of a SAM template.
async fn start_template(
    options: Options,
    path: &Path,
    parameters: &[(String, String)],
) -> Result<RunningGateway, Failure> {
    let (port, all) = (Port::open(options.port).await?, options.all);
    let read = template::read(path, parameters, &port.issuer_url());
    let FromTemplate {
        mut config,
        builds,
        notices,
    } = read.map_err(Failure::Options)?;
    options.complete(&mut config).map_err(Failure::Options)?;
    gateway::check(&config).map_err(Failure::Options)?;
    for notice in notices {
        eprintln!("{notice}");
    }
    if config.built_in_issuer && !config.api.is_rest() {
        for route in config.routes.iter().filter(|route| route.is_issuer_route()) {
            let key = route.key();
            let text = format!(
                "`{key}` is never reached, because the gateway's own issuer handles its paths; `--parameter Issuer=URL` \
                 replaces that issuer"
            );
            eprintln!("{}", config.message(key, &text));
        }
    }
    for route in config.open_routes() {
        let text = format!(
            "`{route}` has no authorizer: fine for a public handler, but a guarded one denies every request there"
        );
        eprintln!("{}", config.message(route, &text));
    }
    let is_built = |package| builds.iter().any(|build| build.is_package(package));
    let knows_authorizer = config.has_only_jwt_authorizers() || is_built(AUTHORIZER);
    let is_example = is_built(EXAMPLE) && knows_authorizer;
    let built = build::build(&builds, &mut config).await;
    built.map_err(Failure::Options)?;
    announce(port, config, is_example, all).await
}

/// Starts the gateway, and prints its routes and commands to try.
async fn announce(
    port: Port,
    mut config: Config,
    is_example: bool,
    all: bool,
) -> Result<RunningGateway, Failure> {
    config.example = is_example && config.has_routes_of_orders();
    let settings = config.clone();
    let gateway = port.start(config).await?;
    let banner = Banner {
        base_url: &gateway.base_url(),
        config: &settings,
        example: settings.example,
        all,
    };
    std::io::stdout().write_all(banner.text().as_bytes())?;
    Ok(gateway)
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
