//! A SAM template as the settings of a gateway.
//!
//! [`require_claims::testing::template`] reads the template. What it cannot read, and what this gateway cannot run, is
//! reported with its line.

use std::path::{Path, PathBuf};
use std::time::Duration;

use require_claims::testing::template::{
    self, ApiKind, Authorizer, AuthorizerKind, EventFormat, Stack, Target, Template,
};

use crate::api::Api;
use crate::authorizer::jwt::{JwtAuthorizer, TrustedIssuer};
use crate::authorizer::lambda::{AuthorizerType, LambdaAuthorizer};
use crate::config::{AuthorizerConfig, Config};
use crate::cors::Cors;
use crate::event::PayloadFormat;
use crate::gateway::GatewayResponse;
use crate::identity_source::IdentitySource;
use crate::routes::{Authorization, Route, Routes};
use crate::workers::Function;

/// The parameter for which the gateway supplies its own issuer, unless it has a value.
const ISSUER: &str = "Issuer";

/// The environment variable in which `examples/authorizer` finds the audiences that it accepts.
const AUDIENCE: &str = "AUDIENCE";

/// How long API Gateway caches the results of a REST API's Lambda authorizer if the template does not say.
/// <https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html>
const REST_TTL: Duration = Duration::from_secs(300);

/// A function to build with Cargo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Build {
    /// The function's name in the settings: its logical id.
    pub function: String,
    /// The folder with its `Cargo.toml`.
    pub folder: PathBuf,
    /// The name of its package and of its binary.
    pub package: String,
}

/// The settings that a template describes.
#[derive(Clone, Debug)]
pub struct FromTemplate {
    /// The settings. The functions have no programs yet.
    pub config: Config,
    /// The functions to build.
    pub builds: Vec<Build>,
    /// What the template contains and the gateway ignores, each with file and line.
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
        issuer,
        stack: &stack,
    };
    let mut found = reader.read()?;
    found.config.built_in_issuer = is_built_in;
    Ok(found)
}

struct Reader<'a> {
    file: &'a str,
    folder: &'a Path,
    issuer: &'a str,
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
        for response in &api.gateway_responses {
            let changed = GatewayResponse {
                status: response.status,
                headers: response.headers.iter().cloned().collect(),
            };
            let name = response.response_type.clone();
            config.gateway_responses.insert(name, changed);
        }
        config.authorizers.clear();
        for authorizer in &api.authorizers {
            let settings = self.authorizer(authorizer, &mut config)?;
            config.authorizers.insert(authorizer.id.clone(), settings);
        }
        let mut builds = Vec::new();
        config.functions.clear();
        for function in &self.stack.functions {
            builds.push(self.build(function)?);
            let settings = Function {
                environment: function.environment.clone().into_iter().collect(),
                timeout: function.timeout.map(Duration::from_secs),
                ..Function::from(PathBuf::new())
            };
            config.functions.insert(function.id.clone(), settings);
        }
        let mut notices = self.stack.unsupported.iter().map(|found| {
            let message = format!("`{}`: {}", found.resource, found.message);
            self.error(found.line, message)
        });
        let notices = notices.by_ref().collect();
        config.routes = self.routes(api, &mut config)?;
        Ok(FromTemplate {
            config,
            builds,
            notices,
        })
    }

    fn routes(&self, api: &template::Api, config: &mut Config) -> Result<Routes, String> {
        let mut routes = Vec::new();
        for route in &api.routes {
            let function = match &route.target {
                Target::Function(function) => function,
                Target::Mock {
                    status: 200,
                    headers,
                } if route.method == "OPTIONS" => {
                    allow(config.cors.get_or_insert_default(), headers);
                    continue;
                }
                Target::Mock { .. } => {
                    let message = format!(
                        "`{route}` is a mock; only those for preflight requests are supported"
                    );
                    return Err(self.error(route.line, message));
                }
            };
            let parsed: Result<Route, _> = route.to_string().parse();
            let parsed = parsed.map_err(|error| self.error(route.line, error))?;
            let mut parsed = parsed.handled_by(function).public();
            if let Some(authorizer) = &route.authorizer {
                parsed = parsed.authorized_by(Authorization {
                    authorizer: authorizer.clone(),
                    scopes: route.scopes.clone(),
                });
            }
            if route.format == EventFormat::HttpApi1 {
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
                    url: (issuer.issuer != self.issuer).then(|| issuer.issuer.clone()),
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

    fn build(&self, function: &template::Function) -> Result<Build, String> {
        let Some(package) = &function.binary else {
            let message = format!(
                "`{}` is not built with `rust-cargolambda` and a `Binary`, so this gateway cannot run it",
                function.id
            );
            return Err(self.error(function.line, message));
        };
        let folder = function.code_uri.as_deref().unwrap_or(".");
        Ok(Build {
            function: function.id.clone(),
            folder: self.folder.join(folder),
            package: package.clone(),
        })
    }
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

/// Adds what a mock answers to preflight requests. The gateway answers them alike on every path.
fn allow(cors: &mut Cors, headers: &[(String, String)]) {
    for (name, value) in headers {
        let values = value.split(',').map(|value| value.trim().to_owned());
        let list = match name.to_ascii_lowercase().as_str() {
            "access-control-allow-origin" => &mut cors.allow_origins,
            "access-control-allow-methods" => &mut cors.allow_methods,
            "access-control-allow-headers" => &mut cors.allow_headers,
            "access-control-expose-headers" => &mut cors.expose_headers,
            "access-control-allow-credentials" => {
                cors.allow_credentials = value == "true";
                continue;
            }
            "access-control-max-age" => {
                cors.max_age = value.parse().ok().map(Duration::from_secs);
                continue;
            }
            _ => continue,
        };
        for value in values {
            if !list.contains(&value) {
                list.push(value);
            }
        }
    }
}
