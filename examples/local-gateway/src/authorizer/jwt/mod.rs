//! The JWT authorizer: verifies the token of a request and renders its claims.
//!
//! The checks follow
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html> and
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer.html>. If these pages
//! do not specify a case, the token is rejected.

mod config;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, Validation};
use require_claims::testing::render::{self, Numbers};
use serde_json::Value;
use serde_json::value::RawValue;

pub(crate) use self::config::{ELLIPTIC_CURVES, RSA};
pub use self::config::{JwtAuthorizer, TrustedIssuer};
use super::AuthorizationError::{self, InvalidToken};
use super::Identity;
use crate::keys::Keys;

/// A JWT authorizer with the keys of its issuers.
#[derive(Debug)]
pub(crate) struct Authorizer {
    config: JwtAuthorizer,
    issuers: Vec<Issuer>,
    form: ClaimForm,
}

/// An accepted issuer: its URL, its audiences and its keys.
#[derive(Clone, Debug)]
pub(crate) struct Issuer {
    pub(crate) url: String,
    pub(crate) audiences: Vec<String>,
    pub(crate) keys: Arc<Keys>,
}

/// How the claims are passed to the function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClaimForm {
    /// As text, by an HTTP API.
    Text(Numbers),
    /// With their JSON types, by a REST API.
    Json,
}

impl Authorizer {
    /// Creates an authorizer for tokens of these issuers.
    pub(crate) fn new(config: JwtAuthorizer, issuers: Vec<Issuer>, form: ClaimForm) -> Self {
        Self {
            config,
            issuers,
            form,
        }
    }

    pub(crate) fn config(&self) -> &JwtAuthorizer {
        &self.config
    }

    /// Checks the value of a request's identity source.
    ///
    /// # Errors
    ///
    /// Returns the reason if the request must be rejected.
    pub(crate) async fn check(
        &self,
        identity: Option<&str>,
        route_scopes: &[String],
    ) -> Result<Identity, AuthorizationError> {
        let token = identity
            .map(bearer_token)
            .filter(|token| !token.is_empty())
            .ok_or(AuthorizationError::MissingToken)?;
        let issuer = self.issuer_of(token)?;
        let json = self.verified_payload(token, issuer).await?;
        let payload = known_claims(json.get()).map_err(|_| InvalidToken(MALFORMED))?;
        self.check_claims(&payload, issuer)?;

        let scopes = if route_scopes.is_empty() {
            None
        } else {
            let scopes = scopes(&payload);
            if !scopes.iter().any(|scope| route_scopes.contains(scope)) {
                return Err(AuthorizationError::InsufficientScope);
            }
            Some(scopes)
        };
        match self.form {
            ClaimForm::Text(numbers) => render::claims(json.get(), numbers)
                .map(|claims| Identity::HttpJwt { claims, scopes })
                .map_err(|_| InvalidToken(UNDECODABLE)),
            ClaimForm::Json => serde_json::from_str(json.get())
                .map(Identity::RestJwt)
                .map_err(|_| InvalidToken(UNDECODABLE)),
        }
    }

    /// The issuer whose keys verify the token. If there are several, the token's own `iss` selects one: its signature
    /// is checked afterwards, with the keys of that issuer only.
    fn issuer_of(&self, token: &str) -> Result<&Issuer, AuthorizationError> {
        if let [only] = self.issuers.as_slice() {
            return Ok(only);
        }
        let payload = token.split('.').nth(1).unwrap_or_default();
        let payload = URL_SAFE_NO_PAD
            .decode(payload)
            .map_err(|_| InvalidToken(MALFORMED))?;
        let payload: Value =
            serde_json::from_slice(&payload).map_err(|_| InvalidToken(MALFORMED))?;
        let named = payload.get("iss").and_then(Value::as_str);
        self.issuers
            .iter()
            .find(|issuer| Some(issuer.url.as_str()) == named)
            .ok_or(InvalidToken(INVALID_ISSUER))
    }

    /// Verifies the signature, the issuer and the times of a token, and returns its payload.
    async fn verified_payload(
        &self,
        token: &str,
        issuer: &Issuer,
    ) -> Result<Box<RawValue>, AuthorizationError> {
        let header = jsonwebtoken::decode_header(token)
            .map_err(|error| InvalidToken(header_error(&error)))?;
        if !self.config.algorithms.contains(&header.alg) {
            return Err(InvalidToken(UNSUPPORTED));
        }
        if header.crit.is_some() {
            return Err(InvalidToken("the token has an unsupported critical header"));
        }
        let key_id = header.kid.ok_or(InvalidToken("the token has no key id"))?;
        let key = issuer
            .keys
            .find(&key_id, Instant::now())
            .await
            .ok_or(InvalidToken("the token's key id is unknown"))?;
        if !key.allows(header.alg) {
            return Err(InvalidToken("the key is for another algorithm"));
        }
        // Keep the JSON text, because the rendering of numbers depends on their spelling.
        let token = jsonwebtoken::decode(token, &key.public, &validation(&issuer.url, header.alg))
            .map_err(|error| InvalidToken(token_error(&error)))?;
        Ok(token.claims)
    }

    /// The checks of API Gateway that [`validation`] does not cover.
    fn check_claims(&self, payload: &Value, issuer: &Issuer) -> Result<(), AuthorizationError> {
        // `jsonwebtoken` would also accept a list that contains the issuer.
        if payload.get("iss").and_then(Value::as_str).is_none() {
            return Err(InvalidToken(INVALID_ISSUER));
        }
        if !self.has_accepted_audience(payload, &issuer.audiences) {
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

    /// Checks the audience. Only an HTTP API accepts `client_id` in its place.
    fn has_accepted_audience(&self, payload: &Value, accepted: &[String]) -> bool {
        let is_accepted = |audience: &Value| {
            audience
                .as_str()
                .is_some_and(|name| accepted.iter().any(|a| a == name))
        };
        match (payload.get("aud"), payload.get("client_id")) {
            (Some(Value::Array(audiences)), _) => audiences.iter().any(is_accepted),
            (Some(audience), _) => is_accepted(audience),
            (None, Some(client)) => self.form != ClaimForm::Json && is_accepted(client),
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
fn validation(issuer: &str, algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
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
const UNDECODABLE: &str = "the payload cannot be decoded";
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
