//! ANSWER for handlers whose return type has a name.

use std::future::{Future, ready};
use std::pin::Pin;

use bytes::Bytes;
use http::Response;
use http_body_util::combinators::{BoxBody, UnsyncBoxBody};
use http_body_util::{BodyExt as _, Full};
use lambda_http::LambdaEvent;
use serde_json::Value;

use crate::answer::{FromRejection, Rejection};

/// An event of a handler that returns an `R`, which can carry a rejection of this event.
///
/// `By` is inferred. It separates the boxed bodies, for which a future version of `http-body-util` could implement
/// `From<String>`, from the types that implement [`FromRejection`].
pub trait AnswerWith<R, By = ()> {
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

/// The boxed bodies of streaming responses have no common trait to create them.
macro_rules! boxed_bodies {
    ($($body:ident),*) => {
        $(
            impl<Ev: ?Sized, E: 'static> AnswerWith<Response<$body<Bytes, E>>, Full<Bytes>> for Ev {
                fn answer_with(&self, rejection: Rejection) -> Response<$body<Bytes, E>> {
                    let response = Response::<Full<Bytes>>::from(rejection);
                    response.map(|body| $body::new(body.map_err(|never| match never {})))
                }
            }

            impl<Ev: ?Sized, E: 'static, F> AnswerWith<Result<Response<$body<Bytes, E>>, F>, Full<Bytes>> for Ev {
                fn answer_with(&self, rejection: Rejection) -> Result<Response<$body<Bytes, E>>, F> {
                    Ok(self.answer_with(rejection))
                }
            }
        )*
    };
}

boxed_bodies!(BoxBody, UnsyncBoxBody);

/// The return type that `async_trait` and similar macros generate for an `async` method of a trait.
impl<'a, E: AnswerWith<R, By> + ?Sized, R: Send + 'a, By>
    AnswerWith<Pin<Box<dyn Future<Output = R> + Send + 'a>>, By> for E
{
    fn answer_with(&self, rejection: Rejection) -> Pin<Box<dyn Future<Output = R> + Send + 'a>> {
        Box::pin(ready(self.answer_with(rejection)))
    }
}

/// The same without `Send`, as `async_trait(?Send)` generates it.
impl<'a, E: AnswerWith<R, By> + ?Sized, R: 'a, By>
    AnswerWith<Pin<Box<dyn Future<Output = R> + 'a>>, By> for E
{
    fn answer_with(&self, rejection: Rejection) -> Pin<Box<dyn Future<Output = R> + 'a>> {
        Box::pin(ready(self.answer_with(rejection)))
    }
}
