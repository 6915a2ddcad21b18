//! How large the head of a request is, and how large it may be.

use axum::http::HeaderValue;
use axum::http::request::Parts;

/// The most that the request line and the headers' values may come to, in bytes. The headers' names
/// do not count.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const MAX_HEAD: usize = 10_240;

/// Whether an HTTP API refuses a request for the size of its head.
pub(crate) fn is_too_large(head: &Parts) -> bool {
    let values: usize = head.headers.values().map(HeaderValue::len).sum();
    request_line_len(head) + values > MAX_HEAD
}

/// The length of the line as it was sent, such as `GET /orders?page=2 HTTP/1.1`, without its end.
fn request_line_len(head: &Parts) -> usize {
    let target = head.uri.path_and_query();
    let target = target.map_or(1, |target| target.as_str().len());
    head.method.as_str().len() + 1 + target + " HTTP/1.1".len()
}
