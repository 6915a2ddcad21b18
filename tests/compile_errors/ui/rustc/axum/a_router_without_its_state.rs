use axum::Router;
use axum::extract::State;
use require_claims::axum::{GuardedRouter, get};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn list(State(shop): State<&'static str>) -> &'static str {
    shop
}

fn main() {
    let _: Router = GuardedRouter::new().route("/orders", get(list)).into_router();
}
