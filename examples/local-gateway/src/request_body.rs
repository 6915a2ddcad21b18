//! Reads a request's body to its end, and keeps it if it is not too large.

use axum::body::{Body, Bytes};
use http_body_util::BodyExt as _;

/// How many bytes are read of a body in all. A sender whose connection is closed while it still
/// writes does not get to see the answer that says why, so one that has sent too much may finish;
/// but one that never finishes must not be read for ever.
const MAX_READ: usize = 64 * 1024 * 1024;

/// Why there is no body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ReadError {
    /// It is larger than it may be.
    TooLarge,
    /// It breaks off, or is not framed as HTTP has it.
    Unreadable,
}

/// Reads a body of no more bytes than the limit. One that is too large is read as well, and dropped.
pub(crate) async fn read(mut body: Body, limit: usize) -> Result<Bytes, ReadError> {
    let mut kept = Vec::new();
    let mut size = 0;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Err(if size > limit {
                ReadError::TooLarge
            } else {
                ReadError::Unreadable
            });
        };
        // Trailers are no part of the body.
        let Ok(data) = frame.into_data() else {
            continue;
        };
        size += data.len();
        if size <= limit {
            kept.extend_from_slice(&data);
        } else if size > MAX_READ {
            break;
        }
    }
    if size > limit {
        Err(ReadError::TooLarge)
    } else {
        Ok(kept.into())
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use http_body_util::Limited;

    use super::{ReadError, read};

    #[tokio::test]
    async fn a_body_may_be_as_large_as_the_limit_and_no_larger() {
        assert_eq!(read(Body::from("abc"), 3).await.unwrap(), "abc");
        assert_eq!(read(Body::empty(), 0).await.unwrap(), "");
        let too_large = read(Body::from("abcd"), 3).await;
        assert_eq!(too_large, Err(ReadError::TooLarge));
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_not_too_large() {
        // This one ends with an error after two bytes.
        let broken = Body::new(Limited::new(Body::from("abc"), 2));
        assert_eq!(read(broken, 3).await, Err(ReadError::Unreadable));
    }
}
