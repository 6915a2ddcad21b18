//! The tower layer, around an axum router and around other services.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::routing::get;
use http::{Request, Response};
use require_claims::supertokens::{EMAIL_VERIFIED, ROLE, SUBJECT};
use require_claims::tower::RequireClaimsLayer;
use require_claims::{Rejection, Requirement, all};
use require_claims_tests::events;
use require_claims_tests::session::{self, with};
use serde_json::{Value, json};
use tower_layer::Layer as _;
use tower_service::Service;

const VERIFIED_ADMIN: Requirement = all(&[EMAIL_VERIFIED.is_true(), ROLE.includes("admin")]);

/// A request as `lambda_http` passes it to a router.
fn request(claims: &Value) -> Request<Body> {
    events::request(&events::rest_jwt(claims)).map(Body::new)
}

fn user() -> Value {
    with(session::payload(), "st-role", json!({"v": ["user"]}))
}

async fn answer(router: &Router, request: Request<Body>) -> (u16, String) {
    let response = router.clone().call(request).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn orders() -> Router {
    let path = events::request(&events::rest_jwt(&session::payload()));
    Router::new().route(
        path.uri().path(),
        get(|| async { "orders" }).delete(|| async { "orders" }),
    )
}

#[tokio::test]
async fn guards_the_routes_of_a_router() {
    let router = orders().route_layer(RequireClaimsLayer::new(VERIFIED_ADMIN));
    let (status, body) = answer(&router, request(&session::payload())).await;
    assert_eq!((status, &*body), (200, "orders"));
    let (status, body) = answer(&router, request(&user())).await;
    assert_eq!(status, 403);
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["claimValidationErrors"][0]["id"], "st-role");
    // Outside Lambda, and on a route without authorizer.
    let mut without_context = request(&session::payload());
    without_context.extensions_mut().clear();
    let nothing = events::request(&events::v1(&Value::Null)).map(Body::new);
    for request in [without_context, nothing] {
        let (status, body) = answer(&router, request).await;
        assert_eq!(status, 403);
        assert!(body.contains("value does not exist"), "{body}");
    }
}

#[tokio::test]
async fn requires_all_of_several_layers() {
    let unverified = with(session::payload(), "st-ev", json!({"v": false}));
    for (claims, expected) in [(session::payload(), 200), (user(), 403), (unverified, 403)] {
        for (inner, outer) in [
            (ROLE.includes("admin"), EMAIL_VERIFIED.is_true()),
            (EMAIL_VERIFIED.is_true(), ROLE.includes("admin")),
        ] {
            let router = orders()
                .route_layer(RequireClaimsLayer::new(inner))
                .layer(RequireClaimsLayer::new(outer));
            assert_eq!(
                answer(&router, request(&claims)).await.0,
                expected,
                "{claims}"
            );
        }
    }
}

/// The router's own parameters may differ from the gateway's.
#[tokio::test]
async fn compares_the_gateways_path_parameter() {
    let router = orders().layer(RequireClaimsLayer::new(SUBJECT.is_path_parameter("id")));
    let subject = session::payload()["sub"].clone();
    for (parameters, expected) in [
        (json!({"id": subject}), 200),
        (json!({"id": "another"}), 403),
        (json!({"proxy": subject}), 403),
    ] {
        let mut event = events::rest_jwt(&session::payload());
        event["pathParameters"] = parameters;
        let request = events::request(&event).map(Body::new);
        assert_eq!(answer(&router, request).await.0, expected, "{event}");
    }
}

#[tokio::test]
async fn answers_with_the_function_for_rejections() {
    let teapot = |rejection: Rejection| {
        let mut response = Response::new(Body::from(rejection.errors()[0].id().to_owned()));
        *response.status_mut() = http::StatusCode::IM_A_TEAPOT;
        response
    };
    let layer = RequireClaimsLayer::new(ROLE.includes("admin")).on_reject(teapot);
    let router = orders().layer(layer);
    assert_eq!(answer(&router, request(&session::payload())).await.0, 200);
    let denied = answer(&router, request(&user())).await;
    assert_eq!(denied, (418, "st-role".to_owned()));
}

/// A service that counts its calls. It is ready once `is_ready`.
#[derive(Clone)]
struct Counted<'a> {
    calls: &'a AtomicU32,
    is_ready: bool,
}

impl<B> Service<Request<B>> for Counted<'_> {
    type Response = Response<String>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        if self.is_ready {
            Poll::Ready(Ok(()))
        } else {
            Poll::Pending
        }
    }

    fn call(&mut self, _: Request<B>) -> Self::Future {
        self.calls.fetch_add(1, Ordering::Relaxed);
        ready(Ok(Response::new("called".to_owned())))
    }
}

#[tokio::test]
async fn calls_the_service_only_for_allowed_requests() {
    let calls = AtomicU32::new(0);
    for is_ready in [true, false] {
        let layer = RequireClaimsLayer::new(VERIFIED_ADMIN);
        let mut service = layer.layer(Counted {
            calls: &calls,
            is_ready,
        });
        let mut context = Context::from_waker(Waker::noop());
        let ready = Service::<Request<()>>::poll_ready(&mut service, &mut context);
        assert_eq!(ready.is_ready(), is_ready);
    }
    let mut service = RequireClaimsLayer::new(VERIFIED_ADMIN).layer(Counted {
        calls: &calls,
        is_ready: true,
    });
    for (claims, status, expected) in [(user(), 403, 0), (session::payload(), 200, 1)] {
        let event = events::request(&events::rest_jwt(&claims));
        let response = service.call(event).await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(calls.load(Ordering::Relaxed), expected);
    }
}

#[test]
fn is_clone_and_send() {
    fn check<T: Clone + Send + Sync + 'static>(_: T) {}
    let layer = RequireClaimsLayer::new(VERIFIED_ADMIN);
    check(layer);
    check(layer.layer(orders()));
}
