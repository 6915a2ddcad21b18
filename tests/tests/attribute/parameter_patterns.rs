//! Parameters that are destructured, ignored or mutable.

use lambda_http::aws_lambda_events::apigw::{
    ApiGatewayProxyRequest, ApiGatewayV2httpRequest, ApiGatewayV2httpResponse,
};
use lambda_http::{Body, Error, IntoResponse, LambdaEvent, Request, Response};
use require_claims::require_claims;

#[require_claims(mfa)]
async fn destructured(
    LambdaEvent { payload, context }: LambdaEvent<ApiGatewayV2httpRequest>,
) -> Result<ApiGatewayV2httpResponse, Error> {
    let mut response = ApiGatewayV2httpResponse::default();
    response.body = Some(format!("{:?}{}", payload.raw_path, context.request_id).into());
    Ok(response)
}

#[require_claims(mfa)]
async fn with_a_rest(
    LambdaEvent { payload, .. }: LambdaEvent<ApiGatewayProxyRequest>,
) -> Result<impl IntoResponse, Error> {
    payload.path.ok_or_else(|| "no path".into())
}

#[require_claims(mfa)]
async fn ignored(_: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(Body::Empty))
}

#[require_claims(mfa)]
async fn ignored_by_name(_event: Request, (a, b): (u8, u8)) -> Result<Response<Body>, Error> {
    Ok(Response::new((a + b).to_string().into()))
}

#[require_claims(mfa)]
async fn mutable(mut event: Request) -> Result<Response<Body>, Error> {
    *event.body_mut() = Body::Empty;
    Ok(Response::new(event.into_body()))
}

#[require_claims(mfa)]
async fn mutable_within(mut event: Request) -> impl IntoResponse {
    *event.body_mut() = Body::Empty;
    Response::new(event.into_body())
}

#[require_claims(mfa)]
async fn bound(ref event @ _: Request) -> Response<Body> {
    Response::new(event.uri().path().to_owned().into())
}

/// A pattern as a macro writes it.
macro_rules! pair {
    ($a:ident, $b:ident) => {
        (mut $a, $b)
    };
}

struct Wrapped(u8);

#[require_claims(mfa)]
async fn nested(
    event: Request,
    (mut a, [b, ref c, ..], Wrapped(d)): (u8, [String; 3], Wrapped),
    &mut e: &mut u8,
    ref mut f: u8,
    r#type: u8,
) -> Result<impl IntoResponse, Error> {
    a += e + r#type + d;
    *f += 1;
    Ok(format!("{a}{b}{c}{f}{}", event.uri().path()))
}

#[require_claims(mfa)]
async fn pattern_of_a_macro(event: Request, pair!(a, b): (String, String)) -> impl IntoResponse {
    a.push_str(&b);
    a + event.uri().path()
}

#[require_claims(mfa)]
async fn with_attributes(
    #[allow(unused_mut)] mut event: Request,
    #[allow(unused_variables)] unused: u8,
    #[expect(unused_mut)] mut kept: String,
    #[allow(unused_variables)] _other: u8,
    #[cfg(not(test))] gone: NoType,
    #[cfg(test)] there: String,
) -> Result<impl IntoResponse, Error> {
    Ok(kept + &there + event.uri().path())
}

#[require_claims(mfa)]
fn not_async(event: &Request, mut a: String, _b: u8, _: u8) -> impl IntoResponse {
    a.push_str(event.uri().path());
    a
}

#[test]
fn compiles() {
    let _ = (nested, pattern_of_a_macro, with_attributes, not_async);
    let _ = (
        destructured,
        with_a_rest,
        ignored,
        ignored_by_name,
        mutable,
        mutable_within,
        bound,
    );
}
