//! Keys that sign the tokens of the tests. They are shared, because generating one takes a while.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey};
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use serde_json::{Value, json};

/// An RSA key with an id.
pub(crate) struct Signer {
    pub(crate) kid: &'static str,
    key: EncodingKey,
}

/// The key that the issuer of the tests publishes at first.
pub(crate) static FIRST: LazyLock<Signer> = LazyLock::new(|| Signer::new("first"));

/// Another key, which the issuer may publish later.
pub(crate) static SECOND: LazyLock<Signer> = LazyLock::new(|| Signer::new("second"));

impl Signer {
    fn new(kid: &'static str) -> Self {
        let key = rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).unwrap();
        let key = EncodingKey::from_rsa_der(key.to_pkcs1_der().unwrap().as_bytes());
        Self { kid, key }
    }

    /// The public key, as in a key set.
    pub(crate) fn jwk(&self) -> Value {
        let jwk = Jwk::from_encoding_key(&self.key, Algorithm::RS256).unwrap();
        let mut jwk = serde_json::to_value(jwk).unwrap();
        jwk["kid"] = self.kid.into();
        jwk["use"] = "sig".into();
        // As SuperTokens does, it allows each algorithm.
        jwk.as_object_mut().unwrap().remove("alg");
        jwk
    }

    /// Signs this payload with RS256.
    pub(crate) fn sign(&self, payload: &Value) -> String {
        let header = json!({"alg": "RS256", "kid": self.kid, "typ": "JWT"});
        self.sign_text(Algorithm::RS256, &header, &payload.to_string())
    }

    /// Signs any header and any text.
    pub(crate) fn sign_text(&self, algorithm: Algorithm, header: &Value, payload: &str) -> String {
        let header = URL_SAFE_NO_PAD.encode(header.to_string());
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(payload));
        let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), &self.key, algorithm);
        format!("{signed}.{}", signature.unwrap())
    }
}
