use axum::extract::Request;
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, post};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn upload(request: Request) -> impl IntoResponse {
    request.uri().path().to_owned()
}

fn main() {
    let _: MethodRouter = post(upload);
}
