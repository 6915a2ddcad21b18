//! The built-in issuer: generates an RSA key at start, publishes it, and signs tokens for demo users.

pub mod extra_claims;
pub(crate) mod routes;
pub mod users;

use std::fmt;
use std::sync::{PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};

use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use rsa::rand_core::OsRng;
use serde_json::{Value, json};

use self::extra_claims::ExtraClaims;
use self::users::User;
use crate::timestamp;

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
    audiences: Vec<String>,
    extra_claims: ExtraClaims,
    key: RwLock<SigningKey>,
}

/// The key that signs new tokens. Like SuperTokens, the issuer publishes only this one.
#[derive(Clone)]
struct SigningKey {
    id: String,
    private: EncodingKey,
    public: Jwk,
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer")
            .field("url", &self.url)
            .field("key_id", &self.key_id())
            .finish_non_exhaustive()
    }
}

impl SigningKey {
    fn generate() -> Result<Self, IssuerError> {
        let error = |error: &dyn fmt::Display| IssuerError(error.to_string());
        let private = generate_key().map_err(|e| error(&e))?;
        // SuperTokens' ids of dynamic (rotated) keys are `d-` and a time.
        let id = format!("d-{}", timestamp::epoch_milliseconds(SystemTime::now()));
        let mut public = Jwk::from_encoding_key(&private, ALGORITHM).map_err(|e| error(&e))?;
        public.common.key_id = Some(id.clone());
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self {
            id,
            private,
            public,
        })
    }
}

impl Issuer {
    /// Creates an issuer with a new key. `url` becomes the `iss` of its tokens, and `audiences` the `aud` of the demo
    /// users' tokens, to which `extra_claims` are added.
    ///
    /// # Errors
    ///
    /// Returns an error if the key cannot be generated, for example if the system provides no randomness.
    pub fn new(
        url: impl Into<String>,
        audiences: Vec<String>,
        extra_claims: ExtraClaims,
    ) -> Result<Self, IssuerError> {
        Ok(Self {
            url: url.into(),
            audiences,
            extra_claims,
            key: RwLock::new(SigningKey::generate()?),
        })
    }

    /// Replaces the key. Tokens of the old one are then signed by an unknown key.
    ///
    /// # Errors
    ///
    /// Returns an error if the key cannot be generated.
    pub fn rotate_key(&self) -> Result<(), IssuerError> {
        let new = SigningKey::generate()?;
        *self.key.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }

    fn key(&self) -> SigningKey {
        // The key is always replaced as a whole, so a panic cannot leave it half-written.
        let key = self.key.read().unwrap_or_else(PoisonError::into_inner);
        key.clone()
    }

    /// The `iss` of the tokens. The discovery document is published below this URL.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The `aud` of the demo users' tokens: a string, or a list if there are several.
    fn audience(&self) -> Value {
        match self.audiences.as_slice() {
            [only] => json!(only),
            several => json!(several),
        }
    }

    /// The `kid` of the signing key.
    #[must_use]
    pub fn key_id(&self) -> String {
        self.key().id
    }

    /// Signs this payload without changes, with RS256 and the key's `kid`.
    #[must_use]
    pub fn sign(&self, payload: &Value) -> String {
        let mut header = Header::new(ALGORITHM);
        let key = self.key();
        header.kid = Some(key.id);
        header.extras.insert("version", "4");
        // Signing cannot fail, because `new` has already used the key to derive the public key. Even if it
        // did, the authorizer would treat the empty string as a missing token.
        jsonwebtoken::encode(&header, payload, &key.private).unwrap_or_default()
    }

    /// Signs an arbitrary header and payload, for tokens that must be rejected.
    #[cfg(test)]
    pub(crate) fn forge(&self, algorithm: Algorithm, header: &Value, payload: &str) -> String {
        use base64::Engine as _;
        use base64::engine::general_purpose::URL_SAFE_NO_PAD;
        let header = URL_SAFE_NO_PAD.encode(header.to_string());
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(payload));
        let signature =
            jsonwebtoken::crypto::sign(signed.as_bytes(), &self.key().private, algorithm);
        format!("{signed}.{}", signature.unwrap())
    }

    /// Signs a new token for a demo user, optionally with a flaw.
    #[must_use]
    pub fn token(&self, user: &User, flaw: Option<TokenFlaw>) -> String {
        let now = seconds_since_epoch();
        let token = |audience: Value, from: u64| {
            let mut payload = user.payload(&self.url, &audience, from, from + VALIDITY);
            self.extra_claims.add_to(&mut payload, user.name);
            self.sign(&payload)
        };
        match flaw {
            None => token(self.audience(), now),
            Some(TokenFlaw::Expired) => token(self.audience(), now.saturating_sub(2 * VALIDITY)),
            Some(TokenFlaw::OtherAudience) => token(json!("another-api"), now),
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
        json!({"keys": [self.key().public]})
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
    use super::{ExtraClaims, Issuer, change_a_character};

    #[test]
    fn a_rotated_key_has_another_id_and_replaces_the_published_one() {
        let issuer = Issuer::new("https://a.test", Vec::new(), ExtraClaims::default()).unwrap();
        let (id, published) = (issuer.key_id(), issuer.key_set());
        issuer.rotate_key().unwrap();
        assert_ne!(issuer.key_id(), id);
        assert_eq!(issuer.key_set()["keys"].as_array().unwrap().len(), 1);
        assert_ne!(issuer.key_set()["keys"][0]["n"], published["keys"][0]["n"]);
    }

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
