//! A future that is `Send` without the attribute is `Send` with it.

use std::cell::Cell;

use lambda_http::{Body, Error, IntoResponse, Request, Response, service_fn};
use require_claims::{Rejection, Session, require_claims};

async fn wait() {}

#[require_claims(email_verified, mfa("totp", max_age = "5m"))]
async fn named(event: Request) -> Result<Response<Body>, Error> {
    wait().await;
    Ok(Response::new(event.into_body()))
}

#[require_claims(email_verified, any(role = "a", role = "b"))]
async fn wrapped(_event: Request) -> Result<impl IntoResponse, Error> {
    wait().await;
    let number: u8 = "1".parse()?;
    Ok(number.to_string())
}

#[require_claims(email_verified)]
async fn opaque(event: Request) -> impl IntoResponse {
    wait().await;
    Response::new(event.into_body())
}

/// An argument that is `Send` but not `Sync`, and that the body only reads.
#[require_claims(email_verified)]
async fn reads_a_cell(event: Request, count: Cell<u8>) -> Result<impl IntoResponse, Error> {
    let before = count.get();
    wait().await;
    Ok(format!("{before} {} {}", count.get(), event.uri().path()))
}

#[require_claims(email_verified)]
async fn changes_a_cell(event: Request, mut count: Cell<u8>) -> impl IntoResponse {
    *count.get_mut() += 1;
    wait().await;
    format!("{} {}", count.get(), event.uri().path())
}

#[require_claims(email_verified)]
async fn takes_two_cells(event: Request, (a, b): (Cell<u8>, Cell<u8>)) -> impl IntoResponse {
    wait().await;
    format!("{} {} {}", a.get(), b.get(), event.uri().path())
}

#[require_claims(email_verified)]
async fn ignores_a_cell(_: Request, _count: Cell<u8>) -> Result<impl IntoResponse, Error> {
    wait().await;
    Ok("")
}

/// Regression: the block borrowed a `Copy` argument, and a reference to it is not `Send`.
#[require_claims(email_verified)]
async fn with_a_copy<T: Copy + Send + ToString>(
    event: Request,
    copy: T,
) -> Result<impl IntoResponse, Error> {
    wait().await;
    Ok(format!("{} {}", copy.to_string(), event.uri().path()))
}

fn with_a_copy_stays_send<T: Copy + Send + ToString>(copy: T) {
    is_send(with_a_copy(Request::default(), copy));
}

fn rejected(rejection: Rejection) -> Result<Response<Body>, Error> {
    Ok(rejection.into())
}

#[require_claims(email_verified, on_reject = rejected)]
async fn answered(event: Request) -> Result<Response<Body>, Error> {
    wait().await;
    Ok(Response::new(event.into_body()))
}

#[require_claims(email_verified, on_reject = rejected)]
async fn wrapped_answered(event: Request) -> Result<impl IntoResponse, Error> {
    wait().await;
    Ok(Response::new(event.into_body()))
}

#[require_claims(email_verified)]
async fn with_claims(
    event: Request,
    #[claims] session: Session,
) -> Result<impl IntoResponse, Error> {
    wait().await;
    Ok(format!("{} {}", session.user_id(), event.uri().path()))
}

#[require_claims(email_verified)]
#[require_claims(role = "admin")]
async fn twice(event: Request) -> Result<impl IntoResponse, Error> {
    wait().await;
    Ok(Response::new(event.into_body()))
}

/// A type that is `Send` but not `Sync`.
struct Hits(Cell<u32>);

impl Hits {
    #[require_claims(email_verified)]
    async fn hit(&mut self, event: Request) -> Result<impl IntoResponse, Error> {
        wait().await;
        self.0.set(self.0.get() + 1);
        Ok(event.uri().path().to_owned())
    }

    #[require_claims(email_verified)]
    async fn read(self, event: Request) -> impl IntoResponse {
        wait().await;
        format!("{} {}", self.0.get(), event.uri().path())
    }

    #[require_claims(email_verified)]
    async fn read_boxed(mut self: Box<Self>, event: Request) -> impl IntoResponse {
        wait().await;
        *self.0.get_mut() += 1;
        event.uri().path().to_owned()
    }
}

struct Orders(String);

impl Orders {
    #[require_claims(email_verified)]
    async fn list(&self, event: Request) -> Result<impl IntoResponse, Error> {
        wait().await;
        Ok(format!("{} {}", self.0, event.uri().path()))
    }

    #[require_claims(email_verified)]
    async fn add(&mut self, event: Request) -> impl IntoResponse {
        self.0.push_str(event.uri().path());
        wait().await;
        self.0.clone()
    }

    #[require_claims(email_verified)]
    async fn close(self, event: Request) -> Result<impl IntoResponse, Error> {
        wait().await;
        Ok(format!("{} {}", self.0, event.uri().path()))
    }
}

fn is_send(_: impl Send) {}

fn stays_send(_: impl Send + 'static) {}

#[test]
fn compiles() {
    let event = Request::default;
    stays_send(named(event()));
    stays_send(wrapped(event()));
    stays_send(opaque(event()));
    stays_send(reads_a_cell(event(), Cell::new(0)));
    stays_send(changes_a_cell(event(), Cell::new(0)));
    stays_send(takes_two_cells(event(), (Cell::new(0), Cell::new(0))));
    stays_send(ignores_a_cell(event(), Cell::new(0)));
    stays_send(answered(event()));
    stays_send(wrapped_answered(event()));
    stays_send(with_claims(event()));
    stays_send(twice(event()));
    with_a_copy_stays_send(0);
    is_send(Hits(Cell::new(0)).hit(event()));
    stays_send(Hits(Cell::new(0)).read(event()));
    stays_send(Box::new(Hits(Cell::new(0))).read_boxed(event()));
    let mut orders = Orders(String::new());
    is_send(orders.list(event()));
    is_send(orders.add(event()));
    stays_send(orders.close(event()));
    // As a program passes a handler to the Lambda runtime.
    drop(lambda_http::run(service_fn(named)));
    drop(lambda_http::run(service_fn(wrapped)));
}
