//! Ready-made responses to a rejection, for [`on_reject`](macro@crate::require_claims#options).
//!
//! ```
//! use lambda_http::{Error, IntoResponse, Request};
//! use require_claims::{reject, require_claims};
//!
//! #[require_claims(scope = "orders:read", on_reject = reject::problem_json)]
//! async fn list_orders(event: Request) -> Result<impl IntoResponse, Error> {
//!     Ok("the orders")
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! // A request without a gateway context has no claims.
//! let response = list_orders(Request::default()).await?.into_response().await;
//! assert_eq!(response.status(), 403);
//! assert_eq!(response.headers()["content-type"], "application/problem+json");
//! # Ok(())
//! # }
//! ```
//!
//! Without `on_reject`, the response is that of SuperTokens' `verifySession`.
//!
//! Each function works with every return type that the attribute supports. With `(StatusCode, Value)`, the response
//! has no extra headers. If one function is called on the result of another, the last one decides the response.
//!
//! Each function returns a [`Rejection`] with the same errors and another response. Your own function can call it
//! and change the response:
//!
//! ```
//! use lambda_http::http::HeaderValue;
//! use lambda_http::{Body, Request, Response};
//! use require_claims::{Rejection, reject, require_claims};
//!
//! fn with_cors(rejection: Rejection) -> Response<Body> {
//!     let mut response = Response::from(reject::bearer(rejection));
//!     let headers = response.headers_mut();
//!     let origin = HeaderValue::from_static("https://shop.example.com");
//!     headers.insert("access-control-allow-origin", origin);
//!     // Without this header, scripts of other origins cannot read the challenge.
//!     let exposed = HeaderValue::from_static("www-authenticate");
//!     headers.insert("access-control-expose-headers", exposed);
//!     response
//! }
//!
//! #[require_claims(scope = "orders:read", on_reject = with_cors)]
//! async fn list_orders(event: Request) -> Response<Body> {
//!     Response::new("the orders".into())
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let response = list_orders(Request::default()).await;
//! let challenge = r#"Bearer error="insufficient_scope", scope="orders:read""#;
//! assert_eq!(response.headers()["www-authenticate"], challenge);
//! assert_eq!(response.headers()["access-control-allow-origin"], "https://shop.example.com");
//! # }
//! ```

use crate::answer::{Form, Rejection};

/// A challenge in `WWW-Authenticate`, which says what an OAuth client can do to get access.
///
/// ```
/// use lambda_http::{Request, Response};
/// use require_claims::{reject, supertokens::SCOPE};
///
/// let rejection = SCOPE.includes_all(&["orders:read", "orders:write"]).check(&Request::default());
/// let response: Response<String> = reject::bearer(rejection.unwrap_err()).into();
/// assert_eq!(response.status(), 403);
/// assert_eq!(
///     response.headers()["www-authenticate"],
///     r#"Bearer error="insufficient_scope", scope="orders:read orders:write""#,
/// );
/// ```
///
/// The body is the same as without `on_reject`. Status and challenge depend on the unmet requirements:
///
/// | Unmet | Status | Challenge | Source |
/// |---|---|---|---|
/// | any other requirement | 403 | `Bearer error="insufficient_scope"`, and `scope="…"` if scopes are required | [RFC 6750, section 3.1][6750] |
/// | only factors and maximum ages | 401 | `Bearer error="insufficient_user_authentication"`, and `max_age="…"` if a maximum age is exceeded | [RFC 9470, section 3][9470] |
///
/// - `scope` lists the names of the unmet requirements of the claim `scope`: all of them for `all("…", "…")`, and
///   also for `any("…", "…")` unless the claim is missing. A name that cannot be a scope, such as one with a
///   space, is left out ([RFC 6749, section 3.3][6749]).
/// - `max_age` is the smallest of the unmet maximum ages, in whole seconds.
/// - A missing `st-mfa` counts as incomplete factors: 401. If it is ambiguous or malformed, the status is 403, because
///   authenticating again would not help. A missing custom claim of factors is 403, too.
/// - `acr_values` is not sent, because a requirement does not name an authentication context.
///
/// A REST API renames `WWW-Authenticate` to `x-amzn-remapped-www-authenticate` ([API Gateway's notes][remapped]).
///
/// A 401 makes SuperTokens' browser SDKs refresh the session and repeat the request. A refresh completes no
/// factor. If they call the route, set their [`sessionExpiredStatusCode`][401] to another status.
///
/// [6749]: https://www.rfc-editor.org/rfc/rfc6749#section-3.3
/// [6750]: https://www.rfc-editor.org/rfc/rfc6750#section-3.1
/// [9470]: https://www.rfc-editor.org/rfc/rfc9470#section-3
/// [remapped]: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
/// [401]: https://supertokens.com/docs/website/api-reference
pub fn bearer(rejection: Rejection) -> Rejection {
    rejection.in_form(Form::Bearer)
}

/// A 403 with problem details, as [RFC 9457] defines them.
///
/// ```
/// use lambda_http::{Request, Response};
/// use require_claims::{reject, supertokens::EMAIL_VERIFIED};
///
/// let rejection = EMAIL_VERIFIED.is_true().check(&Request::default());
/// let response: Response<String> = reject::problem_json(rejection.unwrap_err()).into();
/// assert_eq!(response.headers()["content-type"], "application/problem+json");
/// assert_eq!(
///     response.body(),
///     r#"{"type":"about:blank","title":"Forbidden","status":403,"detail":"invalid claim: `st-ev`: value does not exist","claimValidationErrors":[{"id":"st-ev","reason":{"message":"value does not exist","expectedValue":true}}]}"#,
/// );
/// ```
///
/// `type` is always `about:blank`, and `title` is the name of the status ([section 4.2.1]). `detail` lists the keys of the
/// claims with their messages, without values. `claimValidationErrors` contains the same errors as the response without
/// `on_reject`, and may contain values of claims ([section 3.2]).
///
/// [RFC 9457]: https://www.rfc-editor.org/rfc/rfc9457
/// [section 3.2]: https://www.rfc-editor.org/rfc/rfc9457#section-3.2
/// [section 4.2.1]: https://www.rfc-editor.org/rfc/rfc9457#section-4.2.1
pub fn problem_json(rejection: Rejection) -> Rejection {
    rejection.in_form(Form::ProblemJson)
}

/// A 403 that reveals neither claims nor requirements.
///
/// ```
/// use lambda_http::{Request, Response};
/// use require_claims::{reject, supertokens::ROLE};
///
/// let rejection = ROLE.includes("admin").check(&Request::default());
/// let response: Response<String> = reject::hidden(rejection.unwrap_err()).into();
/// assert_eq!(response.status(), 403);
/// assert_eq!(response.body(), r#"{"message":"Forbidden"}"#);
/// ```
///
/// The body is the one that an HTTP API itself sends if an authorizer denies a request. The log still names the
/// claims and the reasons, and so do [`Rejection::errors`], `Debug` and `Display`.
pub fn hidden(rejection: Rejection) -> Rejection {
    rejection.in_form(Form::Hidden)
}
