//! The claims of a request as an extractor.

use std::future::{Future, ready};

use axum::extract::FromRequestParts;
use http::request::Parts;

use super::request::matched;
use crate::answer::Rejection;
use crate::extract::FromClaims;
use crate::guard::extract_claims;

/// An extractor of the claims, for handlers without the attribute.
///
/// ```
/// use require_claims::Session;
/// use require_claims::axum::Claims;
///
/// async fn profile(Claims(session): Claims<Session>) -> String {
///     format!("hello {}", session.user_id())
/// }
///
/// let router: axum::Router = axum::Router::new().route("/profile", axum::routing::get(profile));
/// # let _ = router;
/// ```
///
/// It extracts the claims like [`extract_claims`](crate::extract_claims()), and rejects the request with the same
/// errors. It checks no requirements: in a guarded handler, mark an argument with `#[claims]` instead.
#[derive(Clone, Copy, Debug)]
pub struct Claims<T>(pub T);

impl<T: FromClaims + Send, S: Sync> FromRequestParts<S> for Claims<T> {
    type Rejection = Rejection;

    fn from_request_parts(
        parts: &mut Parts,
        _: &S,
    ) -> impl Future<Output = Result<Self, Rejection>> + Send {
        ready(extract_claims(&matched(parts, &[])).map(Self))
    }
}

impl axum::response::IntoResponse for Rejection {
    fn into_response(self) -> axum::response::Response {
        self.into()
    }
}
