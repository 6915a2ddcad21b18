//! Parses a key set (JWKS) and selects the keys that can verify tokens.

use std::collections::HashMap;
use std::sync::Arc;

use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

use super::KeysError;

/// A public key, and the only algorithm allowed for it if the key set specifies one.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) public: DecodingKey,
    algorithm: Option<KeyAlgorithm>,
}

impl Key {
    /// Returns whether the key may verify tokens with this algorithm.
    pub(crate) fn allows(&self, algorithm: Algorithm) -> bool {
        self.algorithm.is_none_or(|only| only == algorithm.into())
    }
}

/// A key set with unparsed keys. `jsonwebtoken::jwk::JwkSet` would reject the whole set because of one
/// unknown key.
#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

/// Parses a key set and returns its keys for RSA signatures by id. Other keys are skipped, because an issuer
/// may also publish keys for other purposes.
pub(super) fn parse(text: &str) -> Result<HashMap<String, Arc<Key>>, KeysError> {
    let set: KeySet =
        serde_json::from_str(text).map_err(|error| KeysError(format!("not a key set: {error}")))?;
    Ok(set.keys.into_iter().filter_map(parse_key).collect())
}

/// Parses one key and its id. Returns `None` if it is not a key for RSA signatures.
fn parse_key(entry: Value) -> Option<(String, Arc<Key>)> {
    let jwk: Jwk = serde_json::from_value(entry).ok()?;
    let is_rsa = matches!(jwk.algorithm, AlgorithmParameters::RSA(_));
    let purpose = jwk.common.public_key_use.as_ref();
    if !is_rsa || purpose.is_some_and(|purpose| *purpose != PublicKeyUse::Signature) {
        return None;
    }
    let key = Key {
        public: DecodingKey::from_jwk(&jwk).ok()?,
        algorithm: jwk.common.key_algorithm,
    };
    Some((jwk.common.key_id?, Arc::new(key)))
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::test_issuer;

    #[test]
    fn skips_keys_that_cannot_verify_rsa_signatures() {
        let key = test_issuer().key_set()["keys"][0].clone();
        let with = |name: &str, value: &str| {
            let mut key = key.clone();
            key["kid"] = format!("{name} {value}").into();
            key[name] = value.into();
            key
        };
        let keys = [
            with("use", "sig"),
            with("use", "enc"),
            with("kty", "EC"),
            with("n", "!"),
            serde_json::json!(1),
        ];
        let set = serde_json::json!({ "keys": keys }).to_string();
        let parsed = parse(&set).unwrap();
        assert_eq!(parsed.keys().collect::<Vec<_>>(), ["use sig"]);
    }
}
