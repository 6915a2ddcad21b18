//! A handler whose response type has no name.

use lambda_http::{IntoResponse, Request};
use require_claims::require_claims;

#[require_claims(authenticated)]
async fn greet(event: Request) -> impl IntoResponse {
    if event.uri().path() == "/" {
        return "hello".to_owned();
    }
    format!("hello {}", event.uri().path())
}

#[require_claims(authenticated)]
async fn greet_shortly(_: Request) -> impl IntoResponse + Send + use<> {
    "hello"
}

#[require_claims(authenticated)]
async fn greet_twice(_: Request) -> impl IntoResponse + Clone + std::fmt::Debug {
    "hello"
}

#[test]
fn compiles() {
    let _ = (greet, greet_shortly, greet_twice);
}
