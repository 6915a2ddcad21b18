//! The steps of a request: read the event, verify the token, check its claims, and respond.

use std::time::Instant;

use jsonwebtoken::Validation;
use lambda_runtime::Diagnostic;
use serde_json::Value;

use crate::claims::{AcceptedTokens, Identity};
use crate::event::Event;
use crate::keys::Keys;
use crate::keys::issuer::Issuer;
use crate::refusal::{Kind, Refusal};
use crate::settings::Settings;
use crate::token::{self, Token};

/// An authorizer for the tokens of one issuer.
pub(crate) struct Authorizer {
    keys: Keys,
    validation: Validation,
    accepted: AcceptedTokens,
}

impl Authorizer {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            validation: token::validation(&settings.issuer),
            keys: Keys::new(Issuer::new(settings.issuer)),
            accepted: AcceptedTokens {
                audiences: settings.audiences,
                oauth2: settings.allow_oauth2,
            },
        }
    }

    /// Fetches the keys at start, so that the first request does not wait for them. A wrong URL is logged.
    pub(crate) async fn fetch_keys(&self, now: Instant) {
        self.keys.prepare(now).await;
    }

    /// Returns the response to an event.
    ///
    /// # Errors
    ///
    /// The error `Unauthorized` is a 401, and any other a 500.
    pub(crate) async fn respond(&self, event: &Value, now: Instant) -> Result<Value, Diagnostic> {
        let refused = |refusal: Refusal| {
            refusal.log();
            refusal.into_error()
        };
        let event = Event::read(event).map_err(refused)?;
        let format = event.format().map_err(refused)?;
        match self.identify(&event, now).await {
            Ok(identity) => Ok(format.allow(&identity)),
            Err(refusal) => match &refusal.kind {
                Kind::Denied { principal } => {
                    let response = format.deny(principal);
                    refusal.log();
                    Ok(response)
                }
                Kind::Unauthorized | Kind::Failed => Err(refused(refusal)),
            },
        }
    }

    /// The user of the token in an event.
    async fn identify(&self, event: &Event, now: Instant) -> Result<Identity, Refusal> {
        let token = Token::read(event.authorization()?)?;
        let payload = token.verify(&self.keys, &self.validation, now).await;
        payload
            .and_then(|payload| self.accepted.check(payload))
            .map_err(|refusal| refusal.with_kid(&token.kid))
    }
}
