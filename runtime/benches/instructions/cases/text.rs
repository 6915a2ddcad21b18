//! Claims that an HTTP API passes as text.

use lambda_http::{Request, Response};
use require_claims::{Session, require_claims};
use serde::Deserialize;

use super::{measure_guarded, measure_parsing};
use crate::by_hand;
use crate::events::{self, EVENT};
use crate::measure::measure;

/// The typical event with these roles.
fn with_roles(roles: &str) -> Request {
    events::read(&EVENT.replace("[admin]", roles))
}

pub(super) fn parse() {
    measure_parsing(EVENT);
}

pub(super) fn allowed() {
    measure_guarded(&events::read(EVENT), 200);
}

pub(super) fn by_hand() {
    let event = events::read(EVENT);
    assert!(measure(|| by_hand::is_verified_admin(event.extensions())));
}

/// Naive: it also allows the role `administrator`.
pub(super) fn by_substring() {
    let event = events::read(EVENT);
    let is_allowed = measure(|| {
        by_hand::texts(event.extensions()).is_some_and(|claims| {
            let contains = |key, text| claims.get(key).is_some_and(|claim| claim.contains(text));
            contains("st-ev", "true")
                && contains("st-role", "admin")
                && contains("st-mfa", "v:true")
        })
    });
    assert!(is_allowed);
}

pub(super) fn denied() {
    measure_guarded(&with_roles("[customer]"), 403);
}

/// `admin` could be a role, or a word of another role.
pub(super) fn ambiguous() {
    let roles: Vec<String> = (0..49).map(|n| format!("role{n:05}")).collect();
    measure_guarded(&with_roles(&format!("[{} admin]", roles.join(" "))), 403);
}

#[derive(Deserialize)]
struct User {
    sub: String,
    #[serde(rename = "tId")]
    tenant: String,
}

#[require_claims(email_verified, role = "admin", mfa)]
fn with_claims(event: &Request, #[claims] user: User) -> Response<String> {
    let _ = (event, user.tenant);
    Response::new(user.sub)
}

pub(super) fn claims() {
    let event = events::read(EVENT);
    assert_eq!(measure(|| with_claims(&event)).status(), 200);
}

pub(super) fn claims_by_hand() {
    let event = events::read(EVENT);
    let user = measure(|| {
        let claims = by_hand::texts(event.extensions())?;
        by_hand::check_texts(claims).then_some(User {
            sub: claims.get("sub")?.clone(),
            tenant: claims.get("tId")?.clone(),
        })
    });
    assert!(user.is_some_and(|user| user.tenant == "public"));
}

#[require_claims(email_verified, role = "admin", mfa)]
fn with_session(event: &Request, #[claims] session: Session) -> Response<String> {
    let _ = event;
    Response::new(session.user_id().to_owned())
}

pub(super) fn session() {
    measure_session(&events::read(EVENT));
}

pub(super) fn measure_session(event: &Request) {
    assert_eq!(measure(|| with_session(event)).status(), 200);
}
