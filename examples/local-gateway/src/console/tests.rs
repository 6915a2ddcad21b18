//! Tests of the paths that the console uses, and of what its endpoints answer.

use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::Value;

use super::{Answer, Console, KEY, path};
use crate::api::Api;
use crate::config::Config;
use crate::routes::Routes;

fn config(routes: &[&str]) -> Config {
    let mut config = Config::new("custom");
    let routes = routes.iter().map(|route| route.parse().unwrap());
    config.routes = Routes::new(routes.collect()).unwrap();
    config
}

fn answer(console: &Console, method: Method, path: &str, key: &str) -> Option<Response<Body>> {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("host", "127.0.0.1:3000").header(KEY, key);
    let (head, ()) = request.body(()).unwrap().into_parts();
    match console.answer(&head, path) {
        Answer::Response(response) => Some(response),
        Answer::Invoke => None,
    }
}

fn status(console: &Console, method: Method, path: &str, key: &str) -> Option<StatusCode> {
    answer(console, method, path, key).map(|response| response.status())
}

#[test]
fn leaves_every_path_that_a_route_uses() {
    for (routes, expected) in [
        (&["GET /orders"][..], Some("/")),
        (&["ANY /{proxy+}"], Some("/")),
        (&["GET /"], Some("/.console/")),
        (&["POST /"], Some("/.console/")),
        (&["$default"], Some("/.console/")),
        (&["GET /", "GET /.console/setup"], None),
        (&["ANY /.console/{proxy+}"], None),
    ] {
        let config = config(routes);
        assert_eq!(path(&config), expected, "{routes:?}");
        let console = Console::new(&config);
        assert_eq!(console.owns("/"), expected == Some("/"), "{routes:?}");
        assert_eq!(console.owns("/.console/setup"), expected.is_some());
        assert!(!console.owns("/orders") && !console.owns("/.console"));
    }
    // The paths of a REST API start with its stage.
    let mut rest = config(&["GET /"]);
    rest.api = Api::Rest {
        stage: "prod".to_owned(),
    };
    assert_eq!(path(&rest), Some("/"));
    assert!(!Console::new(&rest).owns("/prod"));
}

#[tokio::test]
async fn gives_the_page_its_key_and_the_routes() {
    let mut config = Config::new("orders");
    let console = Console::new(&config);
    assert_ne!(console.key, Console::new(&config).key);
    let setup = setup(&console).await;
    assert_eq!(setup["key"], console.key);
    assert_eq!(setup["callers"].as_array().unwrap().len(), 10);
    assert_eq!(setup["routes"][4]["path"], "/orders/1");
    // The requirements of an unknown function are unknown, and nobody knows a useful body.
    assert_eq!(setup["routes"][4]["requirements"], Value::Null);
    assert_eq!(setup["routes"][2]["body"], Value::Null);

    config.example = true;
    config.built_in_issuer = false;
    config.api = Api::Rest {
        stage: "prod".to_owned(),
    };
    let setup = self::setup(&Console::new(&config)).await;
    let deletion = &setup["routes"][4];
    assert_eq!(deletion["path"], "/prod/orders/1");
    assert_eq!(
        deletion["requirements"],
        "email_verified, role = Role::Admin, mfa"
    );
    assert!(setup["routes"][2]["body"].is_string());
    assert_eq!(setup["callers"].as_array().unwrap().len(), 1);
}

async fn setup(console: &Console) -> Value {
    let response = answer(console, Method::GET, "/.console/setup", "").unwrap();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    serde_json::from_slice(&body).unwrap()
}

#[test]
fn needs_the_key_for_records_and_events() {
    let console = Console::new(&Config::new("orders"));
    let key = console.key.clone();
    let invoke = "/.console/invoke";
    assert_eq!(status(&console, Method::POST, invoke, &key), None);
    let forbidden = Some(StatusCode::FORBIDDEN);
    for wrong in ["", "other", &format!("{key}0")] {
        assert_eq!(status(&console, Method::POST, invoke, wrong), forbidden);
        let record = "/.console/requests/a";
        assert_eq!(status(&console, Method::GET, record, wrong), forbidden);
    }
    let not_found = Some(StatusCode::NOT_FOUND);
    for unknown in ["/.console/requests/a", "/.console/other"] {
        assert_eq!(status(&console, Method::GET, unknown, &key), not_found);
    }
    let wrong_method = Some(StatusCode::METHOD_NOT_ALLOWED);
    for (method, path) in [
        (Method::POST, "/"),
        (Method::OPTIONS, "/.console/setup"),
        (Method::OPTIONS, invoke),
        (Method::PUT, invoke),
    ] {
        assert_eq!(status(&console, method, path, ""), wrong_method, "{path}");
    }
}
