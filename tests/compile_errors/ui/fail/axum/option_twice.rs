use axum::extract::Request;
use require_claims::require_claims;

#[require_claims(email_verified, axum, axum)]
async fn upload(request: Request) -> String {
    request.uri().path().to_owned()
}

fn main() {}
