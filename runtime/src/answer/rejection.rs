//! The 403 that the SuperTokens browser SDKs understand.

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};
use lambda_http::{Body, IntoResponse};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::error::ClaimValidationError;

/// A denied request: its errors, and the 403 response.
///
/// ```
/// use require_claims::supertokens::ROLE;
///
/// // A request that came through no gateway has no claims.
/// let event = lambda_http::Request::default();
/// let rejection = ROLE.includes("admin").check(&event).unwrap_err();
/// assert_eq!(rejection.errors()[0].id(), "st-role");
/// assert_eq!(
///     rejection.body(),
///     r#"{"message":"invalid claim","claimValidationErrors":[{"id":"st-role","reason":{"message":"value does not exist","expectedToInclude":"admin"}}]}"#,
/// );
/// let response: lambda_http::Response<String> = rejection.into();
/// assert_eq!(response.status(), 403);
/// ```
///
/// Status, content type and body are those of SuperTokens' `verifySession`, which its browser SDKs
/// read. The body may tell the claims' values to the one who sent the token; `Debug` does not print
/// them.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejection {
    errors: Vec<ClaimValidationError>,
}

impl Rejection {
    pub(crate) fn new(errors: Vec<ClaimValidationError>) -> Self {
        Self { errors }
    }

    /// What is wrong, in the order of the requirements; never empty.
    #[must_use]
    pub fn errors(&self) -> &[ClaimValidationError] {
        &self.errors
    }

    /// 403 Forbidden.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::FORBIDDEN
    }

    /// The answer's body, JSON.
    #[must_use]
    pub fn body(&self) -> String {
        // Strings and JSON values always serialize; were that to change, the status still denies.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The answer's body.
impl Serialize for Rejection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_map(Some(2))?;
        body.serialize_entry("message", "invalid claim")?;
        body.serialize_entry("claimValidationErrors", &self.errors)?;
        body.end()
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = |error: &ClaimValidationError| format!("`{}`: {}", error.id(), error.message());
        let errors: Vec<String> = self.errors.iter().map(error).collect();
        write!(formatter, "invalid claim: {}", errors.join("; "))
    }
}

impl std::error::Error for Rejection {}

impl<B: From<String>> From<Rejection> for Response<B> {
    fn from(rejection: Rejection) -> Self {
        let mut response = Response::new(B::from(rejection.body()));
        *response.status_mut() = rejection.status();
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Pin<Box<dyn Future<Output = Response<Body>> + Send>> {
        Box::pin(ready(self.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::error::Reason;
    use super::*;
    use crate::ReasonKind;

    fn rejection(ids: &[&str]) -> Rejection {
        let error = |id: &&str| {
            let reason =
                Reason::new(ReasonKind::WrongValue, "wrong value").with("actualValue", "secret");
            ClaimValidationError::new((*id).to_owned(), reason)
        };
        Rejection::new(ids.iter().map(error).collect())
    }

    #[test]
    fn a_rejection_is_displayed_as_claims_and_messages_without_values() {
        assert_eq!(
            rejection(&["plan"]).to_string(),
            "invalid claim: `plan`: wrong value"
        );
        assert_eq!(
            rejection(&["plan", "seats"]).to_string(),
            "invalid claim: `plan`: wrong value; `seats`: wrong value"
        );
    }

    #[test]
    fn debug_tells_the_claims_and_not_their_values() {
        let debug = format!("{:?}", rejection(&["plan", "seats"]));
        for told in ["Rejection", "plan", "seats", "WrongValue"] {
            assert!(debug.contains(told), "{told}: {debug}");
        }
        assert!(!debug.contains("secret"), "{debug}");
    }
}
