//! 1 FIND: the parts of an event that API Gateway passes to the function.

mod authorization;
mod claims;
mod context;
pub(crate) mod event;
mod path_parameters;

pub(crate) use authorization::Authorization;
pub use authorization::ignore_authorization_header;
pub(crate) use claims::Claims;
pub use event::GatewayEvent;
pub(crate) use path_parameters::PathParameters;

/// The parts of an event that the guard uses.
pub struct EventParts<'a> {
    /// The claims that the route's authorizer passed, and whether the path parameters are percent-encoded.
    pub(crate) context: (Claims<'a>, bool),
    /// The `Authorization` header, which may contain the token.
    pub(crate) authorization: Authorization<'a>,
    /// The path parameters that claims can be compared with.
    pub(crate) path: PathParameters<'a>,
}

#[cfg(test)]
pub(crate) use claims::text_claims;
