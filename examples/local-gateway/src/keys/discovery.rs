//! Fetches an external issuer's keys over HTTP, using its discovery document.

use std::io::Read as _;
use std::time::Duration;

use serde::Deserialize;

use super::{KeySource, KeysError};

/// The maximum size of a document in bytes, larger than any real discovery document or key set.
const MAX_READ: u64 = 1 << 20;

/// The timeout of one request to the issuer.
const TIMEOUT: Duration = Duration::from_secs(5);

/// An issuer outside of the gateway.
#[derive(Debug)]
pub(crate) struct ExternalIssuer {
    url: String,
    agent: ureq::Agent,
}

#[derive(Deserialize)]
struct DiscoveryDocument {
    issuer: String,
    jwks_uri: String,
}

impl ExternalIssuer {
    pub(crate) fn new(url: impl Into<String>) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .build();
        Self {
            url: url.into(),
            agent: config.into(),
        }
    }

    fn get(&self, url: &str) -> Result<String, KeysError> {
        let failed = |error: &dyn std::fmt::Display| KeysError(format!("{url}: {error}"));
        let response = self.agent.get(url).call().map_err(|error| failed(&error))?;
        let mut text = String::new();
        let mut body = response.into_body().into_reader().take(MAX_READ);
        body.read_to_string(&mut text)
            .map_err(|error| failed(&error))?;
        Ok(text)
    }
}

impl KeySource for ExternalIssuer {
    fn fetch(&self) -> Result<String, KeysError> {
        let url = format!(
            "{}/.well-known/openid-configuration",
            self.url.trim_end_matches('/')
        );
        let document: DiscoveryDocument = serde_json::from_str(&self.get(&url)?)
            .map_err(|error| KeysError(format!("{url}: not a discovery document: {error}")))?;
        // The `iss` of a token is the issuer's own spelling of its URL. If it differs from the configured
        // one, the authorizer would reject every token, so report the difference at start.
        if document.issuer != self.url {
            return Err(KeysError(format!(
                "{url}: the document's issuer is `{}`, expected `{}`",
                document.issuer, self.url
            )));
        }
        self.get(&document.jwks_uri)
    }
}
