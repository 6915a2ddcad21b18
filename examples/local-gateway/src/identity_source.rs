//! Where an authorizer finds what identifies the caller, such as `$request.header.Authorization`.

use std::fmt;
use std::str::FromStr;

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderName};

use crate::event::header_texts;

/// The identity source of an authorizer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdentitySource {
    /// A request header, such as `$request.header.Authorization`.
    Header(HeaderName),
    /// A query parameter, such as `$request.querystring.token`.
    Query(String),
    /// The key of the route, `$context.routeKey`: a Lambda authorizer of an HTTP API can cache results by route.
    RouteKey,
}

/// The text is not an identity source that this gateway supports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentitySourceError(String);

impl fmt::Display for IdentitySourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a supported identity source; write `$request.header.Authorization` or \
             `$request.querystring.token` (in a REST API `method.request.header.Authorization`)",
            self.0
        )
    }
}

impl std::error::Error for IdentitySourceError {}

impl FromStr for IdentitySource {
    type Err = IdentitySourceError;

    /// Parses the notation of an HTTP API or of a REST API.
    fn from_str(text: &str) -> Result<Self, IdentitySourceError> {
        let error = || IdentitySourceError(text.to_owned());
        if text == "$context.routeKey" {
            return Ok(Self::RouteKey);
        }
        let path = text
            .strip_prefix("$request.")
            .or_else(|| text.strip_prefix("method.request."));
        match path.and_then(|path| path.split_once('.')) {
            Some(("header", name)) => name.parse().map(Self::Header).map_err(|_| error()),
            Some(("querystring", name)) if !name.is_empty() => Ok(Self::Query(name.to_owned())),
            _ => Err(error()),
        }
    }
}

impl Default for IdentitySource {
    /// The `Authorization` header.
    fn default() -> Self {
        Self::Header(AUTHORIZATION)
    }
}

impl fmt::Display for IdentitySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(f, "the header `{name}`"),
            Self::Query(name) => write!(f, "the query parameter `{name}`"),
            Self::RouteKey => f.write_str("the key of the route"),
        }
    }
}

impl IdentitySource {
    /// The value in a request, or `None` if it is absent or empty.
    ///
    /// The values of several headers are joined, as in the event. Two tokens are therefore an invalid token.
    pub(crate) fn value(&self, headers: &HeaderMap, query: &str, route: &str) -> Option<String> {
        let values = match self {
            Self::Header(name) => header_texts(headers, name),
            Self::Query(name) => form_urlencoded::parse(query.as_bytes())
                .filter(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
                .collect(),
            Self::RouteKey => vec![route.to_owned()],
        };
        Some(values.join(",")).filter(|value| !value.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::IdentitySource;

    #[test]
    fn finds_the_value_of_both_notations() {
        let mut headers = HeaderMap::new();
        headers.append("x-token", HeaderValue::from_static("a"));
        headers.append("x-token", HeaderValue::from_static("b"));
        headers.append("x-empty", HeaderValue::from_static(" "));
        for (source, expected) in [
            ("$request.header.X-Token", Some("a,b")),
            ("method.request.header.x-token", Some("a,b")),
            ("$request.header.authorization", None),
            ("$request.header.x-empty", None),
            ("$request.querystring.t", Some("1 2")),
            ("method.request.querystring.other", None),
            ("$context.routeKey", Some("GET /a")),
        ] {
            let parsed: IdentitySource = source.parse().unwrap();
            let value = parsed.value(&headers, "t=1%202", "GET /a");
            assert_eq!(value.as_deref(), expected, "{source}");
        }
    }

    #[test]
    fn explains_an_unsupported_source() {
        for source in [
            "",
            "Authorization",
            "$request.header.",
            "$request.header.a b",
            "$request.querystring.",
            "$request.body.token",
            "$stageVariables.x",
        ] {
            let error = source.parse::<IdentitySource>().unwrap_err().to_string();
            assert!(
                error.contains("write `$request.header.Authorization`"),
                "{error}"
            );
        }
    }
}
