//! The trait of values that claims are compared with.

/// A value that a claim can be compared with, such as a name or an enum of names.
///
/// ```
/// use lambda_http::{Error, IntoResponse, Request};
/// use require_claims::supertokens::ROLE;
/// use require_claims::{ClaimValue, require_claims};
///
/// #[derive(ClaimValue)]
/// #[claim(rename_all = "kebab-case")]
/// enum Role {
///     Admin,
///     OrderDesk,
/// }
///
/// #[require_claims(role = any(Role::Admin, Role::OrderDesk))]
/// async fn cancel_order(event: Request) -> Result<impl IntoResponse, Error> {
///     Ok("cancelled")
/// }
///
/// assert_eq!(Role::OrderDesk.claim_value(), "order-desk");
/// let event = Request::default();
/// assert!(ROLE.includes(Role::Admin.claim_value()).check(&event).is_err());
/// # let _ = cancel_order;
/// ```
///
/// The attribute accepts a constant or variant of such a type wherever it accepts a string literal. A
/// misspelt variant is then a compile error.
///
/// `T` is the type of the claim's value: `str` (the default), `i64` or `bool`. The trait is implemented for
/// `str`, [`String`], `i64`, `bool`, and references to a value. For an enum,
/// [derive it](derive@crate::ClaimValue).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with a claim",
    label = "this constant is not a name or value of a claim",
    note = "a name is a string or has a type with `#[derive(require_claims::ClaimValue)]`; a number is an `i64`",
    note = "to accept several values, pass a list of constants, such as `any(FIRST, SECOND)`"
)]
pub trait ClaimValue<T: ?Sized = str> {
    /// Returns the value as it appears in the claim.
    fn claim_value(&self) -> &T;
}

impl ClaimValue for str {
    fn claim_value(&self) -> &str {
        self
    }
}

impl ClaimValue for String {
    fn claim_value(&self) -> &str {
        self
    }
}

impl ClaimValue<i64> for i64 {
    fn claim_value(&self) -> &i64 {
        self
    }
}

impl ClaimValue<bool> for bool {
    fn claim_value(&self) -> &bool {
        self
    }
}

impl<T: ?Sized, V: ClaimValue<T> + ?Sized> ClaimValue<T> for &V {
    fn claim_value(&self) -> &T {
        (**self).claim_value()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn returns_a_value_of_a_plain_type_unchanged() {
        assert_eq!("admin".claim_value(), "admin");
        assert_eq!((&"admin").claim_value(), "admin");
        assert_eq!(String::from("admin").claim_value(), "admin");
        assert_eq!((-5).claim_value(), &-5);
        assert_eq!(
            [true, false].map(|value| *value.claim_value()),
            [true, false]
        );
    }
}
