//! A response may borrow from the handler's arguments.

use lambda_http::{Error, IntoResponse, Request};
use require_claims::require_claims;

enum State {
    Open(String),
    Closed,
}

impl State {
    #[require_claims(email_verified)]
    async fn name(&self, event: Request) -> impl IntoResponse {
        if let Self::Open(name) = self {
            return name.as_str();
        }
        drop(event);
        "closed"
    }

    #[require_claims(email_verified)]
    async fn rename(&mut self, event: Request) -> Result<impl IntoResponse, Error> {
        if let Self::Open(name) = self {
            name.push_str(event.uri().path());
            return Ok(name.as_str());
        }
        Ok("closed")
    }

    #[require_claims(email_verified)]
    fn rename_without_async(&mut self, event: &Request) -> impl IntoResponse {
        if let Self::Open(name) = self {
            name.push_str(event.uri().path());
            return name.as_str();
        }
        "closed"
    }

    #[require_claims(email_verified)]
    fn name_without_async<'a>(&'a self, _: &Request) -> Result<impl IntoResponse + use<'a>, Error> {
        match self {
            Self::Open(name) => Ok(&name[..]),
            Self::Closed => Ok("closed"),
        }
    }
}

#[require_claims(email_verified)]
async fn path(event: &Request) -> Result<impl IntoResponse, Error> {
    Ok(event.uri().path())
}

#[test]
fn compiles() {
    let mut state = State::Open(String::new());
    drop(state.name(Request::default()));
    drop(state.rename(Request::default()));
    let event = Request::default();
    let _ = state.rename_without_async(&event);
    let _ = state.name_without_async(&event);
    drop(path(&event));
    let _ = State::Closed;
}
