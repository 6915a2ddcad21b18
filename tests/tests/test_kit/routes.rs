//! The keys of routes, their scopes, and requests for routers of axum.

use axum::Router;
use axum::body::to_bytes;
use axum::extract::Path;
use axum::routing::post;
use lambda_http::RequestExt as _;
use require_claims::axum::Claims;
use require_claims::testing::{Caller, Event, Gateway, HttpApi, http_api, rest_api};
use require_claims::{Session, supertokens::SCOPE};
use serde_json::{Value, json};
use tower_service::Service as _;

/// The event in payload format 2.0, and in 1.0.
fn both(event: Event<HttpApi>) -> [Value; 2] {
    [event.json(), event.payload_1_0().json()]
}

#[test]
fn names_the_route_as_it_is_configured() {
    let [v2, v1] = both(
        http_api()
            .get("/orders/{id}")
            .path_parameter("id", "7")
            .any_method(),
    );
    assert_eq!(v2["routeKey"], "ANY /orders/{id}");
    assert_eq!(v2["requestContext"]["routeKey"], "ANY /orders/{id}");
    assert_eq!(v2["requestContext"]["http"]["method"], "GET");
    assert_eq!(v1["httpMethod"], "GET");
    for event in [v2, v1] {
        assert_eq!(event["pathParameters"], json!({"id": "7"}));
    }

    let [v2, v1] = both(http_api().get("/orders/a b").default_route());
    assert_eq!(v2["routeKey"], "$default");
    assert_eq!(v2["requestContext"]["routeKey"], "$default");
    assert_eq!(v2["rawPath"], "/orders/a b");
    assert!(v2.get("pathParameters").is_none());
    assert_eq!(v1["resource"], "$default");
    assert_eq!(v1["path"], "/orders/a b");
    assert_eq!(v1["pathParameters"], Value::Null);
}

/// From `scope`, or else `scp`, as text or as a list.
#[test]
fn passes_the_scopes_of_the_token_if_the_route_requires_one() {
    let event = || http_api().route_scopes(&["other", "read"]);
    let expected = json!(["openid", "read"]);
    for (claim, value) in [
        ("scope", json!("openid read")),
        ("scope", json!(["openid", "read"])),
        ("scp", json!(["openid", 1, "read"])),
        ("scp", json!(" openid  read ")),
    ] {
        let caller = || Caller::new("user-1").claim(claim, value.clone());
        let [v2, v1] = both(event().caller(caller()));
        assert_eq!(
            v2["requestContext"]["authorizer"]["jwt"]["scopes"],
            expected
        );
        assert_eq!(v1["requestContext"]["authorizer"]["scopes"], expected);
        let [v2, v1] = both(http_api().caller(caller()));
        assert_eq!(
            v2["requestContext"]["authorizer"]["jwt"]["scopes"],
            Value::Null
        );
        assert_eq!(v1["requestContext"]["authorizer"]["scopes"], Value::Null);
    }
    // `scope` counts if both are present.
    let caller = Caller::new("user-1").claim("scope", json!("read"));
    let [v2, _] = both(event().caller(caller.claim("scp", json!("other"))));
    assert_eq!(
        v2["requestContext"]["authorizer"]["jwt"]["scopes"],
        json!(["read"])
    );
}

/// The guard reads scopes from the claims, whatever the route requires.
#[test]
fn scopes_of_the_route_do_not_change_a_decision() {
    let caller = Caller::new("user-1").claim("scope", json!("read write"));
    for event in [http_api(), http_api().route_scopes(&["write"])] {
        let request = event.caller(caller.clone()).request();
        assert!(SCOPE.includes("read").check(&request).is_ok());
        assert!(SCOPE.includes("other").check(&request).is_err());
    }
}

/// The answer of a router to the event.
async fn answer<G: Gateway>(mut router: Router, event: Event<G>) -> (u16, String) {
    let response = router.call(event.axum_request()).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn a_router_answers_each_event() {
    async fn note(Path(id): Path<String>, Claims(user): Claims<Session>, body: String) -> String {
        format!("{} {id}: {body}", user.user_id())
    }
    let router = || Router::new().route("/notes/{id}", post(note));
    // In payload format 1.0, an empty list is ambiguous text, since `lambda_http` passes no token that can be used.
    let caller = || Caller::new("user-1").role("user").permission("write");
    let event = http_api()
        .post("/notes/7 8")
        .default_route()
        .body("a note")
        .caller(caller());
    let expected = (200, "user-1 7 8: a note".to_owned());
    assert_eq!(answer(router(), event.clone()).await, expected);
    assert_eq!(answer(router(), event.payload_1_0()).await, expected);
    let event = rest_api()
        .post("/notes/{id}")
        .path_parameter("id", "7 8")
        .body("a note")
        .caller(caller());
    let staged = Router::new().nest("/prod", router());
    assert_eq!(answer(staged, event).await, expected);
    let nobody = http_api().post("/notes/7").default_route();
    assert_eq!(answer(router(), nobody).await.0, 403);
}

/// The requests differ only in the type of the body.
#[tokio::test]
async fn is_the_request_of_lambda_http() {
    let event = http_api()
        .post("/images")
        .header("content-type", "image/png")
        .body(b"\x89PNG\xff");
    let (parts, body) = event.axum_request().into_parts();
    let (expected, expected_body) = event.request().into_parts();
    assert_eq!(parts.method, expected.method);
    assert_eq!(parts.uri, expected.uri);
    assert_eq!(parts.headers, expected.headers);
    assert_eq!(parts.raw_http_path(), expected.raw_http_path());
    let body = to_bytes(body, usize::MAX).await.unwrap();
    assert_eq!(&body[..], &expected_body[..]);
}
