#![doc = include_str!("../README.md")]

// A request takes one way through the modules: find (`gateway`, `token`), read (`value`), decide
// (`validator`, `decide`), answer (`answer`). `guard` is that way; CONTRIBUTING.md has the map.

mod answer;
mod claims;
mod decide;
mod extract;
mod gateway;
mod guard;
mod requirement;
#[cfg(feature = "testing")]
pub mod testing;
mod token;
mod validator;
mod value;

pub use answer::{ClaimValidationError, FromRejection, ReasonKind, Rejection};
pub use claims::{
    BooleanClaim, ClaimValue, MultiFactorAuthClaim, Primitive, PrimitiveArrayClaim, PrimitiveClaim,
    supertokens,
};
pub use extract::{FromClaims, Session};
pub use gateway::{GatewayEvent, ignore_authorization_header};
pub use guard::extract_claims;
pub use require_claims_macros::{ClaimValue, require_claims};
pub use requirement::{Requirement, all, any};
pub use validator::Factors;

#[doc(hidden)]
#[path = "macro_support/mod.rs"]
pub mod __private;
