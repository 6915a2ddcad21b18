use axum::extract::Path;
use require_claims::require_claims;

struct Orders;

impl Orders {
    #[require_claims(email_verified)]
    async fn show(Path(id): Path<u32>) -> String {
        id.to_string()
    }
}

fn main() {
    let _ = Orders::show;
}
