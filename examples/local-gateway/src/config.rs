//! What a gateway is started with.

use std::time::Duration;

use crate::event::PayloadFormat;
use crate::routes::Routes;
use crate::workers::Function;
use require_claims::testing::render::Numbers;

/// The settings of a gateway.
#[derive(Clone, Debug)]
pub struct Config {
    /// The function behind the API.
    pub function: Function,
    /// How many processes of it run.
    pub workers: usize,
    /// How long it may take to answer one event; never longer than the gateway itself waits.
    pub timeout: Duration,
    /// The port of the loopback interface; 0 for any free one.
    pub port: u16,
    /// The payload format of the integration.
    pub payload: PayloadFormat,
    /// The form in which the claims' numbers are written.
    pub numbers: Numbers,
    /// The routes of the API.
    pub routes: Routes,
    /// The issuer whose tokens the authorizer accepts; `None` for the built-in one.
    pub issuer: Option<String>,
    /// The audiences that the authorizer accepts; the built-in issuer writes for the first.
    pub audiences: Vec<String>,
}

impl Config {
    /// A gateway on any free port, with the routes of `orders` and the built-in issuer, in front
    /// of this function.
    #[must_use]
    pub fn new(function: impl Into<Function>) -> Self {
        Self {
            function: function.into(),
            workers: 2,
            timeout: Duration::from_secs(10),
            port: 0,
            payload: PayloadFormat::default(),
            numbers: Numbers::default(),
            routes: Routes::of_orders(),
            issuer: None,
            audiences: vec!["orders".to_owned()],
        }
    }
}
