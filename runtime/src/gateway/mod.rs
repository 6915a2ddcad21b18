//! 1 FIND: what API Gateway passed to the function.

mod authorization;
mod claims;
mod context;
mod event;
mod path_parameters;

pub(crate) use authorization::Authorization;
pub use authorization::ignore_authorization_header;
pub(crate) use claims::Claims;
pub use event::GatewayEvent;
pub(crate) use path_parameters::PathParameters;

/// What the gateway passed with an event.
pub struct Handover<'a> {
    /// The claims that the route's authorizer passed.
    pub(crate) claims: Claims<'a>,
    /// The header that may still have the token.
    pub(crate) authorization: Authorization<'a>,
    /// The path parameters that requirements compare claims with.
    pub(crate) path: PathParameters<'a>,
}

#[cfg(test)]
pub(crate) use claims::text_claims;
