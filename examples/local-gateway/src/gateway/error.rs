//! Why a request has no response from the function, for the log.

use std::fmt;

use crate::authorizer::AuthorizationError;

/// The reason why a request has no response from the function.
#[derive(Debug)]
pub(super) enum Error {
    /// The request line and the headers are too large.
    HeadTooLarge,
    /// The decoded path is not UTF-8.
    PathNotUtf8,
    /// The path does not start with the stage of a REST API.
    NoStage(String),
    /// No route matches the request.
    NoRoute,
    /// The authorizer rejected the request. The second field contains the scopes of the route.
    Unauthorized(AuthorizationError, Vec<String>),
    /// The body, or the event with the body in it, is too large.
    BodyTooLarge,
    /// The body is incomplete, or violates HTTP framing.
    BodyUnreadable,
    /// The function failed, or returned an invalid response, for this reason.
    FunctionFailed(String),
    /// The function did not respond in time.
    FunctionTimedOut,
    /// This gateway cannot run the function, for this reason.
    FunctionUnavailable(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeadTooLarge => f.write_str("the request line and the headers are too large"),
            Self::PathNotUtf8 => f.write_str("the decoded path is not UTF-8"),
            Self::NoStage(stage) => {
                write!(f, "the path does not start with the stage, `/{stage}/`")
            }
            Self::NoRoute => f.write_str("no route matches the method and the path"),
            Self::Unauthorized(error, _) => error.fmt(f),
            Self::BodyTooLarge => f.write_str("the body is too large"),
            Self::BodyUnreadable => f.write_str("the body is incomplete or malformed"),
            Self::FunctionFailed(reason) => write!(f, "the function failed: {reason}"),
            Self::FunctionUnavailable(reason) => f.write_str(reason),
            Self::FunctionTimedOut => f.write_str("the function did not respond in time"),
        }
    }
}
