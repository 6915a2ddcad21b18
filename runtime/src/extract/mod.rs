//! Beside the four steps: the claims as a value of the type that the handler declares.

mod claims;
mod error;
mod session;
mod text;

use std::cell::OnceCell;

use serde::de::DeserializeOwned;

pub use session::Session;

use crate::decide::{Denial, Why};
use crate::token::ClaimSource;
use crate::value::Unread;

/// Reads claims as the type of an argument.
///
/// # Errors
///
/// If the claims are not as the type declares them, or have several interpretations.
pub fn read<'a, T: FromClaims>(claims: &'a ClaimSource<'a>) -> Result<T, Vec<Denial<'a>>> {
    if claims.keys().is_ok_and(|keys| keys.is_empty()) {
        // Otherwise an `Option` of each claim would be a user without claims.
        let missing = Denial::of(claims::KEY_OF_ALL, Why::Unread(Unread::Missing));
        return Err(vec![missing]);
    }
    T::from_claims(claims)
}

/// A type that a handler can have its claims as: [`Session`], or any that is
/// [`Deserialize`](serde::Deserialize) and owns what it has.
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
/// The claims are the fields of a struct, by their names in the token. Claims that the type does not
/// name are not looked at. The trait is sealed: the crate's guarantees depend on how claims are read.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from claims",
    label = "claims cannot be read as this type",
    note = "use `require_claims::Session`, or a type with `#[derive(serde::Deserialize)]` that owns what \
            it has"
)]
pub trait FromClaims: sealed::Sealed {}

impl<T: sealed::Sealed> FromClaims for T {}

mod sealed {
    use super::{ClaimSource, Denial};

    pub trait Sealed: Sized {
        /// The value, or everything that cannot be read exactly.
        fn from_claims<'a>(claims: &'a ClaimSource<'a>) -> Result<Self, Vec<Denial<'a>>>;
    }
}

impl<T: DeserializeOwned> sealed::Sealed for T {
    fn from_claims<'a>(claims: &'a ClaimSource<'a>) -> Result<Self, Vec<Denial<'a>>> {
        let doubt = OnceCell::new();
        let all = claims::AllClaims {
            claims,
            doubt: &doubt,
        };
        let read = T::deserialize(all);
        let error = match (doubt.into_inner(), read) {
            (None, Ok(value)) => return Ok(value),
            (Some(error), _) | (None, Err(error)) => error,
        };
        Err(vec![error.into_denial()])
    }
}
