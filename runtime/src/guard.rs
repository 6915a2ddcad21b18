//! The way of a request through this crate: find, read and decide, answer.

use std::slice;
use std::time::SystemTime;

use crate::answer::{Rejection, reject};
use crate::decide::{Clock, Denial, Denials, Evidence, check_session, decide};
use crate::extract::{self, FromClaims};
use crate::gateway::{GatewayEvent, Handover};
use crate::requirement::Requirement;
use crate::token::{self, ClaimSource};

/// Checks an event for every one of these requirements, in order.
///
/// `handler` is the name by which the log refers to the guarded function.
///
/// # Errors
///
/// The [`Rejection`] with the errors of all requirements that are not met.
pub fn check<E: GatewayEvent + ?Sized>(
    event: &E,
    handler: &'static str,
    requirements: &[Requirement<'_>],
) -> Result<(), Rejection> {
    guard(event, handler, requirements, |_| Ok(()))
}

/// Checks like [`check`], then reads the claims for the handler.
///
/// # Errors
///
/// As of [`check`]; or the [`Rejection`] with the claims that cannot be read as the handler declares.
pub fn guard<T, E: GatewayEvent + ?Sized>(
    event: &E,
    handler: &'static str,
    requirements: &[Requirement<'_>],
    read: impl for<'a> FnOnce(&'a ClaimSource<'a>) -> Result<T, Vec<Denial<'a>>>,
) -> Result<T, Rejection> {
    guard_at(event, Some(handler), Some(requirements), None, read)
}

fn guard_at<T, E: GatewayEvent + ?Sized>(
    event: &E,
    handler: Option<&'static str>,
    requirements: Option<&[Requirement<'_>]>,
    now: Option<SystemTime>,
    read: impl for<'a> FnOnce(&'a ClaimSource<'a>) -> Result<T, Vec<Denial<'a>>>,
) -> Result<T, Rejection> {
    let Handover {
        claims,
        authorization,
        path,
    } = event.handover();
    let are_rendered = claims.are_rendered();
    let payload = are_rendered.then(|| token::decode(authorization)).flatten();
    let evidence = Evidence {
        claims: ClaimSource::new(claims, payload.as_deref()),
        path,
        clock: Clock::new(now),
    };
    let mut denials = Denials::new();
    let is_session = check_session(&evidence, &mut denials);
    let is_met =
        requirements.is_none_or(|requirements| decide(requirements, &evidence, None, &mut denials));
    let denials = if is_session && is_met && denials.is_empty() {
        match read(&evidence.claims) {
            Ok(value) => return Ok(value),
            Err(not_read) => not_read,
        }
    } else {
        denials.into_vec()
    };
    let has_claims = !evidence.claims.are_absent();
    let token_would_help = are_rendered && !evidence.claims.is_bound() && authorization.counts();
    Err(reject(denials, handler, has_claims, token_would_help))
}

impl Requirement<'_> {
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
        guard_at(event, None, Some(slice::from_ref(self)), None, |_| Ok(()))
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
        guard_at(event, None, Some(slice::from_ref(self)), Some(now), |_| {
            Ok(())
        })
    }
}

/// Reads the claims of an event as your own type, or as a [`Session`](crate::Session).
///
/// ```
/// use require_claims::extract_claims;
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
/// let user: User = extract_claims(event)?;
/// # Ok(())
/// # }
/// ```
///
/// This checks no requirements. In a handler, write them as an
/// [attribute](macro@crate::require_claims), and the value as an argument `#[claims] user: User`.
///
/// # Errors
///
/// Whatever cannot be read exactly is a [`Rejection`], and never a default:
///
/// - The event has no authorizer claims, or those of a token that is not of a session (`stt`).
/// - A claim that is not an `Option` is missing or `null`: `value does not exist`. So is a claim of the
///   type that is `null` in a token, where the gateway's text omits it: the field may have a default.
/// - A claim has another type: `not as declared`, or `unreadable value` for text.
/// - An HTTP API passed the claim as text with several interpretations, and the token is not in
///   `Authorization`: `ambiguous value`. Text is read as a string, a number, a boolean, the name of a
///   unit variant, a list of one name without spaces, or an object that is JSON text.
/// - The token in `Authorization` has another value than the text: `unknown rendering`.
/// - An integer in that token is beyond 2⁵³, so the gateway may have rounded it: `unreadable value`.
/// - There are more than 256 claims: `unreadable value`.
///
/// This also holds where the type would make a default of what it cannot read (`deserialize_with`).
/// Values are read as `serde_json` reads them: an array can fill a struct, an `Option` under
/// `#[serde(flatten)]` whose fields do not fit is `None`, an untagged enum is the first variant that
/// fits. A type with `#[serde(flatten)]` does not see the claims that are `null` in a token.
pub fn extract_claims<T: FromClaims, E: GatewayEvent + ?Sized>(event: &E) -> Result<T, Rejection> {
    guard_at(event, None, None, None, extract::read)
}
