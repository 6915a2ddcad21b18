use lambda_http::{Body, Error, Request, Response};
use require_claims::require_claims;

#[require_claims(oauth2, role = "admin")]
async fn f0(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

#[require_claims(role = none("x"), any(oauth2, email_verified))]
async fn f1(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

#[require_claims(any(permission = "a", all(oauth2, mfa = "totp")))]
async fn f2(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

#[require_claims(all(oauth2), all(authenticated))]
async fn f3(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

#[require_claims(any(oauth2, role("admin", max_age = "5m")))]
async fn f4(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

#[require_claims(oauth2 = true)]
async fn f5(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

#[require_claims(oauth2(max_age = "5m"))]
async fn f6(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

fn main() {}
