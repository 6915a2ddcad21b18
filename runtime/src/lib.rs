#![doc = include_str!("../README.md")]

// A request passes through four steps: find (`gateway`, `token`), read (`value`), decide (`validator`,
// `decide`) and answer (`answer`). `guard` runs them in this order; CONTRIBUTING.md has a map of the modules.

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
