//! The JWT authorizer: verifies the token of a request and renders its claims.
//!
//! The checks follow
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html>. If that page
//! does not specify a case, the token is rejected.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, Validation};
use require_claims::testing::render::{self, Numbers};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::keys::Keys;

/// The algorithms that API Gateway accepts. A token cannot choose `none`, or an HMAC algorithm that would use
/// the public key as a shared secret.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::RS256, Algorithm::RS384, Algorithm::RS512];

/// A JWT authorizer for one issuer, its keys, and the accepted audiences.
#[derive(Debug)]
pub struct Authorizer {
    validation: Validation,
    audiences: Vec<String>,
    keys: Keys,
    numbers: Numbers,
}

/// The content of an accepted token that is passed to the function.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// All claims as the text that the gateway renders.
    pub claims: BTreeMap<String, String>,
    /// The token's scopes, or `None` if the route requires no scope.
    pub scopes: Option<Vec<String>>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Only the names of the claims: the values are personal data.
        f.debug_struct("Identity")
            .field("claims", &self.claims.keys())
            .finish_non_exhaustive()
    }
}

/// The reason why the authorizer rejected a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorizationError {
    /// The request contains no token (401).
    MissingToken,
    /// The token is invalid, for this reason (401).
    InvalidToken(&'static str),
    /// The token is valid, but has none of the route's scopes (403).
    InsufficientScope,
}

use AuthorizationError::InvalidToken;

impl Authorizer {
    /// Creates an authorizer for tokens of this issuer, signed with these keys, for any of these audiences.
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

    /// Checks the value of a request's `Authorization` header.
    ///
    /// # Errors
    ///
    /// Returns the reason if the request must be rejected.
    pub async fn check(
        &self,
        authorization: Option<&str>,
        route_scopes: &[String],
    ) -> Result<Identity, AuthorizationError> {
        let token = authorization
            .map(bearer_token)
            .filter(|token| !token.is_empty())
            .ok_or(AuthorizationError::MissingToken)?;
        let json = self.verified_payload(token).await?;
        let payload = known_claims(json.get()).map_err(|_| InvalidToken(MALFORMED))?;
        self.check_claims(&payload)?;

        let scopes = if route_scopes.is_empty() {
            None
        } else {
            let scopes = scopes(&payload);
            if !scopes.iter().any(|scope| route_scopes.contains(scope)) {
                return Err(AuthorizationError::InsufficientScope);
            }
            Some(scopes)
        };
        let claims = render::claims(json.get(), self.numbers)
            .map_err(|_| InvalidToken("the payload cannot be decoded"))?;
        Ok(Identity { claims, scopes })
    }

    /// Verifies the signature, the issuer and the times of a token, and returns its payload.
    async fn verified_payload(&self, token: &str) -> Result<Box<RawValue>, AuthorizationError> {
        let header = jsonwebtoken::decode_header(token)
            .map_err(|error| InvalidToken(header_error(&error)))?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(InvalidToken(UNSUPPORTED));
        }
        if header.crit.is_some() {
            return Err(InvalidToken("the token has an unsupported critical header"));
        }
        let key_id = header.kid.ok_or(InvalidToken("the token has no key id"))?;
        let key = self
            .keys
            .find(&key_id, Instant::now())
            .await
            .ok_or(InvalidToken("the token's key id is unknown"))?;
        if !key.allows(header.alg) {
            return Err(InvalidToken("the key is for another algorithm"));
        }
        // Keep the JSON text, because the rendering of numbers depends on their spelling.
        let token = jsonwebtoken::decode(token, &key.public, &self.validation)
            .map_err(|error| InvalidToken(token_error(&error)))?;
        Ok(token.claims)
    }

    /// The checks of API Gateway that [`validation`] does not cover.
    fn check_claims(&self, payload: &Value) -> Result<(), AuthorizationError> {
        // `jsonwebtoken` would also accept a list that contains the issuer.
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
        let is_accepted = |audience: &Value| {
            audience
                .as_str()
                .is_some_and(|name| self.audiences.iter().any(|a| a == name))
        };
        match (payload.get("aud"), payload.get("client_id")) {
            (Some(Value::Array(audiences)), _) => audiences.iter().any(is_accepted),
            (Some(audience), _) => is_accepted(audience),
            (None, Some(client)) => is_accepted(client),
            (None, None) => false,
        }
    }
}

/// The claims that the authorizer checks. Each is parsed separately: if one cannot be parsed, it counts as
/// missing and does not affect the others. If a claim occurs twice, the last value counts, as in Go.
fn known_claims(payload: &str) -> serde_json::Result<Value> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(payload)?;
    let known = ["iss", "aud", "client_id", "iat", "scope", "scp"].into_iter();
    let known = known.filter_map(|key| {
        let claim = members.get(key)?;
        Some((key, serde_json::from_str::<Value>(claim.get()).ok()?))
    });
    Ok(known.collect())
}

/// The checks that `jsonwebtoken` performs: signature, issuer and times.
fn validation(issuer: String) -> Validation {
    let mut validation = Validation::new(Algorithm::RS256);
    validation.algorithms = ALGORITHMS.to_vec();
    validation.set_issuer(&[issuer]);
    validation.set_required_spec_claims(&["exp", "iss"]);
    validation.leeway = 0;
    // By default, `jsonwebtoken` still accepts a token in the second of its `exp`, when it has already expired
    // (RFC 7519, 4.1.4).
    validation.reject_tokens_expiring_in_less_than = 1;
    validation.validate_nbf = true;
    // The audience is checked in `has_accepted_audience`: `jsonwebtoken` treats an `aud` of the wrong type as
    // missing, but then `client_id` must not replace it.
    validation.validate_aud = false;
    validation
}

const INVALID_ISSUER: &str = "the token does not have a valid issuer";
const MALFORMED: &str = "the token is malformed";
const UNSUPPORTED: &str = "the header or its algorithm is not supported";

/// Describes an error of decoding the header.
fn header_error(error: &Error) -> &'static str {
    match error.kind() {
        // The header is JSON, but not a valid header with an algorithm that `jsonwebtoken` supports.
        ErrorKind::Json(error) if error.is_data() => UNSUPPORTED,
        _ => MALFORMED,
    }
}

/// Describes an error of verifying a token whose header is valid.
fn token_error(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::InvalidSignature => "the signature does not match",
        ErrorKind::InvalidIssuer => INVALID_ISSUER,
        ErrorKind::MissingRequiredClaim(claim) if claim == "iss" => INVALID_ISSUER,
        // In this order: `exp` is missing or not a number, is in the past, or is 0.
        ErrorKind::MissingRequiredClaim(_)
        | ErrorKind::ExpiredSignature
        | ErrorKind::InvalidToken => "the token has expired",
        ErrorKind::ImmatureSignature => "the token is not valid yet",
        ErrorKind::InvalidClaimFormat(_) => "a time claim is not a number",
        _ => MALFORMED,
    }
}

/// Extracts the token, with or without the prefix `Bearer`.
fn bearer_token(authorization: &str) -> &str {
    // Trim ASCII whitespace only. A token next to other whitespace is invalid.
    let authorization = authorization.trim_ascii();
    match authorization.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim_ascii_start(),
        None if authorization.eq_ignore_ascii_case("bearer") => "",
        _ => authorization,
    }
}

/// Reads an optional time claim, which must be a number if present.
fn time_claim(payload: &Value, claim: &str) -> Result<Option<f64>, AuthorizationError> {
    match payload.get(claim) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value
            .as_f64()
            .map(Some)
            .ok_or(InvalidToken("a time claim is not a number")),
    }
}

/// The token's scopes, from `scope` or else `scp`: a string with spaces between the scopes, or a list.
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
