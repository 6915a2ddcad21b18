use require_claims::ClaimValue;

#[derive(ClaimValue)]
#[claim(rename_all = "lowercase")]
enum Role {
    Admin,
    #[claim(rename = "admin")]
    Owner,
}

fn main() {}
