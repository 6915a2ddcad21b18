//! Runs the four steps for each request: find, read, decide, answer.

use std::slice;
use std::time::SystemTime;

use crate::answer::{Rejection, reject};
use crate::decide::{Clock, Denial, Denials, Evidence, TokenType, check_readable, decide};
use crate::extract::{self, FromClaims};
use crate::gateway::{EventParts, GatewayEvent, PathParameters};
use crate::requirement::{Requirement, path_parameters};
use crate::token::{self, ClaimSource};

/// Checks an event against all of these requirements, in order.
///
/// `handler` is the name of the guarded function in the log.
///
/// # Errors
///
/// Returns a [`Rejection`] with the errors of all unmet requirements.
pub fn check<E: GatewayEvent + ?Sized>(
    event: &E,
    handler: &'static str,
    requirements: &[Requirement<'_>],
) -> Result<(), Rejection> {
    guard(event, handler, requirements, |_| Ok(()))
}

/// Checks an event like [`check`], then extracts the claims for the handler.
///
/// # Errors
///
/// Returns the same errors as [`check`], or a [`Rejection`] with the claims that cannot be extracted as the
/// type that the handler declares.
pub fn guard<T, E: GatewayEvent + ?Sized>(
    event: &E,
    handler: &'static str,
    requirements: &[Requirement<'_>],
    extract: impl for<'a> FnOnce(&'a ClaimSource<'a>) -> Result<T, Vec<Denial<'a>>>,
) -> Result<T, Rejection> {
    guard_at(event, Some(handler), Some(requirements), None, extract)
}

/// The guard itself. Without `now`, ages are measured at the current time. Without `requirements`, the token
/// must be a session token.
fn guard_at<T, E: GatewayEvent + ?Sized>(
    event: &E,
    handler: Option<&'static str>,
    requirements: Option<&[Requirement<'_>]>,
    now: Option<SystemTime>,
    extract: impl for<'a> FnOnce(&'a ClaimSource<'a>) -> Result<T, Vec<Denial<'a>>>,
) -> Result<T, Rejection> {
    let EventParts {
        context: (claims, is_path_encoded),
        authorization,
        path,
    } = event.parts();
    let names = || path_parameters(requirements.unwrap_or_default());
    let decoded = is_path_encoded.then(|| path.decode(&names()));
    let path = decoded.as_deref().map_or(path, PathParameters::Decoded);
    let are_text = claims.are_gateway_text();
    let payload = are_text.then(|| token::decode(authorization)).flatten();
    let evidence = Evidence {
        claims: ClaimSource::new(claims, payload.as_deref()),
        path,
        clock: Clock::new(now),
    };
    let mut denials = Denials::new();
    let is_readable = check_readable(&evidence, &mut denials);
    let is_met = match requirements {
        Some(requirements) => decide(requirements, &evidence, None, &mut denials),
        None if is_readable => {
            denials.extend(TokenType::Session.denial(&evidence.claims));
            denials.is_empty()
        }
        None => false,
    };
    let denials = if is_readable && is_met && denials.is_empty() {
        match extract(&evidence.claims) {
            Ok(value) => return Ok(value),
            Err(denials) => Denials::from_vec(denials),
        }
    } else {
        denials
    };
    let has_claims = !evidence.claims.are_absent();
    let token_would_help = are_text && !evidence.claims.is_bound() && authorization.is_used();
    Err(reject(denials, handler, has_claims, token_would_help))
}

impl Requirement<'_> {
    /// Checks an event against this requirement.
    ///
    /// ```
    /// use require_claims::supertokens::EMAIL_VERIFIED;
    ///
    /// // A request without a gateway context has no claims.
    /// let event = lambda_http::Request::default();
    /// let rejection = EMAIL_VERIFIED.is_true().check(&event).unwrap_err();
    /// assert_eq!(rejection.status(), 403);
    /// ```
    ///
    /// # Errors
    ///
    /// Returns a [`Rejection`] if the requirement is not met, if it cannot be decided, or if the token has another
    /// type than the requirement: a session, or an OAuth 2 access token for
    /// [`OAUTH2`](crate::supertokens::OAUTH2).
    pub fn check<E: GatewayEvent + ?Sized>(&self, event: &E) -> Result<(), Rejection> {
        guard_at(event, None, Some(slice::from_ref(self)), None, |_| Ok(()))
    }

    /// Like [`check`](Self::check), but measures ages at `now` instead of the current time. Use it in tests.
    ///
    /// ```
    /// use std::time::{Duration, UNIX_EPOCH};
    ///
    /// use require_claims::supertokens::ROLE;
    ///
    /// // `t` is the time at which the roles were fetched, in milliseconds since 1970.
    /// let role = "map[t:1.7e+12 v:[admin]]";
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
    /// Returns the same errors as [`check`](Self::check).
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

/// Extracts the claims of an event as a custom type, or as a [`Session`](crate::Session).
///
/// ```
/// use require_claims::extract_claims;
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct User {
///     #[serde(rename = "sub")]
///     id: String,
///     /// An optional claim.
///     email: Option<String>,
/// }
///
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// let user: User = extract_claims(event)?;
/// # Ok(())
/// # }
/// ```
///
/// This function checks no requirements. In a handler, use the
/// [attribute](macro@crate::require_claims) for the requirements and an argument `#[claims] user: User`
/// for the value.
///
/// An HTTP API passes claims as text. Without the token in `Authorization`, text can be extracted as a
/// string, a number, a boolean, the name of a unit variant, a list of one name without spaces, or an object
/// that is JSON text.
///
/// Values are deserialized like `serde_json` values. For example, an array can fill a struct, an untagged
/// enum is the first variant that fits, and an `Option` under `#[serde(flatten)]` is `None` if its fields do
/// not fit. A type with `#[serde(flatten)]` does not see claims that are `null` in the token.
///
/// # Errors
///
/// Returns a [`Rejection`] if a claim cannot be extracted exactly:
///
/// - The event has no authorizer claims, or the token is not a session token (`stt` is present and not 0).
/// - A claim is missing, and its field is neither an `Option` nor has a default: `value does not exist`.
/// - A claim is `null`, and its field does not accept `null`: `value does not exist`. A claim that is `null`
///   in the token in `Authorization` is rejected for any field, because the gateway's text omits it.
/// - A claim has another type: `not as declared`, or `unreadable value` for text.
/// - The claim is text with several interpretations, and the token is not in `Authorization`: `ambiguous
///   value`.
/// - The text does not match the value in the token in `Authorization`: `unknown rendering`.
/// - An integer in that token is beyond 2⁵³ − 1, so the gateway may have rounded it: `unreadable value`.
/// - There are more than 256 claims: `unreadable value`.
///
/// The request is rejected even if the type would replace an uncertain value by a default, for example in
/// a `deserialize_with` function.
pub fn extract_claims<T: FromClaims, E: GatewayEvent + ?Sized>(event: &E) -> Result<T, Rejection> {
    guard_at(event, None, None, None, extract::read)
}
