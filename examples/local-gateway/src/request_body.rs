//! Reads request bodies up to a size limit.

use axum::body::{Body, Bytes};
use http_body_util::BodyExt as _;

/// The maximum number of bytes to read, including those that are discarded.
///
/// A client does not see the error response if the connection closes while it is still sending. So the rest
/// of a body that is too large is read and discarded, up to this limit.
const MAX_READ: usize = 64 * 1024 * 1024;

/// The body could not be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ReadError {
    /// The body exceeds the limit.
    TooLarge,
    /// The body is incomplete, or violates HTTP framing.
    Unreadable,
}

/// Reads a body of at most `limit` bytes. A larger body is read and discarded before this returns an error.
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
        // Skip trailers.
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
    async fn accepts_a_body_up_to_the_limit() {
        assert_eq!(read(Body::from("abc"), 3).await.unwrap(), "abc");
        assert_eq!(read(Body::empty(), 0).await.unwrap(), "");
        let too_large = read(Body::from("abcd"), 3).await;
        assert_eq!(too_large, Err(ReadError::TooLarge));
    }

    #[tokio::test]
    async fn reports_an_incomplete_body_as_unreadable() {
        // `Limited` fails after two bytes, like a connection that was cut off.
        let broken = Body::new(Limited::new(Body::from("abc"), 2));
        assert_eq!(read(broken, 3).await, Err(ReadError::Unreadable));
    }
}
