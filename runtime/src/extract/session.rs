//! The session of a token.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::sealed::Sealed;
use crate::claims::PrimitiveClaim;
use crate::claims::supertokens::{
    MFA, PERMISSION, RECIPE_USER, ROLE, SESSION_HANDLE, SUBJECT, TENANT,
};
use crate::decide::{AMBIGUOUS, Cause, Denial, TokenType};
use crate::token::ClaimSource;
use crate::value::go_list::Match;
use crate::value::timestamped::Timestamped;
use crate::value::{Claim, ReadError, Typed};

/// The session of a token: the user and the user's SuperTokens claims.
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
/// `sub`, `sessionHandle` and `exp` are required. Any other claim that is missing or `null` is `None`; an
/// empty list is `Some(&[])`.
///
/// If one of these claims cannot be extracted exactly, the request is rejected, even if the handler never
/// uses the claim. For example, if an HTTP API passes text and the token is not in `Authorization`, users
/// with several roles, or with an empty list of roles, are rejected.
///
/// `Debug` does not print the fields, because they are personal data.
///
/// The keys and forms of the claims are those of the npm package `supertokens-node` 24.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    user_id: String,
    handle: String,
    recipe_user_id: Option<String>,
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

    /// `sessionHandle`: the id of the session in SuperTokens' backend.
    #[must_use]
    pub fn session_handle(&self) -> &str {
        &self.handle
    }

    /// `rsub`: the id of the login method that the user signed in with. It differs from the user's id if
    /// SuperTokens has linked several accounts.
    #[must_use]
    pub fn recipe_user_id(&self) -> Option<&str> {
        self.recipe_user_id.as_deref()
    }

    /// `tId`: the id of the tenant that the user signed in to.
    #[must_use]
    pub fn tenant_id(&self) -> Option<&str> {
        self.tenant_id.as_deref()
    }

    /// `exp`: the time at which the token expires. The session may last longer, or may have ended already.
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

    /// `st-mfa`: the ids of the factors completed in this session, with the times at which they were
    /// completed.
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

/// `exp`: the time at which the token expires, in seconds since 1970.
const EXPIRY: Claim = PrimitiveClaim::<i64>::bare("exp").claim();

impl Sealed for Session {
    /// Reads all claims before it returns, so that all errors are reported at once.
    fn from_claims<'a>(claims: &'a ClaimSource<'a>) -> Result<Self, Vec<Denial<'a>>> {
        // The requirements may be about another type of token.
        let denials = TokenType::Session.denial(claims);
        let mut reader = Reader {
            claims,
            denials: denials.into_iter().collect(),
        };
        let user_id = reader.required(SUBJECT.claim(), name);
        let handle = reader.required(SESSION_HANDLE.claim(), name);
        let recipe_user_id = reader.optional(RECIPE_USER.claim(), name);
        let tenant_id = reader.optional(TENANT.claim(), name);
        let expires_at = reader.required(EXPIRY, expiry);
        let roles = reader.optional(ROLE.claim(), names);
        let permissions = reader.optional(PERMISSION.claim(), names);
        let completed_factors = reader.optional(MFA.claim(), factors);
        match (user_id, handle, expires_at) {
            (Some(user_id), Some(handle), Some(expires_at)) if reader.denials.is_empty() => {
                Ok(Self {
                    user_id,
                    handle,
                    recipe_user_id,
                    tenant_id,
                    expires_at,
                    roles,
                    permissions,
                    completed_factors,
                })
            }
            _ => Err(reader.denials),
        }
    }
}

/// Reads claims and collects the errors.
struct Reader<'a> {
    claims: &'a ClaimSource<'a>,
    denials: Vec<Denial<'a>>,
}

impl<'a> Reader<'a> {
    fn required<T>(&mut self, claim: Claim, convert: Convert<T>) -> Option<T> {
        self.read(claim, convert)
            .map_err(|cause| self.denials.push(Denial::for_key(claim.key, cause)))
            .ok()
    }

    /// Reads a claim that may be missing or `null`.
    fn optional<T>(&mut self, claim: Claim, convert: Convert<T>) -> Option<T> {
        match self.claims.get(claim.key) {
            Err(ReadError::Missing | ReadError::Null) => None,
            _ => self.required(claim, convert),
        }
    }

    fn read<T>(&self, claim: Claim, convert: Convert<T>) -> Result<T, Cause<'a>> {
        let found = self.claims.get(claim.key)?;
        let Timestamped { value, time } = Timestamped::read(found, claim)?;
        time.check_type()?;
        let typed = Typed::read(&value, claim.ty).ok_or(None);
        let converted = typed.and_then(|typed| convert(&typed));
        converted.map_err(|cause| cause.unwrap_or_else(|| Cause::WrongType(value, claim.ty.name())))
    }
}

/// Converts a value of the declared type for the session. The error is `None` if the type is wrong.
type Convert<T> = fn(&Typed<'_>) -> Result<T, Option<Cause<'static>>>;

fn name(value: &Typed<'_>) -> Result<String, Option<Cause<'static>>> {
    match value {
        Typed::String(text) if text.may_have_lone_surrogate() => Err(None),
        Typed::String(text) if text.as_str().is_empty() => Err(Some(ReadError::Missing.into())),
        Typed::String(text) if text.is(text.as_str()) == Match::Yes => Ok(text.as_str().to_owned()),
        Typed::String(_) => Err(Some(AMBIGUOUS)),
        _ => Err(None),
    }
}

fn names(value: &Typed<'_>) -> Result<Vec<String>, Option<Cause<'static>>> {
    match value {
        Typed::List(list, _) => list.names().ok_or(Some(AMBIGUOUS)),
        _ => Err(None),
    }
}

fn expiry(value: &Typed<'_>) -> Result<SystemTime, Option<Cause<'static>>> {
    match value {
        Typed::Integer(seconds) => time(*seconds).ok_or(None),
        _ => Err(None),
    }
}

fn factors(value: &Typed<'_>) -> Result<BTreeMap<String, SystemTime>, Option<Cause<'static>>> {
    let Typed::Factors(factors) = value else {
        return Err(None);
    };
    let factors = factors.all().ok_or(None)?.into_iter();
    let times = factors.map(|(factor, seconds)| Some((factor, time(seconds)?)));
    times.collect::<Option<_>>().ok_or(None)
}

/// Converts seconds since 1970 to a time, if it can be represented.
fn time(seconds: f64) -> Option<SystemTime> {
    let since = Duration::try_from_secs_f64(seconds).ok()?;
    UNIX_EPOCH.checked_add(since)
}
