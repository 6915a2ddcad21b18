use axum::extract::State;
use require_claims::axum::{GuardedRouter, get};

async fn list(State(shop): State<&'static str>) -> &'static str {
    shop
}

fn main() {
    let _ = GuardedRouter::new().route("/orders", get(list)).with_state::<()>("shop");
}
