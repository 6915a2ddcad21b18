use axum::extract::Path;
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn show(Path(id): Path<u32>) -> String {
    let number: String = id;
    number
}

fn main() {
    let _ = show;
}
