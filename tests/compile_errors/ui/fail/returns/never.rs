use lambda_http::{Request};
use require_claims::require_claims;

#[require_claims(email_verified)]
fn handler(event: Request) -> ! {
    panic!("{event:?}")
}

fn main() {
    let _ = handler;
}
