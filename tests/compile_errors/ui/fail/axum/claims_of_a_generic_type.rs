use require_claims::require_claims;

#[require_claims(email_verified)]
async fn profile<T: serde::de::DeserializeOwned>(#[claims] user: Option<T>) -> &'static str {
    if user.is_some() { "known" } else { "unknown" }
}

#[require_claims(email_verified)]
async fn roles<const MOST: usize>(#[claims] roles: Roles<MOST>) -> String {
    roles.0.join(" ")
}

struct Roles<const MOST: usize>([String; MOST]);

fn main() {}
