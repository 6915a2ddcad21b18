use axum::extract::{Path, Request};
use axum::response::Response;
use require_claims::require_claims;

#[require_claims(subject = path("id"))]
async fn upload(Path((tenant, id)): Path<(String, String)>, request: Request) -> Response {
    Response::new(format!("{tenant} {id} {}", request.uri()).into())
}

fn main() {}
