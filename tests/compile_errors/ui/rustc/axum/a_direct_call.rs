use require_claims::require_claims;

#[require_claims(email_verified)]
async fn list() -> &'static str {
    "orders"
}

fn main() {
    let _ = list();
}
