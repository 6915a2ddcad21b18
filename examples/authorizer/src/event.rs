//! The event: which response API Gateway expects, and the `Authorization` header of the request.
//!
//! The events are described for
//! [REST APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html)
//! and [HTTP APIs](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html).

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use crate::refusal::Refusal;
use crate::response::{Format, stage_of};

/// An event of API Gateway, of each type and payload format.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Event {
    #[serde(rename = "type")]
    kind: EventType,
    /// Only in events of HTTP APIs.
    version: Option<String>,
    /// Absent in payload format 2.0.
    method_arn: Option<String>,
    /// The token of an event of the type `TOKEN`.
    authorization_token: Option<String>,
    headers: Option<HashMap<String, String>>,
    /// Only in events of REST APIs and WebSocket APIs.
    multi_value_headers: Option<HashMap<String, Vec<String>>>,
    /// Only in events of HTTP APIs.
    identity_source: Option<IdentitySource>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum EventType {
    Token,
    Request,
}

/// The values of the identity sources.
#[derive(Deserialize)]
#[serde(untagged)]
enum IdentitySource {
    /// Joined with commas, in payload format 1.0.
    Joined(String),
    Separate(Vec<String>),
}

const SEVERAL: &str = "the request has several `Authorization` headers";

impl Event {
    /// Reads an event. The error of `serde_json` could contain personal data, so it is not kept.
    pub(crate) fn read(event: &Value) -> Result<Self, Refusal> {
        Self::deserialize(event).map_err(|_| {
            Refusal::failed("the event is not one for a Lambda authorizer of API Gateway")
        })
    }

    /// The format of the response.
    pub(crate) fn format(&self) -> Result<Format, Refusal> {
        match self.version.as_deref() {
            Some("2.0") => Ok(Format::Simple),
            None | Some("1.0") => {
                let resource = self.method_arn.as_deref().and_then(stage_of);
                let resource = resource
                    .ok_or_else(|| Refusal::failed("the event has no valid `methodArn`"))?;
                Ok(Format::Policy { resource })
            }
            Some(_) => Err(Refusal::failed("the payload format is unknown")),
        }
    }

    /// The value of the request's only `Authorization` header.
    pub(crate) fn authorization(&self) -> Result<&str, Refusal> {
        let value = match self.kind {
            EventType::Token => self.authorization_token.as_deref(),
            EventType::Request => self.header()?,
        };
        let value = value.map(str::trim_ascii).filter(|value| !value.is_empty());
        let value = value.ok_or_else(|| Refusal::unauthorized("the request has no token"))?;
        // An HTTP API joins several headers of one name with commas, which a token does not contain.
        if value.contains(',') {
            return Err(Refusal::unauthorized(SEVERAL));
        }
        self.check_identity_source(value)?;
        Ok(value)
    }

    /// The header in an event of the type `REQUEST`. `multiValueHeaders` has all its values, and `headers` only one.
    fn header(&self) -> Result<Option<&str>, Refusal> {
        let single = self.headers.iter().flatten();
        let single = single.filter(|(name, _)| is_authorization(name));
        let single: Vec<_> = single.map(|(_, value)| value.as_str()).collect();
        let multiple = self.multi_value_headers.iter().flatten();
        let multiple = multiple.filter(|(name, _)| is_authorization(name));
        let multiple: Vec<_> = multiple.flat_map(|(_, values)| values).collect();
        match (single.as_slice(), multiple.as_slice()) {
            ([], []) => Ok(None),
            ([value], []) => Ok(Some(value)),
            ([], [value]) => Ok(Some(value)),
            ([one], [other]) if one == other => Ok(Some(one)),
            _ => Err(Refusal::unauthorized(SEVERAL)),
        }
    }

    /// Checks that the header is an identity source, if the event has any. API Gateway caches results by identity
    /// source, so with another one, it would pass the claims of one token to requests with other tokens.
    fn check_identity_source(&self, header: &str) -> Result<(), Refusal> {
        let is_header = |value: &str| value.trim_ascii() == header;
        let is_source = match &self.identity_source {
            None => true,
            Some(IdentitySource::Joined(values)) => {
                values.is_empty() || values.split(',').any(is_header)
            }
            Some(IdentitySource::Separate(values)) => {
                values.is_empty() || values.iter().any(|value| is_header(value))
            }
        };
        if is_source {
            Ok(())
        } else {
            Err(Refusal::failed(
                "the authorizer's identity source is not the `Authorization` header; set it to \
                 `$request.header.Authorization`",
            ))
        }
    }
}

fn is_authorization(name: &str) -> bool {
    name.eq_ignore_ascii_case("authorization")
}
