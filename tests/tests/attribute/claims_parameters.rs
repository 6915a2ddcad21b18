//! `#[claims]` parameters in every kind of handler.

use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use lambda_http::{Body, Error, IntoResponse, LambdaEvent, Request, Response};
use require_claims::{Session, require_claims};
use serde::Deserialize;

#[derive(Deserialize)]
struct User {
    sub: String,
}

#[require_claims(email_verified)]
async fn named(event: Request, #[claims] user: User) -> Result<Response<Body>, Error> {
    let _ = event;
    Ok(Response::new(user.sub.into()))
}

#[require_claims(email_verified)]
async fn first(#[claims] mut user: User, _: Request) -> Result<impl IntoResponse, Error> {
    user.sub.push('!');
    Ok(user.sub)
}

#[require_claims(email_verified)]
fn patterns(
    #[claims] User { sub }: User,
    event: &Request,
    #[claims] session: Session,
) -> impl IntoResponse + use<> {
    format!("{sub} {} {}", session.session_handle(), event.uri())
}

#[require_claims(email_verified)]
#[require_claims(mfa)]
async fn two_attributes(
    _event: Request,
    #[claims]
    #[allow(unused_variables)]
    user: User,
) -> Response<Body> {
    Response::new(Body::Empty)
}

#[tracing::instrument(skip_all)]
#[require_claims(email_verified)]
async fn instrumented(_event: Request, #[claims] user: User) -> Response<Body> {
    Response::new(user.sub.into())
}

#[require_claims(email_verified)]
async fn generic<T: for<'a> Deserialize<'a> + Into<Body>>(
    LambdaEvent { payload, .. }: LambdaEvent<ApiGatewayV2httpRequest>,
    #[claims] claims: T,
) -> Response<Body> {
    let _ = payload;
    Response::new(claims.into())
}

struct Orders;

impl Orders {
    #[require_claims(email_verified)]
    async fn list(&self, event: Request, #[claims] user: User) -> Response<Body> {
        let (_, _) = (self, event);
        Response::new(user.sub.into())
    }
}

#[test]
fn compiles() {
    fn handler<F: Future>(_: impl Fn(Request) -> F) {}
    handler(named);
    handler(first);
    handler(two_attributes);
    handler(instrumented);
    handler(|event| Orders.list(event));
    let _ = (patterns(&Request::default()), generic::<String>);
}
