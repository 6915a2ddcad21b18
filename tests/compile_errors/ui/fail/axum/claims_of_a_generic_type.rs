use require_claims::require_claims;

#[require_claims(email_verified)]
async fn profile<T: serde::de::DeserializeOwned>(#[claims] user: Option<T>) -> &'static str {
    if user.is_some() { "known" } else { "unknown" }
}

fn main() {}
