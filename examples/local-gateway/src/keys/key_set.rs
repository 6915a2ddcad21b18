//! A key set (JWKS) as an issuer publishes it, and the keys in it that tokens can be verified with.

use std::collections::HashMap;
use std::sync::Arc;

use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

use super::KeysError;

/// A key, and the one algorithm that it is for, if its issuer says so.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) public: DecodingKey,
    algorithm: Option<KeyAlgorithm>,
}

impl Key {
    /// Whether tokens of this algorithm may be verified with it.
    pub(crate) fn is_for(&self, algorithm: Algorithm) -> bool {
        self.algorithm.is_none_or(|only| only == algorithm.into())
    }
}

/// A key set with its keys unread: `jsonwebtoken` reads all of them, or none where it does not
/// know what to make of one.
#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

/// The usable keys of a set: those for RSA signatures. Others are passed over, as an issuer may
/// publish keys for other purposes beside them.
pub(super) fn parse(text: &str) -> Result<HashMap<String, Arc<Key>>, KeysError> {
    let set: KeySet =
        serde_json::from_str(text).map_err(|error| KeysError(format!("not a key set: {error}")))?;
    Ok(set.keys.into_iter().filter_map(parse_key).collect())
}

/// One key and its id, if it is usable.
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
    fn keys_for_other_purposes_and_of_other_kinds_are_passed_over() {
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
