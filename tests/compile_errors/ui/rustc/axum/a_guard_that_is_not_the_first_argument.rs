use axum::http::Method;
use require_claims::axum::{GuardedRouter, get};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn list() -> &'static str {
    "orders"
}

async fn other(_: Method, _: __require_claims_list) -> &'static str {
    "orders"
}

fn main() {
    let _: GuardedRouter = GuardedRouter::new().route("/orders", get(list).post(other));
}
