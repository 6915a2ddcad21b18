//! What the page needs to know: the callers, the routes, and explanations of reasons.

use serde_json::{Value, json};

use super::{reasons, route_table};
use crate::config::{AuthorizerConfig, Config};
use crate::demo::{self, Credential};
use crate::identity_source::IdentitySource;
use crate::issuer::TokenFlaw;
use crate::issuer::users::USERS;
use crate::routes::{Authorization, Route};

/// The value of every path parameter, as in the printed commands.
pub(super) const PARAMETER: &str = "1";

/// The user whose tokens have flaws, as in the printed commands.
const FLAWED: &str = "admin-mfa";

/// The setup of the page, as JSON.
pub(super) fn setup(config: &Config, key: &str) -> Value {
    let routes = config.routes.iter().map(|route| self::route(config, route));
    json!({
        "key": key,
        "api": config.api.to_string(),
        "callers": callers(config),
        "routes": routes.collect::<Value>(),
        "route_table": config.example.then_some(route_table::FILE),
        "is_example": config.example,
        "reasons": reasons::by_message(),
        "remedies": reasons::remedies_by_claim(),
    })
}

/// The callers: the demo users, nobody, and tokens that must be rejected.
fn callers(config: &Config) -> Vec<Value> {
    let caller = |name: &str, description: &str, credential: Credential| {
        let path = credential.path();
        json!({"name": name, "description": description, "token_path": path})
    };
    let nobody = caller("no token", "a request without a token", Credential::None);
    if !config.built_in_issuer {
        return vec![nobody];
    }
    let mut callers: Vec<Value> = USERS
        .iter()
        .map(|user| {
            let description = format!("{}; id {}", user.description, user.id());
            caller(user.name, &description, Credential::User(user.name))
        })
        .collect();
    callers.push(nobody);
    for (flaw, name, description) in [
        (TokenFlaw::Expired, "expired", "an expired token"),
        (
            TokenFlaw::OtherAudience,
            "other audience",
            "a token for another audience",
        ),
        (
            TokenFlaw::ChangedCharacter,
            "changed token",
            "a token with one changed character",
        ),
    ] {
        let description = format!("{description}, of {FLAWED}");
        let credential = Credential::Flawed(FLAWED, flaw);
        callers.push(caller(name, &description, credential));
    }
    callers
}

fn route(config: &Config, route: &Route) -> Value {
    let requirements = config
        .example
        .then(|| route_table::requirements(route.method(), route.path()));
    json!({
        "key": route.key(),
        "method": method(route),
        "path": format!("{}{}", config.api.path_prefix(), route.example_path(PARAMETER)),
        "body": body(route).filter(|_| config.example),
        "function": route.function(),
        "authorizer": route.authorization().map(|authorization| authorizer(config, authorization)),
        "requirements": requirements.flatten(),
    })
}

/// The authorizer of a route, and where it looks for a token.
fn authorizer(config: &Config, authorization: &Authorization) -> Value {
    let default = IdentitySource::default();
    let (kind, source) = match config.authorizers.get(&authorization.authorizer) {
        Some(AuthorizerConfig::Lambda(lambda)) => ("Lambda", lambda.identity_sources.first()),
        Some(AuthorizerConfig::Jwt(jwt)) => ("JWT", Some(&jwt.identity_source)),
        None => ("JWT", None),
    };
    let (place, name) = match source.unwrap_or(&default) {
        IdentitySource::Header(name) => ("header", name.as_str()),
        IdentitySource::Query(name) => ("query", name.as_str()),
        IdentitySource::RouteKey => ("header", "authorization"),
    };
    json!({
        "name": authorization.authorizer,
        "kind": kind,
        "scopes": authorization.scopes,
        "place": place,
        "parameter": name,
    })
}

/// The method of the calls of a route.
pub(super) fn method(route: &Route) -> &str {
    match route.method() {
        "ANY" => "GET",
        method => method,
    }
}

/// The body of the example's calls of a route, as in the printed commands.
pub(super) fn body(route: &Route) -> Option<&'static str> {
    let path = route.example_path(PARAMETER);
    demo::example_body(method(route), &path)
}
