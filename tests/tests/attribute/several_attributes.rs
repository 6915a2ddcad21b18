//! Every one of several attributes guards, in each form of return type.

use lambda_http::aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use lambda_http::{Body, Error, IntoResponse, LambdaEvent, Request, Response};
use require_claims::require_claims;

#[require_claims(role = "admin")]
#[require_claims(role = any("a", "b"))]
#[require_claims(email_verified)]
async fn named(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(role = "admin")]
#[require_claims(email_verified)]
async fn wrapped(_event: Request) -> Result<impl IntoResponse, Error> {
    let number: u8 = "1".parse()?;
    Ok(number.to_string())
}

#[require_claims(role = "admin")]
#[require_claims(email_verified)]
fn opaque(_: Request) -> impl IntoResponse {
    "hello"
}

#[require_claims(role = "admin")]
#[require_claims(email_verified)]
async fn destructured(
    LambdaEvent { payload, .. }: LambdaEvent<ApiGatewayV2httpRequest>,
) -> Result<ApiGatewayV2httpResponse, Error> {
    drop(payload);
    Ok(ApiGatewayV2httpResponse::default())
}

#[test]
fn compiles() {
    let _ = (named, wrapped, opaque, destructured);
}
