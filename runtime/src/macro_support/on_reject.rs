//! What the attribute makes of a body's outcome and of an answer of `on_reject`, where the handler
//! returns `impl Trait`.

use lambda_http::IntoResponse;

use super::guarded::Guarded;

/// What the handler's body returned, within a `Result`.
///
/// # Errors
///
/// The body's own.
pub fn allow<T, E>(outcome: Result<T, E>) -> Result<Guarded<T>, E> {
    outcome.map(Guarded::allowed)
}

/// As [`allow`], beside the answer of a function of `on_reject`.
///
/// # Errors
///
/// The body's own.
pub fn allow_or_answer<T, R, E>(outcome: Result<T, E>) -> Result<Guarded<T, R>, E> {
    outcome.map(Guarded::allowed)
}

/// What a function of `on_reject` answers, within a `Result`.
///
/// # Errors
///
/// The function's own.
pub fn answer<T, R, E>(answer: Result<R, E>) -> Result<Guarded<T, R>, E> {
    answer.map(Guarded::rejected_with)
}

/// What a function of `on_reject` answers, where it is to be a response.
///
/// Methods with bounds make rustc report a wrong type once, at the function, and not again at each use
/// of the answer.
#[derive(Clone, Copy, Debug)]
pub struct OnRejectResponse<R>(pub R);

impl<R: IntoResponse> OnRejectResponse<R> {
    /// As [`Guarded::rejected_with`].
    #[must_use]
    pub fn into_guarded<T>(self) -> Guarded<T, R> {
        Guarded::rejected_with(self.0)
    }
}

impl<R, E> OnRejectResponse<Result<R, E>> {
    /// Takes a `Result` and nothing else.
    #[must_use]
    pub fn in_result(answer: Result<R, E>) -> Self {
        Self(answer)
    }
}

impl<R: IntoResponse, E> OnRejectResponse<Result<R, E>> {
    /// As [`answer`].
    ///
    /// # Errors
    ///
    /// The function's own.
    pub fn into_result<T>(self) -> Result<Guarded<T, R>, E> {
        answer(self.0)
    }
}
