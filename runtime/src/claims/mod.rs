//! The public claim types, whose validators return requirements, and the claims of issuers.

mod array;
mod boolean;
mod claim_value;
pub(crate) mod issuers;
mod mfa;
mod primitive;
pub mod supertokens;
mod time;

pub use array::PrimitiveArrayClaim;
pub use boolean::BooleanClaim;
pub use claim_value::ClaimValue;
pub use mfa::MultiFactorAuthClaim;
pub use primitive::{Primitive, PrimitiveClaim};
pub use time::TimeClaim;
