use axum::Json;
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn create(#[claims] Json(order): Json<String>) -> String {
    order
}

fn main() {
    let _ = create();
}
