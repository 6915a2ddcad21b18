//! The built-in issuer: generates an RSA key at start, publishes it, and signs tokens for demo users.

pub(crate) mod routes;
pub mod users;

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use rsa::rand_core::OsRng;
use serde_json::{Value, json};

use self::users::User;

/// The algorithm that SuperTokens signs with.
const ALGORITHM: Algorithm = Algorithm::RS256;

/// Large enough for RS256, and fast to generate.
const KEY_BITS: usize = 2048;

/// The lifetime of a token in seconds, the same as SuperTokens' default.
const VALIDITY: u64 = 3600;

/// A flaw in a token that the issuer returns on request, to show how the authorizer rejects it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenFlaw {
    /// The token expired an hour ago.
    Expired,
    /// The token was issued for another audience.
    OtherAudience,
    /// One character of the payload was changed after signing.
    ChangedCharacter,
}

impl TokenFlaw {
    /// The last segment of the token endpoint's path for this flaw.
    #[must_use]
    pub fn path_segment(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::OtherAudience => "other-audience",
            Self::ChangedCharacter => "changed-character",
        }
    }

    pub(crate) fn from_path_segment(segment: &str) -> Option<Self> {
        [Self::Expired, Self::OtherAudience, Self::ChangedCharacter]
            .into_iter()
            .find(|flaw| flaw.path_segment() == segment)
    }
}

/// The issuer's key could not be created.
#[derive(Debug)]
pub struct IssuerError(pub(crate) String);

impl fmt::Display for IssuerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot generate an RSA key: {}", self.0)
    }
}

impl std::error::Error for IssuerError {}

/// An issuer of session tokens in SuperTokens' format.
pub struct Issuer {
    url: String,
    audience: String,
    key_id: String,
    key: EncodingKey,
    public: Jwk,
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer")
            .field("url", &self.url)
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

impl Issuer {
    /// Creates an issuer with a new key. `url` becomes the `iss` of its tokens, and `audience` the `aud` of
    /// the demo users' tokens.
    ///
    /// # Errors
    ///
    /// Returns an error if the key cannot be generated, for example if the system provides no randomness.
    pub fn new(url: impl Into<String>, audience: impl Into<String>) -> Result<Self, IssuerError> {
        let key = generate_key().map_err(|error| IssuerError(error.to_string()))?;
        // SuperTokens' ids of dynamic (rotated) keys are `d-` and a time.
        let key_id = format!("d-{}", seconds_since_epoch());
        let mut public = Jwk::from_encoding_key(&key, ALGORITHM)
            .map_err(|error| IssuerError(error.to_string()))?;
        public.common.key_id = Some(key_id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self {
            url: url.into(),
            audience: audience.into(),
            key_id,
            key,
            public,
        })
    }

    /// The `iss` of the tokens. The discovery document is published below this URL.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The `aud` of the demo users' tokens.
    #[must_use]
    pub fn audience(&self) -> &str {
        &self.audience
    }

    /// The `kid` of the signing key.
    #[must_use]
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// Signs this payload without changes, with RS256 and the key's `kid`.
    #[must_use]
    pub fn sign(&self, payload: &Value) -> String {
        let mut header = Header::new(ALGORITHM);
        header.kid = Some(self.key_id.clone());
        header.extras.insert("version", "4");
        // Signing cannot fail, because `new` has already used the key to derive the public key. Even if it
        // did, the authorizer would treat the empty string as a missing token.
        jsonwebtoken::encode(&header, payload, &self.key).unwrap_or_default()
    }

    /// Signs an arbitrary header and payload, for tokens that must be rejected.
    #[cfg(test)]
    pub(crate) fn forge(&self, algorithm: Algorithm, header: &Value, payload: &str) -> String {
        use base64::Engine as _;
        use base64::engine::general_purpose::URL_SAFE_NO_PAD;
        let header = URL_SAFE_NO_PAD.encode(header.to_string());
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(payload));
        let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), &self.key, algorithm);
        format!("{signed}.{}", signature.unwrap())
    }

    /// Signs a new token for a demo user, optionally with a flaw.
    #[must_use]
    pub fn token(&self, user: &User, flaw: Option<TokenFlaw>) -> String {
        let now = seconds_since_epoch();
        match flaw {
            None => self.sign(&user.payload(&self.url, &self.audience, now, now + VALIDITY)),
            Some(TokenFlaw::Expired) => {
                let issued = now.saturating_sub(2 * VALIDITY);
                self.sign(&user.payload(&self.url, &self.audience, issued, issued + VALIDITY))
            }
            Some(TokenFlaw::OtherAudience) => {
                self.sign(&user.payload(&self.url, "another-api", now, now + VALIDITY))
            }
            Some(TokenFlaw::ChangedCharacter) => change_a_character(&self.token(user, None)),
        }
    }

    /// The discovery document.
    #[must_use]
    pub fn discovery(&self) -> Value {
        json!({
            "issuer": self.url,
            "jwks_uri": format!("{}/jwt/jwks.json", self.url),
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
        })
    }

    /// The key set (JWKS), published at the discovery document's `jwks_uri`.
    #[must_use]
    pub fn key_set(&self) -> Value {
        json!({"keys": [self.public]})
    }
}

/// Generates a key with `rsa`, because `jsonwebtoken` cannot.
fn generate_key() -> Result<EncodingKey, rsa::Error> {
    let der = RsaPrivateKey::new(&mut OsRng, KEY_BITS)?.to_pkcs1_der()?;
    Ok(EncodingKey::from_rsa_der(der.as_bytes()))
}

fn seconds_since_epoch() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

/// Changes a character in the middle of the payload, where every bit belongs to a claim. (The last character
/// of a part may contain unused bits.)
fn change_a_character(token: &str) -> String {
    let start = token.find('.').map_or(0, |dot| dot + 1);
    let end = token.rfind('.').unwrap_or(token.len());
    let middle = start.midpoint(end);
    let other = |c| if c == 'A' { 'B' } else { 'A' };
    token
        .char_indices()
        .map(|(at, c)| if at == middle { other(c) } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::change_a_character;

    #[test]
    fn changes_exactly_one_character_of_the_payload() {
        let changed = change_a_character("head.payload.signature");
        let differences: Vec<_> = "head.payload.signature"
            .char_indices()
            .zip(changed.chars())
            .filter(|((_, a), b)| a != b)
            .collect();
        assert_eq!(differences.len(), 1);
        assert!((5..12).contains(&differences[0].0.0));
    }
}
