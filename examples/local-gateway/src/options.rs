//! The command line's options, and the gateway that they ask for.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use local_gateway::routes::{Route, Routes};
use local_gateway::{Config, Function, PayloadFormat};
use require_claims::testing::render::Numbers;

/// API Gateway's HTTP API with a JWT authorizer, on this machine.
///
/// Without arguments it builds the example function `orders` and prints calls to try on it.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Options {
    /// The port to listen on; 0 for any free one
    #[arg(long, default_value_t = 3000)]
    pub(crate) port: u16,

    /// A Lambda binary to run in place of `orders`, behind the routes of `orders` if none are given
    #[arg(long, value_name = "PATH", value_parser = binary)]
    pub(crate) function: Option<PathBuf>,

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

impl Options {
    /// Says which route would never be reached, before anything is built for it.
    pub(crate) fn check_routes(&self) -> Result<(), String> {
        let routes = self.routes.iter().chain(&self.public_routes);
        let hidden = routes.filter(|route| self.issuer.is_none() && route.is_issuer_route());
        hidden.map(Route::key).next().map_or(Ok(()), |route| {
            Err(format!(
                "the route `{route}` would never be reached, as the built-in issuer answers there and \
                 on everything below `/auth/`; give the route another path, or use an issuer of your \
                 own with `--issuer`"
            ))
        })
    }

    /// The gateway's settings, with this program as the function.
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

    /// What these arguments ask for.
    fn config(arguments: &[&str]) -> Config {
        let words = ["local-gateway"].iter().chain(arguments);
        Options::parse_from(words).config("program".into())
    }

    /// The keys of the routes, each with the scopes that its authorizer asks for, if it has one.
    fn routes(config: &Config) -> Vec<(&str, Option<&[String]>)> {
        let routes = config.routes.iter();
        routes.map(|route| (route.key(), route.scopes())).collect()
    }

    #[test]
    fn the_options_are_consistent() {
        Options::command().debug_assert();
    }

    #[test]
    fn a_route_has_the_authorizer_and_a_public_route_has_none() {
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
    fn a_route_that_the_built_in_issuer_hides_is_refused() {
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
                let told = format!("the route `{route}` would never be reached");
                assert!(error.starts_with(&told), "{error}");
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
    fn without_options_it_is_orders_with_its_routes() {
        let config = config(&[]);
        assert!(config.routes.iter().eq(Routes::of_orders().iter()));
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
    fn every_option_is_heeded() {
        let config = config(&[
            "--port=4000",
            "--workers=5",
            "--timeout=7",
            "--payload=1.0",
            "--numbers=as-written",
            "--issuer=https://issuer.test",
            "--audience=a",
            "--audience=b",
            "--function=own",
            "--",
            "--its",
            "own",
        ]);
        assert_eq!((config.port, config.workers), (4000, 5));
        assert_eq!(config.timeout, Duration::from_secs(7));
        assert_eq!(config.payload, PayloadFormat::V1);
        assert_eq!(config.numbers, Numbers::AsWritten);
        assert_eq!(config.issuer.as_deref(), Some("https://issuer.test"));
        assert_eq!(config.audiences, ["a", "b"]);
        assert_eq!(config.function.arguments, ["--its", "own"]);
    }
}
