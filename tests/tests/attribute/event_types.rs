//! All event types of the gateway, owned and borrowed, found by type or by name.

use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyRequest, ApiGatewayV2httpRequest};
use lambda_http::{Body, LambdaEvent, Request, Response, http};
use require_claims::require_claims;

type Event = LambdaEvent<ApiGatewayV2httpRequest>;
type Answer = Response<Body>;

#[require_claims(mfa)]
async fn http(event: Request) -> Answer {
    Response::new(event.into_body())
}

#[require_claims(mfa)]
async fn http_with_another_body(request: http::Request<Vec<u8>>) -> Answer {
    Response::new(request.into_body().into())
}

#[require_claims(mfa)]
async fn borrowed(number: u8, it: &Request) -> Answer {
    Response::new(format!("{number}{}", it.uri()).into())
}

#[require_claims(mfa)]
async fn mutably_borrowed(it: &mut Request, number: u8) -> Answer {
    *it.body_mut() = number.to_string().into();
    Response::new(Body::Empty)
}

#[require_claims(mfa)]
async fn version_2(number: u8, it: LambdaEvent<ApiGatewayV2httpRequest>) -> Answer {
    Response::new(format!("{number}{:?}", it.payload.raw_path).into())
}

#[require_claims(mfa)]
async fn version_1(number: u8, it: LambdaEvent<ApiGatewayProxyRequest>) -> Answer {
    Response::new(format!("{number}{:?}", it.payload.path).into())
}

#[require_claims(mfa)]
async fn payload_alone(number: u8, it: &ApiGatewayProxyRequest) -> Answer {
    Response::new(format!("{number}{:?}", it.path).into())
}

#[require_claims(mfa)]
async fn an_alias_by_its_name(number: u8, event: Event) -> Answer {
    Response::new(format!("{number}{:?}", event.payload.raw_path).into())
}

#[require_claims(mfa)]
async fn an_alias_alone(it: Event) -> Answer {
    Response::new(format!("{:?}", it.payload.raw_path).into())
}

#[test]
fn compiles() {
    let _ = (
        http,
        http_with_another_body,
        borrowed,
        mutably_borrowed,
        version_2,
        version_1,
    );
    let _ = (payload_alone, an_alias_by_its_name, an_alias_alone);
}
