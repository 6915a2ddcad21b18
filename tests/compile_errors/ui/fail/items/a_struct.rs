use require_claims::require_claims;

#[require_claims(email_verified)]
pub struct Orders {
    name: String,
}

fn main() {
    let _ = Orders { name: String::new() }.name;
}
