//! READ, for the handler: the claims as a value of the type that it declares.

mod claims;
mod error;
mod exact;
mod json;
mod session;
mod text;

use std::cell::OnceCell;

use serde::de::DeserializeOwned;

pub use session::Session;

use crate::authorizer::{Claims, GatewayEvent};
use crate::claim::is_session_token;
use crate::claim::supertokens::SUBJECT;
use crate::clock::Clock;
use crate::errors::Errors;
use crate::evidence::Evidence;
use crate::log;
use crate::reason::Reason;
use crate::rejection::Rejection;

/// The claims of an event, as a value of a type of yours or as a [`Session`].
///
/// ```
/// use require_claims::claims_of;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct User {
///     #[serde(rename = "sub")]
///     id: String,
///     /// A claim that not every token has.
///     email: Option<String>,
/// }
///
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// let user: User = claims_of(event)?;
/// # Ok(())
/// # }
/// ```
///
/// This asks nothing of the claims but that they can be read. In a handler, write the requirements
/// as an [attribute](macro@crate::require_claims), and the value as an argument `#[claims] user: User`.
///
/// # Errors
///
/// Whatever cannot be read exactly is a [`Rejection`], and never a default:
///
/// - The event has no authorizer's claims, or those of a token that is not of a session (`stt`).
/// - A claim that the type asks for is missing or `null`, and no `Option`: `value does not exist`.
/// - It is not as the type declares it: `not as declared`.
/// - An HTTP API handed it over as text, the token is not in `Authorization`, and the text does not
///   tell what it was: `ambiguous value`. Of text alone are read strings, numbers, booleans, names
///   of unit variants, and a list of one name without blanks.
/// - The token in `Authorization` says something else than the text: `unknown rendering`.
/// - A whole number beyond 2⁵³ in that token: the gateway may have rounded what it is compared with.
/// - There are more than 256 claims: `unreadable value`.
///
/// That also holds where the type would make a default of what it cannot read (`deserialize_with`).
/// A list fills no struct, although serde would take its elements for the fields. What serde does
/// by itself it does here, too: an `Option` under `#[serde(flatten)]` whose fields do not fit is
/// `None`, an untagged enum is the first variant that fits, and in both of them and in a tagged enum
/// a list does fill a struct.
pub fn claims_of<T: FromClaims, E: GatewayEvent + ?Sized>(event: &E) -> Result<T, Rejection> {
    extract(event, None)
}

/// As [`claims_of`], with the name that the log has for the handler.
///
/// # Errors
///
/// As of [`claims_of`].
pub fn claims_for<T: FromClaims, E: GatewayEvent + ?Sized>(
    event: &E,
    handler: &'static str,
) -> Result<T, Rejection> {
    extract(event, Some(handler))
}

fn extract<T: FromClaims, E: GatewayEvent + ?Sized>(
    event: &E,
    handler: Option<&'static str>,
) -> Result<T, Rejection> {
    Evidence::find(event, Clock::system(), |evidence| {
        let mut errors = Errors::recorded();
        read(evidence, &mut errors).ok_or_else(|| {
            let errors = errors.into_list();
            log::denial(evidence, handler, &errors);
            Rejection::new(errors)
        })
    })
}

/// The claim that is told to be wrong where all are: every token has a user.
const KEY_OF_ALL: &str = SUBJECT.key();

fn read<T: FromClaims>(evidence: &Evidence<'_>, errors: &mut Errors) -> Option<T> {
    if !is_session_token(evidence, errors) {
        return None;
    }
    let claims = &evidence.claims;
    let are_none =
        matches!(claims, Claims::Absent) || claims.keys().is_ok_and(|keys| keys.is_empty());
    if are_none {
        // Not even a user: an `Option` of each claim would else be a user without claims.
        errors.deny(KEY_OF_ALL, Reason::does_not_exist);
        return None;
    }
    T::from_claims(evidence, errors)
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
/// name are not looked at. The trait is sealed: how claims are read is what the guard vouches for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from claims",
    label = "claims cannot be read as this type",
    note = "use `require_claims::Session`, or a type with `#[derive(serde::Deserialize)]` that owns what \
            it has"
)]
pub trait FromClaims: sealed::Sealed {}

impl<T: sealed::Sealed> FromClaims for T {}

mod sealed {
    use super::{Errors, Evidence};

    pub trait Sealed: Sized {
        /// The value; none, and an error, where a claim of it cannot be read exactly.
        fn from_claims(evidence: &Evidence<'_>, errors: &mut Errors) -> Option<Self>;
    }
}

impl<T: DeserializeOwned> sealed::Sealed for T {
    fn from_claims(evidence: &Evidence<'_>, errors: &mut Errors) -> Option<Self> {
        let doubt = OnceCell::new();
        let all = claims::All {
            claims: &evidence.claims,
            doubt: &doubt,
        };
        let read = T::deserialize(all);
        match doubt.into_inner().map_or(read, Err) {
            Ok(value) => Some(value),
            Err(error) => {
                error.report(evidence, errors);
                None
            }
        }
    }
}
