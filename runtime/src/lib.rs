#![doc = include_str!("../README.md")]
//!
//! # One request's way
//!
//! For whoever reads the source: data goes one way through these four.
//!
//! 1. **Find** (`evidence`, with `authorizer`): where the event has the authorizer's claims, and in
//!    which form; with `token`, what the token itself says.
//! 2. **Read** (`claim`, with `text` and `json`; `extract` for an argument of the handler): a claim,
//!    by its declared type.
//! 3. **Decide** (`decide`): every requirement on its claim, all of them.
//! 4. **Answer** (`rejection`, `from_rejection`, `guarded`): the 403, or the handler's body.

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
