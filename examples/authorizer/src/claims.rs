//! Checks the claims of a verified token: its audience, and SuperTokens' type of token.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::refusal::Refusal;

/// The user of an accepted token, and all its claims.
pub(crate) struct Identity {
    /// The `sub` of the token.
    pub(crate) principal: String,
    /// The payload of the token as it was signed.
    pub(crate) payload: Box<RawValue>,
}

/// The accepted tokens.
pub(crate) struct AcceptedTokens {
    /// A token must have one of these audiences.
    pub(crate) audiences: Vec<String>,
    /// Whether OAuth 2 access tokens are accepted, in addition to sessions.
    pub(crate) oauth2: bool,
}

/// A claim that occurs twice is an error. `iss` is only checked to be a string: `jsonwebtoken`, which compares it, also
/// accepts a list.
#[derive(Deserialize)]
struct Claims {
    #[serde(rename = "iss")]
    _issuer: String,
    sub: String,
    aud: Option<Audience>,
    /// Tokens of other issuers do not have this claim. They count as sessions.
    #[serde(default = "session")]
    stt: Value,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

fn session() -> Value {
    SESSION.into()
}

/// The values of `stt`.
const SESSION: u64 = 0;
const OAUTH2: u64 = 1;

impl AcceptedTokens {
    /// Checks the payload of a verified token.
    pub(crate) fn check(&self, payload: Box<RawValue>) -> Result<Identity, Refusal> {
        let claims: Claims = serde_json::from_str(payload.get())
            .map_err(|_| Refusal::unauthorized("a claim is malformed or occurs twice"))?;
        // API Gateway would accept it, and functions would take it for the id of a user.
        if claims.sub.is_empty() {
            return Err(Refusal::unauthorized("`sub` is empty"));
        }
        if !self.includes_audience(claims.aud.as_ref()) {
            let reason = "the token is for another audience";
            return Err(Refusal::denied(claims.sub, reason));
        }
        match claims.stt.as_u64() {
            Some(SESSION) => {}
            Some(OAUTH2) if self.oauth2 => {}
            Some(OAUTH2) => {
                let reason = "the token is an OAuth 2 access token; set `ALLOW_OAUTH2` to allow it";
                return Err(Refusal::denied(claims.sub, reason));
            }
            _ => return Err(Refusal::denied(claims.sub, "the type in `stt` is unknown")),
        }
        Ok(Identity {
            principal: claims.sub,
            payload,
        })
    }

    fn includes_audience(&self, audience: Option<&Audience>) -> bool {
        match audience {
            None => false,
            Some(Audience::One(name)) => self.audiences.contains(name),
            Some(Audience::Several(names)) => {
                names.iter().any(|name| self.audiences.contains(name))
            }
        }
    }
}
