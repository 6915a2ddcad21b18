//! Tests of the guard behind the authorizer: the authorizer's response, put into the event as API Gateway does.

use lambda_http::{Body, Error, Request, Response};
use require_claims::require_claims;
use require_claims::testing::{http_api, rest_api};
use serde_json::{Value, json};

use super::api::{Api, Fixture};
use super::signer::FIRST;

#[require_claims(email_verified, role = "admin")]
fn cancel_order(_event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(Body::from("cancelled")))
}

#[require_claims(oauth2, scope = "orders:write")]
fn cancel_order_as_client(_event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(Body::from("cancelled")))
}

/// The event of the function, after the authorizer has allowed the request.
fn function_event(api: Api, token: &str, response: &Value) -> Request {
    let bearer = format!("Bearer {token}");
    let mut context = response["context"].clone();
    let mut event = match api {
        Api::RestRequest | Api::RestToken => rest_api()
            .delete("/orders/7")
            .header("authorization", &bearer)
            .json(),
        Api::Http1 => {
            let event = http_api().payload_1_0().delete("/orders/7");
            event.header("authorization", &bearer).json()
        }
        Api::Http2 => http_api()
            .delete("/orders/7")
            .header("authorization", &bearer)
            .json(),
        Api::WebSocket => panic!("its function receives no request"),
    };
    event["requestContext"]["authorizer"] = if api == Api::Http2 {
        json!({ "lambda": context })
    } else {
        context["principalId"] = response["principalId"].clone();
        context["integrationLatency"] = json!(25);
        context
    };
    lambda_http::request::from_str(&event.to_string()).unwrap()
}

const APIS: [Api; 4] = [Api::RestRequest, Api::RestToken, Api::Http1, Api::Http2];

/// The events of the function behind each kind of API, for a token that the authorizer allows.
async fn function_events(fixture: &Fixture, payload: &Value) -> Vec<Request> {
    let token = FIRST.sign(payload);
    let mut events = Vec::new();
    for api in APIS {
        let response = fixture
            .respond(&api.event(&format!("Bearer {token}")))
            .await;
        events.push(function_event(api, &token, &response.unwrap()));
    }
    events
}

fn administrator(fixture: &Fixture) -> Value {
    let mut payload = fixture.payload();
    payload["st-ev"] = json!({"v": true, "t": 1_700_000_000_123_u64});
    payload
}

#[tokio::test]
async fn allows_a_user_with_the_claims() {
    let fixture = Fixture::start().await;
    for event in function_events(&fixture, &administrator(&fixture)).await {
        let response = cancel_order(event).unwrap();
        assert_eq!(response.status(), 200);
    }
}

#[tokio::test]
async fn denies_a_user_without_the_claims() {
    let fixture = Fixture::start().await;
    let mut without_role = administrator(&fixture);
    // As text, these would be the roles `customer` and `admin`.
    without_role["st-role"]["v"] = json!(["customer admin"]);
    let mut not_verified = administrator(&fixture);
    not_verified["st-ev"]["v"] = json!(false);
    for (payload, claim) in [(without_role, "st-role"), (not_verified, "st-ev")] {
        for event in function_events(&fixture, &payload).await {
            let response = cancel_order(event).unwrap();
            assert_eq!(response.status(), 403);
            let body: Value = serde_json::from_slice(response.body()).unwrap();
            let errors = body["claimValidationErrors"].as_array().unwrap();
            assert_eq!(errors.len(), 1, "{body}");
            assert_eq!(errors[0]["id"], claim);
            assert_eq!(errors[0]["reason"]["message"], "wrong value");
        }
    }
}

#[tokio::test]
async fn tells_sessions_from_oauth2_access_tokens() {
    let fixture = Fixture::start_with(&["orders"], true).await;
    let mut oauth2 = administrator(&fixture);
    oauth2["stt"] = json!(1);
    oauth2["scp"] = json!(["orders:write"]);
    for event in function_events(&fixture, &oauth2).await {
        let response = cancel_order_as_client(event).unwrap();
        assert_eq!(response.status(), 200);
    }
    for event in function_events(&fixture, &oauth2).await {
        assert_eq!(cancel_order(event).unwrap().status(), 403);
    }
    for event in function_events(&fixture, &administrator(&fixture)).await {
        let response = cancel_order_as_client(event).unwrap();
        assert_eq!(response.status(), 403);
    }
}
