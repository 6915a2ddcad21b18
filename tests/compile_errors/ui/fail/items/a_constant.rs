use require_claims::require_claims;

#[require_claims(email_verified)]
const LIMIT: u8 = 5;

fn main() {
    let _ = LIMIT;
}
