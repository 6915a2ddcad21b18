//! The built-in issuer: an RSA key made at start, what it publishes, and the tokens it signs.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use rsa::rand_core::OsRng;
use serde_json::{Value, json};

use crate::users::User;

/// What SuperTokens signs with.
const ALGORITHM: Algorithm = Algorithm::RS256;

/// Enough for RS256, and generated without a noticeable wait.
const KEY_BITS: usize = 2048;

/// How long a token of the demo users is valid, in seconds: SuperTokens' default.
const VALIDITY: u64 = 3600;

/// What is wrong with a token that the issuer hands out to show a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It ran out an hour ago.
    Expired,
    /// It was made for another audience.
    OtherAudience,
    /// One character of its payload is another one than was signed.
    ChangedCharacter,
}

impl Flaw {
    /// The part of the token endpoint's path that asks for it.
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

/// Why there is no issuer.
#[derive(Debug)]
pub struct IssuerError(pub(crate) String);

impl fmt::Display for IssuerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no RSA key could be made: {}", self.0)
    }
}

impl std::error::Error for IssuerError {}

/// An issuer of session tokens in the form of SuperTokens.
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
    /// Makes a key and an issuer of this name, whose demo tokens are for this audience.
    ///
    /// # Errors
    ///
    /// When the operating system has no randomness to give.
    pub fn new(url: impl Into<String>, audience: impl Into<String>) -> Result<Self, IssuerError> {
        let key = generate().map_err(|error| IssuerError(error.to_string()))?;
        // SuperTokens names the keys that it rotates `d-` and a time.
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

    /// The `iss` of its tokens, below which it publishes its discovery document.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The `aud` of the demo users' tokens.
    #[must_use]
    pub fn audience(&self) -> &str {
        &self.audience
    }

    /// The `kid` of its key.
    #[must_use]
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// Signs a payload as it is, with RS256 and the key's `kid`.
    #[must_use]
    pub fn sign(&self, payload: &Value) -> String {
        let mut header = Header::new(ALGORITHM);
        header.kid = Some(self.key_id.clone());
        header.extras.insert("version", "4");
        // The key has been read when its public half was taken, so there is always a token; an
        // empty one would be refused like none.
        jsonwebtoken::encode(&header, payload, &self.key).unwrap_or_default()
    }

    /// Signs whatever header and payload, to make tokens that must be refused.
    #[cfg(test)]
    pub(crate) fn forge(&self, algorithm: Algorithm, header: &Value, payload: &str) -> String {
        use base64::Engine as _;
        use base64::engine::general_purpose::URL_SAFE_NO_PAD;
        let header = URL_SAFE_NO_PAD.encode(header.to_string());
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(payload));
        let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), &self.key, algorithm);
        format!("{signed}.{}", signature.unwrap())
    }

    /// A fresh token of a demo user.
    #[must_use]
    pub fn token(&self, user: &User, flaw: Option<Flaw>) -> String {
        let now = seconds_since_epoch();
        match flaw {
            None => self.sign(&user.payload(&self.url, &self.audience, now, now + VALIDITY)),
            Some(Flaw::Expired) => {
                let issued = now.saturating_sub(2 * VALIDITY);
                self.sign(&user.payload(&self.url, &self.audience, issued, issued + VALIDITY))
            }
            Some(Flaw::OtherAudience) => {
                self.sign(&user.payload(&self.url, "another-api", now, now + VALIDITY))
            }
            Some(Flaw::ChangedCharacter) => change_a_character(&self.token(user, None)),
        }
    }

    /// The document at `/.well-known/openid-configuration`.
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

    /// The key set at the discovery document's `jwks_uri`.
    #[must_use]
    pub fn key_set(&self) -> Value {
        json!({"keys": [self.public]})
    }
}

/// A new key. `jsonwebtoken` takes one, but does not make it.
fn generate() -> Result<EncodingKey, rsa::Error> {
    let der = RsaPrivateKey::new(&mut OsRng, KEY_BITS)?.to_pkcs1_der()?;
    Ok(EncodingKey::from_rsa_der(der.as_bytes()))
}

fn seconds_since_epoch() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

/// Puts another character in the middle of the payload, where every bit is part of a claim.
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
    fn exactly_one_character_is_changed_and_it_is_in_the_payload() {
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
