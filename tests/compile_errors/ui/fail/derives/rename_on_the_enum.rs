use require_claims::ClaimValue;

#[derive(ClaimValue)]
#[claim(rename = "admin")]
enum Role {
    Admin,
}

fn main() {}
