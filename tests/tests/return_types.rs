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

fn json_event(role: &str) -> LambdaEvent<Value> {
    LambdaEvent::new(events::http_api_jwt(&claims(role)), Context::default())
}

#[require_claims(role = "admin")]
async fn json_for_json(event: LambdaEvent<Value>) -> Value {
    json!({"statusCode": 204, "path": event.payload["rawPath"]})
}

#[require_claims(role = "admin")]
async fn a_result_of_json(event: LambdaEvent<Value>) -> Result<Value, Error> {
    Ok(serde_json::from_value(event.payload["rawPath"].clone())?)
}

#[require_claims(role = "admin")]
async fn json_for_a_struct(_event: LambdaEvent<ApiGatewayV2httpRequest>) -> Value {
    json!({"statusCode": 204})
}

#[require_claims(role = "admin")]
fn a_result_for_a_reference(event: &LambdaEvent<ApiGatewayProxyRequest>) -> Result<Value, Error> {
    Ok(event.payload.path.clone().into())
}

#[require_claims(role = "admin")]
fn json_with_claims(
    LambdaEvent { payload, .. }: &mut LambdaEvent<Value>,
    #[claims] claims: Claims,
) -> Value {
    json!({"statusCode": 204, "role": claims.role, "path": payload["rawPath"].take()})
}

#[derive(serde::Deserialize)]
struct Claims {
    #[serde(rename = "st-role")]
    role: String,
}

#[require_claims(role = "admin")]
async fn serializable_json(event: LambdaEvent<Value>) -> Result<impl Serialize, Error> {
    Ok(event.payload)
}

struct Orders;

impl Orders {
    #[require_claims(role = "admin")]
    async fn cancel(&self, event: &LambdaEvent<Value>) -> Result<Value, Error> {
        Ok(event.payload["rawPath"].clone())
    }
}

#[tokio::test]
async fn returns_a_denial_as_json_for_an_event_of_the_plain_runtime() {
    let path = json!("/orders/7");
    let mut admin = json_event("admin");
    let expected = json!({"statusCode": 204, "role": "map[t:1.7e+12 v:[admin]]", "path": path});
    assert_eq!(json_with_claims(&mut admin), expected);
    assert_denies(json_with_claims(&mut json_event("customer")));

    let expected = json!({"statusCode": 204, "path": path});
    assert_eq!(json_for_json(json_event("admin")).await, expected);
    assert_denies(json_for_json(json_event("customer")).await);

    assert_eq!(a_result_of_json(json_event("admin")).await.unwrap(), path);
    assert_denies(a_result_of_json(json_event("customer")).await.unwrap());

    assert_eq!(json_for_a_struct(v2("admin")).await["statusCode"], 204);
    assert_denies(json_for_a_struct(v2("customer")).await);

    assert_eq!(a_result_for_a_reference(&v1("admin")).unwrap(), path);
    assert_denies(a_result_for_a_reference(&v1("customer")).unwrap());

    let answer = serializable_json(json_event("admin")).await.unwrap();
    assert_eq!(serde_json::to_value(answer).unwrap()["rawPath"], path);
    assert_denies(serializable_json(json_event("customer")).await.unwrap());

    assert_eq!(Orders.cancel(&json_event("admin")).await.unwrap(), path);
    assert_denies(Orders.cancel(&json_event("customer")).await.unwrap());
}

/// As `async_trait` expands them, with and without `Send`.
#[require_claims(role = "admin")]
fn a_boxed_result<'a>(
    event: &'a LambdaEvent<Value>,
) -> Pin<Box<dyn Future<Output = Result<Value, Error>> + Send + 'a>> {
    Box::pin(async move { Ok(event.payload["rawPath"].clone()) })
}

#[require_claims(role = "admin")]
fn boxed_json<'a>(event: &'a LambdaEvent<Value>) -> Pin<Box<dyn Future<Output = Value> + 'a>> {
    Box::pin(async move { event.payload["rawPath"].clone() })
}

#[tokio::test]
async fn returns_a_denial_as_a_boxed_future_of_json() {
    let (admin, customer) = (json_event("admin"), json_event("customer"));
    assert_eq!(a_boxed_result(&admin).await.unwrap(), "/orders/7");
    assert_denies(a_boxed_result(&customer).await.unwrap());
    assert_eq!(boxed_json(&admin).await, "/orders/7");
    assert_denies(boxed_json(&customer).await);
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the attribute passes a value"
)]
fn teapot(rejection: Rejection) -> Value {
    json!({"statusCode": 418, "body": rejection.body()})
}

#[require_claims(role = "admin", on_reject = teapot)]
async fn custom_json(_event: LambdaEvent<Value>) -> Value {
    json!({"statusCode": 204})
}

#[tokio::test]
async fn returns_the_json_of_an_on_reject_function() {
    assert_eq!(custom_json(json_event("admin")).await["statusCode"], 204);
    let denied = custom_json(json_event("customer")).await;
    assert_eq!(denied["statusCode"], 418);
    assert_eq!(
        serde_json::from_str::<Value>(denied["body"].as_str().unwrap()).unwrap(),
        denial()
    );
}
