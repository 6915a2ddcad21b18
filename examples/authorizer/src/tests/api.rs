//! An API with the authorizer: its events for each type of authorizer, and the results.

use std::time::Instant;

use jsonwebtoken::get_current_timestamp;
use serde_json::{Value, json};

use super::issuer::TestIssuer;
use super::signer::FIRST;
use crate::authorizer::Authorizer;
use crate::settings::Settings;

/// A kind of API, with a type of Lambda authorizer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Api {
    RestRequest,
    RestToken,
    WebSocket,
    Http1,
    Http2,
}

impl Api {
    pub(super) const ALL: [Self; 5] = [
        Self::RestRequest,
        Self::RestToken,
        Self::WebSocket,
        Self::Http1,
        Self::Http2,
    ];

    /// The event for a request with this value in `Authorization`.
    pub(super) fn event(self, authorization: &str) -> Value {
        let route = "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/prod";
        match self {
            Self::RestToken => json!({
                "type": "TOKEN",
                "methodArn": format!("{route}/GET/orders"),
                "authorizationToken": authorization,
            }),
            Self::RestRequest => json!({
                "type": "REQUEST",
                "methodArn": format!("{route}/GET/orders"),
                "resource": "/orders",
                "path": "/orders",
                "httpMethod": "GET",
                "headers": {"Accept": "*/*", "Authorization": authorization},
                "multiValueHeaders": {"Accept": ["*/*"], "Authorization": [authorization]},
                "queryStringParameters": null,
                "pathParameters": null,
                "requestContext": {"stage": "prod", "httpMethod": "GET", "path": "/prod/orders"},
            }),
            Self::WebSocket => json!({
                "type": "REQUEST",
                "methodArn": format!("{route}/$connect"),
                "headers": {"Authorization": authorization, "Upgrade": "websocket"},
                "multiValueHeaders": {"Authorization": [authorization], "Upgrade": ["websocket"]},
                "requestContext": {"routeKey": "$connect", "eventType": "CONNECT", "stage": "prod"},
            }),
            Self::Http1 => json!({
                "version": "1.0",
                "type": "REQUEST",
                "methodArn": format!("{route}/GET/orders"),
                "identitySource": authorization,
                "authorizationToken": authorization,
                "resource": "/orders",
                "path": "/orders",
                "httpMethod": "GET",
                "headers": {"accept": "*/*", "authorization": authorization},
                "requestContext": {"stage": "prod", "httpMethod": "GET", "path": "/prod/orders"},
            }),
            Self::Http2 => json!({
                "version": "2.0",
                "type": "REQUEST",
                "routeArn": format!("{route}/GET/orders"),
                "identitySource": [authorization],
                "routeKey": "GET /orders",
                "rawPath": "/orders",
                "headers": {"accept": "*/*", "authorization": authorization},
                "requestContext": {"stage": "prod", "http": {"method": "GET", "path": "/orders"}},
            }),
        }
    }
}

/// What the client receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Allowed,
    Unauthorized,
    Denied,
    Failed,
}

/// An authorizer, its issuer, and the time.
pub(super) struct Fixture {
    pub(super) issuer: TestIssuer,
    pub(super) authorizer: Authorizer,
    /// The time of the next request, for the cache of the keys.
    pub(super) now: Instant,
}

impl Fixture {
    pub(super) async fn start() -> Self {
        Self::start_with(&["orders", "backoffice"], false).await
    }

    pub(super) async fn start_with(audiences: &[&str], allow_oauth2: bool) -> Self {
        let issuer = TestIssuer::start().await;
        let settings = Settings {
            issuer: issuer.url.clone(),
            audiences: audiences.iter().map(|name| (*name).to_owned()).collect(),
            allow_oauth2,
        };
        Self {
            issuer,
            authorizer: Authorizer::new(settings),
            now: Instant::now(),
        }
    }

    /// The payload of a session that is accepted.
    pub(super) fn payload(&self) -> Value {
        let now = get_current_timestamp();
        json!({
            "iss": self.issuer.url, "aud": "orders", "sub": "user-1", "stt": 0,
            "iat": now - 60, "exp": now + 3600,
            "st-role": {"v": ["customer", "admin"], "t": 1_700_000_000_123_u64},
        })
    }

    /// The payload with another value of a claim, or without it if the value is `null`.
    pub(super) fn payload_with(&self, claim: &str, value: Value) -> Value {
        let mut payload = self.payload();
        let members = payload.as_object_mut().unwrap();
        match value {
            Value::Null => members.remove(claim),
            value => members.insert(claim.to_owned(), value),
        };
        payload
    }

    /// A token that is accepted.
    pub(super) fn token(&self) -> String {
        FIRST.sign(&self.payload())
    }

    pub(super) async fn respond(&self, event: &Value) -> Result<Value, String> {
        let response = self.authorizer.respond(event, self.now).await;
        response.map_err(|error| error.error_message)
    }

    /// What the client receives for an event, as API Gateway reads the authorizer's response.
    pub(super) async fn outcome_of(&self, event: &Value) -> Outcome {
        match self.respond(event).await {
            Ok(response) => match &response["policyDocument"]["Statement"][0]["Effect"] {
                Value::String(effect) if effect == "Allow" => Outcome::Allowed,
                Value::String(effect) if effect == "Deny" => Outcome::Denied,
                _ if response["isAuthorized"] == true => Outcome::Allowed,
                _ if response["isAuthorized"] == false => Outcome::Denied,
                _ => panic!("API Gateway does not understand {response}"),
            },
            Err(message) if message == "Unauthorized" => Outcome::Unauthorized,
            Err(_) => Outcome::Failed,
        }
    }

    /// What the client receives for a request with this value in `Authorization`, behind each kind of API.
    pub(super) async fn outcome(&self, authorization: &str) -> Outcome {
        let outcome = self
            .outcome_of(&Api::RestRequest.event(authorization))
            .await;
        for api in Api::ALL {
            let other = self.outcome_of(&api.event(authorization)).await;
            assert_eq!(other, outcome, "{api:?}");
        }
        outcome
    }

    /// The same for a token with this payload.
    pub(super) async fn outcome_for(&self, payload: &Value) -> Outcome {
        self.outcome(&FIRST.sign(payload)).await
    }
}
