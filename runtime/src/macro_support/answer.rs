//! ANSWER for handlers whose return type has a name.

use std::future::{Future, ready};
use std::pin::Pin;

use lambda_http::LambdaEvent;
use serde_json::Value;

use crate::answer::{FromRejection, Rejection};

/// An event of a handler that returns an `R`, which can carry a rejection of this event.
pub trait AnswerWith<R> {
    /// Converts the rejection of this event.
    fn answer_with(&self, rejection: Rejection) -> R;
}

impl<E: ?Sized, R: FromRejection> AnswerWith<R> for E {
    fn answer_with(&self, rejection: Rejection) -> R {
        R::from_rejection(rejection)
    }
}

/// JSON is only for events of the plain Lambda runtime: `lambda_http` would send it with the status 200.
impl<T> AnswerWith<Value> for LambdaEvent<T> {
    fn answer_with(&self, rejection: Rejection) -> Value {
        rejection.to_json()
    }
}

impl<T, E> AnswerWith<Result<Value, E>> for LambdaEvent<T> {
    fn answer_with(&self, rejection: Rejection) -> Result<Value, E> {
        Ok(rejection.to_json())
    }
}

/// The return type that `async_trait` and similar macros generate for an `async` method of a trait.
impl<'a, E: AnswerWith<R> + ?Sized, R: Send + 'a>
    AnswerWith<Pin<Box<dyn Future<Output = R> + Send + 'a>>> for E
{
    fn answer_with(&self, rejection: Rejection) -> Pin<Box<dyn Future<Output = R> + Send + 'a>> {
        Box::pin(ready(self.answer_with(rejection)))
    }
}

/// The same without `Send`, as `async_trait(?Send)` generates it.
impl<'a, E: AnswerWith<R> + ?Sized, R: 'a> AnswerWith<Pin<Box<dyn Future<Output = R> + 'a>>> for E {
    fn answer_with(&self, rejection: Rejection) -> Pin<Box<dyn Future<Output = R> + 'a>> {
        Box::pin(ready(self.answer_with(rejection)))
    }
}
