use require_claims::ClaimValue;

#[derive(ClaimValue)]
enum Role {
    #[claim(rename = " admin")]
    Admin,
    #[claim(rename = "")]
    Nobody,
}

fn main() {}
