use lambda_http::{IntoResponse, Request};
use require_claims::require_claims;

// #[require_claims(email_verified)]
async fn handler(event: Request) -> Result<impl IntoResponse, std::fmt::Error> {
    let number: u8 = event.uri().path().parse()?;
    Ok(number.to_string())
}

fn main() {
    let _ = handler;
}
