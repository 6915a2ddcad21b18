//! The JWT authorizer's rules: who comes through, and with which claims.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html>
//! lists what is checked. What it leaves open is decided against the token.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::issuer::Algorithm;
use crate::json::Json;
use crate::keys::Keys;
use crate::render::{self, Numbers};

/// One JWT authorizer: an issuer, the audiences that it may write tokens for, and its keys.
#[derive(Debug)]
pub struct Authorizer {
    issuer: String,
    audiences: Vec<String>,
    keys: Keys,
    numbers: Numbers,
}

/// What the function is told about an accepted token.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// Every claim as the gateway writes it.
    pub claims: BTreeMap<String, String>,
    /// The token's scopes, where the route asks for some.
    pub scopes: Option<Vec<String>>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The names of the claims, not what they say about a person.
        f.debug_struct("Identity")
            .field("claims", &self.claims.keys())
            .finish_non_exhaustive()
    }
}

/// Why a request does not come through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no token: 401.
    NoToken,
    /// There is one, but it is not acceptable: 401.
    InvalidToken(&'static str),
    /// It is acceptable, but has none of the scopes of the route: 403.
    InsufficientScope,
}

use Refusal::InvalidToken;

impl Authorizer {
    /// An authorizer that trusts this issuer's keys for these audiences.
    #[must_use]
    pub fn new(
        issuer: impl Into<String>,
        audiences: Vec<String>,
        keys: Keys,
        numbers: Numbers,
    ) -> Self {
        Self {
            issuer: issuer.into(),
            audiences,
            keys,
            numbers,
        }
    }

    /// Decides on the value of a request's `Authorization` header.
    ///
    /// # Errors
    ///
    /// The refusal with which the request is answered.
    pub async fn check(
        &self,
        authorization: Option<&str>,
        route_scopes: &[String],
        now: SystemTime,
    ) -> Result<Identity, Refusal> {
        let token = authorization
            .map(token)
            .filter(|token| !token.is_empty())
            .ok_or(Refusal::NoToken)?;
        let payload = self.verified_payload(token).await?;
        let now = now
            .duration_since(UNIX_EPOCH)
            .map_or(0.0, |since| since.as_secs_f64());
        self.check_claims(&payload, now)?;

        let scopes = if route_scopes.is_empty() {
            None
        } else {
            let scopes = scopes(&payload);
            if !scopes.iter().any(|scope| route_scopes.contains(scope)) {
                return Err(Refusal::InsufficientScope);
            }
            Some(scopes)
        };
        let Json::Object(members) = payload else {
            return Err(InvalidToken("the payload is not an object"));
        };
        let claims = render::claims_of(&members, self.numbers)
            .map_err(|_| InvalidToken("the payload cannot be decoded"))?;
        Ok(Identity { claims, scopes })
    }

    /// The payload of a token that one of the issuer's keys has signed.
    async fn verified_payload(&self, token: &str) -> Result<Json, Refusal> {
        let malformed = InvalidToken("the token is malformed");
        let (signed, signature) = token.rsplit_once('.').ok_or(malformed.clone())?;
        let (header, payload) = signed.split_once('.').ok_or(malformed.clone())?;
        let header = decode(header).ok_or(malformed.clone())?;
        let payload = decode(payload).ok_or(malformed.clone())?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| malformed)?;

        // Read from the header, the algorithm is only ever compared with three of RSA: neither
        // `none` nor one that takes the public key for a shared secret can be chosen by it.
        let algorithm = header
            .get("alg")
            .and_then(Json::as_text)
            .and_then(Algorithm::from_name);
        let algorithm = algorithm.ok_or(InvalidToken("the algorithm is not supported"))?;
        if header.get("crit").is_some() {
            return Err(InvalidToken("a critical header is not understood"));
        }
        let key_id = header
            .get("kid")
            .and_then(Json::as_text)
            .ok_or(InvalidToken("the token has no key id"))?;
        let key = self
            .keys
            .find(key_id, Instant::now())
            .await
            .ok_or(InvalidToken("the key is unknown"))?;
        if key
            .algorithm
            .as_ref()
            .is_some_and(|only| only != algorithm.name())
        {
            return Err(InvalidToken("the key is for another algorithm"));
        }
        if !algorithm.verifies(&key.public, signed.as_bytes(), &signature) {
            return Err(InvalidToken("the signature does not match"));
        }
        Ok(payload)
    }

    fn check_claims(&self, payload: &Json, now: f64) -> Result<(), Refusal> {
        if payload.get("iss").and_then(Json::as_text) != Some(&self.issuer) {
            return Err(InvalidToken("the token does not have a valid issuer"));
        }
        if !self.is_for_us(payload) {
            return Err(InvalidToken("the token does not have a valid audience"));
        }
        if !time(payload, "exp")?.is_some_and(|expires| expires > now) {
            return Err(InvalidToken("the token has expired"));
        }
        if time(payload, "nbf")?.is_some_and(|not_before| not_before > now) {
            return Err(InvalidToken("the token is not valid yet"));
        }
        if time(payload, "iat")?.is_some_and(|issued| issued > now) {
            return Err(InvalidToken("the token was issued in the future"));
        }
        Ok(())
    }

    fn is_for_us(&self, payload: &Json) -> bool {
        let known = |audience: &Json| {
            audience
                .as_text()
                .is_some_and(|name| self.audiences.iter().any(|a| a == name))
        };
        match (payload.get("aud"), payload.get("client_id")) {
            (Some(Json::List(audiences)), _) => audiences.iter().any(known),
            (Some(audience), _) => known(audience),
            (None, Some(client)) => known(client),
            (None, None) => false,
        }
    }
}

/// The token, which may stand alone or after `Bearer`.
fn token(authorization: &str) -> &str {
    let authorization = authorization.trim();
    match authorization.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim_start(),
        None if authorization.eq_ignore_ascii_case("bearer") => "",
        _ => authorization,
    }
}

fn decode(part: &str) -> Option<Json> {
    let bytes = URL_SAFE_NO_PAD.decode(part).ok()?;
    let json = Json::parse(std::str::from_utf8(&bytes).ok()?).ok()?;
    matches!(json, Json::Object(_)).then_some(json)
}

/// A time claim, which must be a number where it is there at all.
fn time(payload: &Json, claim: &str) -> Result<Option<f64>, Refusal> {
    match payload.get(claim) {
        None | Some(Json::Null) => Ok(None),
        Some(value) => value
            .as_f64()
            .map(Some)
            .ok_or(InvalidToken("a time claim is not a number")),
    }
}

/// The scopes of `scope`, a text with blanks between them, or of `scp`, that or a list.
fn scopes(payload: &Json) -> Vec<String> {
    match payload.get("scope").or_else(|| payload.get("scp")) {
        Some(Json::Text(text)) => text.split_ascii_whitespace().map(str::to_owned).collect(),
        Some(Json::List(items)) => items
            .iter()
            .filter_map(Json::as_text)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
#[path = "authorizer_tests.rs"]
mod tests;
