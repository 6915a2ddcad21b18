//! A SAM template as the settings of a gateway.
//!
//! [`require_claims::testing::template`] reads the template. What it cannot read, and what this gateway cannot run, is
//! reported with its line.

use std::path::{Path, PathBuf};
use std::time::Duration;

use require_claims::testing::template::{
    self, ApiKind, Authorizer, AuthorizerKind, Stack, Target, Template,
};

use crate::api::Api;
use crate::authorizer::jwt::{JwtAuthorizer, TrustedIssuer};
use crate::authorizer::lambda::{AuthorizerType, LambdaAuthorizer};
use crate::build::{Build, Source};
use crate::config::{AuthorizerConfig, Config};
use crate::cors::Cors;
use crate::event::PayloadFormat;
use crate::gateway::GatewayResponse;
use crate::identity_source::IdentitySource;
use crate::node::NodeFunction;
use crate::routes::{Authorization, Mock, Route, Routes};
use crate::workers::Function;

/// The parameter for which the gateway supplies its own issuer, unless it has a value.
const ISSUER: &str = "Issuer";

/// The environment variable in which `examples/authorizer` finds the audiences that it accepts.
const AUDIENCE: &str = "AUDIENCE";

/// The build method of SAM for functions in Rust.
const CARGO: &str = "rust-cargolambda";

/// The build method of SAM that bundles functions for Node.
const ESBUILD: &str = "esbuild";

/// How long API Gateway caches the results of a REST API's Lambda authorizer if the template does not say.
/// <https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html>
const REST_TTL: Duration = Duration::from_secs(300);

/// The settings that a template describes.
#[derive(Clone, Debug)]
pub struct FromTemplate {
    /// The settings. The functions have no programs yet.
    pub config: Config,
    /// The functions to build.
    pub builds: Vec<Build>,
    /// What the gateway does not run as AWS does, each with file and line.
    pub notices: Vec<String>,
}

/// Reads a template. `issuer` is the URL of the gateway's own issuer.
///
/// # Errors
///
/// Returns a message with file and line if the template is invalid, or if this gateway cannot run it.
pub fn read(
    path: &Path,
    parameters: &[(String, String)],
    issuer: &str,
) -> Result<FromTemplate, String> {
    let file = path.display().to_string();
    let mut template = Template::read(path).map_err(|error| error.to_string())?;
    for (name, value) in parameters {
        template = template.with_parameter(name, value);
    }
    let missing = template.missing_parameters();
    let missing = missing.map_err(|error| error.to_string())?;
    let is_built_in = missing.iter().any(|name| name == ISSUER);
    if is_built_in {
        template = template.with_parameter(ISSUER, issuer);
    }
    let stack = template.stack().map_err(|error| error.to_string())?;
    let reader = Reader {
        file: &file,
        folder: path.parent().unwrap_or(Path::new("")),
        issuer: is_built_in.then_some(issuer),
        stack: &stack,
    };
    let mut found = reader.read()?;
    found.config.built_in_issuer = is_built_in;
    Ok(found)
}

/// A path as a user of this terminal would write it.
#[must_use]
pub fn shown(path: &Path) -> PathBuf {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let current = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(current).unwrap_or(&path).to_owned()
}

struct Reader<'a> {
    file: &'a str,
    folder: &'a Path,
    /// The gateway's own issuer, if the template's parameter has no value.
    issuer: Option<&'a str>,
    stack: &'a Stack,
}

impl Reader<'_> {
    fn error(&self, line: usize, message: impl std::fmt::Display) -> String {
        format!("{}:{line}: {message}", self.file)
    }

    fn read(&self) -> Result<FromTemplate, String> {
        let api = match self.stack.apis.as_slice() {
            [api] => api,
            [] => return Err(format!("{}: the template has no API", self.file)),
            [_, second, ..] => {
                let message = "this gateway runs one API; remove this one, or the other";
                return Err(self.error(second.line, message));
            }
        };
        let mut config = Config::new(PathBuf::new());
        config.api = match api.kind {
            ApiKind::Rest => Api::Rest {
                stage: api.stage.clone(),
            },
            _ => Api::Http,
        };
        config.cors = api.cors.as_ref().map(cors);
        config.preflight_authorizer = api.cors.as_ref().and_then(|cors| cors.authorizer.clone());
        for (name, response) in &api.gateway_responses {
            let changed = GatewayResponse {
                status: response.status,
                headers: response.headers.iter().cloned().collect(),
            };
            config.gateway_responses.insert(name.clone(), changed);
        }
        config.places.insert(String::new(), self.file.to_owned());
        config.authorizers.clear();
        for (id, authorizer) in &api.authorizers {
            let settings = self.authorizer(authorizer, &mut config)?;
            config.authorizers.insert(id.clone(), settings);
            let place = format!("{}:{}", self.file, authorizer.line);
            config.places.insert(id.clone(), place);
        }
        config.routes = self.routes(api)?;
        for route in &api.routes {
            let place = format!("{}:{}", self.file, route.line);
            config.places.insert(route.to_string(), place);
        }
        let notices = self.stack.unsupported.iter().map(|found| {
            let message = format!("`{}`: {}", found.resource, found.message);
            self.error(found.line, message)
        });
        let mut notices: Vec<_> = notices.collect();
        let mut builds = Vec::new();
        config.functions.clear();
        for function in &self.stack.functions {
            if !uses(&config, &function.id) {
                let message = format!("`{}` has no route, and is not started", function.id);
                notices.push(self.error(function.line, message));
                continue;
            }
            let build = self.build(function)?;
            let settings = Function {
                environment: function.environment.clone().into_iter().collect(),
                timeout: function.timeout.map(Duration::from_secs),
                unavailable: build.is_none().then(|| hint(function)),
                ..Function::from(PathBuf::new())
            };
            let differences = settings.unavailable.clone().into_iter();
            let differences = differences.chain(unknown_values(function));
            notices.extend(differences.map(|message| self.error(function.line, message)));
            builds.extend(build);
            config.functions.insert(function.id.clone(), settings);
        }
        Ok(FromTemplate {
            config,
            builds,
            notices,
        })
    }

    fn routes(&self, api: &template::Api) -> Result<Routes, String> {
        let mut routes = Vec::new();
        for route in &api.routes {
            let parsed: Result<Route, _> = route.to_string().parse();
            let parsed = parsed.map_err(|error| self.error(route.line, error))?;
            let parsed = parsed.public();
            let mut parsed = match &route.target {
                Target::Function(function) => parsed.handled_by(function),
                Target::Mock(response) => parsed.mocked(Mock {
                    status: response.status.unwrap_or(200),
                    headers: response.headers.clone(),
                }),
            };
            if let Some(authorizer) = &route.authorizer {
                parsed = parsed.authorized_by(Authorization {
                    authorizer: authorizer.clone(),
                    scopes: route.scopes.clone(),
                });
            }
            if route.is_payload_1_0 {
                parsed = parsed.with_payload(PayloadFormat::V1);
            }
            routes.push(parsed);
        }
        Routes::new(routes).map_err(|error| self.error(api.line, error))
    }

    fn authorizer(
        &self,
        authorizer: &Authorizer,
        config: &mut Config,
    ) -> Result<AuthorizerConfig, String> {
        let unsupported = |message| Err(self.error(authorizer.line, message));
        let sources = authorizer.identity_sources.iter();
        let sources = sources.map(|source| {
            source
                .parse::<IdentitySource>()
                .map_err(|error| self.error(authorizer.line, error))
        });
        let sources: Vec<_> = sources.collect::<Result<_, _>>()?;
        match &authorizer.kind {
            AuthorizerKind::Jwt {
                issuers,
                algorithms,
            } => {
                let [source] = sources.as_slice() else {
                    return unsupported("a JWT authorizer needs one identity source");
                };
                let issuers = issuers.iter().map(|issuer| TrustedIssuer {
                    url: (Some(issuer.issuer.as_str()) != self.issuer)
                        .then(|| issuer.issuer.clone()),
                    audiences: issuer.audiences.clone(),
                });
                let mut jwt = JwtAuthorizer::for_issuer(TrustedIssuer::built_in(""));
                jwt.identity_source = source.clone();
                jwt.issuers = issuers.collect();
                if !algorithms.is_empty() {
                    let names = algorithms.iter().map(|name| name.parse());
                    let parsed = names.collect::<Result<_, jsonwebtoken::errors::Error>>();
                    jwt.algorithms = parsed.map_err(|error| self.error(authorizer.line, error))?;
                }
                Ok(AuthorizerConfig::Jwt(jwt))
            }
            AuthorizerKind::Lambda {
                function,
                payload_type,
                payload_format,
                simple_responses,
                ttl_seconds,
            } => {
                let functions = self.stack.functions.iter();
                let mut functions = functions.filter(|other| Some(&other.id) == function.as_ref());
                let Some(function) = functions.next() else {
                    return unsupported(
                        "the function of this authorizer is not part of the template",
                    );
                };
                // The demo users' tokens are for the audience that the function accepts.
                let accepted = function.environment.get(AUDIENCE).map(String::as_str);
                let accepted = accepted.unwrap_or_default().split(',').map(str::trim);
                config.audiences.extend(accepted.map(str::to_owned));
                let is_rest = config.api.is_rest();
                let default_ttl = if is_rest { REST_TTL } else { Duration::ZERO };
                Ok(AuthorizerConfig::Lambda(LambdaAuthorizer {
                    function: function.id.clone(),
                    kind: match payload_type.as_str() {
                        "TOKEN" => AuthorizerType::Token,
                        _ => AuthorizerType::Request,
                    },
                    payload: match payload_format.as_deref() {
                        Some("1.0") => PayloadFormat::V1,
                        _ => PayloadFormat::V2,
                    },
                    simple_responses: *simple_responses,
                    identity_sources: sources,
                    cache_ttl: ttl_seconds.map_or(default_ttl, Duration::from_secs),
                }))
            }
            _ => unsupported("only JWT and Lambda authorizers are supported"),
        }
    }

    /// How to build a function, or `None` if this gateway cannot.
    fn build(&self, function: &template::Function) -> Result<Option<Build>, String> {
        let folder = self
            .folder
            .join(function.code_uri.as_deref().unwrap_or("."));
        let runtime = function.runtime.as_deref().unwrap_or_default();
        let is_node = runtime.starts_with("nodejs");
        let source = match function.build_method.as_deref() {
            Some(CARGO) => {
                let package = function.binary.clone().ok_or_else(|| {
                    let message = format!(
                        "`{}` does not name its program, so this gateway cannot run it; add `BuildProperties: {{Binary: \
                         NAME}}` next to `BuildMethod`",
                        function.id
                    );
                    self.error(function.line, message)
                })?;
                Source::Cargo { folder, package }
            }
            method @ (None | Some(ESBUILD)) if is_node => Source::Node(NodeFunction {
                name: function.id.clone(),
                folder,
                handler: function.handler.clone().unwrap_or_default(),
                runtime: runtime.to_owned(),
                entry_points: method.map(|_| function.entry_points.clone()),
            }),
            _ => return Ok(None),
        };
        Ok(Some(Build {
            function: function.id.clone(),
            source,
            place: format!("{}:{}", self.file, function.line),
        }))
    }
}

/// Whether a route or an authorizer invokes this function.
fn uses(config: &Config, function: &str) -> bool {
    let mut authorizers = config.authorizers.values();
    let is_authorizer = |authorizer: &AuthorizerConfig| match authorizer {
        AuthorizerConfig::Lambda(lambda) => lambda.function == function,
        AuthorizerConfig::Jwt(_) => false,
    };
    let mut routes = config.routes.iter();
    routes.any(|route| route.function() == function) || authorizers.any(is_authorizer)
}

/// Why this gateway cannot run a function, and what to do.
fn hint(function: &template::Function) -> String {
    let none = || "none".to_owned();
    format!(
        "this gateway cannot run `{}` (runtime {}, build method {}), and answers its requests with 501; it runs \
         functions in Rust (`{CARGO}`) and for Node (`{ESBUILD}`, or no build method)",
        function.id,
        function.runtime.clone().unwrap_or_else(none),
        function.build_method.clone().unwrap_or_else(none),
    )
}

/// The environment variables whose values contain the placeholder of a value that only AWS knows.
fn unknown_values(function: &template::Function) -> impl Iterator<Item = String> {
    let variables = function.environment.iter();
    let unknown = variables.filter(|(_, value)| value.contains("${"));
    unknown.map(|(name, value)| {
        format!(
            "the variable `{name}` of `{}` is `{value}`, because only AWS knows its value; set it with `--env`",
            function.id
        )
    })
}

fn cors(cors: &template::Cors) -> Cors {
    Cors {
        allow_origins: cors.allow_origins.clone(),
        allow_methods: cors.allow_methods.clone(),
        allow_headers: cors.allow_headers.clone(),
        expose_headers: cors.expose_headers.clone(),
        max_age: cors.max_age.map(Duration::from_secs),
        allow_credentials: cors.allow_credentials,
    }
}
