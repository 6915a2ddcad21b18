//! Values that a claim is compared with, of types of the user's own.

/// A value that a claim can be compared with: a name, or a type of yours that stands for one.
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
/// The attribute takes a constant or a variant of such a type wherever it takes a name in quotes, so
/// that a name which does not exist does not compile. `T` is what the claim holds: a string where
/// nothing else is said, `i64` or `bool`. Implemented for `str`, [`String`], `i64`, `bool`, and
/// references to a value; for an enum, [derive it](derive@crate::ClaimValue).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with a claim",
    label = "this constant is no name and no value",
    note = "a name is text, or of a type with `#[derive(require_claims::ClaimValue)]`; a number is an `i64`",
    note = "a constant is one name; several stand in a list, such as `any(FIRST, SECOND)`"
)]
pub trait ClaimValue<T: ?Sized = str> {
    /// The value as the claim holds it.
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
    fn a_value_of_a_plain_type_is_itself() {
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
