//! The type of claims that are one string or one integer.

use std::marker::PhantomData;

use crate::requirement::Requirement;
use crate::validator::Validator;
use crate::value::{Claim, Path};

/// A claim that is one string or one integer.
///
/// ```
/// use require_claims::PrimitiveClaim;
///
/// const PLAN: PrimitiveClaim = PrimitiveClaim::new("plan");
/// const SEATS: PrimitiveClaim<i64> = PrimitiveClaim::new("seats");
/// /// A bare value, as other issuers write it.
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
/// In the token, the claim is `{"v": value, "t": milliseconds}`. `t` is the time at which it was fetched,
/// since 1970. A [`bare`](Self::bare) claim is the value itself. This type corresponds to the SDK's
/// [`PrimitiveClaim`][sdk].
///
/// `T` is the declared type of the value, `str` or `i64`. Text from the gateway is read as that type.
///
/// [sdk]: https://supertokens.com/docs/additional-verification/session-verification/claim-validation
#[derive(Debug, PartialEq, Eq)]
#[must_use = "a claim does nothing until it is required"]
pub struct PrimitiveClaim<T: Primitive + ?Sized = str> {
    claim: Claim,
    value: PhantomData<fn() -> Box<T>>,
}

/// A value type of a [`PrimitiveClaim`]: `str` or `i64`.
///
/// ```
/// use require_claims::PrimitiveClaim;
///
/// const PLAN: PrimitiveClaim<str> = PrimitiveClaim::new("plan"); // `str` is the default.
/// const SEATS: PrimitiveClaim<i64> = PrimitiveClaim::new("seats");
/// ```
///
/// The trait is sealed.
#[diagnostic::on_unimplemented(
    message = "a claim cannot have the value type `{Self}`",
    label = "use `str` or `i64`; for a boolean, use a `BooleanClaim`"
)]
pub trait Primitive: sealed::Sealed {}

impl Primitive for str {}
impl Primitive for i64 {}

mod sealed {
    use crate::value::Type;

    pub trait Sealed {
        const TYPE: Type;
    }

    impl Sealed for str {
        const TYPE: Type = Type::String;
    }

    impl Sealed for i64 {
        const TYPE: Type = Type::Integer;
    }
}

impl<T: Primitive + ?Sized> Clone for PrimitiveClaim<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Primitive + ?Sized> Copy for PrimitiveClaim<T> {}

impl<T: Primitive + ?Sized> PrimitiveClaim<T> {
    /// Declares the claim with this key, in SuperTokens' form `{"v": value, "t": milliseconds}`, which the
    /// SDK's `PrimitiveClaim` writes.
    pub const fn new(key: &'static str) -> Self {
        Self::of(Claim::timestamped(key, T::TYPE))
    }

    /// Declares the claim with this key whose value is not wrapped in an object, such as `sub` and `iss`.
    ///
    /// ```
    /// use require_claims::PrimitiveClaim;
    ///
    /// /// `"acr": "silver"`
    /// const ACR: PrimitiveClaim = PrimitiveClaim::bare("acr");
    /// /// `"seats": 5`
    /// const SEATS: PrimitiveClaim<i64> = PrimitiveClaim::<i64>::bare("seats");
    /// ```
    ///
    /// Use it for claims of other issuers, and for claims that your backend adds directly to the payload of
    /// the access token (`"plan": "pro"`).
    ///
    /// The claim has no time, so a requirement with a maximum age is never met.
    pub const fn bare(key: &'static str) -> Self {
        Self::of(Claim::bare(key, T::TYPE))
    }

    /// Declares a bare value within objects, at this path of names.
    ///
    /// ```
    /// use require_claims::PrimitiveClaim;
    ///
    /// /// `"organization": {"id": "acme"}`
    /// const ORGANIZATION: PrimitiveClaim = PrimitiveClaim::at(&["organization", "id"]);
    /// ```
    ///
    /// The rules are those of [`PrimitiveArrayClaim::at`](crate::PrimitiveArrayClaim::at).
    pub const fn at<const N: usize>(path: &'static [&'static str; N]) -> Self
    where
        [&'static str; N]: Path,
    {
        Self::of(Claim::at(path, T::TYPE))
    }

    const fn of(claim: Claim) -> Self {
        let value = PhantomData;
        Self { claim, value }
    }

    /// The declaration of the claim.
    pub(crate) const fn claim(self) -> Claim {
        self.claim
    }
}

impl PrimitiveClaim<str> {
    /// Requires the claim to be a string that is not empty.
    pub(crate) const fn is_present(self) -> Requirement<'static> {
        Requirement::on(self.claim, Validator::IsPresent)
    }

    /// Requires the claim to equal this string, byte for byte.
    pub const fn has_value(self, value: &str) -> Requirement<'_> {
        Requirement::on(self.claim, Validator::Is(value))
    }

    /// Requires the claim to equal one of these strings. An empty slice is never met: `empty requirement`.
    pub const fn has_any_of<'a>(self, values: &'a [&'a str]) -> Requirement<'a> {
        Requirement::on(self.claim, Validator::IsAnyOf(values))
    }

    /// Requires the claim to equal none of these strings. A missing claim is denied. An empty slice is never
    /// met: `empty requirement`.
    pub const fn has_none_of<'a>(self, values: &'a [&'a str]) -> Requirement<'a> {
        Requirement::on(self.claim, Validator::IsNoneOf(values))
    }

    /// Requires the claim to equal the value of this path parameter, byte for byte.
    ///
    /// With `sub`, this is an ownership check: users can access their own data only.
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
    /// Path parameters are those of `lambda_http`'s `path_parameters()`. A REST API passes them percent-encoded,
    /// as the client sent them, so they are decoded once before the comparison; the handler still sees the
    /// encoded text. If both the claim and the parameter contain a `%`, the request is denied as `ambiguous
    /// value`. If the route has no parameter of this
    /// name, or its value is empty or longer than 1,024 bytes, the request is denied: `no path parameter`.
    pub const fn is_path_parameter(self, name: &str) -> Requirement<'_> {
        Requirement::on(self.claim, Validator::IsPathParameter(name))
    }
}

impl PrimitiveClaim<i64> {
    /// Requires the claim to equal the integer in this path parameter.
    ///
    /// ```
    /// use require_claims::PrimitiveClaim;
    ///
    /// const USER_ID: PrimitiveClaim<i64> = PrimitiveClaim::<i64>::bare("user_id");
    ///
    /// // On a route such as `GET /users/{user_id}/orders`.
    /// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
    /// USER_ID.is_path_parameter("user_id").check(event)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The parameter is a decimal integer without a plus sign or leading zeros. Anything else is denied as
    /// `wrong value`. If the route has no parameter of this name, or its value is empty or longer than 1,024
    /// bytes, the request is denied as `no path parameter`. A claim of another type is `wrong type`.
    pub const fn is_path_parameter(self, name: &str) -> Requirement<'_> {
        Requirement::on(self.claim, Validator::IsPathParameter(name))
    }

    /// Requires the claim to equal this integer. Its spelling (`5`, `5.0`, `5e0`) does not matter.
    ///
    /// Numbers are compared as 64-bit floats, as in JavaScript. Integers beyond ±(2⁵³ − 1) are not exact as
    /// floats, so a requirement with such an integer is never met: `ambiguous value` if the claim may equal it.
    pub const fn has_value(self, value: i64) -> Requirement<'static> {
        Requirement::on(self.claim, Validator::IsInteger(value))
    }
}
