use require_claims::{Session, require_claims};
use serde::Deserialize;

#[derive(Deserialize)]
struct User {
    sub: String,
}

#[require_claims(email_verified)]
async fn profile(#[claims] _: Session, #[claims] Some(User { sub }): Option<User>) -> String {
    sub
}

#[require_claims(email_verified)]
async fn email(#[claims] Some(User { sub }): Option<User>) -> String {
    sub
}

fn main() {
    let _ = (profile, email);
}
