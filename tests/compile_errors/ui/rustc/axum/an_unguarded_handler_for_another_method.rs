use axum::extract::Path;
use require_claims::axum::{GuardedRouter, get};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn list() -> &'static str {
    "orders"
}

async fn cancel(Path(_): Path<u32>) -> &'static str {
    "cancelled"
}

fn main() {
    let _: GuardedRouter = GuardedRouter::new().route("/orders", get(list).delete(cancel));
}
