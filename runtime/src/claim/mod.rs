//! READ: claims by their declared types, each type with its validators.

mod age;
mod array;
mod boolean;
mod fetched;
mod list;
mod mfa;
mod primitive;
mod question;
mod session;
pub mod supertokens;

pub use array::PrimitiveArrayClaim;
pub use boolean::BooleanClaim;
pub use mfa::{Factors, MultiFactorAuthClaim};
pub use primitive::{Primitive, PrimitiveClaim};

pub(crate) use age::Clock;
pub(crate) use array::ArrayRule;
pub(crate) use boolean::BooleanRule;
pub(crate) use mfa::MfaRule;
pub(crate) use primitive::PrimitiveRule;
pub(crate) use session::{authenticated, is_session_token};

use crate::authorizer::Claims;

/// What a requirement is decided on.
pub(crate) struct Evidence<'a> {
    pub(crate) claims: Claims<'a>,
    pub(crate) clock: Clock,
}
