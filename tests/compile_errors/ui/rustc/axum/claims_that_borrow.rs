use require_claims::require_claims;
use serde::Deserialize;

#[derive(Deserialize)]
struct User<'a> {
    sub: &'a str,
}

#[require_claims(email_verified)]
async fn profile(#[claims] user: User<'_>) -> String {
    user.sub.to_owned()
}

fn main() {
    let _ = profile;
}
