//! Parses the command line options and converts them to the gateway's settings.

mod values;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _, Parser};
use local_gateway::authorizer::jwt::{JwtAuthorizer, TrustedIssuer};
use local_gateway::authorizer::lambda::{AuthorizerType, LambdaAuthorizer};
use local_gateway::cargo_build::EXAMPLE;
use local_gateway::config::{AuthorizerConfig, DEFAULT_FUNCTION};
use local_gateway::identity_source::IdentitySource;
use local_gateway::issuer::extra_claims::ExtraClaim;
use local_gateway::keys::KeyCache;
use local_gateway::routes::{Route, Routes};
use local_gateway::{Api, Config, Function, PayloadFormat, template};
use require_claims::testing::render::Numbers;

use self::values::{
    ApiKind, AuthorizerKind, FunctionPath, NumberForm, Parameter, Payload, Variable, program_path,
};

/// The options that describe an API, as a template does.
const API: [&str; 12] = [
    "api",
    "stage",
    "functions",
    "routes",
    "public_routes",
    "payload",
    "issuer",
    "audience",
    "identity_source",
    "authorizer",
    "authorizer_type",
    "authorizer_ttl",
];

/// The template of the example.
const TEMPLATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../supertokens/template.yaml");

/// The name of the authorizer's function.
const AUTHORIZER: &str = "authorizer";

/// A local API Gateway: an HTTP API or a REST API, with JWT authorizers and Lambda authorizers.
///
/// Without arguments, it runs the API of `examples/supertokens/template.yaml`: it builds the function `orders`, and
/// prints curl commands to try. Options such as `--function` describe an API without a template.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Options {
    /// The port to listen on; 0 chooses a free port
    #[arg(long, default_value_t = 3000)]
    pub(crate) port: u16,

    /// Print all commands to try, instead of a selection for each route
    #[arg(long)]
    pub(crate) all: bool,

    /// A SAM template with the API, its authorizers and its functions, instead of the following options
    #[arg(long, value_name = "PATH", conflicts_with_all = API)]
    template: Option<PathBuf>,

    /// The value of a parameter of the template. The gateway's own issuer is the default of `Issuer`. Can be repeated
    #[arg(long = "parameter", value_name = "NAME=VALUE", conflicts_with_all = API)]
    parameters: Vec<Parameter>,

    /// The kind of API
    #[arg(long, value_enum, default_value = "http")]
    api: ApiKind,

    /// The stage of a REST API, which is the first part of every path
    #[arg(long, value_name = "NAME", default_value = "prod")]
    stage: String,

    /// The Lambda binary to run instead of `orders`, with an optional name: `PATH` or `NAME=PATH`. Without `--route`
    /// or `--public-route`, it gets the routes of `orders`. Can be repeated; a route names its function
    #[arg(long = "function", value_name = "[NAME=]PATH")]
    functions: Vec<FunctionPath>,

    /// An environment variable of one function or of all. Can be repeated
    #[arg(long = "env", value_name = "[FUNCTION:]NAME=VALUE")]
    variables: Vec<Variable>,

    /// A route with an authorizer, such as `DELETE /orders/{id}`, instead of the routes of `orders`.
    /// Words after the path are scopes: a token must have one of them. The word `function=NAME` names the function.
    /// Can be repeated
    #[arg(long = "route", value_name = "ROUTE")]
    routes: Vec<Route>,

    /// A route without an authorizer, such as `GET /health`. Can be repeated
    #[arg(long = "public-route", value_name = "ROUTE")]
    public_routes: Vec<Route>,

    /// The payload format of the functions' events, in an HTTP API
    #[arg(long, value_enum, default_value = "2.0")]
    payload: Payload,

    /// How numbers in claims are rendered: as `1.7e+12` (float64) or `1700000000000` (as-written), in an HTTP API
    #[arg(long, value_enum, default_value = "float64")]
    numbers: NumberForm,

    /// The URL of an external issuer to accept tokens from, instead of the built-in issuer
    #[arg(long, value_name = "URL", requires = "audience")]
    issuer: Option<String>,

    /// The accepted audience of tokens [default: orders]. Can be repeated to accept several
    #[arg(long, value_name = "NAME")]
    audience: Vec<String>,

    /// Where the authorizer looks for the token, such as `$request.header.X-Token`
    #[arg(
        long,
        value_name = "SOURCE",
        default_value = "$request.header.Authorization"
    )]
    identity_source: IdentitySource,

    /// A Lambda authorizer's binary, which decides instead of the JWT authorizer
    #[arg(long, value_name = "PATH", value_parser = program_path)]
    authorizer: Option<PathBuf>,

    /// The type of the Lambda authorizer
    #[arg(long, value_enum, default_value = "request", requires = "authorizer")]
    authorizer_type: AuthorizerKind,

    /// How long results of the Lambda authorizer are cached, in seconds
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 0,
        requires = "authorizer"
    )]
    authorizer_ttl: u64,

    /// A claim to add to the tokens of a demo user, such as `customer:plan="pro"`. Can be repeated
    #[arg(long = "claim", value_name = "USER:NAME=JSON")]
    claims: Vec<ExtraClaim>,

    /// Never fetch the issuer's keys again before two hours have passed, as API Gateway may do
    #[arg(long)]
    strict_key_cache: bool,

    /// The number of processes to run in parallel for each function
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=64))]
    workers: u16,

    /// A function's timeout for one event, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=30))]
    timeout: u64,

    /// Arguments to pass to the first function
    #[arg(last = true, value_name = "ARGUMENT", requires = "functions")]
    arguments: Vec<OsString>,
}

impl Options {
    /// Parses the program's arguments. Without one that describes an API, the template of the example does.
    pub(crate) fn from_arguments() -> Self {
        Self::from_matches(&Self::command().get_matches())
    }

    fn from_matches(matches: &ArgMatches) -> Self {
        let mut options = Self::from_arg_matches(matches).unwrap_or_else(|error| error.exit());
        let is_given = |id: &&str| matches.value_source(id) == Some(ValueSource::CommandLine);
        if options.template.is_none() && !API.iter().any(is_given) {
            let path = Some(Path::new(TEMPLATE)).filter(|path| path.exists());
            options.template = path.map(template::shown);
        }
        options
    }

    /// The template that describes the API, and the values of its parameters.
    pub(crate) fn template(&self) -> Option<(PathBuf, Vec<(String, String)>)> {
        let parameters = self.parameters.iter();
        let parameters = parameters.map(|given| (given.name.clone(), given.value.clone()));
        Some((self.template.clone()?, parameters.collect()))
    }

    /// Sets what a template does not describe.
    pub(crate) fn complete(self, config: &mut Config) -> Result<(), String> {
        config.workers = usize::from(self.workers);
        config.timeout = Duration::from_secs(self.timeout);
        config.numbers = match self.numbers {
            NumberForm::Float64 => Numbers::Float64,
            NumberForm::AsWritten => Numbers::AsWritten,
        };
        if self.strict_key_cache {
            config.key_cache = KeyCache::Strict;
        }
        config.extra_claims = self.claims.into_iter().collect();
        for variable in self.variables {
            add_variable(config, variable)?;
        }
        Ok(())
    }

    /// Whether the example function is used, which has to be built.
    pub(crate) fn uses_example(&self) -> bool {
        self.functions.is_empty()
    }

    /// The gateway's settings. The example function's program is set later, with [`set_example`].
    pub(crate) fn config(self) -> Result<Config, String> {
        let mut config = Config::new(PathBuf::new());
        self.check_routes()?;
        config.api = match self.api {
            ApiKind::Http => Api::Http,
            ApiKind::Rest => Api::Rest {
                stage: self.stage.clone(),
            },
        };
        config.port = self.port;
        config.payload = self.payload();
        config.built_in_issuer = self.issuer.is_none();
        config.set_authorizer(self.authorizer_config());
        if self.authorizer.is_some() {
            config.audiences = self.audiences();
        }
        config.routes = self.all_routes()?;
        config.functions.clear();
        for (name, function) in self.all_functions() {
            if config.functions.insert(name.clone(), function).is_some() {
                return Err(format!(
                    "two functions have the name `{name}`; write `NAME=PATH`"
                ));
            }
        }
        self.complete(&mut config)?;
        Ok(config)
    }

    fn payload(&self) -> PayloadFormat {
        match self.payload {
            Payload::V1 => PayloadFormat::V1,
            Payload::V2 => PayloadFormat::V2,
        }
    }

    fn audiences(&self) -> Vec<String> {
        if self.audience.is_empty() {
            return vec!["orders".to_owned()];
        }
        self.audience.clone()
    }

    fn authorizer_config(&self) -> AuthorizerConfig {
        if self.authorizer.is_some() {
            return AuthorizerConfig::Lambda(LambdaAuthorizer {
                kind: match self.authorizer_type {
                    AuthorizerKind::Token => AuthorizerType::Token,
                    AuthorizerKind::Request | AuthorizerKind::Simple => AuthorizerType::Request,
                },
                payload: self.payload(),
                simple_responses: self.authorizer_type == AuthorizerKind::Simple,
                identity_sources: vec![self.identity_source.clone()],
                cache_ttl: Duration::from_secs(self.authorizer_ttl),
                ..LambdaAuthorizer::new(AUTHORIZER)
            });
        }
        AuthorizerConfig::Jwt(JwtAuthorizer {
            identity_source: self.identity_source.clone(),
            ..JwtAuthorizer::for_issuer(TrustedIssuer {
                url: self.issuer.clone(),
                audiences: self.audiences(),
            })
        })
    }

    /// The functions and their names: those of the routes, or the example, and the authorizer's.
    fn all_functions(&self) -> Vec<(String, Function)> {
        let given = self.functions.iter();
        let given = given.map(|given| (given.name.clone(), Function::from(&given.path)));
        let mut functions: Vec<_> = given.collect();
        if functions.is_empty() {
            functions.push((EXAMPLE.to_owned(), Function::from(PathBuf::new())));
        }
        if let Some((_, first)) = functions.first_mut() {
            first.arguments.clone_from(&self.arguments);
        }
        if let Some(path) = &self.authorizer {
            functions.push((AUTHORIZER.to_owned(), Function::from(path)));
        }
        functions
    }

    /// The routes. One that names no function is handled by the first function.
    fn all_routes(&self) -> Result<Routes, String> {
        let first = self.functions.first();
        let first = first.map_or(EXAMPLE, |function| function.name.as_str());
        let public = self.public_routes.iter().cloned().map(Route::public);
        let mut routes: Vec<_> = self.routes.iter().cloned().chain(public).collect();
        if routes.is_empty() {
            routes = Routes::for_orders().iter().cloned().collect();
        }
        let routes = routes.into_iter().map(|route| match route.function() {
            DEFAULT_FUNCTION => route.handled_by(first),
            _ => route,
        });
        Routes::new(routes.collect()).map_err(|error| error.to_string())
    }

    /// Rejects routes that the built-in issuer would hide.
    fn check_routes(&self) -> Result<(), String> {
        if self.issuer.is_some() || self.api == ApiKind::Rest {
            return Ok(());
        }
        let mut routes = self.routes.iter().chain(&self.public_routes);
        let hidden = routes.find(|route| route.is_issuer_route());
        hidden.map(Route::key).map_or(Ok(()), |route| {
            Err(format!(
                "the route `{route}` can never be reached, because the built-in issuer handles its paths; \
                 choose another path, or use an external issuer with `--issuer`"
            ))
        })
    }
}

/// Sets the program of the example function.
pub(crate) fn set_example(config: &mut Config, program: PathBuf) {
    if let Some(function) = config.functions.get_mut(EXAMPLE) {
        function.program = program;
    }
}

fn add_variable(config: &mut Config, variable: Variable) -> Result<(), String> {
    let Variable {
        function: only,
        name,
        value,
    } = variable;
    if let Some(only) = only
        .as_ref()
        .filter(|name| !config.functions.contains_key(*name))
    {
        let names: Vec<_> = config.functions.keys().map(String::as_str).collect();
        return Err(format!(
            "`--env` names the function `{only}`, which does not exist; the functions are: {}",
            names.join(", ")
        ));
    }
    for (function, settings) in &mut config.functions {
        if only.as_ref().is_none_or(|only| only == function) {
            settings.environment.push((name.clone(), value.clone()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod guide;
#[cfg(test)]
mod tests;
