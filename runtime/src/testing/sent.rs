//! The request that the client sent.

use std::collections::BTreeMap;

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::misuse::misuse;

/// The characters that a client encodes in a path or a query, as JavaScript's `encodeURIComponent` does.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// What the key of a route names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RouteKey {
    /// The method of the request, and the path.
    Method,
    /// Any method, and the path.
    AnyMethod,
    /// Neither: the default route.
    Default,
}

#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) method: Method,
    pub(super) key: RouteKey,
    /// Such as `/orders/{id}`, or the path of a request to the default route.
    pub(super) route: String,
    /// Decoded.
    pub(super) path_parameters: BTreeMap<String, String>,
    /// Decoded, in order.
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Sent {
    /// The headers, and those that the client or the gateway would have added.
    pub(super) fn all_headers(&self) -> HeaderMap {
        let mut headers = self.headers.clone();
        let mut add = |name: HeaderName, value: HeaderValue| {
            headers.entry(name).or_insert(value);
        };
        add(HOST, HeaderValue::from_static("api.example.com"));
        add(USER_AGENT, HeaderValue::from_static("require-claims"));
        for (name, value) in [
            (
                "x-amzn-trace-id",
                "Root=1-65538980-0123456789abcdef01234567",
            ),
            ("x-forwarded-for", "192.0.2.1"),
            ("x-forwarded-port", "443"),
            ("x-forwarded-proto", "https"),
        ] {
            add(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
        if !self.body.is_empty() {
            add(CONTENT_LENGTH, HeaderValue::from(self.body.len()));
        }
        headers
    }

    /// The path of the route, as configured.
    pub(super) fn resource(&self) -> &str {
        match self.key {
            RouteKey::Default => "$default",
            RouteKey::Method | RouteKey::AnyMethod => &self.route,
        }
    }

    pub(super) fn route_key(&self) -> String {
        match self.key {
            RouteKey::Default => self.resource().to_owned(),
            RouteKey::AnyMethod => format!("ANY {}", self.route),
            RouteKey::Method => format!("{} {}", self.method, self.route),
        }
    }

    /// The path parameters, percent-encoded or decoded.
    pub(super) fn path_parameters(&self, encoded: bool) -> BTreeMap<String, String> {
        let parameters = self.path_parameters.iter();
        let parameters = parameters.map(|(name, value)| {
            let encode_all = || value.split('/').map(encode).collect::<Vec<_>>();
            let is_greedy = self.route.ends_with(&format!("{{{name}+}}"));
            let value = match (encoded, is_greedy) {
                (false, _) => value.clone(),
                (true, false) => encode(value),
                (true, true) => encode_all().join("/"),
            };
            (name.clone(), value)
        });
        parameters.collect()
    }

    /// The path, percent-encoded or decoded: the route with the values of its parameters.
    #[track_caller]
    pub(super) fn path(&self, encoded: bool) -> String {
        let route = &self.route;
        if !route.starts_with('/') || route.contains(['?', '#']) {
            misuse(&format!(
                "`{route}` is not a path such as `/orders/{{id}}`; set the query with `.query(…)`"
            ));
        }
        if self.key == RouteKey::Default
            && (route.contains('{') || !self.path_parameters.is_empty())
        {
            misuse(
                "the default route has no path parameters; write the path as the client sends it, such as `/orders/7`",
            );
        }
        let mut parameters = self.path_parameters(encoded);
        let mut path = Vec::new();
        for segment in route.split('/') {
            let name = segment
                .strip_prefix('{')
                .and_then(|name| name.strip_suffix('}'));
            path.push(match name.map(|name| name.strip_suffix('+').unwrap_or(name)) {
                None if encoded => encode(segment),
                None => segment.to_owned(),
                Some(name) => match parameters.remove(name) {
                    Some(value) if !value.is_empty() => value,
                    _ => misuse(&format!(
                        "`{route}` needs a value for `{name}`; add `.path_parameter(\"{name}\", …)`"
                    )),
                },
            });
        }
        if let Some(unknown) = parameters.keys().next() {
            misuse(&format!(
                "`{route}` has no path parameter `{unknown}`; write `{{{unknown}}}` in its place, as in \
                 `/orders/{{id}}`"
            ));
        }
        path.join("/")
    }

    /// The body as text, unless its headers or its bytes make it binary. An HTTP API also treats a form as binary:
    /// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>
    pub(super) fn text_body(&self, is_http_api: bool) -> Option<&str> {
        let text = str::from_utf8(&self.body).ok()?;
        let is_text = || {
            let content_type = self.headers.get(CONTENT_TYPE);
            let Some(content_type) = content_type.and_then(|value| value.to_str().ok()) else {
                return true;
            };
            let media = content_type.split(';').next().unwrap_or_default();
            let media = media.trim().to_ascii_lowercase();
            let types = [
                "application/json",
                "application/javascript",
                "application/xml",
            ];
            types.contains(&media.as_str())
                || media.starts_with("text/")
                || media.ends_with("+json")
                || media.ends_with("+xml")
        };
        let is_compressed = || self.headers.contains_key(CONTENT_ENCODING);
        (text.is_empty() || !is_http_api || (is_text() && !is_compressed())).then_some(text)
    }
}

/// All values of a header, in order.
pub(super) fn values(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    let values = headers.get_all(name).iter();
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    values.map(text).collect()
}
