//! A default method of a trait, and methods of its implementation.
#![allow(async_fn_in_trait)]

use lambda_http::{Body, Error, IntoResponse, Request, Response};
use require_claims::require_claims;

trait Handle {
    async fn handle(&self, event: Request) -> Result<Response<Body>, Error>;

    async fn opaque(&self, event: Request) -> Result<impl IntoResponse, Error>;

    #[require_claims(authenticated)]
    async fn by_default(&self, event: Request) -> Result<Response<Body>, Error> {
        self.handle(event).await
    }
}

struct Orders;

impl Handle for Orders {
    /// Handles.
    #[require_claims(authenticated)]
    async fn handle(&self, event: Request) -> Result<Response<Body>, Error> {
        Ok(Response::new(event.into_body()))
    }

    #[require_claims(authenticated)]
    async fn opaque(&self, event: Request) -> Result<impl IntoResponse, Error> {
        Ok(Response::new(event.into_body()))
    }
}

#[test]
fn compiles() {
    let _ = (Orders::handle, Orders::by_default, Orders::opaque);
}
