use require_claims::ClaimValue;

#[derive(ClaimValue)]
struct Role;

fn main() {}
