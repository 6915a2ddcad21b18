use require_claims::ClaimValue;

#[derive(ClaimValue)]
enum Role {}

fn main() {}
