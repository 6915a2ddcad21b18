//! CORS headers for REST APIs, which add none to a function's responses. An HTTP API adds its own instead.

use std::env;

use lambda_http::http::HeaderValue;
use lambda_http::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
};
use lambda_http::{Body, Error, Response};

/// The origin whose scripts may read the responses.
#[derive(Clone, Debug)]
pub(crate) struct Cors(Option<HeaderValue>);

impl Cors {
    /// The origin in the environment variable `ALLOWED_ORIGIN`, if it is set.
    pub(crate) fn from_environment() -> Result<Self, Error> {
        Self::new(env::var("ALLOWED_ORIGIN").ok().as_deref())
    }

    fn new(origin: Option<&str>) -> Result<Self, Error> {
        Ok(Self(origin.map(HeaderValue::from_str).transpose()?))
    }

    /// Adds the headers with which `SuperTokens`' browser SDK can read the response.
    pub(crate) fn add(&self, mut response: Response<Body>) -> Response<Body> {
        if let Some(origin) = &self.0 {
            let exposed = "front-token, st-access-token, st-refresh-token, anti-csrf";
            let headers = response.headers_mut();
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            headers.insert(
                ACCESS_CONTROL_ALLOW_CREDENTIALS,
                HeaderValue::from_static("true"),
            );
            headers.insert(
                ACCESS_CONTROL_EXPOSE_HEADERS,
                HeaderValue::from_static(exposed),
            );
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_headers_only_for_an_origin() {
        let cors = Cors::new(Some("https://app.example.com")).unwrap();
        let response = cors.add(Response::new(Body::Empty));
        let origin = &response.headers()[ACCESS_CONTROL_ALLOW_ORIGIN];
        assert_eq!(origin, "https://app.example.com");
        assert_eq!(response.headers().len(), 3);

        let response = Cors::new(None).unwrap().add(Response::new(Body::Empty));
        assert!(response.headers().is_empty());
    }
}
