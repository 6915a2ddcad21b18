use require_claims::axum::{GuardedRouter, get};

async fn list() -> &'static str {
    "orders"
}

fn main() {
    let _: GuardedRouter = GuardedRouter::new().route("/orders", get(list));
}
