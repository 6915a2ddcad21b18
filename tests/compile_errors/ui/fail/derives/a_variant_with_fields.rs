use require_claims::ClaimValue;

#[derive(ClaimValue)]
enum Role {
    Admin,
    Of(String),
}

fn main() {}
