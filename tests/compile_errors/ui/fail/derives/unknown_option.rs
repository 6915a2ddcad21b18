use require_claims::ClaimValue;

#[derive(ClaimValue)]
enum Role {
    #[claim(name = "admin")]
    Admin,
}

fn main() {}
