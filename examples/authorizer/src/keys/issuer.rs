//! Fetches the issuer's key set over HTTP.
//!
//! `ureq` is a small client without an async runtime. It is enough, because keys are fetched rarely.

use std::time::Duration;

use serde::Deserialize;

use super::{FetchError, KeySource, secure_url};

/// The time limit of one request. There are two, which together must end before API Gateway gives up after 10 seconds.
const TIMEOUT: Duration = Duration::from_secs(3);

/// The maximum size of a document in bytes, larger than any real discovery document or key set.
const MAX_SIZE: u64 = 1 << 20;

/// An issuer, and the client for its documents.
pub(crate) struct Issuer {
    url: String,
    client: ureq::Agent,
}

#[derive(Deserialize)]
struct DiscoveryDocument {
    issuer: String,
    jwks_uri: String,
}

impl Issuer {
    /// The issuer with this URL, which is also the `iss` of its tokens.
    pub(crate) fn new(url: String) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            // A redirect could lead to a URL that `secure_url` rejects.
            .max_redirects(0)
            .build();
        Self {
            url,
            client: config.into(),
        }
    }

    fn get(&self, url: &str) -> Result<String, FetchError> {
        let failed = |error: &dyn std::fmt::Display| FetchError(format!("`{url}`: {error}"));
        secure_url::check(url).map_err(|error| failed(&error))?;
        let response = self.client.get(url).call();
        let mut body = response.map_err(|error| failed(&error))?.into_body();
        let text = body.with_config().limit(MAX_SIZE).read_to_string();
        text.map_err(|error| failed(&error))
    }
}

impl KeySource for Issuer {
    fn fetch(&self) -> Result<String, FetchError> {
        let base = self.url.trim_end_matches('/');
        let url = format!("{base}/.well-known/openid-configuration");
        let document: DiscoveryDocument = serde_json::from_str(&self.get(&url)?)
            .map_err(|error| FetchError(format!("`{url}` is not a discovery document: {error}")))?;
        // Otherwise the `iss` of every token would differ from the setting.
        if document.issuer != self.url {
            return Err(FetchError(format!(
                "the issuer in `{url}` is `{}`, but `ISSUER` is `{}`; set `ISSUER` to the issuer in the document",
                document.issuer, self.url
            )));
        }
        self.get(&document.jwks_uri)
    }
}
