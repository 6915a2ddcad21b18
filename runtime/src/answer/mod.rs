//! 4 ANSWER: denials in the SDK's words, and the 403 that carries them.

mod error;
mod from_rejection;
mod log;
mod reason;
mod rejection;

pub use error::{ClaimValidationError, ReasonKind};
pub use from_rejection::FromRejection;
pub use rejection::Rejection;

use crate::decide::Denial;

/// The rejection of a request, which is logged too.
///
/// `has_claims` is whether an authorizer passed any, `token_would_help` whether the token in
/// `Authorization` would make ambiguous claims exact.
pub(crate) fn reject(
    denials: Vec<Denial<'_>>,
    handler: Option<&'static str>,
    has_claims: bool,
    token_would_help: bool,
) -> Rejection {
    let errors = denials.into_iter();
    let errors = errors.map(|denial| reason::error(denial, token_would_help));
    let errors: Vec<_> = errors.collect();
    log::denial(&errors, handler, has_claims);
    Rejection::new(errors)
}
