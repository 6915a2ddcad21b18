//! What the attribute's expansion names, and nothing else may.

mod own;

pub use std::result::Result;
pub use std::time::Duration;

pub use crate::claim::{ClaimValue, Factors};
pub use crate::decide::check;
pub use crate::extract::claims_for;
pub use crate::from_rejection::FromRejection;
pub use crate::guarded::Guarded;
pub use crate::requirement::{all, any};
pub use crate::supertokens::{
    AUDIENCE, AUTHENTICATED, EMAIL_VERIFIED, ISSUER, MFA, PERMISSION, ROLE, SCOPE, SUBJECT, TENANT,
};
pub use own::{AllOf, Alone, AnyOf, Comparison, InPath, NoneOf, One};

/// What the handler's body returned, within a `Result`.
///
/// # Errors
///
/// The body's own.
pub fn allow<T, E>(outcome: Result<T, E>) -> Result<Guarded<T>, E> {
    outcome.map(Guarded::allowed)
}

/// As [`allow`], beside the answer of a function of `on_reject`.
///
/// # Errors
///
/// The body's own.
pub fn allow_or_answer<T, R, E>(outcome: Result<T, E>) -> Result<Guarded<T, R>, E> {
    outcome.map(Guarded::allowed)
}

/// What a function of `on_reject` answers, within a `Result`.
///
/// # Errors
///
/// The function's own.
pub fn answer<T, R, E>(answer: Result<R, E>) -> Result<Guarded<T, R>, E> {
    answer.map(Guarded::answered)
}
