//! Parses the command line options and converts them to the gateway's settings.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use local_gateway::routes::{Route, Routes};
use local_gateway::{Config, Function, PayloadFormat};
use require_claims::testing::render::Numbers;

/// A local API Gateway HTTP API with a JWT authorizer.
///
/// Without arguments, it builds and runs the example function `orders`, and prints curl commands to try.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Options {
    /// The port to listen on; 0 chooses a free port
    #[arg(long, default_value_t = 3000)]
    pub(crate) port: u16,

    /// The Lambda binary to run instead of `orders`. Without `--route` or `--public-route`, it gets the
    /// routes of `orders`
    #[arg(long, value_name = "PATH", value_parser = program_path)]
    pub(crate) function: Option<PathBuf>,

    /// A route with an authorizer, such as `DELETE /orders/{id}`, instead of the routes of `orders`.
    /// Words after the path are scopes: a token must have one of them. Can be repeated
    #[arg(long = "route", value_name = "ROUTE")]
    routes: Vec<Route>,

    /// A route without an authorizer, such as `GET /health`. Can be repeated
    #[arg(long = "public-route", value_name = "ROUTE")]
    public_routes: Vec<Route>,

    /// The payload format of the function's events
    #[arg(long, value_enum, default_value = "2.0")]
    payload: Payload,

    /// How numbers in claims are rendered: as `1.7e+12` (float64) or `1700000000000` (as-written)
    #[arg(long, value_enum, default_value = "float64")]
    numbers: NumberForm,

    /// The URL of an external issuer to accept tokens from, instead of the built-in issuer
    #[arg(long, value_name = "URL", requires = "audience")]
    issuer: Option<String>,

    /// The accepted audience of tokens [default: orders]. Can be repeated to accept several
    #[arg(long, value_name = "NAME")]
    audience: Vec<String>,

    /// The number of function processes to run in parallel
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=64))]
    workers: u16,

    /// The function's timeout for one event, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=30))]
    timeout: u64,

    /// Arguments to pass to the function
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

/// Parses the path of a program and checks that it is executable. A bare name is looked up in `PATH` later.
fn program_path(path: &str) -> Result<PathBuf, String> {
    if !path.contains(std::path::is_separator) {
        return Ok(PathBuf::from(path));
    }
    let file = std::fs::metadata(path).map_err(|error| error.to_string())?;
    #[cfg(unix)]
    let is_executable = {
        use std::os::unix::fs::PermissionsExt as _;
        file.permissions().mode() & 0o111 != 0
    };
    #[cfg(not(unix))]
    let is_executable = true;
    if file.is_file() && is_executable {
        Ok(PathBuf::from(path))
    } else {
        Err("not an executable file; pass the path of a binary built by `cargo build`".to_owned())
    }
}

impl Options {
    /// Rejects routes that the built-in issuer would hide.
    pub(crate) fn check_routes(&self) -> Result<(), String> {
        let routes = self.routes.iter().chain(&self.public_routes);
        let hidden = routes.filter(|route| self.issuer.is_none() && route.is_issuer_route());
        hidden.map(Route::key).next().map_or(Ok(()), |route| {
            Err(format!(
                "the route `{route}` can never be reached, because the built-in issuer handles this path \
                 and all paths below `/auth/`; choose another path, or use an external issuer with \
                 `--issuer`"
            ))
        })
    }

    /// The gateway's settings, with `program` as the function.
    pub(crate) fn config(self, program: PathBuf) -> Config {
        let mut config = Config::new(Function {
            arguments: self.arguments,
            ..program.into()
        });
        config.port = self.port;
        config.workers = usize::from(self.workers);
        config.timeout = Duration::from_secs(self.timeout);
        config.issuer = self.issuer;
        config.payload = match self.payload {
            Payload::V1 => PayloadFormat::V1,
            Payload::V2 => PayloadFormat::V2,
        };
        config.numbers = match self.numbers {
            NumberForm::Float64 => Numbers::Float64,
            NumberForm::AsWritten => Numbers::AsWritten,
        };
        if !self.audience.is_empty() {
            config.audiences = self.audience;
        }
        let public = self.public_routes.into_iter().map(Route::public);
        let routes: Vec<_> = self.routes.into_iter().chain(public).collect();
        if !routes.is_empty() {
            config.routes = Routes::new(routes);
        }
        config
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use clap::{CommandFactory as _, Parser as _};
    use local_gateway::routes::Routes;
    use local_gateway::{Config, PayloadFormat};
    use require_claims::testing::render::Numbers;

    use super::Options;

    /// The settings for these arguments.
    fn config(arguments: &[&str]) -> Config {
        let words = ["local-gateway"].iter().chain(arguments);
        Options::parse_from(words).config("program".into())
    }

    /// The key and scopes of each route.
    fn routes(config: &Config) -> Vec<(&str, Option<&[String]>)> {
        let routes = config.routes.iter();
        routes.map(|route| (route.key(), route.scopes())).collect()
    }

    #[test]
    fn defines_consistent_options() {
        Options::command().debug_assert();
    }

    #[test]
    fn adds_an_authorizer_to_routes_but_not_to_public_routes() {
        let config = config(&[
            "--route",
            "GET /a",
            "--public-route",
            "GET /b",
            "--route",
            "GET /c read all",
            "--route",
            "$default",
        ]);
        let scopes = ["read".to_owned(), "all".to_owned()];
        let expected: [(&str, Option<&[String]>); 4] = [
            ("GET /a", Some(&[])),
            ("GET /c", Some(&scopes)),
            ("GET /b", None),
            ("$default", Some(&[])),
        ];
        assert_eq!(routes(&config), expected);
    }

    #[test]
    fn rejects_a_route_that_the_built_in_issuer_hides() {
        let checked = |arguments: &[&str]| {
            let words = ["local-gateway"].iter().chain(arguments);
            Options::parse_from(words).check_routes()
        };
        for route in [
            "GET /auth/login",
            "ANY /auth/{proxy+}",
            "GET /.well-known/openid-configuration",
        ] {
            for option in ["--route", "--public-route"] {
                let error = checked(&["--route", "GET /a", option, route]).unwrap_err();
                let expected = format!("the route `{route}` can never be reached");
                assert!(error.starts_with(&expected), "{error}");
                let issuer = ["--issuer", "https://issuer.test", "--audience", "a"];
                assert_eq!(checked(&[&[option, route][..], &issuer].concat()), Ok(()));
            }
        }
        for route in [
            "GET /auth",
            "GET /authors/{id}",
            "ANY /{proxy+}",
            "$default",
        ] {
            assert_eq!(checked(&["--route", route]), Ok(()));
        }
    }

    #[test]
    fn uses_orders_and_its_routes_by_default() {
        let config = config(&[]);
        assert!(config.routes.iter().eq(Routes::for_orders().iter()));
        assert_eq!(config.function.program, Path::new("program"));
        assert!(config.function.arguments.is_empty());
        assert_eq!((config.port, config.workers), (3000, 2));
        assert_eq!(config.timeout, Duration::from_secs(10));
        assert_eq!(config.payload, PayloadFormat::V2);
        assert_eq!(config.numbers, Numbers::Float64);
        assert_eq!(config.issuer, None);
        assert_eq!(config.audiences, ["orders"]);
    }

    #[test]
    fn applies_every_option() {
        let config = config(&[
            "--port=4000",
            "--workers=5",
            "--timeout=7",
            "--payload=1.0",
            "--numbers=as-written",
            "--issuer=https://issuer.test",
            "--audience=a",
            "--audience=b",
            "--function=custom",
            "--",
            "--flag",
            "value",
        ]);
        assert_eq!((config.port, config.workers), (4000, 5));
        assert_eq!(config.timeout, Duration::from_secs(7));
        assert_eq!(config.payload, PayloadFormat::V1);
        assert_eq!(config.numbers, Numbers::AsWritten);
        assert_eq!(config.issuer.as_deref(), Some("https://issuer.test"));
        assert_eq!(config.audiences, ["a", "b"]);
        assert_eq!(config.function.arguments, ["--flag", "value"]);
    }
}
