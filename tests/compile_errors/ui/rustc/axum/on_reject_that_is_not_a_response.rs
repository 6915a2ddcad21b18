use require_claims::{Rejection, require_claims};

fn count(rejection: Rejection) -> usize {
    rejection.errors().len()
}

#[require_claims(email_verified, on_reject = count)]
async fn list() -> &'static str {
    "orders"
}

fn main() {
    let _ = list;
}
