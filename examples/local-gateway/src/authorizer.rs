//! The JWT authorizer's rules: who comes through, and with which claims.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html>
//! lists what is checked. What it leaves open is decided against the token.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, Validation};
use require_claims::testing::render::{self, Numbers};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::keys::Keys;

/// The algorithms that API Gateway takes: no token can choose `none`, or one that takes the
/// public key for a shared secret.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::RS256, Algorithm::RS384, Algorithm::RS512];

/// One JWT authorizer: an issuer, the audiences that it may write tokens for, and its keys.
#[derive(Debug)]
pub struct Authorizer {
    validation: Validation,
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
            validation: validation(issuer.into()),
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
    ) -> Result<Identity, Refusal> {
        let token = authorization
            .map(bearer_token)
            .filter(|token| !token.is_empty())
            .ok_or(Refusal::NoToken)?;
        let json = self.verified_payload(token).await?;
        let payload = known_claims(json.get()).map_err(|_| InvalidToken(MALFORMED))?;
        self.check_claims(&payload)?;

        let scopes = if route_scopes.is_empty() {
            None
        } else {
            let scopes = scopes(&payload);
            if !scopes.iter().any(|scope| route_scopes.contains(scope)) {
                return Err(Refusal::InsufficientScope);
            }
            Some(scopes)
        };
        let claims = render::claims(json.get(), self.numbers)
            .map_err(|_| InvalidToken("the payload cannot be decoded"))?;
        Ok(Identity { claims, scopes })
    }

    /// The payload of a token that one of the issuer's keys has signed and that is valid now.
    async fn verified_payload(&self, token: &str) -> Result<Box<RawValue>, Refusal> {
        let header = jsonwebtoken::decode_header(token)
            .map_err(|error| InvalidToken(header_error(&error)))?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(InvalidToken(UNSUPPORTED));
        }
        if header.crit.is_some() {
            return Err(InvalidToken("a critical header is not understood"));
        }
        let key_id = header.kid.ok_or(InvalidToken("the token has no key id"))?;
        let key = self
            .keys
            .find(&key_id, Instant::now())
            .await
            .ok_or(InvalidToken("the key is unknown"))?;
        if !key.is_for(header.alg) {
            return Err(InvalidToken("the key is for another algorithm"));
        }
        // As its text, so that the claims' numbers can be rendered from their spelling.
        let token = jsonwebtoken::decode(token, &key.public, &self.validation)
            .map_err(|error| InvalidToken(token_error(&error)))?;
        Ok(token.claims)
    }

    /// What API Gateway asks beyond [`validation`].
    fn check_claims(&self, payload: &Value) -> Result<(), Refusal> {
        // A list with the issuer in it would be valid.
        if payload.get("iss").and_then(Value::as_str).is_none() {
            return Err(InvalidToken(INVALID_ISSUER));
        }
        if !self.has_accepted_audience(payload) {
            return Err(InvalidToken("the token does not have a valid audience"));
        }
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0.0, |since| since.as_secs_f64());
        if time_claim(payload, "iat")?.is_some_and(|issued| issued > now) {
            return Err(InvalidToken("the token was issued in the future"));
        }
        Ok(())
    }

    fn has_accepted_audience(&self, payload: &Value) -> bool {
        let known = |audience: &Value| {
            audience
                .as_str()
                .is_some_and(|name| self.audiences.iter().any(|a| a == name))
        };
        match (payload.get("aud"), payload.get("client_id")) {
            (Some(Value::Array(audiences)), _) => audiences.iter().any(known),
            (Some(audience), _) => known(audience),
            (None, Some(client)) => known(client),
            (None, None) => false,
        }
    }
}

/// The claims that the authorizer looks at, each read on its own: one that is not text is missing, and
/// changes nothing for the others. Of a claim that occurs twice the last one counts, as in Go.
fn known_claims(payload: &str) -> serde_json::Result<Value> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(payload)?;
    let known = ["iss", "aud", "client_id", "iat", "scope", "scp"].into_iter();
    let known = known.filter_map(|key| {
        let claim = members.get(key)?;
        Some((key, serde_json::from_str::<Value>(claim.get()).ok()?))
    });
    Ok(known.collect())
}

/// What `jsonwebtoken` checks: the signature, the issuer and the times.
fn validation(issuer: String) -> Validation {
    let mut validation = Validation::new(Algorithm::RS256);
    validation.algorithms = ALGORITHMS.to_vec();
    validation.set_issuer(&[issuer]);
    validation.set_required_spec_claims(&["exp", "iss"]);
    validation.leeway = 0;
    // On `exp` itself a token has expired (RFC 7519, 4.1.4); without this it would not have.
    validation.reject_tokens_expiring_in_less_than = 1;
    validation.validate_nbf = true;
    // `client_id` may stand for an absent audience, but not for one of a wrong type, which counts
    // as absent there.
    validation.validate_aud = false;
    validation
}

const INVALID_ISSUER: &str = "the token does not have a valid issuer";
const MALFORMED: &str = "the token is malformed";
const UNSUPPORTED: &str = "the header or its algorithm is not supported";

/// Why a header cannot be read.
fn header_error(error: &Error) -> &'static str {
    match error.kind() {
        // It is JSON, but not of a header with an algorithm that `jsonwebtoken` knows.
        ErrorKind::Json(error) if error.is_data() => UNSUPPORTED,
        _ => MALFORMED,
    }
}

/// Why a token whose header has been read is not valid.
fn token_error(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::InvalidSignature => "the signature does not match",
        ErrorKind::InvalidIssuer => INVALID_ISSUER,
        ErrorKind::MissingRequiredClaim(claim) if claim == "iss" => INVALID_ISSUER,
        // `exp` is missing or not a number; it is past; it is 0.
        ErrorKind::MissingRequiredClaim(_)
        | ErrorKind::ExpiredSignature
        | ErrorKind::InvalidToken => "the token has expired",
        ErrorKind::ImmatureSignature => "the token is not valid yet",
        ErrorKind::InvalidClaimFormat(_) => "a time claim is not a number",
        _ => MALFORMED,
    }
}

/// The token, which may stand alone or after `Bearer`.
fn bearer_token(authorization: &str) -> &str {
    // Only blanks as HTTP has them: a token behind another kind of blank is none.
    let authorization = authorization.trim_ascii();
    match authorization.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim_ascii_start(),
        None if authorization.eq_ignore_ascii_case("bearer") => "",
        _ => authorization,
    }
}

/// A time claim, which must be a number where it is there at all.
fn time_claim(payload: &Value, claim: &str) -> Result<Option<f64>, Refusal> {
    match payload.get(claim) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value
            .as_f64()
            .map(Some)
            .ok_or(InvalidToken("a time claim is not a number")),
    }
}

/// The scopes of `scope`, a text with blanks between them, or of `scp`, that or a list.
fn scopes(payload: &Value) -> Vec<String> {
    match payload.get("scope").or_else(|| payload.get("scp")) {
        Some(Value::String(text)) => text.split_ascii_whitespace().map(str::to_owned).collect(),
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
