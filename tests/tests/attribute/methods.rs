//! Receivers of every kind, and associated functions.

use std::sync::Arc;

use lambda_http::{Body, Error, IntoResponse, Request, Response};
use require_claims::require_claims;

#[derive(Clone)]
struct Orders {
    name: String,
}

impl Orders {
    #[require_claims(role = "admin")]
    async fn by_reference(&self, event: Request) -> Result<Response<Body>, Error> {
        Ok(Response::new(
            format!("{}{}", self.name, event.uri()).into(),
        ))
    }

    #[require_claims(role = "admin")]
    async fn by_mutable_reference(&mut self, _event: Request) -> Result<impl IntoResponse, Error> {
        self.name.push('!');
        Ok(self.name.clone())
    }

    #[require_claims(role = "admin")]
    async fn by_value(self, _: Request) -> impl IntoResponse {
        self.name
    }

    #[require_claims(role = "admin")]
    fn by_arc(self: Arc<Self>, event: Request) -> impl IntoResponse {
        self.name.clone() + event.uri().path()
    }

    #[require_claims(role = "admin")]
    async fn without_one(event: Request) -> Result<Response<Body>, Error> {
        let this = Self {
            name: String::new(),
        };
        this.by_reference(event).await
    }
}

#[test]
fn compiles() {
    let _ = (
        Orders::by_reference,
        Orders::by_mutable_reference,
        Orders::by_value,
        Orders::by_arc,
        Orders::without_one,
    );
}
