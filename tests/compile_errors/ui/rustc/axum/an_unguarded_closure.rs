use require_claims::axum::{GuardedRouter, get};

fn main() {
    let _: GuardedRouter = GuardedRouter::new().route("/orders", get(|| async { "orders" }));
}
