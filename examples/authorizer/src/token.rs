//! Verifies a token: its signature, issuer and times.

use std::time::Instant;

use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, Validation};
use serde_json::value::RawValue;

use crate::keys::{Keys, NoKey};
use crate::refusal::Refusal;

/// The accepted algorithms, those of API Gateway's own JWT authorizers. A token cannot choose `none`, or an HMAC that
/// would use the public key as a shared secret.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::RS256, Algorithm::RS384, Algorithm::RS512];

/// The maximum size in bytes. API Gateway accepts no more for all headers of a request together:
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html>
pub(crate) const MAX_SIZE: usize = 10_240;

const MALFORMED: &str = "the token is malformed";
const UNSUPPORTED: &str = "the token's header or its algorithm is not supported";

/// A token whose header has been read. Nothing in it is verified yet.
pub(crate) struct Token<'a> {
    text: &'a str,
    pub(crate) kid: String,
    algorithm: Algorithm,
}

impl<'a> Token<'a> {
    /// Reads the header of the token in the value of an `Authorization` header, with or without `Bearer`.
    pub(crate) fn read(authorization: &'a str) -> Result<Self, Refusal> {
        let text = without_scheme(authorization);
        if text.len() > MAX_SIZE {
            return Err(Refusal::unauthorized("the token is too large"));
        }
        let header = jsonwebtoken::decode_header(text)
            .map_err(|error| Refusal::unauthorized(header_error(&error)))?;
        // `jsonwebtoken` checks the algorithm again. Here, such a token does not cause a fetch of the keys.
        if !ALGORITHMS.contains(&header.alg) || header.crit.is_some() {
            return Err(Refusal::unauthorized(UNSUPPORTED));
        }
        let kid = header.kid;
        let kid = kid.ok_or_else(|| Refusal::unauthorized("the token has no `kid`"))?;
        Ok(Self {
            text,
            kid,
            algorithm: header.alg,
        })
    }

    /// Verifies the signature, and then the issuer and the times. Returns the payload's JSON text.
    pub(crate) async fn verify(
        &self,
        keys: &Keys,
        validation: &Validation,
        now: Instant,
    ) -> Result<Box<RawValue>, Refusal> {
        let key = match keys.find(&self.kid, now).await {
            Ok(key) => key,
            Err(NoKey::Unknown) => return Err(Refusal::unauthorized("the `kid` is unknown")),
            Err(NoKey::Unavailable) => {
                return Err(Refusal::failed("the issuer's keys are not available"));
            }
        };
        if !key.allows(self.algorithm) {
            return Err(Refusal::unauthorized("the key is for another algorithm"));
        }
        let token = jsonwebtoken::decode(self.text, &key.public, validation)
            .map_err(|error| Refusal::unauthorized(token_error(&error)))?;
        Ok(token.claims)
    }
}

/// The checks of `jsonwebtoken`, with its clock. The audience follows in `claims`, because its answer is another one.
pub(crate) fn validation(issuer: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::RS256);
    validation.algorithms = ALGORITHMS.to_vec();
    validation.set_issuer(&[issuer]);
    validation.set_required_spec_claims(&["exp", "iss", "sub"]);
    validation.validate_aud = false;
    validation.validate_nbf = true;
    validation.leeway = 0;
    // A token has expired in the second of its `exp` (RFC 7519, 4.1.4).
    validation.reject_tokens_expiring_in_less_than = 1;
    validation
}

fn without_scheme(authorization: &str) -> &str {
    match authorization.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim_ascii_start(),
        _ => authorization,
    }
}

fn header_error(error: &Error) -> &'static str {
    match error.kind() {
        // The header is JSON, but not of a token that `jsonwebtoken` supports.
        ErrorKind::Json(error) if error.is_data() => UNSUPPORTED,
        _ => MALFORMED,
    }
}

fn token_error(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::InvalidSignature => "the signature is invalid",
        ErrorKind::InvalidIssuer => "the token is of another issuer",
        ErrorKind::ExpiredSignature => "the token has expired",
        ErrorKind::ImmatureSignature => "the token is not valid yet",
        ErrorKind::MissingRequiredClaim(_) => "`exp`, `iss` or `sub` is missing or malformed",
        ErrorKind::InvalidClaimFormat(_) => "`exp` or `nbf` is not a number",
        _ => MALFORMED,
    }
}
