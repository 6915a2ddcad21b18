//! Requirements: what is asked of claims, as values.

use std::time::{Duration, SystemTime};

use crate::authorizer::GatewayEvent;
use crate::claim::{ArrayRule, BooleanRule, MfaRule, PrimitiveRule};
use crate::decide;
use crate::rejection::Rejection;

/// What is required of the claims of an event.
///
/// ```
/// use require_claims::supertokens::{EMAIL_VERIFIED, MFA, PERMISSION, ROLE};
/// use require_claims::{Requirement, all, any};
/// use std::time::Duration;
///
/// const FRESHLY_VERIFIED: Requirement = EMAIL_VERIFIED
///     .is_true()
///     .max_age(Duration::from_secs(5 * 60));
///
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// let staff = [
///     PERMISSION.includes("orders:write"),
///     MFA.has_completed_requirements_for_auth(),
/// ];
/// any(&[ROLE.includes("admin"), all(&staff)]).check(event)?;
/// FRESHLY_VERIFIED.check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// Requirements are made from claims, such as those of [`supertokens`](crate::supertokens), and
/// combined with [`all`] and [`any`]. There is no `not`: a claim that is missing would pass it. The
/// excluding validators ask that the claim is there.
///
/// `Display` writes what the attribute would say, with the claim's key where the claim is your own:
///
/// ```
/// use require_claims::{BooleanClaim, any, supertokens::ROLE};
/// use std::time::Duration;
///
/// const BETA: BooleanClaim = BooleanClaim::new("beta");
///
/// let requirements = [ROLE.includes_any(&["admin", "owner"]), BETA.is_true()];
/// let lately = any(&requirements).max_age(Duration::from_secs(300));
/// assert_eq!(
///     lately.to_string(),
///     r#"any(role(any("admin", "owner"), max_age = "5m"), beta(max_age = "5m"))"#,
/// );
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Requirement<'a> {
    pub(crate) rule: Rule<'a>,
    pub(crate) max_age: Option<Duration>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule<'a> {
    Authenticated,
    Boolean(BooleanRule),
    Primitive(PrimitiveRule<'a>),
    Array(ArrayRule<'a>),
    Mfa(MfaRule<'a>),
    All(&'a [Requirement<'a>]),
    Any(&'a [Requirement<'a>]),
}

impl<'a> Requirement<'a> {
    pub(crate) const fn new(rule: Rule<'a>) -> Self {
        Self {
            rule,
            max_age: None,
        }
    }

    /// The same, of values that were fetched no longer ago than this.
    ///
    /// SuperTokens writes when it fetched a claim, `t`, in milliseconds, and when a factor was
    /// completed, in seconds. An age equal to the maximum passes. A value without a time is denied,
    /// and so is one from more than 60 seconds in the future. On [`all`] and [`any`] the age holds
    /// for everything in them; where ages are nested, or given twice, the least of them counts.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use require_claims::supertokens::ROLE;
    ///
    /// let recent = ROLE.includes("admin").max_age(Duration::from_secs(3_600));
    /// assert_eq!(recent.to_string(), r#"role("admin", max_age = "1h")"#);
    /// ```
    #[must_use]
    pub const fn max_age(mut self, max_age: Duration) -> Self {
        self.max_age = match self.max_age {
            // An age given later loosens none.
            Some(own) if own.as_nanos() < max_age.as_nanos() => Some(own),
            _ => Some(max_age),
        };
        self
    }

    /// The age that holds here, within something that has one too: the least counts.
    pub(crate) fn age_within(&self, outer: Option<Duration>) -> Option<Duration> {
        match (self.max_age, outer) {
            (Some(own), Some(outer)) => Some(own.min(outer)),
            (own, outer) => own.or(outer),
        }
    }

    /// Checks an event for this requirement.
    ///
    /// # Errors
    ///
    /// The [`Rejection`] where the requirement is not met, or this cannot be decided.
    ///
    /// ```
    /// use require_claims::supertokens::EMAIL_VERIFIED;
    ///
    /// // A request that came through no gateway has no claims.
    /// let event = lambda_http::Request::default();
    /// let rejection = EMAIL_VERIFIED.is_true().check(&event).unwrap_err();
    /// assert_eq!(rejection.status(), 403);
    /// ```
    pub fn check<E: GatewayEvent + ?Sized>(&self, event: &E) -> Result<(), Rejection> {
        decide::check_one(event, self, None)
    }

    /// As [`check`](Self::check), with ages counted to this time instead of now: for tests.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    ///
    /// use require_claims::supertokens::ROLE;
    ///
    /// let role = r#"map[t:1.7e+12 v:[admin]]"#; // Fetched at 1,700,000,000,000 milliseconds.
    /// let event = serde_json::json!({
    ///     "version": "2.0",
    ///     "rawPath": "/orders",
    ///     "requestContext": {
    ///         "http": {"method": "GET", "path": "/orders"},
    ///         "authorizer": {"jwt": {"claims": {"st-role": role}, "scopes": null}},
    ///     },
    ///     "isBase64Encoded": false,
    /// });
    /// let event = lambda_http::request::from_str(&event.to_string()).unwrap();
    ///
    /// let recent = ROLE.includes("admin").max_age(Duration::from_secs(60));
    /// let fetched = UNIX_EPOCH + Duration::from_millis(1_700_000_000_000);
    /// assert!(recent.check_at(&event, fetched + Duration::from_secs(60)).is_ok());
    /// assert!(recent.check_at(&event, fetched + Duration::from_secs(61)).is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// As of [`check`](Self::check).
    pub fn check_at<E: GatewayEvent + ?Sized>(
        &self,
        event: &E,
        now: SystemTime,
    ) -> Result<(), Rejection> {
        decide::check_one(event, self, Some(now))
    }
}

/// Each of these requirements; an empty list is never met.
///
/// ```
/// use require_claims::supertokens::{EMAIL_VERIFIED, ROLE};
/// use require_claims::{Requirement, all};
///
/// const STAFF: Requirement = all(&[EMAIL_VERIFIED.is_true(), ROLE.includes("staff")]);
///
/// assert_eq!(STAFF.to_string(), r#"all(email_verified, role = "staff")"#);
/// ```
#[must_use]
pub const fn all<'a>(requirements: &'a [Requirement<'a>]) -> Requirement<'a> {
    Requirement::new(Rule::All(requirements))
}

/// At least one of these requirements; an empty list is never met.
///
/// Where none is met, the errors are those of all of them, in order.
///
/// ```
/// use require_claims::supertokens::{PERMISSION, ROLE};
/// use require_claims::{Requirement, any};
///
/// const READERS: Requirement = any(&[ROLE.includes("admin"), PERMISSION.includes("orders:read")]);
///
/// let event = lambda_http::Request::default();
/// let rejection = READERS.check(&event).unwrap_err();
/// let claims: Vec<&str> = rejection.errors().iter().map(|error| error.id()).collect();
/// assert_eq!(claims, ["st-role", "st-perm"]);
/// ```
#[must_use]
pub const fn any<'a>(requirements: &'a [Requirement<'a>]) -> Requirement<'a> {
    Requirement::new(Rule::Any(requirements))
}
