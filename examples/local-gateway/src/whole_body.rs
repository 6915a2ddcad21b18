//! Reads a body to its end, and keeps it if it is not too large.

use axum::body::{Body, Bytes};
use http_body_util::BodyExt as _;

/// Beyond this, the sender is cut off.
const PATIENCE: usize = 64 * 1024 * 1024;

/// The body was larger than it may be, or was cut off.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unusable;

/// Reads the body. One that is too large is read as well, and dropped: a sender whose connection
/// is closed while it still writes does not get to see the answer that says why.
pub(crate) async fn read(mut body: Body, limit: usize) -> Result<Bytes, Unusable> {
    let mut kept = Vec::new();
    let mut size = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Unusable)?.into_data() else {
            continue;
        };
        size += data.len();
        if size <= limit {
            kept.extend_from_slice(&data);
        } else if size > PATIENCE {
            break;
        }
    }
    if size > limit {
        Err(Unusable)
    } else {
        Ok(kept.into())
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::{Unusable, read};

    #[tokio::test]
    async fn a_body_may_be_as_large_as_the_limit_and_no_larger() {
        assert_eq!(read(Body::from("abc"), 3).await.unwrap(), "abc");
        assert_eq!(read(Body::empty(), 0).await.unwrap(), "");
        assert_eq!(read(Body::from("abcd"), 3).await, Err(Unusable));
    }
}
