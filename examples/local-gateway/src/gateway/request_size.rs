//! The size limit of an HTTP API for the request line and headers.

use axum::http::HeaderValue;
use axum::http::request::Parts;

/// The maximum total size of the request line and the header values, in bytes. Header names do not count.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const MAX_HEAD: usize = 10_240;

/// Returns whether the request line and the headers exceed the limit.
pub(super) fn is_too_large(head: &Parts) -> bool {
    let values: usize = head.headers.values().map(HeaderValue::len).sum();
    request_line_len(head) + values > MAX_HEAD
}

/// The length of the request line as sent, such as `GET /orders?page=2 HTTP/1.1`, without the line break.
fn request_line_len(head: &Parts) -> usize {
    let target = head.uri.path_and_query();
    let target = target.map_or(1, |target| target.as_str().len());
    head.method.as_str().len() + 1 + target + " HTTP/1.1".len()
}
