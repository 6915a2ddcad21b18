//! The event that the function is invoked with, in both payload formats of an HTTP API.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>

mod format_1_0;
mod format_2_0;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::SystemTime;

use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, USER_AGENT};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::authorizer::Identity;

/// The payload format of the integration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PayloadFormat {
    /// Format 1.0, close to that of a REST API.
    V1,
    /// Format 2.0, the default of an HTTP API.
    #[default]
    V2,
}

/// The account that the events name: the one of AWS's examples.
pub(crate) const ACCOUNT: &str = "123456789012";
pub(crate) const REGION: &str = "us-east-1";
pub(crate) const API: &str = "local";
/// The only stage, whose name is in no path.
pub(crate) const STAGE: &str = "$default";

/// A request that has come through the authorizer, if its route has one.
#[derive(Debug)]
pub struct IncomingRequest<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The path, percent-decoded: so an HTTP API hands it over in both formats, other than REST
    /// APIs and function URLs.
    pub path: &'a str,
    /// The query string as it was sent.
    pub query: &'a str,
    /// `HTTP/1.1`.
    pub protocol: &'a str,
    /// The headers as they were sent, and those that the gateway adds.
    pub headers: &'a HeaderMap,
    /// The whole body.
    pub body: &'a [u8],
    /// Who sent it.
    pub source_ip: IpAddr,
    /// The route's key.
    pub route: &'a str,
    /// The path of the route's key.
    pub resource: &'a str,
    /// The variable parts of the path.
    pub path_parameters: &'a BTreeMap<String, String>,
    /// What the authorizer found; `None` where the route has none.
    pub identity: Option<&'a Identity>,
    /// When it came in.
    pub time: SystemTime,
    /// The gateway's id of the request.
    pub request_id: &'a str,
}

impl PayloadFormat {
    /// The event for a request.
    #[must_use]
    pub fn event(self, incoming: &IncomingRequest<'_>) -> Value {
        match self {
            Self::V1 => format_1_0::event(incoming),
            Self::V2 => format_2_0::event(incoming),
        }
    }
}

impl IncomingRequest<'_> {
    /// The body as a member of the event, and whether it is in Base64.
    fn body(&self) -> (Option<String>, bool) {
        if self.body.is_empty() {
            return (None, false);
        }
        match str::from_utf8(self.body) {
            Ok(text) if self.is_text() => (Some(text.to_owned()), false),
            _ => (Some(STANDARD.encode(self.body)), true),
        }
    }

    /// Whether the content is said to be text. A form is not, to an HTTP API.
    fn is_text(&self) -> bool {
        if self.headers.contains_key(CONTENT_ENCODING) {
            return false;
        }
        let Some(content_type) = self.headers.get(CONTENT_TYPE) else {
            return true;
        };
        let content_type = header_text(content_type).to_ascii_lowercase();
        let media = content_type.split(';').next().unwrap_or_default().trim();
        media.starts_with("text/")
            || matches!(
                media,
                "application/json" | "application/javascript" | "application/xml"
            )
            || media.ends_with("+json")
            || media.ends_with("+xml")
    }

    /// The names and values of the query string, decoded, in their order.
    fn query(&self) -> BTreeMap<String, Vec<String>> {
        let mut all = BTreeMap::<_, Vec<_>>::new();
        for (name, value) in form_urlencoded::parse(self.query.as_bytes()) {
            all.entry(name.into_owned())
                .or_default()
                .push(value.into_owned());
        }
        all
    }

    fn user_agent(&self) -> String {
        self.headers
            .get(USER_AGENT)
            .map(header_text)
            .unwrap_or_default()
    }

    /// Where the API is, without the port.
    fn domain(&self) -> String {
        let host = self
            .headers
            .get("host")
            .map(header_text)
            .unwrap_or_default();
        match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name.to_owned(),
            _ => host,
        }
    }

    fn epoch_milliseconds(&self) -> u64 {
        crate::clock::milliseconds(self.time)
    }
}

/// A header's value; the bytes that are not UTF-8, which hardly any client sends, are replaced.
fn header_text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// The values of all headers of a name, in their order.
pub(crate) fn header_texts(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    headers.get_all(name).iter().map(header_text).collect()
}

/// A map as the gateway shows it where it is empty: `null` in format 1.0.
fn null_if_empty<V>(map: &BTreeMap<String, V>) -> Value
where
    V: serde::Serialize,
{
    if map.is_empty() {
        Value::Null
    } else {
        json!(map)
    }
}

#[cfg(test)]
mod tests;
