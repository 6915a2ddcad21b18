use axum::extract::Request;
use axum::response::Response;
use require_claims::axum::{GuardedRouter, post};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn upload(request: Request) -> Response {
    Response::new(request.into_body())
}

fn main() {
    let _: GuardedRouter = GuardedRouter::new().route("/files", post(upload));
}
