use require_claims::require_claims;

mod claims {}

#[require_claims(claims::PLAN = "pro", role = Role::Admin)]
async fn list() -> &'static str {
    "orders"
}

fn main() {
    let _ = list;
}
