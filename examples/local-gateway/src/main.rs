//! The command: builds the function, starts the gateway, says what to try, and ends with Ctrl-C.

use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::pin::pin;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use local_gateway::banner::Banner;
use local_gateway::render::Numbers;
use local_gateway::routes::{Route, Routes};
use local_gateway::{Config, Function, Gateway, PayloadFormat, Running, example_function};
use tracing_subscriber::EnvFilter;

/// API Gateway's HTTP API with a JWT authorizer, on this machine.
///
/// Without arguments it builds the example function `orders` and prints calls to try on it.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
struct Options {
    /// The port to listen on; 0 for any free one
    #[arg(long, default_value_t = 3000)]
    port: u16,

    /// A Lambda binary to run in place of `orders`, behind the routes of `orders` if none are given
    #[arg(long, value_name = "PATH", value_parser = binary)]
    function: Option<PathBuf>,

    /// A route with an authorizer, such as `DELETE /orders/{id}`, in place of those of `orders`; may
    /// be given several times; words after the path are the scopes of which a token must have one
    #[arg(long = "route", value_name = "ROUTE")]
    routes: Vec<Route>,

    /// A route without an authorizer, such as `GET /health`; may be given several times
    #[arg(long = "public-route", value_name = "ROUTE")]
    public_routes: Vec<Route>,

    /// The payload format of the function's events
    #[arg(long, value_enum, default_value = "2.0")]
    payload: Payload,

    /// How the claims' numbers are written: `1.7e+12` or `1700000000000`
    #[arg(long, value_enum, default_value = "float64")]
    numbers: NumberForm,

    /// The issuer whose tokens are accepted, in place of the built-in one
    #[arg(long, value_name = "URL", requires = "audience")]
    issuer: Option<String>,

    /// The audience that a token must have [default: orders]; may be given several times
    #[arg(long, value_name = "NAME")]
    audience: Vec<String>,

    /// How many processes of the function run
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=64))]
    workers: u16,

    /// How many seconds the function may take for one event
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=30))]
    timeout: u64,

    /// Arguments for the function
    #[arg(last = true, value_name = "ARGUMENT", requires = "function")]
    arguments: Vec<OsString>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Payload {
    #[value(name = "1.0")]
    V1,
    #[value(name = "2.0")]
    V2,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum NumberForm {
    Float64,
    AsWritten,
}

/// A file that can be run, found out before anything starts; of a bare name the system finds it.
fn binary(path: &str) -> Result<PathBuf, String> {
    if !path.contains(std::path::is_separator) {
        return Ok(PathBuf::from(path));
    }
    let file = std::fs::metadata(path).map_err(|error| error.to_string())?;
    #[cfg(unix)]
    let may_run = {
        use std::os::unix::fs::PermissionsExt as _;
        file.permissions().mode() & 0o111 != 0
    };
    #[cfg(not(unix))]
    let may_run = true;
    if file.is_file() && may_run {
        Ok(PathBuf::from(path))
    } else {
        Err("this is no program; give the binary that `cargo build` made".to_owned())
    }
}

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
    // One future for the whole time: between two of them, a signal would be lost.
    let mut ended = pin!(asked_to_end());
    let gateway = tokio::select! {
        biased;
        // Dropping the other future ends the build.
        ended = &mut ended => return Ok(ended?),
        started = start(options) => started?,
    };
    ended.await?;
    gateway.stop().await;
    Ok(())
}

async fn start(options: Options) -> Result<Running, Box<dyn std::error::Error>> {
    // Before the build, which may take a while.
    Gateway::check_port(options.port).await?;
    let own_function = options.function.is_some();
    let config = config(options).await?;
    let routes = config.routes.clone();
    let workers = config.workers;
    let payload = config.payload;
    let built_in_issuer = config.issuer.is_none();
    let gateway = Gateway::start(config).await?;
    let example = !own_function && routes.iter().eq(Routes::of_orders().iter());
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

async fn config(options: Options) -> Result<Config, Box<dyn std::error::Error>> {
    let program = if let Some(path) = options.function {
        path
    } else {
        eprintln!("building the function `orders`; the first time, this takes a minute");
        example_function::build().await?
    };
    let mut config = Config::new(Function {
        arguments: options.arguments,
        ..program.into()
    });
    config.port = options.port;
    config.workers = usize::from(options.workers);
    config.timeout = Duration::from_secs(options.timeout);
    config.issuer = options.issuer;
    config.payload = match options.payload {
        Payload::V1 => PayloadFormat::V1,
        Payload::V2 => PayloadFormat::V2,
    };
    config.numbers = match options.numbers {
        NumberForm::Float64 => Numbers::Float64,
        NumberForm::AsWritten => Numbers::AsWritten,
    };
    if !options.audience.is_empty() {
        config.audiences = options.audience;
    }
    let public = options.public_routes.into_iter().map(Route::public);
    let routes: Vec<_> = options.routes.into_iter().chain(public).collect();
    if !routes.is_empty() {
        config.routes = Routes::new(routes);
    }
    Ok(config)
}

/// Ctrl-C, or what a supervisor sends.
async fn asked_to_end() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            _ = terminate.recv() => Ok(()),
            ended = tokio::signal::ctrl_c() => ended,
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Options;

    #[test]
    fn the_options_are_consistent() {
        Options::command().debug_assert();
    }
}
