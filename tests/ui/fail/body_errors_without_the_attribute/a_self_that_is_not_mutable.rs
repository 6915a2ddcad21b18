//! A field that is changed by way of `&self`.

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

struct Orders {
    count: u32,
    names: Vec<String>,
}

impl Orders {
    // #[require_claims(role = "admin")]
    async fn named(&self, event: Request) -> Result<Response<String>, Error> {
        self.count += 1;
        Ok(Response::new(event.uri().path().to_owned()))
    }

    // #[require_claims(role = "admin")]
    async fn opaque(&self, event: Request) -> impl IntoResponse {
        self.names.push(event.uri().path().to_owned());
        "added"
    }

    // #[require_claims(role = "admin")]
    async fn carried(&self, event: Request) -> Result<impl IntoResponse, Error> {
        self.count += 1;
        Ok(event.uri().path().to_owned())
    }

    // #[require_claims(role = "admin")]
    fn carried_without_async(&self, event: Request) -> Result<impl IntoResponse, Error> {
        self.count += 1;
        Ok(event.uri().path().to_owned())
    }
}

fn main() {}
