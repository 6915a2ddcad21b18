use axum::extract::State;
use require_claims::{PrimitiveClaim, require_claims};

trait Shop: Clone {
    const PLAN: PrimitiveClaim<str>;
}

#[require_claims(S::PLAN = "pro")]
async fn list<S: Shop>(State(_): State<S>) -> &'static str {
    "orders"
}

fn main() {}
