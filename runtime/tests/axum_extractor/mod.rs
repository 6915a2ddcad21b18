//! Runs the guard of a handler of axum, for the test and the benchmark of its costs.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use axum::extract::FromRequestParts;
use http::request::Parts;

/// Runs the only extractor of this handler, as axum does.
pub(crate) fn extract<E, F>(_: impl Fn(E) -> F, parts: &mut Parts) -> Result<E, E::Rejection>
where
    E: FromRequestParts<()>,
{
    let extracted = pin!(E::from_request_parts(parts, &()));
    match extracted.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(extracted) => extracted,
        Poll::Pending => unreachable!("these extractors do not wait"),
    }
}
