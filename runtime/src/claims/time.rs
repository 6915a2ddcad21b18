//! The type of claims that are a time.

use std::time::Duration;

use crate::requirement::Requirement;
use crate::validator::Validator;
use crate::value::{Claim, Path, Type};

/// A claim that is a time, in seconds since 1970, such as `auth_time`.
///
/// ```
/// use lambda_http::{Error, IntoResponse, Request};
/// use require_claims::{TimeClaim, require_claims};
///
/// /// The time at which the user signed in (OpenID Connect).
/// const AUTH_TIME: TimeClaim = TimeClaim::bare("auth_time");
///
/// #[require_claims(AUTH_TIME(max_age = "15m"))]
/// async fn change_password(event: Request) -> Result<impl IntoResponse, Error> {
///     Ok("changed")
/// }
/// # let _ = change_password;
/// ```
///
/// The value is a number of seconds, a `NumericDate` ([RFC 7519, section 2]). A fraction is allowed. A value of
/// another type is `wrong type`.
///
/// [RFC 7519, section 2]: https://www.rfc-editor.org/rfc/rfc7519#section-2
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a claim does nothing until it is required"]
pub struct TimeClaim(Claim);

impl TimeClaim {
    /// Declares the claim with this key.
    pub const fn bare(key: &'static str) -> Self {
        Self(Claim::bare(key, Type::Time))
    }

    /// Declares a time within objects, at this path of names.
    ///
    /// ```
    /// use require_claims::TimeClaim;
    ///
    /// /// `"session": {"signed_in": 1700000000}`
    /// const SIGNED_IN: TimeClaim = TimeClaim::at(&["session", "signed_in"]);
    /// ```
    ///
    /// The rules are those of [`PrimitiveArrayClaim::at`](crate::PrimitiveArrayClaim::at).
    pub const fn at<const N: usize>(path: &'static [&'static str; N]) -> Self
    where
        [&'static str; N]: Path,
    {
        Self(Claim::at(path, Type::Time))
    }

    /// Requires the time to be at most this long ago.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    ///
    /// use require_claims::TimeClaim;
    ///
    /// const AUTH_TIME: TimeClaim = TimeClaim::bare("auth_time");
    ///
    /// let event = serde_json::json!({
    ///     "version": "2.0",
    ///     "rawPath": "/password",
    ///     "requestContext": {
    ///         "http": {"method": "POST", "path": "/password"},
    ///         "authorizer": {"jwt": {"claims": {"auth_time": "1700000000"}, "scopes": null}},
    ///     },
    ///     "isBase64Encoded": false,
    /// });
    /// let event = lambda_http::request::from_str(&event.to_string()).unwrap();
    ///
    /// let recent = AUTH_TIME.max_age(Duration::from_secs(900));
    /// let signed_in = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    /// assert!(recent.check_at(&event, signed_in + Duration::from_secs(900)).is_ok());
    /// assert!(recent.check_at(&event, signed_in + Duration::from_secs(901)).is_err());
    /// ```
    ///
    /// An age equal to the maximum is allowed. An older time is `expired`, and one more than 60 seconds in the
    /// future `time in the future`.
    pub const fn max_age(self, max_age: Duration) -> Requirement<'static> {
        Requirement::on(self.0, Validator::IsRecent).max_age(max_age)
    }
}
