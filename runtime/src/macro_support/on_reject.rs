//! Conversions into [`Guarded`], for handlers that return `impl Trait`. The attribute calls them with the
//! result of the handler's body, or with the response of the `on_reject` function.

use lambda_http::IntoResponse;

use super::guarded::Guarded;

/// Converts the `Result` of the handler's body.
///
/// # Errors
///
/// Returns the error of the body.
pub fn allow<T, R, E>(outcome: Result<T, E>) -> Result<Guarded<T, R>, E> {
    outcome.map(Guarded::allowed)
}

/// Converts the `Result` of the `on_reject` function.
///
/// # Errors
///
/// Returns the error of the function.
pub fn answer<T, R, E>(response: Result<R, E>) -> Result<Guarded<T, R>, E> {
    response.map(Guarded::rejected_with)
}

/// The return value of an `on_reject` function that must be a response.
///
/// The bounds are on methods so that rustc reports a wrong type once, at the function, and not at each use of
/// the value.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct OnRejectResponse<R>(pub R);

impl<R: IntoResponse> OnRejectResponse<R> {
    /// Converts the response like [`Guarded::rejected_with`].
    pub fn into_guarded<T>(self) -> Guarded<T, R> {
        Guarded::rejected_with(self.0)
    }
}

impl<R, E> OnRejectResponse<Result<R, E>> {
    /// Wraps a `Result`. Any other type is a compile error.
    pub fn in_result(response: Result<R, E>) -> Self {
        Self(response)
    }
}

impl<R: IntoResponse, E> OnRejectResponse<Result<R, E>> {
    /// Converts the `Result` like [`answer`].
    ///
    /// # Errors
    ///
    /// Returns the error of the function.
    pub fn into_result<T>(self) -> Result<Guarded<T, R>, E> {
        answer(self.0)
    }
}
