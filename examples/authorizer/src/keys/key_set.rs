//! Parses a key set (JWKS), and selects the keys that can verify RSA signatures.

use std::collections::HashMap;
use std::sync::Arc;

use jsonwebtoken::jwk::{Jwk, KeyAlgorithm};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

use super::FetchError;

/// A public key, and the only algorithm allowed for it, if the key set names one.
pub(crate) struct Key {
    pub(crate) public: DecodingKey,
    algorithm: Option<KeyAlgorithm>,
}

impl Key {
    /// Whether the key may verify a token with this algorithm.
    pub(crate) fn allows(&self, algorithm: Algorithm) -> bool {
        self.algorithm.is_none_or(|only| only == algorithm.into())
    }
}

/// The keys by their `kid`.
pub(crate) type KeySet = HashMap<String, Arc<Key>>;

/// The keys are parsed one by one, so that a key of an unknown kind does not affect the others.
#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

/// Parses a key set. An issuer also publishes keys for other purposes, which are skipped.
pub(super) fn parse(text: &str) -> Result<KeySet, FetchError> {
    let document: Document = serde_json::from_str(text)
        .map_err(|error| FetchError(format!("the document is not a key set: {error}")))?;
    let keys: KeySet = document
        .keys
        .into_iter()
        .filter(is_for_rsa_signatures)
        .filter_map(|key| match read(&key) {
            Ok(key) => Some(key),
            Err(reason) => {
                let kid = key.get("kid").and_then(Value::as_str);
                tracing::warn!(kid, reason, "a key of the issuer is skipped");
                None
            }
        })
        .collect();
    if keys.is_empty() {
        return Err(FetchError(
            "the key set contains no key for RSA signatures".to_owned(),
        ));
    }
    Ok(keys)
}

fn is_for_rsa_signatures(key: &Value) -> bool {
    let is_for_signatures = key.get("use").is_none_or(|purpose| purpose == "sig");
    key.get("kty").is_some_and(|kind| kind == "RSA") && is_for_signatures
}

fn read(key: &Value) -> Result<(String, Arc<Key>), String> {
    let mut key = key.clone();
    for member in ["n", "e"] {
        if let Some(Value::String(text)) = key.get_mut(member) {
            remove_padding(text);
        }
    }
    let jwk: Jwk = serde_json::from_value(key).map_err(|error| error.to_string())?;
    let id = jwk.common.key_id.clone().ok_or("the key has no `kid`")?;
    let key = Key {
        public: DecodingKey::from_jwk(&jwk).map_err(|error| error.to_string())?,
        algorithm: jwk.common.key_algorithm,
    };
    Ok((id, Arc::new(key)))
}

/// Removes the padding that some issuers write, although RFC 7518 does not allow it. `jsonwebtoken` does not accept it.
fn remove_padding(text: &mut String) {
    text.truncate(text.trim_end_matches('=').len());
}
