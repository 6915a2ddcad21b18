//! The authorizers: each decides about a request before the function is invoked.

mod identity;
pub mod jwt;
pub mod lambda;

use std::fmt;

pub use self::identity::Identity;
use crate::event::{Format, IncomingRequest};

/// An authorizer that is ready to decide.
#[derive(Debug)]
pub(crate) enum Authorizer {
    Jwt(jwt::Authorizer),
    Lambda(lambda::Authorizer),
}

impl Authorizer {
    /// Decides about a request to a route with these scopes.
    pub(crate) async fn authorize(
        &self,
        request: &IncomingRequest<'_>,
        format: Format,
        scopes: &[String],
    ) -> Result<Identity, AuthorizationError> {
        match self {
            Self::Jwt(jwt) => {
                let source = &jwt.config().identity_source;
                let token = source.value(request.headers, request.query, request.route);
                jwt.check(token.as_deref(), scopes).await
            }
            Self::Lambda(lambda) => lambda.check(request, format).await,
        }
    }
}

/// The reason why an authorizer rejected a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorizationError {
    /// The request does not contain the token that a JWT authorizer needs (401).
    MissingToken,
    /// The request does not contain all identity sources of a Lambda authorizer (401).
    MissingIdentity,
    /// The token is invalid, for this reason (401).
    InvalidToken(&'static str),
    /// The token is valid, but has none of the route's scopes (403).
    InsufficientScope,
    /// A Lambda authorizer returned the error `Unauthorized` (401).
    Unauthorized,
    /// A Lambda authorizer denied the request (403).
    Denied {
        /// Whether its policy contains a statement that denies the request, and not merely none that allows it.
        explicit: bool,
    },
    /// A Lambda authorizer failed, or returned an invalid result (500).
    Failed(String),
    /// This gateway cannot run the Lambda authorizer, for this reason (501).
    Unavailable(String),
}

impl fmt::Display for AuthorizationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingToken | Self::MissingIdentity => {
                f.write_str("the request does not contain the identity source")
            }
            Self::InvalidToken(reason) => f.write_str(reason),
            Self::InsufficientScope => f.write_str("the token has none of the route's scopes"),
            Self::Unauthorized => f.write_str("the authorizer returned the error `Unauthorized`"),
            Self::Denied { explicit: true } => f.write_str("the authorizer denied the request"),
            Self::Denied { explicit: false } => {
                f.write_str("the authorizer's result does not allow the request")
            }
            Self::Unavailable(reason) => f.write_str(reason),
            Self::Failed(reason) => write!(f, "the authorizer failed: {reason}"),
        }
    }
}
