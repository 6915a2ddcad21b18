//! Parses a key set (JWKS) and selects the keys that can verify tokens.

use std::collections::HashMap;
use std::sync::Arc;

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

use super::KeysError;
use crate::authorizer::jwt::{ELLIPTIC_CURVES, RSA};

/// A public key, and the only algorithm allowed for it if the key set specifies one.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) public: DecodingKey,
    /// The algorithms for keys of this type.
    possible: &'static [Algorithm],
    algorithm: Option<KeyAlgorithm>,
}

impl Key {
    /// Returns whether the key may verify tokens with this algorithm.
    pub(crate) fn allows(&self, algorithm: Algorithm) -> bool {
        self.possible.contains(&algorithm)
            && self.algorithm.is_none_or(|only| only == algorithm.into())
    }
}

/// A key set with unparsed keys. `jsonwebtoken::jwk::JwkSet` would reject the whole set because of one
/// unknown key.
#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

/// The keys of a set by id, and a description of each key that was skipped.
pub(super) struct Parsed {
    pub(super) by_id: HashMap<String, Arc<Key>>,
    pub(super) skipped: Vec<String>,
}

/// Parses a key set. Keys that cannot verify tokens are skipped, because an issuer may also publish keys for other
/// purposes.
pub(super) fn parse(text: &str) -> Result<Parsed, KeysError> {
    let set: KeySet =
        serde_json::from_str(text).map_err(|error| KeysError(format!("not a key set: {error}")))?;
    let mut parsed = Parsed {
        by_id: HashMap::new(),
        skipped: Vec::new(),
    };
    for entry in set.keys {
        let id = entry.get("kid").and_then(Value::as_str).map(str::to_owned);
        let name = id
            .as_deref()
            .map_or("without `kid`".to_owned(), |id| format!("`{id}`"));
        match (id, parse_key(entry)) {
            (Some(id), Ok(key)) => {
                parsed.by_id.insert(id, Arc::new(key));
            }
            (None, Ok(_)) => parsed
                .skipped
                .push(format!("the key {name}: tokens cannot name it")),
            (_, Err(reason)) => parsed.skipped.push(format!("the key {name}: {reason}")),
        }
    }
    Ok(parsed)
}

/// Parses one key. The error is the reason why it cannot verify tokens.
fn parse_key(mut entry: Value) -> Result<Key, String> {
    remove_padding(&mut entry);
    let jwk: Jwk = serde_json::from_value(entry).map_err(|error| error.to_string())?;
    if let Some(purpose) = &jwk.common.public_key_use
        && *purpose != PublicKeyUse::Signature
    {
        return Err("its `use` is not `sig`".to_owned());
    }
    let possible: &[Algorithm] = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => &RSA,
        AlgorithmParameters::EllipticCurve(key) => match key.curve {
            EllipticCurve::P256 => &[ELLIPTIC_CURVES[0]],
            EllipticCurve::P384 => &[ELLIPTIC_CURVES[1]],
            _ => return Err("its `crv` is neither `P-256` nor `P-384`".to_owned()),
        },
        _ => return Err("its `kty` is neither `RSA` nor `EC`".to_owned()),
    };
    Ok(Key {
        public: DecodingKey::from_jwk(&jwk).map_err(|error| error.to_string())?,
        possible,
        algorithm: jwk.common.key_algorithm,
    })
}

/// Removes the padding of Base64, which the standard forbids (RFC 7518, 2) and some issuers write.
fn remove_padding(key: &mut Value) {
    for name in ["n", "e", "x", "y"] {
        if let Some(Value::String(text)) = key.get_mut(name) {
            text.truncate(text.trim_end_matches('=').len());
        }
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::Algorithm;
    use serde_json::{Value, json};

    use super::parse;
    use crate::test_issuer;

    fn key_with(name: &str, value: Value) -> Value {
        let mut key = test_issuer().key_set()["keys"][0].clone();
        key["kid"] = format!("{name} {value}").into();
        key[name] = value;
        key
    }

    #[test]
    fn skips_keys_that_cannot_verify_signatures_and_says_why() {
        let mut unnamed = key_with("use", json!("sig"));
        unnamed.as_object_mut().unwrap().remove("kid");
        let keys = [
            key_with("use", json!("sig")),
            key_with("use", json!("enc")),
            key_with("kty", json!("oct")),
            key_with("n", json!("!")),
            json!(1),
            unnamed,
        ];
        let parsed = parse(&json!({ "keys": keys }).to_string()).unwrap();
        assert_eq!(parsed.by_id.keys().collect::<Vec<_>>(), ["use \"sig\""]);
        let expected = [
            "the key `use \"enc\"`: its `use` is not `sig`",
            "the key `kty \"oct\"`: its `kty` is neither",
            "the key `n \"!\"`: Base64 error",
            "the key without `kid`: ",
            "the key without `kid`: tokens cannot name it",
        ];
        assert_eq!(parsed.skipped.len(), expected.len(), "{:?}", parsed.skipped);
        for (skipped, expected) in parsed.skipped.iter().zip(expected) {
            assert!(skipped.starts_with(expected), "{skipped}");
        }
    }

    #[test]
    fn accepts_padded_base64() {
        let n = test_issuer().key_set()["keys"][0]["n"]
            .as_str()
            .unwrap()
            .to_owned();
        let key = key_with("n", json!(format!("{n}==")));
        let parsed = parse(&json!({ "keys": [key] }).to_string()).unwrap();
        assert_eq!((parsed.by_id.len(), parsed.skipped), (1, Vec::new()));
    }

    #[test]
    fn keys_for_elliptic_curves_allow_the_algorithm_of_their_curve() {
        // The example key of RFC 7517, appendix A.1.
        let key = json!({
            "kty": "EC", "crv": "P-256", "kid": "1",
            "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
            "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
        });
        let parsed = parse(&json!({ "keys": [key] }).to_string()).unwrap();
        let key = &parsed.by_id["1"];
        assert!(key.allows(Algorithm::ES256));
        assert!(!key.allows(Algorithm::ES384) && !key.allows(Algorithm::RS256));
    }
}
