use axum::extract::Request;
use require_claims::require_claims;

#[require_claims(axum, email_verified)]
async fn upload(request: Request) -> String {
    request.uri().path().to_owned()
}

fn main() {}
