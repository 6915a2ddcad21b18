//! Requirements on the claims of a request, as plain data.

use std::time::Duration;

use crate::validator::Validator;
use crate::value::Claim;

/// A condition on the claims of a request.
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
/// combined with [`all`] and [`any`]. There is no `not`, because a missing claim would satisfy it. Use a
/// validator such as [`excludes`](crate::PrimitiveArrayClaim::excludes), which denies a missing claim.
#[derive(Clone, Copy, Debug)]
#[must_use = "a requirement does nothing until it is checked"]
pub struct Requirement<'a> {
    pub(crate) kind: Kind<'a>,
    pub(crate) max_age: Option<Duration>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind<'a> {
    Claim(Claim, Validator<'a>),
    /// The token is an OAuth 2 access token.
    OAuth2,
    All(&'a [Requirement<'a>]),
    Any(&'a [Requirement<'a>]),
}

impl<'a> Requirement<'a> {
    pub(crate) const fn on(claim: Claim, validator: Validator<'a>) -> Self {
        Self::new(Kind::Claim(claim, validator))
    }

    pub(crate) const fn oauth2() -> Self {
        Self::new(Kind::OAuth2)
    }

    const fn new(kind: Kind<'a>) -> Self {
        let max_age = None;
        Self { kind, max_age }
    }

    /// Additionally requires that the value was fetched, or the factor completed, at most this long ago.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use require_claims::Requirement;
    /// use require_claims::supertokens::ROLE;
    ///
    /// const RECENT_ADMIN: Requirement =
    ///     ROLE.includes("admin").max_age(Duration::from_secs(3_600));
    ///
    /// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
    /// RECENT_ADMIN.check(event)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// An age equal to the maximum is allowed. These are denied:
    ///
    /// - an older value: `expired`;
    /// - a time more than 60 seconds in the future: `time in the future`;
    /// - a value without a time: `time unknown`.
    ///
    /// SuperTokens writes the time at which it fetched a claim, `t`, in milliseconds since 1970, and the time
    /// at which a factor was completed in seconds since 1970. Other claims have no time, so they never meet a
    /// maximum age. In the attribute, that is a compile error.
    ///
    /// On [`all`] and [`any`], the maximum applies to every requirement in them. If several maximums apply,
    /// the smallest one counts.
    pub const fn max_age(mut self, max_age: Duration) -> Self {
        self.max_age = match self.max_age {
            // Never loosen an age set earlier.
            Some(earlier) if earlier.as_nanos() < max_age.as_nanos() => Some(earlier),
            _ => Some(max_age),
        };
        self
    }

    /// The smaller of this requirement's maximum age and that of the combination around it.
    pub(crate) fn age_within(&self, outer: Option<Duration>) -> Option<Duration> {
        match (self.max_age, outer) {
            (Some(inner), Some(outer)) => Some(inner.min(outer)),
            (inner, outer) => inner.or(outer),
        }
    }
}

/// The names of the path parameters that these requirements compare claims with.
pub(crate) fn path_parameters<'a>(requirements: &[Requirement<'a>]) -> Vec<&'a str> {
    let mut names = Vec::new();
    for requirement in requirements {
        match requirement.kind {
            Kind::Claim(_, Validator::IsPathParameter(name)) => names.push(name),
            Kind::All(members) | Kind::Any(members) => names.extend(path_parameters(members)),
            Kind::Claim(..) | Kind::OAuth2 => {}
        }
    }
    names
}

/// Combines requirements that must all be met.
///
/// ```
/// use require_claims::supertokens::{EMAIL_VERIFIED, ROLE};
/// use require_claims::{Requirement, all};
///
/// const STAFF: Requirement = all(&[EMAIL_VERIFIED.is_true(), ROLE.includes("staff")]);
///
/// // Every unmet requirement is reported.
/// let rejection = STAFF.check(&lambda_http::Request::default()).unwrap_err();
/// assert_eq!(rejection.errors().len(), 2);
/// ```
///
/// An empty list is never met: `empty requirement`.
pub const fn all<'a>(requirements: &'a [Requirement<'a>]) -> Requirement<'a> {
    Requirement::new(Kind::All(requirements))
}

/// Combines requirements of which at least one must be met.
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
///
/// If none is met, the errors of all of them are reported, in order. An empty list is never met: `empty
/// requirement`.
pub const fn any<'a>(requirements: &'a [Requirement<'a>]) -> Requirement<'a> {
    Requirement::new(Kind::Any(requirements))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn applies_the_smaller_of_two_maximum_ages_in_either_order() {
        let [short, long] = [60, 3_600].map(Duration::from_secs);
        for (first, second) in [(short, long), (long, short), (short, short)] {
            let requirement = any(&[]).max_age(first).max_age(second);
            assert_eq!(requirement.max_age, Some(short));
            assert_eq!(
                any(&[]).max_age(first).age_within(Some(second)),
                Some(short)
            );
        }
        assert_eq!(any(&[]).age_within(Some(long)), Some(long));
        assert_eq!(any(&[]).max_age(short).age_within(None), Some(short));
        assert_eq!(any(&[]).age_within(None), None);
    }
}
