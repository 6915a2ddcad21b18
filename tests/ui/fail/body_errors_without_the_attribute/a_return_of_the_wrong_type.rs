use lambda_http::{IntoResponse, Request};
use require_claims::require_claims;

// #[require_claims(email_verified)]
async fn handler(event: Request) -> Result<impl IntoResponse, std::fmt::Error> {
    if event.uri().path() == "/" {
        return Err("no path");
    }
    Ok(event.uri().path().to_owned())
}

fn main() {
    let _ = handler;
}
