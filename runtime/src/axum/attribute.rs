//! The guard that the attribute writes for a handler of axum.

pub use axum::extract::FromRequestParts;
pub use axum::response::Response;
pub use http::request::Parts;
pub use std::marker::Sync;
pub use std::primitive::str;

use axum::response::IntoResponse;

use super::request::matched;
use crate::answer::Rejection;
use crate::decide::Denial;
use crate::macro_support::Guarded;
use crate::requirement::Requirement;
use crate::token::ClaimSource;
use crate::tower::Checked;

/// Defines the guard of a handler. Its fields are the `#[claims]` arguments.
#[doc(hidden)]
#[macro_export]
macro_rules! __axum_guard {
    (
        $vis:vis struct $guard:ident { $($fields:tt)* }
        $handler:ident requires $requirements:literal;
        |$parts:ident| $check:block
    ) => {
        // Other crates cannot create a guard.
        #[doc(hidden)]
        #[non_exhaustive]
        $vis struct $guard { $($fields)* }

        impl $crate::axum::Guard for $guard {
            const REQUIREMENTS: &'static $crate::__private::axum::str = $requirements;
        }

        impl $crate::__private::axum::AttributeGuard for $guard {
            fn check(
                $parts: &mut $crate::__private::axum::Parts,
            ) -> $crate::__private::Result<Self, $crate::__private::axum::Response> {
                $check
            }
        }

        // The name of the parameter is unlikely to be that of a type in the attribute.
        impl<RequireClaimsState: $crate::__private::axum::Sync>
            $crate::__private::axum::FromRequestParts<RequireClaimsState> for $guard
        {
            type Rejection = $crate::__private::axum::Response;

            // A pattern with the name of a constant of the user would refer to that constant.
            async fn from_request_parts(
                __require_claims_parts: &mut $crate::__private::axum::Parts,
                _: &RequireClaimsState,
            ) -> $crate::__private::Result<Self, Self::Rejection> {
                <Self as $crate::__private::axum::AttributeGuard>::check(__require_claims_parts)
            }
        }
    };
}

/// A guard that the attribute wrote.
pub trait AttributeGuard: Sized {
    /// Checks the request, and extracts the claims for the handler.
    ///
    /// # Errors
    ///
    /// Returns the response to a rejected request.
    #[expect(clippy::result_large_err, reason = "axum needs the response itself")]
    fn check(parts: &mut Parts) -> Result<Self, Response>;
}

/// Checks the request like [`check`](super::check), then extracts the claims for the handler.
///
/// # Errors
///
/// Returns a [`Rejection`] with the unmet requirements, or with the claims that cannot be extracted.
pub fn guard<T>(
    parts: &mut Parts,
    handler: &'static str,
    requirements: &[Requirement<'_>],
    extract: impl for<'a> FnOnce(&'a ClaimSource<'a>) -> Result<T, Vec<Denial<'a>>>,
) -> Result<T, Rejection> {
    Checked::mark(&parts.extensions);
    crate::guard::guard(
        &matched(parts, requirements),
        handler,
        requirements,
        extract,
    )
}

/// Explains why a handler of `lambda_http` is not one of axum. No type implements it.
#[diagnostic::on_unimplemented(
    message = "this handler has an event argument, so it is a handler of `lambda_http`",
    label = "axum cannot send this response",
    note = "for a handler of axum that takes the whole `Request`, write `#[require_claims(…, axum)]`"
)]
pub trait HandlerOfAxum {
    /// The response.
    fn response() -> Response;
}

// The condition is on `R`, which rustc knows before the type of the body.
impl<T, R: HandlerOfAxum> IntoResponse for Guarded<T, R> {
    fn into_response(self) -> Response {
        R::response()
    }
}

/// The return value of an `on_reject` function as a response.
pub fn response(returned: impl IntoResponse) -> Response {
    returned.into_response()
}
