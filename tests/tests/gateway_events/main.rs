//! Events of every gateway and authorizer that passes claims, allowed and denied through the attribute.

#![allow(
    clippy::unused_async,
    reason = "handlers are async, whether they wait or not"
)]

mod denied_events;
mod each_gateway;
mod encoded_paths;
mod json_events;
mod jwt_claims;
mod lambda_strings;

use lambda_http::{Body, Error, IntoResponse, Request, Response};
use require_claims::{GatewayEvent, require_claims};
use require_claims_tests::events;
use require_claims_tests::session::{self, with};
use serde_json::{Value, json};

#[require_claims(email_verified, role = "admin", mfa)]
async fn cancel_order(_event: Request) -> Result<impl IntoResponse, Error> {
    Ok("cancelled")
}

#[require_claims(email_verified, role = "admin", mfa)]
fn cancel<E: GatewayEvent>(event: &E) -> Response<String> {
    let _ = event;
    Response::new("cancelled".to_owned())
}

/// The status and body with which an event of any type is answered.
fn answer_to(event: &impl GatewayEvent) -> (u16, String) {
    let response = cancel(event);
    (response.status().as_u16(), response.into_body())
}

/// Creates the event of a gateway that passes these claims.
type Gateway = fn(&Value) -> Value;

fn text() -> Value {
    session::text_of(&session::payload())
}

async fn answer(event: &Value) -> (u16, String) {
    let response = cancel_order(events::request(event)).await.unwrap();
    let response: Response<Body> = response.into_response().await;
    let status = response.status().as_u16();
    if status == 403 {
        assert_eq!(response.headers()["content-type"], "application/json");
    }
    let body = String::from_utf8(response.body().to_vec()).unwrap();
    (status, body)
}

fn denial(errors: &Value) -> (u16, Value) {
    let body = json!({"message": "invalid claim", "claimValidationErrors": errors});
    (403, body)
}

/// Whether this gateway's event is allowed with this value of the claim.
async fn allows(gateway: Gateway, key: &str, value: Value) -> bool {
    answer(&gateway(&with(session::payload(), key, value)))
        .await
        .0
        == 200
}
