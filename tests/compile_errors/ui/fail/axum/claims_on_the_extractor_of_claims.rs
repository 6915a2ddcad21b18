use require_claims::axum::Claims;
use require_claims::{Session, require_claims};

#[require_claims(email_verified)]
async fn profile(#[claims] Claims(session): Claims<Session>) -> String {
    session.user_id().to_owned()
}

fn main() {
    let _ = profile();
}
