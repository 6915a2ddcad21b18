use lambda_http::{IntoResponse, Request, Response};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn handler(event: Request) -> Result<impl IntoResponse, impl std::error::Error> {
    let number: u8 = event.uri().path().parse()?;
    Ok::<_, std::num::ParseIntError>(Response::new(number.to_string()))
}

fn main() {
    let _ = handler;
}
