//! A session, as far as its token tells.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::sealed::Sealed;
use crate::authorizer::Claims;
use crate::claim;
use crate::claim::supertokens::{MFA, PERMISSION, ROLE, SESSION_HANDLE, SUBJECT, TENANT};
use crate::errors::Errors;
use crate::evidence::Evidence;
use crate::part::{Part, Unread, type_name};
use crate::reason::Reason;

/// The session that a token is of: its user, and what SuperTokens says about them.
///
/// ```
/// use lambda_http::{Error, IntoResponse, Request};
/// use require_claims::{Session, require_claims};
///
/// #[require_claims(email_verified)]
/// async fn my_orders(event: Request, #[claims] session: Session) -> Result<impl IntoResponse, Error> {
///     Ok(format!("the orders of {}", session.user_id()))
/// }
/// # let _ = my_orders;
/// ```
///
/// A token of a session has `sub`, `sessionHandle` and `exp`, else it is a denial; any other claim that
/// it does not have is `None`. One that it has, and that cannot be read exactly,
/// is a denial, whoever asks for it: where an HTTP API handed over text and the token is not in
/// `Authorization`, that is so for a user with several roles, and for one whose list of them is empty.
/// `Debug` prints none of it, since all of it is personal.
///
/// The claims are those of the npm package `supertokens-node` 24.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    user_id: String,
    handle: String,
    tenant_id: Option<String>,
    expires_at: SystemTime,
    roles: Option<Vec<String>>,
    permissions: Option<Vec<String>>,
    completed_factors: Option<BTreeMap<String, SystemTime>>,
}

impl Session {
    /// `sub`: the user's id.
    #[must_use]
    pub fn user_id(&self) -> &str {
        &self.user_id
    }

    /// `sessionHandle`: what SuperTokens' backend knows the session by.
    #[must_use]
    pub fn session_handle(&self) -> &str {
        &self.handle
    }

    /// `tId`: the tenant that the user signed in to.
    #[must_use]
    pub fn tenant_id(&self) -> Option<&str> {
        self.tenant_id.as_deref()
    }

    /// `exp`: when the token expires. The session may last longer, or have ended.
    #[must_use]
    pub fn expires_at(&self) -> SystemTime {
        self.expires_at
    }

    /// `st-role`: the user's roles.
    #[must_use]
    pub fn roles(&self) -> Option<&[String]> {
        self.roles.as_deref()
    }

    /// `st-perm`: the permissions of the user's roles.
    #[must_use]
    pub fn permissions(&self) -> Option<&[String]> {
        self.permissions.as_deref()
    }

    /// `st-mfa`: the factors that are completed in this session, and when they were.
    #[must_use]
    pub fn completed_factors(&self) -> Option<&BTreeMap<String, SystemTime>> {
        self.completed_factors.as_ref()
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Sealed for Session {
    /// Reads all of it, so that all errors are told at once.
    fn from_claims(evidence: &Evidence<'_>, errors: &mut Errors) -> Option<Self> {
        let names = |part| claim::all_names(part, evidence.token_would_tell);
        let mut reader = Reader {
            claims: &evidence.claims,
            errors,
        };
        let user_id = reader.required(SUBJECT.key(), name);
        let handle = reader.required(SESSION_HANDLE, name);
        let tenant_id = reader.optional(TENANT.key(), name);
        let expires_at = reader.required("exp", seconds);
        let roles = reader.optional(ROLE.key(), names);
        let permissions = reader.optional(PERMISSION.key(), names);
        let completed_factors = reader.optional(MFA.key(), factors);
        Some(Self {
            user_id: user_id?,
            handle: handle?,
            tenant_id: tenant_id.ok()?,
            expires_at: expires_at?,
            roles: roles.ok()?,
            permissions: permissions.ok()?,
            completed_factors: completed_factors.ok()?,
        })
    }
}

/// Reads claims; each is read by a function whose error is the reason why it cannot be.
struct Reader<'a, 'e> {
    claims: &'a Claims<'a>,
    errors: &'e mut Errors,
}

impl<'a> Reader<'a, '_> {
    fn required<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(Part<'a>) -> Result<T, Reason>,
    ) -> Option<T> {
        let claim = self.optional(key, read).ok()?;
        if claim.is_none() {
            self.errors.deny(key, Reason::does_not_exist);
        }
        claim
    }

    /// The claim, if there is one.
    fn optional<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(Part<'a>) -> Result<T, Reason>,
    ) -> Result<Option<T>, Denied> {
        let claim = match self.claims.get(key) {
            Ok(part) => read(part).map(Some),
            Err(Unread::Missing | Unread::Null) => Ok(None),
            Err(unread) => Err(unread.reason(type_name::JSON)),
        };
        claim.map_err(|reason| {
            self.errors.deny(key, || reason);
            Denied
        })
    }
}

/// A claim cannot be read; the error is noted.
struct Denied;

fn name(part: Part<'_>) -> Result<String, Reason> {
    match part.string() {
        Some(name) if name.is_empty() => Err(Reason::does_not_exist()),
        Some(name) => Ok(name.into_owned()),
        None => Err(part.not_of_type(type_name::STRING)),
    }
}

fn seconds(part: Part<'_>) -> Result<SystemTime, Reason> {
    part.number()
        .and_then(time)
        .ok_or_else(|| part.not_of_type(type_name::NUMBER))
}

/// The time so many seconds after the start of 1970, if there is such a time.
fn time(seconds: f64) -> Option<SystemTime> {
    let since = Duration::try_from_secs_f64(seconds).ok()?;
    UNIX_EPOCH.checked_add(since)
}

fn factors(part: Part<'_>) -> Result<BTreeMap<String, SystemTime>, Reason> {
    let factors = claim::completed_factors(part)?;
    let times = factors
        .into_iter()
        .map(|(factor, seconds)| Some((factor, time(seconds)?)));
    let times: Option<_> = times.collect();
    times.ok_or_else(|| part.not_of_type(type_name::FACTORS))
}
