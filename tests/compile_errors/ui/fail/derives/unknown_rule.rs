use require_claims::ClaimValue;

#[derive(ClaimValue)]
#[claim(rename_all = "kebab")]
enum Role {
    Admin,
}

fn main() {}
