//! The built-in issuer: an RSA key made at start, what it publishes, and the tokens it signs.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::sha2::{Sha256, Sha384, Sha512};
use rsa::traits::PublicKeyParts as _;
use rsa::{PrivateKey, PublicKey};
use serde_json::{Value, json};

use crate::users::User;

/// Enough for RS256, and generated without a noticeable wait.
const KEY_BITS: usize = 2048;

/// How long a token of the demo users is valid, in seconds: SuperTokens' default.
const VALIDITY: u64 = 3600;

/// The signature algorithms that a JWT authorizer accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// RSA PKCS #1 v1.5 with SHA-256, which SuperTokens signs with.
    Rs256,
    /// The same with SHA-384.
    Rs384,
    /// The same with SHA-512.
    Rs512,
}

impl Algorithm {
    /// The name in a token's header.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Rs256, Self::Rs384, Self::Rs512]
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
    }

    pub(crate) fn verifies(self, key: &PublicKey, message: &[u8], signature: &[u8]) -> bool {
        let verdict = match self {
            Self::Rs256 => key.pkcs1v15_verify::<Sha256>(message, signature),
            Self::Rs384 => key.pkcs1v15_verify::<Sha384>(message, signature),
            Self::Rs512 => key.pkcs1v15_verify::<Sha512>(message, signature),
        };
        verdict.is_ok()
    }

    fn sign(self, key: &PrivateKey, message: &[u8]) -> Result<Vec<u8>, rsa::Error> {
        match self {
            Self::Rs256 => key.pkcs1v15_sign::<Sha256>(message),
            Self::Rs384 => key.pkcs1v15_sign::<Sha384>(message),
            Self::Rs512 => key.pkcs1v15_sign::<Sha512>(message),
        }
    }
}

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
    /// The word by which the token endpoint knows it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::OtherAudience => "other-audience",
            Self::ChangedCharacter => "changed-character",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::Expired, Self::OtherAudience, Self::ChangedCharacter]
            .into_iter()
            .find(|flaw| flaw.word() == word)
    }
}

/// Why there is no issuer.
#[derive(Debug)]
pub struct IssuerError(rsa::Error);

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
    key: PrivateKey,
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
        let key = PrivateKey::new(&mut getrandom::SysRng, KEY_BITS).map_err(IssuerError)?;
        // SuperTokens names the keys that it rotates `d-` and a time.
        let key_id = format!("d-{}", seconds_since_epoch());
        Ok(Self {
            url: url.into(),
            audience: audience.into(),
            key_id,
            key,
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
        self.sign_text(Algorithm::Rs256, &payload.to_string())
    }

    /// Signs a payload in the very spelling that is given, with the key's `kid`.
    #[must_use]
    pub fn sign_text(&self, algorithm: Algorithm, payload: &str) -> String {
        let header =
            json!({"alg": algorithm.name(), "kid": self.key_id, "typ": "JWT", "version": "4"});
        self.sign_with_header(algorithm, &header, payload)
    }

    /// Signs with a header of one's own, whatever it says, to make tokens that must be refused.
    #[must_use]
    pub fn sign_with_header(&self, algorithm: Algorithm, header: &Value, payload: &str) -> String {
        let header = URL_SAFE_NO_PAD.encode(header.to_string());
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(payload));
        // A key of this size can sign with each of these hashes, so there is always a signature;
        // an empty one would be refused like any wrong one.
        let signature = algorithm
            .sign(&self.key, signed.as_bytes())
            .unwrap_or_default();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
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
            "id_token_signing_alg_values_supported": [Algorithm::Rs256.name()],
        })
    }

    /// The key set at the discovery document's `jwks_uri`.
    #[must_use]
    pub fn key_set(&self) -> Value {
        let key = self.key.as_public_key();
        json!({"keys": [{
            "kty": "RSA",
            "kid": self.key_id,
            "use": "sig",
            "alg": Algorithm::Rs256.name(),
            "n": URL_SAFE_NO_PAD.encode(key.n_bytes()),
            "e": URL_SAFE_NO_PAD.encode(key.e_bytes()),
        }]})
    }
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
