//! READ: claims by their declared types, each type with its validators.

mod age;
mod array;
mod boolean;
mod expected;
mod fetched;
mod list;
mod mfa;
mod primitive;
mod question;
mod session;
pub mod supertokens;
mod value;

pub use array::PrimitiveArrayClaim;
pub use boolean::BooleanClaim;
pub use mfa::{Factors, MultiFactorAuthClaim};
pub use primitive::{Primitive, PrimitiveClaim};
pub use value::ClaimValue;

pub(crate) use array::ArrayRule;
pub(crate) use boolean::BooleanRule;
pub(crate) use list::all_names;
pub(crate) use mfa::{MfaRule, completed_factors, is_known};
pub(crate) use primitive::PrimitiveRule;
pub(crate) use session::{authenticated, is_session_token};
