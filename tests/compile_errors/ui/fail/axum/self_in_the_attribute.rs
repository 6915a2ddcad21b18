use require_claims::{PrimitiveClaim, require_claims};

struct Orders;

impl Orders {
    const PLAN: PrimitiveClaim<str> = PrimitiveClaim::new("plan");

    #[require_claims(Self::PLAN = "pro")]
    async fn list() -> &'static str {
        "orders"
    }
}

fn main() {
    let _ = (Orders::list, Orders::PLAN);
}
