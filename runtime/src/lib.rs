#![doc = include_str!("../README.md")]

// A request goes one way through the modules: FIND, READ, DECIDE, ANSWER. The first line of each says
// where it stands, and the map in CONTRIBUTING.md shows all of them.

mod authorizer;
mod claim;
mod clock;
mod decide;
mod errors;
mod evidence;
mod extract;
mod from_rejection;
mod guarded;
mod json;
mod log;
mod number;
mod part;
mod path_parameters;
mod reason;
mod rejection;
mod requirement;
mod text;
mod token;
mod written;

pub use authorizer::GatewayEvent;
pub use claim::{
    BooleanClaim, ClaimValue, Factors, MultiFactorAuthClaim, Primitive, PrimitiveArrayClaim,
    PrimitiveClaim, supertokens,
};
pub use extract::{FromClaims, Session, claims_of};
pub use from_rejection::FromRejection;
pub use guarded::{DefaultAnswer, Guarded};
pub use reason::{ClaimValidationError, ReasonKind};
pub use rejection::Rejection;
pub use require_claims_macros::{ClaimValue, require_claims};
pub use requirement::{Requirement, all, any};
pub use token::ignore_authorization_header;

#[doc(hidden)]
#[path = "private/mod.rs"]
pub mod __private;
