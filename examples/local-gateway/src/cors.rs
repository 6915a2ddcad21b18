//! The CORS settings of an API: answers to preflight requests, and headers of responses.
//!
//! - HTTP APIs: <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html>
//! - REST APIs, which have a method `OPTIONS` with fixed headers instead:
//!   <https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html>

use std::fmt::Display;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};

use crate::routes::Mock;

/// All headers that API Gateway sets itself. It ignores those of the function.
const HEADERS: [HeaderName; 6] = [
    ACCESS_CONTROL_ALLOW_CREDENTIALS,
    ACCESS_CONTROL_ALLOW_HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE,
];

/// The CORS settings of an API. Empty lists and absent values result in no header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cors {
    /// The allowed origins, such as `https://shop.example.com`, `https://*` or `*`.
    pub allow_origins: Vec<String>,
    /// The allowed methods, or `*`.
    pub allow_methods: Vec<String>,
    /// The allowed request headers, or `*`.
    pub allow_headers: Vec<String>,
    /// The response headers that scripts can read, or `*`.
    pub expose_headers: Vec<String>,
    /// How long a browser may keep the answer to a preflight request.
    pub max_age: Option<Duration>,
    /// Whether requests may contain cookies.
    pub allow_credentials: bool,
}

impl Cors {
    /// Checks the rules that API Gateway has for these settings.
    pub(crate) fn check(&self) -> Result<(), String> {
        if self.allow_credentials && self.allow_origins.iter().any(|origin| origin == "*") {
            return Err(
                "CORS with credentials needs the allowed origins, because browsers reject `*`; \
                 list the origins, or use `https://*`"
                    .to_owned(),
            );
        }
        Ok(())
    }

    /// The answer to a preflight request. A request of another kind, or from an origin that is not allowed, gets no
    /// headers.
    pub(crate) fn preflight(&self, headers: &HeaderMap) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NO_CONTENT;
        let Some(origin) = self.allowed_origin(headers) else {
            return response;
        };
        let answer = response.headers_mut();
        self.insert_origin(answer, origin);
        insert(
            answer,
            ACCESS_CONTROL_ALLOW_METHODS,
            self.allow_methods.join(","),
        );
        insert(
            answer,
            ACCESS_CONTROL_ALLOW_HEADERS,
            self.allow_headers.join(","),
        );
        insert(
            answer,
            ACCESS_CONTROL_EXPOSE_HEADERS,
            self.expose_headers.join(","),
        );
        if let Some(age) = self.max_age {
            insert(answer, ACCESS_CONTROL_MAX_AGE, age.as_secs());
        }
        response
    }

    /// The response of a REST API to `OPTIONS` on a path with these methods. It does not depend on the request. Without
    /// [`allow_methods`](Self::allow_methods), all methods of the path are allowed, as with SAM.
    pub(crate) fn fixed_answer(&self, methods: &[&str]) -> Mock {
        let own = self.allow_methods.join(",");
        let headers = [
            (ACCESS_CONTROL_ALLOW_ORIGIN, self.allow_origins.join(",")),
            (
                ACCESS_CONTROL_ALLOW_METHODS,
                if own.is_empty() {
                    methods.join(",")
                } else {
                    own
                },
            ),
            (ACCESS_CONTROL_ALLOW_HEADERS, self.allow_headers.join(",")),
            (ACCESS_CONTROL_EXPOSE_HEADERS, self.expose_headers.join(",")),
            (
                ACCESS_CONTROL_MAX_AGE,
                self.max_age
                    .map_or_else(String::new, |age| age.as_secs().to_string()),
            ),
            (
                ACCESS_CONTROL_ALLOW_CREDENTIALS,
                if self.allow_credentials { "true" } else { "" }.to_owned(),
            ),
        ];
        let headers = headers.into_iter().filter(|(_, value)| !value.is_empty());
        Mock {
            status: 200,
            headers: headers
                .map(|(name, value)| (name.to_string(), value))
                .collect(),
        }
    }

    /// Replaces the CORS headers of a function's response.
    pub(crate) fn apply(&self, request: &HeaderMap, response: &mut HeaderMap) {
        for name in HEADERS {
            response.remove(name);
        }
        if let Some(origin) = self.allowed_origin(request) {
            self.insert_origin(response, origin);
            insert(
                response,
                ACCESS_CONTROL_EXPOSE_HEADERS,
                self.expose_headers.join(","),
            );
        }
    }

    fn insert_origin(&self, headers: &mut HeaderMap, origin: HeaderValue) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if self.allow_credentials {
            insert(headers, ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
    }

    /// The value of `Access-Control-Allow-Origin` for a request: `*`, or the request's origin.
    fn allowed_origin(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let origin = headers.get(ORIGIN)?;
        if self.allow_origins.iter().any(|allowed| allowed == "*") {
            return Some(HeaderValue::from_static("*"));
        }
        let text = origin.to_str().ok()?;
        let allows = |allowed: &String| match allowed.strip_suffix("://*") {
            Some(scheme) => text
                .strip_prefix(scheme)
                .is_some_and(|rest| rest.starts_with("://")),
            None => allowed == text,
        };
        self.allow_origins
            .iter()
            .any(allows)
            .then(|| origin.clone())
    }
}

/// Returns whether a browser asks which requests it may send.
pub(crate) fn is_preflight(method: &Method, headers: &HeaderMap) -> bool {
    method == Method::OPTIONS
        && headers.contains_key(ORIGIN)
        && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: impl Display) {
    let value = value.to_string();
    if let (false, Ok(value)) = (value.is_empty(), HeaderValue::from_str(&value)) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::Cors;

    fn from(origin: &'static str) -> HeaderMap {
        [(axum::http::header::ORIGIN, HeaderValue::from_static(origin))]
            .into_iter()
            .collect()
    }

    #[test]
    fn allows_listed_origins_schemes_and_all() {
        for (allowed, origin, expected) in [
            ("https://a.test", "https://a.test", Some("https://a.test")),
            ("https://a.test", "https://a.test.evil", None),
            ("https://a.test", "http://a.test", None),
            ("https://*", "https://b.test", Some("https://b.test")),
            ("https://*", "http://b.test", None),
            ("*", "http://b.test", Some("*")),
        ] {
            let cors = Cors {
                allow_origins: vec![allowed.to_owned()],
                ..Cors::default()
            };
            let found = cors.allowed_origin(&from(origin));
            assert_eq!(
                found.as_ref().map(|v| v.to_str().unwrap()),
                expected,
                "{allowed} {origin}"
            );
            assert_eq!(cors.allowed_origin(&HeaderMap::new()), None);
        }
    }

    #[test]
    fn rejects_credentials_for_every_origin() {
        let mut cors = Cors {
            allow_origins: vec!["*".to_owned()],
            allow_credentials: true,
            ..Cors::default()
        };
        assert!(cors.check().unwrap_err().contains("https://*"));
        cors.allow_origins = vec!["https://*".to_owned()];
        assert_eq!(cors.check(), Ok(()));
    }
}
