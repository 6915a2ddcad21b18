//! A response that a REST API gives itself, without a function: a mock integration.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};

/// A response that a REST API gives itself, such as to a preflight request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mock {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(String, String)>,
}

impl Mock {
    /// The response.
    ///
    /// # Errors
    ///
    /// Returns an error if the status or a header is invalid.
    pub(crate) fn response(&self) -> Result<Response<Body>, String> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::from_u16(self.status)
            .map_err(|_| format!("`{}` is not a status code", self.status))?;
        for (name, value) in &self.headers {
            let invalid = || format!("the header `{name}: {value}` is invalid");
            let header = HeaderName::try_from(name).map_err(|_| invalid())?;
            let content = HeaderValue::try_from(value).map_err(|_| invalid())?;
            response.headers_mut().insert(header, content);
        }
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use super::Mock;

    fn mock(status: u16, name: &str, value: &str) -> Mock {
        let headers = vec![(name.to_owned(), value.to_owned())];
        Mock { status, headers }
    }

    #[test]
    fn has_a_status_and_headers() {
        let response = mock(203, "X-A", "b").response().unwrap();
        assert_eq!(response.status(), 203);
        assert_eq!(response.headers().get("x-a").unwrap(), "b");
        for (status, name, value, error) in [
            (42, "x", "y", "`42` is not a status code"),
            (200, "a b", "c", "the header `a b: c` is invalid"),
            (200, "a", "b\n", "the header `a: b\n` is invalid"),
        ] {
            assert_eq!(mock(status, name, value).response().unwrap_err(), error);
        }
    }
}
