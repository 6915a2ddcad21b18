use require_claims::require_claims;

struct Orders;

impl Orders {
    #[require_claims(email_verified)]
    async fn list(&self) -> &'static str {
        "orders"
    }
}

fn main() {
    let _ = Orders::list;
}
