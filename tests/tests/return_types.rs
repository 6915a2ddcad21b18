//! A rejection in each return type of handlers: the gateway receives its status.

#![allow(
    clippy::unused_async,
    reason = "handlers are async, whether they wait or not"
)]

use std::future::Future;
use std::pin::Pin;

use http::StatusCode;
use lambda_http::aws_lambda_events::apigw::{
    ApiGatewayProxyRequest, ApiGatewayProxyResponse, ApiGatewayV2httpRequest,
    ApiGatewayV2httpResponse,
};
use lambda_http::{Context, Error, IntoResponse, LambdaEvent, Request};
use require_claims::{Rejection, require_claims};
use require_claims_tests::events;
use serde::Serialize;
use serde_json::{Value, json};

/// The claims of a user with this role.
fn claims(role: &str) -> Value {
    json!({"st-role": format!("map[t:1.7e+12 v:[{role}]]")})
}

fn v1(role: &str) -> LambdaEvent<ApiGatewayProxyRequest> {
    let event = serde_json::from_value(events::http_api_jwt_v1(&claims(role)));
    LambdaEvent::new(event.unwrap(), Context::default())
}

fn v2(role: &str) -> LambdaEvent<ApiGatewayV2httpRequest> {
    let event = serde_json::from_value(events::http_api_jwt(&claims(role)));
    LambdaEvent::new(event.unwrap(), Context::default())
}

fn request(role: &str) -> Request {
    events::request(&events::http_api_jwt(&claims(role)))
}

/// The body of the denial of a customer.
fn denial() -> Value {
    json!({"message": "invalid claim", "claimValidationErrors": [{"id": "st-role", "reason": {
        "message": "wrong value", "expectedToInclude": "admin", "actualValue": ["customer"],
    }}]})
}

/// Asserts the denial as the gateway receives it.
fn assert_denies(answer: impl Serialize) {
    let answer = serde_json::to_value(answer).unwrap();
    assert_eq!(answer["statusCode"], 403, "{answer}");
    assert_eq!(answer["headers"]["content-type"], "application/json");
    let body: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    assert_eq!(body, denial());
}

#[require_claims(role = "admin")]
async fn responses_of_v1(
    _event: LambdaEvent<ApiGatewayProxyRequest>,
) -> Result<ApiGatewayProxyResponse, Error> {
    let mut response = ApiGatewayProxyResponse::default();
    response.status_code = 204;
    Ok(response)
}

#[require_claims(role = "admin")]
async fn responses_of_v2(
    _event: LambdaEvent<ApiGatewayV2httpRequest>,
) -> Result<ApiGatewayV2httpResponse, Error> {
    let mut response = ApiGatewayV2httpResponse::default();
    response.status_code = 204;
    Ok(response)
}

#[tokio::test]
async fn returns_a_denial_as_the_gateways_response_type() {
    assert_eq!(responses_of_v1(v1("admin")).await.unwrap().status_code, 204);
    assert_denies(responses_of_v1(v1("customer")).await.unwrap());
    assert_eq!(responses_of_v2(v2("admin")).await.unwrap().status_code, 204);
    assert_denies(responses_of_v2(v2("customer")).await.unwrap());
}

#[require_claims(role = "admin")]
async fn anything_serializable(
    _event: LambdaEvent<ApiGatewayProxyRequest>,
) -> Result<impl Serialize, Error> {
    Ok(json!({"statusCode": 204}))
}

#[tokio::test]
async fn serializes_a_denial_for_the_plain_runtime() {
    let answer = |role| async move {
        let answer = anything_serializable(v1(role)).await.unwrap();
        serde_json::to_value(answer).unwrap()
    };
    assert_eq!(answer("admin").await, json!({"statusCode": 204}));
    let denied = answer("customer").await;
    assert_denies(&denied);
    // Only these fields exist in the response formats of both REST and HTTP APIs.
    let fields: Vec<&String> = denied.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["body", "headers", "statusCode"]);
}

#[require_claims(role = "admin")]
async fn a_status_and_json(_event: Request) -> (StatusCode, Value) {
    (StatusCode::NO_CONTENT, Value::Null)
}

#[require_claims(role = "admin")]
async fn the_rejection_itself(_event: Request) -> Result<Rejection, Error> {
    Err("the body ran".into())
}

#[tokio::test]
async fn returns_a_denial_that_lambda_http_converts_to_a_response() {
    assert_eq!(a_status_and_json(request("admin")).await.0, 204);
    let (status, body) = a_status_and_json(request("customer")).await;
    assert_eq!((status.as_u16(), body), (403, denial()));

    assert!(the_rejection_itself(request("admin")).await.is_err());
    let rejection = the_rejection_itself(request("customer")).await.unwrap();
    let response = rejection.into_response().await;
    assert_eq!(response.status(), 403);
    assert_eq!(response.headers()["content-type"], "application/json");
}

/// An `async` method as `async_trait` expands it.
#[require_claims(role = "admin")]
fn a_boxed_future<'a>(event: &'a Request) -> Pin<Box<dyn Future<Output = Answer> + Send + 'a>> {
    Box::pin(async move { Ok(http::Response::new(event.uri().path().to_owned())) })
}

type Answer = Result<http::Response<String>, Error>;

#[tokio::test]
async fn guards_a_handler_that_returns_a_boxed_future() {
    assert_eq!(
        a_boxed_future(&request("admin")).await.unwrap().status(),
        200
    );
    let denied = a_boxed_future(&request("customer")).await.unwrap();
    assert_eq!(denied.status(), 403);
}
