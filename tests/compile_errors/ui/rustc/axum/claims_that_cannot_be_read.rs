use require_claims::require_claims;

struct User;

#[require_claims(email_verified)]
async fn profile(#[claims] user: User) -> &'static str {
    let User = user;
    "profile"
}

fn main() {
    let _ = profile;
}
