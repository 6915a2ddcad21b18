//! An allowed and a denied call for every form of return type and parameter.

use lambda_http::aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use lambda_http::{Body, Context, Error, IntoResponse, LambdaEvent, Request, Response};
use require_claims::require_claims;
use require_claims_tests::events;
use serde_json::json;

const BODY: u16 = 299;

fn response() -> Response<Body> {
    Response::builder().status(BODY).body(Body::Empty).unwrap()
}

#[require_claims(subject = "user-1")]
async fn named(event: Request) -> Result<Response<Body>, Error> {
    drop(event);
    Ok(response())
}

#[require_claims(subject = "user-1")]
async fn plain(_: Request) -> Response<Body> {
    response()
}

#[require_claims(subject = "user-1")]
async fn wrapped(_event: Request) -> Result<impl IntoResponse, Error> {
    Ok(response())
}

#[require_claims(subject = "user-1")]
async fn opaque(event: Request) -> impl IntoResponse {
    drop(event);
    response()
}

#[require_claims(subject = "user-1")]
fn wrapped_without_async(event: &Request) -> Result<impl IntoResponse + use<>, Error> {
    let _ = event;
    Ok(response())
}

#[require_claims(subject = "user-1")]
fn opaque_without_async(_: &mut Request) -> impl IntoResponse + use<> {
    response()
}

#[require_claims(authenticated)]
#[require_claims(subject = "user-1")]
async fn only_the_upper_attribute_is_met(_: Request) -> Result<impl IntoResponse, Error> {
    Ok(response())
}

#[require_claims(subject = "user-1")]
#[require_claims(authenticated)]
async fn only_the_lower_attribute_is_met(_: Request) -> Result<impl IntoResponse, Error> {
    Ok(response())
}

#[require_claims(any(subject = "user-1", all(authenticated, subject = "user-2")))]
async fn one_of_several(_: Request) -> Response<Body> {
    response()
}

#[require_claims(subject = "user-1")]
async fn destructured(
    LambdaEvent { payload, .. }: LambdaEvent<ApiGatewayV2httpRequest>,
) -> Result<ApiGatewayV2httpResponse, Error> {
    drop(payload);
    let mut response = ApiGatewayV2httpResponse::default();
    response.status_code = BODY.into();
    Ok(response)
}

async fn status(response: Result<impl IntoResponse, Error>) -> u16 {
    response.unwrap().into_response().await.status().as_u16()
}

async fn statuses(subject: &str) -> Vec<u16> {
    let claims = json!({"sub": subject, "iss": "https://auth.example.com", "sessionHandle": "s"});
    let payload = || events::http_api_lambda_flat(&claims);
    let event = || events::request(&payload());
    let lambda_event = LambdaEvent::new(
        serde_json::from_value(payload()).unwrap(),
        Context::default(),
    );
    vec![
        status(named(event()).await).await,
        status(Ok(plain(event()).await)).await,
        status(wrapped(event()).await).await,
        status(Ok(opaque(event()).await)).await,
        status(wrapped_without_async(&event())).await,
        status(Ok(opaque_without_async(&mut event()))).await,
        status(only_the_upper_attribute_is_met(event()).await).await,
        status(only_the_lower_attribute_is_met(event()).await).await,
        status(Ok(one_of_several(event()).await)).await,
        u16::try_from(destructured(lambda_event).await.unwrap().status_code).unwrap(),
    ]
}

#[tokio::test]
async fn allows_and_denies_every_form_of_handler() {
    assert_eq!(statuses("user-1").await, [BODY; 10]);
    assert_eq!(statuses("user-3").await, [403; 10]);
}
