//! 4 ANSWER: converts denials into the SDK's errors and a 403 response.

mod challenge;
mod error;
mod from_rejection;
mod log;
mod reason;
mod rejection;

pub use error::{ClaimValidationError, ReasonKind};
pub use from_rejection::FromRejection;
pub(crate) use rejection::Form;
pub use rejection::Rejection;

use crate::decide::Denials;

/// Creates the rejection of a request and logs it.
///
/// `has_claims` is whether the event has authorizer claims, `token_would_help` whether sending the token in
/// `Authorization` would resolve ambiguous claims.
pub(crate) fn reject(
    denials: Denials<'_>,
    handler: Option<&'static str>,
    has_claims: bool,
    token_would_help: bool,
) -> Rejection {
    let error = |denial| reason::error(denial, token_would_help);
    let errors: Vec<_> = denials.into_iter().map(error).collect();
    log::denial(&errors, handler, has_claims);
    Rejection::new(errors)
}
