use require_claims::require_claims;

struct Orders;

impl Orders {
    #[require_claims(email_verified)]
    async fn list() -> Self {
        Orders
    }
}

fn main() {
    let _ = Orders::list;
}
