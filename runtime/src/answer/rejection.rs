//! The rejection of a request, and its 403 response, which SuperTokens' browser SDKs understand.

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;

use http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use lambda_http::{Body, IntoResponse};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use super::challenge::{challenge, is_step_up};
use super::error::ClaimValidationError;

/// The rejection of a request: the validation errors and the 403 response to send.
///
/// ```
/// use require_claims::supertokens::ROLE;
///
/// // A request without a gateway context has no claims.
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
/// Status, content type and body are the same as those of SuperTokens' [`verifySession`][sdk], which its
/// browser SDKs read.
///
/// The body may contain values of claims. It is sent to the caller, who already has the token. `Debug` and
/// `Display` never print values.
///
/// [sdk]: https://supertokens.com/docs/additional-verification/session-verification/claim-validation
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a rejection has no effect until it is sent to the caller"]
pub struct Rejection {
    errors: Vec<ClaimValidationError>,
    form: Form,
}

/// The form of the response. The functions of [`reject`](crate::reject) document the forms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Form {
    SuperTokens,
    Bearer,
    ProblemJson,
    Hidden,
}

impl Rejection {
    pub(super) fn new(errors: Vec<ClaimValidationError>) -> Self {
        let form = Form::SuperTokens;
        Self { errors, form }
    }

    /// The same rejection with another response.
    pub(crate) fn in_form(self, form: Form) -> Self {
        Self { form, ..self }
    }

    /// The errors, in the order of the requirements. There is at least one.
    #[must_use]
    pub fn errors(&self) -> &[ClaimValidationError] {
        &self.errors
    }

    /// The status of the response: 403 Forbidden. [`reject::bearer`](crate::reject::bearer) also answers with
    /// 401 Unauthorized.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self.form {
            Form::Bearer if is_step_up(&self.errors) => StatusCode::UNAUTHORIZED,
            _ => StatusCode::FORBIDDEN,
        }
    }

    pub(super) fn headers(&self) -> HeaderMap {
        let content_type = HeaderValue::from_static(match self.form {
            Form::ProblemJson => "application/problem+json",
            _ => "application/json",
        });
        let mut headers = HeaderMap::from_iter([(CONTENT_TYPE, content_type)]);
        if self.form == Form::Bearer {
            headers.insert(WWW_AUTHENTICATE, challenge(&self.errors));
        }
        headers
    }

    /// The body of the response, as JSON.
    #[must_use]
    pub fn body(&self) -> String {
        // Strings and JSON values always serialize. Even with an empty body, the status would deny.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The response as JSON. The response formats of REST APIs and HTTP APIs have these fields in common.
    pub(crate) fn to_json(&self) -> Value {
        let headers = self.headers();
        let headers = headers.iter();
        let headers = headers.map(|(name, value)| (name.as_str(), value.to_str().ok()));
        json!({
            "statusCode": self.status().as_u16(),
            "headers": headers.collect::<Value>(),
            "body": self.body(),
        })
    }
}

/// Serializes to the body of the response.
impl Serialize for Rejection {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_map(None)?;
        if self.form == Form::ProblemJson {
            body.serialize_entry("type", "about:blank")?;
            body.serialize_entry("title", "Forbidden")?;
            body.serialize_entry("status", &self.status().as_u16())?;
            body.serialize_entry("detail", &self.to_string())?;
        } else if self.form == Form::Hidden {
            body.serialize_entry("message", "Forbidden")?;
            return body.end();
        } else {
            body.serialize_entry("message", "invalid claim")?;
        }
        body.serialize_entry("claimValidationErrors", &self.errors)?;
        body.end()
    }
}

/// Writes the keys of the claims and the messages, never the values.
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
        *response.headers_mut() = rejection.headers();
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
            let reason = Reason::new(ReasonKind::WrongValue).with("actualValue", "secret");
            ClaimValidationError::new((*id).to_owned(), reason)
        };
        Rejection::new(ids.iter().map(error).collect())
    }

    #[test]
    fn displays_claims_and_messages_without_values() {
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
    fn debug_prints_claims_without_values() {
        let debug = format!("{:?}", rejection(&["plan", "seats"]));
        for text in ["Rejection", "plan", "seats", "WrongValue"] {
            assert!(debug.contains(text), "{text}: {debug}");
        }
        assert!(!debug.contains("secret"), "{debug}");
    }
}
