use require_claims::require_claims;

#[require_claims(email_verified)]
mod orders {}

fn main() {}
