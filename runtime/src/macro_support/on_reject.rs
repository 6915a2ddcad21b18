//! ANSWER for handlers with an `on_reject` function: its return value as the handler's return type.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

use http::Response;
use lambda_http::{Body, IntoResponse};
use serde_json::Value;

use super::answer::AnswerWith;
use super::guarded::Guarded;
use crate::answer::Rejection;

/// The return value of an `on_reject` function, for a handler that returns an `R`.
///
/// The inherent methods are for a [`Rejection`], which is converted as without `on_reject`, and for JSON. Rustc
/// prefers them to the methods of [`Custom`], which are for all other values.
#[derive(Debug)]
#[must_use]
pub struct OnReject<V, R>(pub V, pub PhantomData<R>);

impl<R> OnReject<Rejection, R> {
    /// Converts the rejection.
    pub fn on_reject_answer<E: AnswerWith<R, By> + ?Sized, By>(self, event: &E) -> R {
        event.answer_with(self.0)
    }

    /// Converts the rejection.
    pub fn on_reject_guarded<T>(self) -> Guarded<T> {
        Guarded::rejected(self.0)
    }
}

/// JSON, which can carry a rejection only for some events.
pub trait Json {}

impl Json for Value {}

impl<E> Json for Result<Value, E> {}

impl<J: Json> OnReject<J, J> {
    /// The value, if it can carry a rejection of this event.
    pub fn on_reject_answer<E: AnswerWith<J> + ?Sized>(self, _event: &E) -> J {
        self.0
    }
}

/// The methods for all other values. Their names are unlikely to be those of a trait in the user's scope.
pub trait Custom<V, R> {
    /// The value.
    fn on_reject_answer<E: ?Sized>(self, event: &E) -> R
    where
        V: OnRejectReturns<R>;

    /// The value as a [`Guarded`].
    fn on_reject_guarded<T>(self) -> Guarded<T, V>;
}

impl<V, R> Custom<V, R> for OnReject<V, R> {
    fn on_reject_answer<E: ?Sized>(self, _event: &E) -> R
    where
        V: OnRejectReturns<R>,
    {
        self.0.convert()
    }

    fn on_reject_guarded<T>(self) -> Guarded<T, V> {
        Guarded::rejected_with(self.0)
    }
}

/// A return value of an `on_reject` function that fits `R`. `By` separates the implementations.
#[diagnostic::on_unimplemented(
    message = "`on_reject` must return a `Rejection` or what the handler returns, and cannot be async",
    label = "this function returns `{Self}`"
)]
pub trait OnRejectReturns<R, By = ()> {
    /// The value as `R`.
    fn convert(self) -> R;
}

impl<R> OnRejectReturns<R> for R {
    fn convert(self) -> R {
        self
    }
}

/// For `Result<impl Trait, E>`.
impl<E> OnRejectReturns<Result<Self, E>> for Rejection {
    fn convert(self) -> Result<Self, E> {
        Ok(self)
    }
}

/// For `impl IntoResponse`.
#[diagnostic::do_not_recommend]
impl<V: IntoResponse> OnRejectReturns<Converted, Converted> for V {
    fn convert(self) -> Converted {
        Converted(self.into_response())
    }
}

/// A response whose type does not depend on the function's, so rustc reports a wrong one only once.
pub struct Converted(Pin<Box<dyn Future<Output = Response<Body>> + Send>>);

impl IntoResponse for Converted {
    fn into_response(self) -> Pin<Box<dyn Future<Output = Response<Body>> + Send>> {
        self.0
    }
}
