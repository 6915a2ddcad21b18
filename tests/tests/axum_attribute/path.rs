//! `path("…")` is a parameter of the route that axum matched.

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use require_claims::require_claims;
use require_claims_tests::session::{self, with};
use serde_json::json;

use super::{answer, request};

#[require_claims(subject = path("user_id"))]
async fn orders(Path(user): Path<String>) -> String {
    user
}

#[require_claims(subject = path("user_id"))]
async fn order(Path((user, order)): Path<(String, u32)>) -> String {
    format!("{user} {order}")
}

fn router() -> Router {
    let user = Router::new()
        .route("/orders", get(orders))
        .route("/orders/{order_id}", get(order));
    Router::new()
        .nest("/users/{user_id}", user)
        .route("/all/{*user_id}", get(orders))
        .route("/orders", get(orders))
}

async fn status(path: &str, subject: &str) -> u16 {
    let claims = with(session::payload(), "sub", json!(subject));
    answer(router(), request("GET", path, "", &claims)).await.0
}

#[tokio::test]
async fn compares_the_decoded_parameter_of_the_matched_route() {
    for (path, subject, expected) in [
        ("/users/u1/orders", "u1", 200),
        ("/users/u2/orders", "u1", 403),
        ("/users/u1/orders/7", "u1", 200),
        ("/users/u2/orders/7", "u1", 403),
        ("/users/auth0%7C5f/orders", "auth0|5f", 200),
        ("/users/auth0%257C5f/orders", "auth0|5f", 403),
        ("/users/auth0%257C5f/orders", "auth0%7C5f", 200),
        ("/all/a/b", "a/b", 200),
        ("/all/a/c", "a/b", 403),
        // The route has no such parameter.
        ("/orders", "u1", 403),
    ] {
        assert_eq!(status(path, subject).await, expected, "{path} {subject}");
    }
}

/// Behind `ANY /{proxy+}`, the gateway's only parameter is `proxy`. A parameter of the gateway does not count, because
/// the handler reads that of axum.
#[tokio::test]
async fn ignores_the_parameters_of_the_gateway() {
    use lambda_http::RequestExt as _;
    use std::collections::HashMap;

    for (name, value) in [("proxy", "users/u1/orders"), ("user_id", "u2")] {
        for (path, expected) in [
            ("/users/u1/orders", 200),
            ("/users/u2/orders", 403),
            ("/orders", 403),
        ] {
            let claims = with(session::payload(), "sub", json!("u1"));
            let parameters = HashMap::from([(name.to_owned(), vec![value.to_owned()])]);
            let request = request("GET", path, "", &claims).with_path_parameters(parameters);
            assert_eq!(answer(router(), request).await.0, expected, "{name} {path}");
        }
    }
}
