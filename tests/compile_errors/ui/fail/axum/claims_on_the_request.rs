use axum::extract::Request;
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn upload(#[claims] request: Request) -> String {
    request.uri().path().to_owned()
}

fn main() {
    let _ = upload();
}
