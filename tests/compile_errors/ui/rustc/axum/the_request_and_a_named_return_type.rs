use axum::Json;
use axum::extract::Request;
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn upload(request: Request) -> Json<String> {
    Json(request.uri().path().to_owned())
}

fn main() {
    let _ = upload;
}
