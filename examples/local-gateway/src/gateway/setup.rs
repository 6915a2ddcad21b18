//! Checks the settings, and prepares the issuer, the keys and the authorizers.

use std::collections::HashMap;
use std::sync::Arc;

use super::{StartError, gateway_response};
use crate::authorizer::jwt::{self, ClaimForm, JwtAuthorizer};
use crate::authorizer::{Authorizer, lambda};
use crate::config::{AuthorizerConfig, Config};
use crate::issuer::{Issuer, IssuerError};
use crate::keys::Keys;
use crate::keys::discovery::ExternalIssuer;
use crate::routes::{Route, Routes};
use crate::workers::Invoker;

/// The keys of each issuer by its URL, shared by the authorizers; `None` is the built-in issuer.
pub(super) type KeysByIssuer = HashMap<Option<String>, (String, Arc<Keys>)>;

/// Checks that the settings agree with each other and with the kind of API.
pub(super) fn check(config: &Config) -> Result<(), String> {
    for route in routes(config).all() {
        let checked = check_route(config, route);
        checked.map_err(|reason| config.message(route.key(), &reason))?;
    }
    for (name, authorizer) in &config.authorizers {
        let checked = check_authorizer(config, name, authorizer);
        checked.map_err(|reason| config.message(name, &reason))?;
    }
    check_api(config).map_err(|reason| config.message("", &reason))
}

fn check_route(config: &Config, route: &Route) -> Result<(), String> {
    let key = route.key();
    match route.mock() {
        None => check_function(config, route.function(), &format!("the route `{key}`"))?,
        Some(_) if !config.api.is_rest() => {
            return Err(format!(
                "the route `{key}` has no function, which only a REST API allows"
            ));
        }
        Some(mock) => {
            let checked = mock.response();
            checked.map_err(|reason| format!("the response of the route `{key}`: {reason}"))?;
        }
    }
    if config.api.is_rest() && route.is_default() {
        return Err(format!(
            "a REST API has no route `{key}`; write `ANY /{{proxy+}}`, and `ANY /` for the root"
        ));
    }
    let Some(authorization) = route.authorization() else {
        return Ok(());
    };
    let name = &authorization.authorizer;
    match config.authorizers.get(name) {
        None => Err(format!(
            "the route `{key}` names the authorizer `{name}`, which does not exist"
        )),
        Some(AuthorizerConfig::Lambda(_)) if !authorization.scopes.is_empty() => Err(format!(
            "the route `{key}` requires scopes, which only a JWT authorizer checks; remove them, or use another \
             authorizer than `{name}`"
        )),
        Some(_) => Ok(()),
    }
}

fn check_authorizer(
    config: &Config,
    name: &str,
    authorizer: &AuthorizerConfig,
) -> Result<(), String> {
    let is_rest = config.api.is_rest();
    let checked = match authorizer {
        AuthorizerConfig::Jwt(jwt) => jwt.check(is_rest).and_then(|()| check_issuer(config, jwt)),
        AuthorizerConfig::Lambda(lambda) => lambda.check(is_rest),
    };
    checked.map_err(|reason| format!("the authorizer `{name}` is invalid: {reason}"))?;
    match authorizer {
        AuthorizerConfig::Lambda(lambda) => check_function(
            config,
            &lambda.function,
            &format!("the authorizer `{name}`"),
        ),
        AuthorizerConfig::Jwt(_) => Ok(()),
    }
}

fn check_function(config: &Config, name: &str, user: &str) -> Result<(), String> {
    if config.functions.contains_key(name) {
        return Ok(());
    }
    let names: Vec<_> = config.functions.keys().map(String::as_str).collect();
    Err(format!(
        "{user} names the function `{name}`, which does not exist; the functions are: {}",
        names.join(", ")
    ))
}

/// The routes, with those for `OPTIONS` that the CORS settings of a REST API add.
pub(super) fn routes(config: &Config) -> Routes {
    let mut routes = config.routes.clone();
    if let Some(cors) = config.cors.as_ref().filter(|_| config.api.is_rest()) {
        let authorizer = config.preflight_authorizer.as_deref();
        routes.add_preflights(authorizer, |methods| cors.fixed_answer(methods));
    }
    routes
}

/// Checks what only one kind of API has.
fn check_api(config: &Config) -> Result<(), String> {
    gateway_response::check(&config.gateway_responses)?;
    if !config.api.is_rest() && !config.gateway_responses.is_empty() {
        return Err("an HTTP API has no gateway responses that can be changed".to_owned());
    }
    if let Some(cors) = &config.cors {
        cors.check()?;
    }
    let stage = config.api.stage();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if config.api.is_rest() && (stage.is_empty() || !stage.chars().all(is_name)) {
        return Err(format!(
            "`{stage}` is not the name of a stage; use letters, digits, `-` and `_`"
        ));
    }
    if config.built_in_issuer && stage == "auth" {
        return Err(
            "the stage `auth` would be hidden by the built-in issuer; use another name, or an external issuer"
                .to_owned(),
        );
    }
    Ok(())
}

fn check_issuer(config: &Config, jwt: &JwtAuthorizer) -> Result<(), String> {
    if !config.built_in_issuer && jwt.issuers.iter().any(|issuer| issuer.url.is_none()) {
        return Err("it trusts the built-in issuer, which is disabled".to_owned());
    }
    Ok(())
}

/// The issuer that serves its endpoints next to the API.
pub(super) async fn built_in_issuer(
    url: String,
    config: &Config,
) -> Result<Arc<Issuer>, StartError> {
    let (audiences, claims) = (config.token_audiences(), config.extra_claims.clone());
    // Generating a key keeps the CPU busy for a while, so it must not block the async runtime.
    let issuer = tokio::task::spawn_blocking(move || Issuer::new(url, audiences, claims)).await;
    let issuer = issuer.map_err(|error| StartError::Issuer(IssuerError(error.to_string())))?;
    issuer.map(Arc::new).map_err(StartError::Issuer)
}

/// The keys of all issuers. They are fetched here, so that a wrong URL is reported at start, except for an issuer behind
/// this gateway, which does not answer yet: its keys are fetched for the first token.
pub(super) async fn keys(
    config: &Config,
    built_in: Option<&Arc<Issuer>>,
    port: u16,
) -> Result<KeysByIssuer, StartError> {
    let mut all = KeysByIssuer::new();
    for authorizer in config.authorizers.values() {
        let AuthorizerConfig::Jwt(jwt) = authorizer else {
            continue;
        };
        for url in jwt.issuers.iter().map(|issuer| &issuer.url) {
            if all.contains_key(url) {
                continue;
            }
            let (issuer_url, keys) = match (url, built_in) {
                (Some(url), _) => {
                    let source = ExternalIssuer::new(url);
                    (url.clone(), Keys::new(source, config.key_cache))
                }
                (None, Some(issuer)) => {
                    let source = Arc::clone(issuer);
                    (issuer.url().to_owned(), Keys::new(source, config.key_cache))
                }
                // `check` has rejected these settings.
                (None, None) => continue,
            };
            if !url.as_deref().is_some_and(|url| is_behind(url, port)) {
                keys.prefetch().await.map_err(StartError::Keys)?;
            }
            all.insert(url.clone(), (issuer_url, Arc::new(keys)));
        }
    }
    Ok(all)
}

/// Returns whether this is the URL of an issuer behind the gateway on this port.
fn is_behind(url: &str, port: u16) -> bool {
    let address = url
        .strip_prefix("http://")
        .and_then(|rest| rest.split('/').next());
    let hosts = ["localhost", "127.0.0.1"];
    address.is_some_and(|address| {
        hosts
            .map(|host| format!("{host}:{port}"))
            .contains(&address.to_owned())
    })
}

/// The authorizers by name.
pub(super) fn authorizers(
    config: &Config,
    keys: &KeysByIssuer,
    functions: &HashMap<String, Invoker>,
) -> HashMap<String, Authorizer> {
    let authorizers = config.authorizers.iter().filter_map(|(name, authorizer)| {
        let authorizer = match authorizer {
            AuthorizerConfig::Jwt(jwt) => Authorizer::Jwt(jwt_authorizer(config, jwt, keys)),
            AuthorizerConfig::Lambda(lambda) => {
                let invoker = functions.get(&lambda.function)?.clone();
                Authorizer::Lambda(lambda::Authorizer::new(lambda.clone(), invoker))
            }
        };
        Some((name.clone(), authorizer))
    });
    authorizers.collect()
}

fn jwt_authorizer(config: &Config, jwt: &JwtAuthorizer, keys: &KeysByIssuer) -> jwt::Authorizer {
    let issuers = jwt.issuers.iter().filter_map(|issuer| {
        let (url, keys) = keys.get(&issuer.url)?;
        Some(jwt::Issuer {
            url: url.clone(),
            audiences: issuer.audiences.clone(),
            keys: Arc::clone(keys),
        })
    });
    let form = if config.api.is_rest() {
        ClaimForm::Json
    } else {
        ClaimForm::Text(config.numbers)
    };
    jwt::Authorizer::new(jwt.clone(), issuers.collect(), form)
}

#[cfg(test)]
mod tests {
    use super::is_behind;

    #[test]
    fn an_issuer_behind_the_gateway_has_its_address() {
        for (url, expected) in [
            ("http://localhost:3000/auth", true),
            ("http://127.0.0.1:3000", true),
            ("http://localhost:3001/auth", false),
            ("http://localhost/auth", false),
            ("https://localhost:3000/auth", false),
            ("http://localhost:3000.test/auth", false),
            ("http://issuer.test:3000/auth", false),
        ] {
            assert_eq!(is_behind(url, 3000), expected, "{url}");
        }
    }
}
