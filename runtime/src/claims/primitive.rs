//! Claims that are one string or one whole number.

use std::marker::PhantomData;

use crate::requirement::Requirement;
use crate::validator::Validator;
use crate::value::{Claim, Envelope, Type};

/// A claim that is one string, or one whole number, `{"v": value, "t": milliseconds}` in the token.
///
/// ```
/// use require_claims::PrimitiveClaim;
///
/// const PLAN: PrimitiveClaim = PrimitiveClaim::new("plan");
/// const SEATS: PrimitiveClaim<i64> = PrimitiveClaim::new("seats");
/// /// A claim of another issuer, whose value is not wrapped in an object.
/// const ACR: PrimitiveClaim = PrimitiveClaim::bare("acr");
///
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// PLAN.has_value("pro").check(event)?;
/// SEATS.has_value(5).check(event)?;
/// ACR.has_any_of(&["silver", "gold"]).check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The counterpart of the SDK's [`PrimitiveClaim`][sdk]. `T` is the declared type of the value,
/// `str` or `i64`: text from the gateway is read as that type.
///
/// [sdk]: https://supertokens.com/docs/additional-verification/session-verification/claim-validation
#[derive(Debug, PartialEq, Eq)]
pub struct PrimitiveClaim<T: Primitive + ?Sized = str> {
    key: &'static str,
    envelope: Envelope,
    value: PhantomData<fn() -> Box<T>>,
}

/// A type that the value of a [`PrimitiveClaim`] can be declared to have: `str` or `i64`.
#[diagnostic::on_unimplemented(
    message = "a claim's value cannot be declared as `{Self}`",
    label = "use `str` or `i64`; for true and false, use a `BooleanClaim`"
)]
pub trait Primitive: sealed::Sealed {}

impl Primitive for str {}
impl Primitive for i64 {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for str {}
    impl Sealed for i64 {}
}

impl<T: Primitive + ?Sized> Clone for PrimitiveClaim<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Primitive + ?Sized> Copy for PrimitiveClaim<T> {}

impl<T: Primitive + ?Sized> PrimitiveClaim<T> {
    /// The claim of this key, in SuperTokens' form `{"v": value, "t": milliseconds}`. The SDK's
    /// `PrimitiveClaim` writes this form.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self::of(key, Envelope::Timestamped)
    }

    /// The claim of this key whose value is not wrapped in an object, such as `sub` and `iss`.
    ///
    /// Use it for claims of other issuers, and for those that your backend adds to the access token's
    /// payload itself (`"plan": "pro"`).
    ///
    /// It has no time, so a requirement with a maximum age is never met.
    #[must_use]
    pub const fn bare(key: &'static str) -> Self {
        Self::of(key, Envelope::Bare)
    }

    const fn of(key: &'static str, envelope: Envelope) -> Self {
        let value = PhantomData;
        Self {
            key,
            envelope,
            value,
        }
    }
}

impl PrimitiveClaim<str> {
    /// The claim's declaration.
    pub(crate) const fn claim(self) -> Claim {
        Claim::new(self.key, self.envelope, Type::String)
    }

    /// Requires that the claim is there and not empty.
    pub(crate) const fn is_present(self) -> Requirement<'static> {
        Requirement::on(self.claim(), Validator::IsPresent)
    }

    /// Requires that the claim is there and is this string, byte for byte.
    #[must_use]
    pub const fn has_value(self, value: &str) -> Requirement<'_> {
        Requirement::on(self.claim(), Validator::Is(value))
    }

    /// Requires that the claim is there and is one of these strings.
    #[must_use]
    pub const fn has_any_of<'a>(self, values: &'a [&'a str]) -> Requirement<'a> {
        Requirement::on(self.claim(), Validator::IsAnyOf(values))
    }

    /// Requires that the claim is there and is none of these strings; a missing claim fails.
    #[must_use]
    pub const fn has_none_of<'a>(self, values: &'a [&'a str]) -> Requirement<'a> {
        Requirement::on(self.claim(), Validator::IsNoneOf(values))
    }

    /// Requires that the claim is there and equals this parameter of the request's path, byte for byte.
    ///
    /// With `sub`, it limits a route to the user's own data.
    ///
    /// ```
    /// use require_claims::supertokens::SUBJECT;
    ///
    /// // On a route such as `GET /users/{user_id}/orders`.
    /// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
    /// SUBJECT.is_path_parameter("user_id").check(event)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The parameter is that of `lambda_http`'s `path_parameters()`. A route without it denies, and
    /// so does an empty one and one of more than 1,024 bytes.
    #[must_use]
    pub const fn is_path_parameter(self, name: &str) -> Requirement<'_> {
        Requirement::on(self.claim(), Validator::IsPathParameter(name))
    }
}

impl PrimitiveClaim<i64> {
    /// The claim's declaration.
    pub(crate) const fn claim(self) -> Claim {
        Claim::new(self.key, self.envelope, Type::Integer)
    }

    /// Requires that the claim is there and is this number, whatever its spelling (`5`, `5.0`,
    /// `5e0`).
    ///
    /// JSON numbers are compared as JavaScript does, as 64-bit floats. A number beyond 2⁵³ − 1 in
    /// size is not exact there, so a requirement of one is never met.
    #[must_use]
    pub const fn has_value(self, value: i64) -> Requirement<'static> {
        Requirement::on(self.claim(), Validator::IsInteger(value))
    }
}
