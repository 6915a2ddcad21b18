use axum::extract::Path;
use require_claims::{Session, require_claims};

#[axum::debug_handler]
#[require_claims(email_verified)]
async fn show(Path(id): Path<u32>, #[claims] session: Session) -> String {
    format!("{id} {}", session.user_id())
}

fn main() {
    let _ = show;
}
