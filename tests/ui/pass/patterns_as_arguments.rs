//! Arguments that are taken apart, ignored or mutable.
#![deny(warnings, clippy::pedantic)]

use lambda_http::aws_lambda_events::apigw::{
    ApiGatewayProxyRequest, ApiGatewayV2httpRequest, ApiGatewayV2httpResponse,
};
use lambda_http::{Body, Error, IntoResponse, LambdaEvent, Request, Response};
use require_claims::require_claims;

#[require_claims(mfa)]
async fn taken_apart(
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

fn main() {
    let _ = (taken_apart, with_a_rest, ignored, ignored_by_name, mutable, mutable_within, bound);
}
