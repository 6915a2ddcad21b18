//! The settings of a gateway.

use std::time::Duration;

use crate::event::PayloadFormat;
use crate::routes::Routes;
use crate::workers::Function;
use require_claims::testing::render::Numbers;

/// The settings of a gateway.
#[derive(Clone, Debug)]
pub struct Config {
    /// The Lambda function to invoke.
    pub function: Function,
    /// The number of function processes to run in parallel.
    pub workers: usize,
    /// The function's timeout for one event, capped at the integration timeout of an HTTP API (30 seconds).
    pub timeout: Duration,
    /// The port to listen on; 0 chooses a free one.
    pub port: u16,
    /// The payload format of the integration.
    pub payload: PayloadFormat,
    /// How numbers in claims are rendered.
    pub numbers: Numbers,
    /// The routes of the API.
    pub routes: Routes,
    /// The URL of an external issuer; `None` uses the built-in issuer.
    pub issuer: Option<String>,
    /// The audiences that the authorizer accepts. Tokens of the built-in issuer are for the first one.
    pub audiences: Vec<String>,
}

impl Config {
    /// The default settings for this function: a free port, the routes of `orders`, and the built-in issuer.
    #[must_use]
    pub fn new(function: impl Into<Function>) -> Self {
        Self {
            function: function.into(),
            workers: 2,
            timeout: Duration::from_secs(10),
            port: 0,
            payload: PayloadFormat::default(),
            numbers: Numbers::default(),
            routes: Routes::for_orders(),
            issuer: None,
            audiences: vec!["orders".to_owned()],
        }
    }
}
