//! The guard on the event that the gateway would pass for this caller.

use lambda_http::{Request, Response};
use require_claims::require_claims;
use require_claims::testing::render::{self, Numbers};
use serde_json::json;

use super::Decide;
use crate::caller::Caller;
use crate::events;

#[require_claims(email_verified, role = "admin", mfa)]
fn guarded(event: &Request) -> Response<String> {
    let _ = event;
    Response::new(String::new())
}

fn event(caller: &Caller, authorization: &str) -> Request {
    let texts = render::claims(&caller.payload.to_string(), Numbers::Float64);
    events::texts(&json!(texts.expect("claims")), authorization)
}

fn decide(event: Request) -> Decide {
    Box::new(move || guarded(&event).status() == 200)
}

pub(super) fn text(caller: Caller) -> Decide {
    let mut event = event(&caller, "");
    event.headers_mut().remove("authorization");
    decide(event)
}

pub(super) fn token(caller: Caller) -> Decide {
    decide(event(&caller, &format!("Bearer {}", caller.token)))
}
