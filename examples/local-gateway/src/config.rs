//! The settings of a gateway.

use std::collections::BTreeMap;
use std::time::Duration;

use require_claims::testing::render::Numbers;

use crate::api::Api;
use crate::authorizer::jwt::{JwtAuthorizer, TrustedIssuer};
use crate::authorizer::lambda::LambdaAuthorizer;
use crate::cors::Cors;
use crate::event::PayloadFormat;
use crate::gateway::GatewayResponses;
use crate::issuer::extra_claims::ExtraClaims;
use crate::keys::KeyCache;
use crate::routes::{Route, Routes};
use crate::workers::Function;

/// The name of the only function of a gateway, unless another is given.
pub const DEFAULT_FUNCTION: &str = "local";

/// The name of the only authorizer of a gateway, unless another is given.
pub const DEFAULT_AUTHORIZER: &str = "jwt";

/// The settings of a gateway.
#[derive(Clone, Debug)]
pub struct Config {
    /// The kind of API.
    pub api: Api,
    /// The Lambda functions by name: those of the routes and those of Lambda authorizers.
    pub functions: BTreeMap<String, Function>,
    /// The authorizers by name.
    pub authorizers: BTreeMap<String, AuthorizerConfig>,
    /// The routes of the API. Each names its function and its authorizer.
    pub routes: Routes,
    /// The CORS settings. A REST API answers `OPTIONS` on every path that has a route, and leaves the responses of
    /// its functions unchanged.
    pub cors: Option<Cors>,
    /// The name of the authorizer that a REST API's answers to `OPTIONS` need. Browsers send no token with a preflight
    /// request, so it rejects them.
    pub preflight_authorizer: Option<String>,
    /// Changes of a REST API's own responses. (An HTTP API's cannot be changed.)
    pub gateway_responses: GatewayResponses,
    /// The number of processes to run in parallel for each function.
    pub workers: usize,
    /// The timeout of a function for one event, if it sets none. It is capped at the API's integration timeout.
    pub timeout: Duration,
    /// The port to listen on; 0 chooses a free one.
    pub port: u16,
    /// The payload format of an HTTP API's routes that set none.
    pub payload: PayloadFormat,
    /// How an HTTP API renders numbers in claims.
    pub numbers: Numbers,
    /// Whether the gateway has an issuer for demo users.
    pub built_in_issuer: bool,
    /// Audiences of the demo users' tokens, in addition to those of the JWT authorizers.
    pub audiences: Vec<String>,
    /// Claims to add to the tokens of the demo users.
    pub extra_claims: ExtraClaims,
    /// When the issuers' keys are fetched again.
    pub key_cache: KeyCache,
    /// Where a template describes each route (by its key) and each authorizer (by its name), such as `template.yaml:7`.
    /// The place of anything else has the empty name.
    pub places: BTreeMap<String, String>,
    /// Whether the function is the example `orders`: the console knows its requirements, and calls all of its routes.
    pub example: bool,
}

/// An authorizer of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorizerConfig {
    /// The gateway verifies a token itself.
    Jwt(JwtAuthorizer),
    /// A Lambda function decides.
    Lambda(LambdaAuthorizer),
}

impl Config {
    /// The default settings for this function: an HTTP API on a free port with the routes of `orders`, and a JWT
    /// authorizer for the built-in issuer.
    #[must_use]
    pub fn new(function: impl Into<Function>) -> Self {
        let jwt = JwtAuthorizer::for_issuer(TrustedIssuer::built_in("orders"));
        Self {
            api: Api::Http,
            functions: [(DEFAULT_FUNCTION.to_owned(), function.into())].into(),
            authorizers: [(DEFAULT_AUTHORIZER.to_owned(), AuthorizerConfig::Jwt(jwt))].into(),
            routes: Routes::for_orders(),
            cors: None,
            preflight_authorizer: None,
            gateway_responses: GatewayResponses::new(),
            workers: 2,
            timeout: Duration::from_secs(10),
            port: 0,
            payload: PayloadFormat::default(),
            numbers: Numbers::default(),
            built_in_issuer: true,
            audiences: Vec::new(),
            extra_claims: ExtraClaims::default(),
            key_cache: KeyCache::default(),
            places: BTreeMap::new(),
            example: false,
        }
    }

    /// A message about a route or an authorizer, after its place if there is a template.
    #[must_use]
    pub fn message(&self, name: &str, text: &str) -> String {
        let place = self.places.get(name).or_else(|| self.places.get(""));
        place.map_or_else(|| text.to_owned(), |place| format!("{place}: {text}"))
    }

    /// Sets the default authorizer.
    pub fn set_authorizer(&mut self, authorizer: AuthorizerConfig) {
        self.authorizers
            .insert(DEFAULT_AUTHORIZER.to_owned(), authorizer);
    }

    /// Returns whether the gateway itself verifies all tokens.
    #[must_use]
    pub fn has_only_jwt_authorizers(&self) -> bool {
        let mut authorizers = self.authorizers.values();
        authorizers.all(|authorizer| matches!(authorizer, AuthorizerConfig::Jwt(_)))
    }

    /// The routes without an authorizer whose function also has routes with one, and so probably guarded handlers. The
    /// gateway cannot see which handlers are guarded.
    pub fn open_routes(&self) -> impl Iterator<Item = &str> {
        let has_authorizer = |route: &Route| route.authorization().is_some();
        let open = self
            .routes
            .iter()
            .filter(move |route| !has_authorizer(route));
        let is_mixed = move |open: &&Route| {
            let mut routes = self.routes.iter();
            routes.any(|route| route.function() == open.function() && has_authorizer(route))
        };
        open.filter(is_mixed).map(Route::key)
    }

    /// Returns whether one function has the routes of the example `orders`. Other functions may have others.
    #[must_use]
    pub fn has_routes_of_orders(&self) -> bool {
        let scopes = |route: &Route| route.authorization().map(|found| found.scopes.clone());
        let shape = |route: &Route| (route.key().to_owned(), scopes(route));
        let orders = Routes::for_orders();
        let first = orders.iter().next().map(shape);
        let mut routes = self.routes.iter();
        let function = routes.find(|route| Some(shape(route)) == first);
        let function = function.map(Route::function);
        let routes = self.routes.iter();
        let routes = routes.filter(|route| Some(route.function()) == function);
        routes.map(shape).eq(orders.iter().map(shape))
    }

    /// All audiences of the demo users' tokens, with the first one that each JWT authorizer accepts from the built-in
    /// issuer.
    pub(crate) fn token_audiences(&self) -> Vec<String> {
        let mut audiences = self.audiences.clone();
        for authorizer in self.authorizers.values() {
            let AuthorizerConfig::Jwt(jwt) = authorizer else {
                continue;
            };
            let built_in = jwt.issuers.iter().filter(|issuer| issuer.url.is_none());
            for audience in built_in.filter_map(|issuer| issuer.audiences.first()) {
                if !audiences.contains(audience) {
                    audiences.push(audience.clone());
                }
            }
        }
        audiences
    }
}
