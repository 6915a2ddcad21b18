//! Extracts the claims as the type that a handler declares. This follows the decision.

mod claims;
mod error;
mod session;
mod text;

use std::cell::OnceCell;

use serde::de::DeserializeOwned;

pub use session::Session;

use crate::decide::{Cause, Denial};
use crate::token::ClaimSource;
use crate::value::ReadError;

/// Extracts the claims as the type of an argument.
///
/// # Errors
///
/// Returns the claims that do not have the declared type or cannot be extracted exactly.
pub fn read<'a, T: FromClaims>(claims: &'a ClaimSource<'a>) -> Result<T, Vec<Denial<'a>>> {
    if claims.are_absent() {
        // Otherwise, a type with optional fields only could be extracted from an event without claims.
        let missing = Denial::for_key(claims::FALLBACK_KEY, Cause::NotRead(ReadError::Missing));
        return Err(vec![missing]);
    }
    T::from_claims(claims)
}

/// A type that claims can be extracted as: [`Session`], or an owned type that implements
/// [`Deserialize`](serde::Deserialize).
///
/// ```
/// use require_claims::{FromClaims, Session};
///
/// #[derive(serde::Deserialize)]
/// struct User {
///     sub: String,
/// }
///
/// fn can_be_an_argument<T: FromClaims>() {}
/// can_be_an_argument::<User>();
/// can_be_an_argument::<Session>();
/// ```
///
/// The claims are matched with the fields of a struct by their keys in the token. Claims without a field are
/// ignored. A map, or a struct with `#[serde(flatten)]`, reads all claims.
///
/// The trait is sealed: the crate's guarantees depend on how claims are extracted.
#[diagnostic::on_unimplemented(
    message = "claims cannot be extracted as `{Self}`",
    label = "claims cannot be extracted as this type",
    note = "use `require_claims::Session`, or a type with `#[derive(serde::Deserialize)]` without borrowed fields"
)]
pub trait FromClaims: sealed::Sealed {}

impl<T: sealed::Sealed> FromClaims for T {}

mod sealed {
    use super::{ClaimSource, Denial};

    pub trait Sealed: Sized {
        /// Extracts the value, or returns the claims that cannot be extracted exactly.
        fn from_claims<'a>(claims: &'a ClaimSource<'a>) -> Result<Self, Vec<Denial<'a>>>;
    }
}

impl<T: DeserializeOwned> sealed::Sealed for T {
    fn from_claims<'a>(claims: &'a ClaimSource<'a>) -> Result<Self, Vec<Denial<'a>>> {
        let fatal = OnceCell::new();
        let all = claims::ClaimsDeserializer {
            claims,
            fatal: &fatal,
        };
        let value = T::deserialize(all);
        let error = match (fatal.into_inner(), value) {
            (None, Ok(value)) => return Ok(value),
            (Some(error), _) | (None, Err(error)) => error,
        };
        Err(vec![error.into_denial()])
    }
}
