//! Tests of the CORS settings.

use std::time::Duration;

use local_gateway::cors::Cors;
use local_gateway::routes::{Mock, Route, Routes};
use local_gateway::{Api, Config, RunningGateway, gateway};

use crate::client::{Response, get, send};
use crate::{config, start};

const ORIGIN: (&str, &str) = ("origin", "https://shop.test");
const METHOD: (&str, &str) = ("access-control-request-method", "POST");

fn cors() -> Cors {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Cors {
        allow_origins: texts(&["https://shop.test"]),
        allow_methods: texts(&["GET", "POST"]),
        allow_headers: texts(&["authorization", "rid"]),
        expose_headers: texts(&["front-token"]),
        max_age: Some(Duration::from_secs(600)),
        allow_credentials: true,
    }
}

/// The CORS headers of a response.
fn headers(response: &Response) -> Vec<(&str, &str)> {
    let names = [
        "access-control-allow-origin",
        "access-control-allow-credentials",
        "access-control-allow-methods",
        "access-control-allow-headers",
        "access-control-expose-headers",
        "access-control-max-age",
    ];
    let headers = names.map(|name| (name, response.header(name)));
    headers
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

async fn preflight(gateway: &RunningGateway, path: &str, sent: &[(&str, &str)]) -> Response {
    send(gateway, "OPTIONS", path, sent, b"").await
}

#[tokio::test]
async fn answers_preflight_requests_without_a_route_for_them() {
    let gateway = start(|config| config.cors = Some(cors())).await;
    for path in ["/guarded/a", "/open/exits", "/nowhere"] {
        let response = preflight(&gateway, path, &[ORIGIN, METHOD]).await;
        assert_eq!(response.status, 204, "{path}");
        let expected = [
            ("access-control-allow-origin", "https://shop.test"),
            ("access-control-allow-credentials", "true"),
            ("access-control-allow-methods", "GET,POST"),
            ("access-control-allow-headers", "authorization,rid"),
            ("access-control-expose-headers", "front-token"),
            ("access-control-max-age", "600"),
        ];
        assert_eq!(headers(&response), expected, "{path}");
    }
    let other = preflight(
        &gateway,
        "/guarded/a",
        &[("origin", "https://other.test"), METHOD],
    )
    .await;
    assert_eq!((other.status, headers(&other)), (204, vec![]));
    // Without the header of a preflight request, it is an ordinary one.
    assert_eq!(
        preflight(&gateway, "/guarded/a", &[ORIGIN]).await.status,
        404
    );
    assert_eq!(preflight(&gateway, "/open/a", &[ORIGIN]).await.status, 200);
}

#[tokio::test]
async fn replaces_the_headers_of_the_function() {
    let gateway = start(|config| config.cors = Some(cors())).await;
    let response = get(&gateway, "/open/challenge", &[ORIGIN]).await;
    let expected = [
        ("access-control-allow-origin", "https://shop.test"),
        ("access-control-allow-credentials", "true"),
        ("access-control-expose-headers", "front-token"),
    ];
    assert_eq!(headers(&response), expected);
    let other = get(
        &gateway,
        "/open/challenge",
        &[("origin", "https://other.test")],
    )
    .await;
    assert_eq!(headers(&other), []);
    let without_settings = start(|_| {}).await;
    let response = get(&without_settings, "/open/challenge", &[ORIGIN]).await;
    assert_eq!(
        headers(&response),
        [("access-control-allow-origin", "https://function.test")]
    );
}

#[tokio::test]
async fn an_authorizer_on_a_route_for_preflight_requests_rejects_them() {
    let gateway = start(|config| {
        config.cors = Some(cors());
        let routes =
            ["ANY /guarded/{what}", "$default"].map(|route| route.parse::<Route>().unwrap());
        config.routes = Routes::new(routes.to_vec()).unwrap();
    })
    .await;
    for path in ["/guarded/exits", "/other"] {
        let response = preflight(&gateway, path, &[ORIGIN, METHOD]).await;
        assert_eq!(response.status, 401, "{path}");
    }
}

fn make_rest(config: &mut Config) {
    config.api = Api::Rest {
        stage: "prod".to_owned(),
    };
}

#[tokio::test]
async fn a_rest_api_answers_options_only() {
    let gateway = start(|config| {
        config.cors = Some(cors());
        make_rest(config);
        let routes = [
            "GET /guarded/{what}",
            "GET /open/{what}",
            "OPTIONS /open/fine",
        ];
        let routes = routes.map(|route| route.parse::<Route>().unwrap().public());
        config.routes = Routes::new(routes.to_vec()).unwrap();
    })
    .await;
    let response = preflight(&gateway, "/prod/guarded/exits", &[ORIGIN, METHOD]).await;
    assert_eq!((response.status, headers(&response).len()), (200, 6));
    assert_eq!(headers(&response)[0].1, "https://shop.test");
    // The response of a function and of its own route for `OPTIONS` is unchanged.
    let response = get(&gateway, "/prod/open/challenge", &[ORIGIN]).await;
    let own = [("access-control-allow-origin", "https://function.test")];
    assert_eq!(headers(&response), own);
    let response = preflight(&gateway, "/prod/open/fine", &[ORIGIN, METHOD]).await;
    assert_eq!((response.status, headers(&response)), (200, vec![]));
    let response = preflight(&gateway, "/prod/nowhere", &[ORIGIN, METHOD]).await;
    assert_eq!(response.status, 403);
}

#[tokio::test]
async fn a_rest_api_allows_the_methods_of_each_path_unless_they_are_listed() {
    let gateway = start(|config| {
        let allow_methods = Vec::new();
        config.cors = Some(Cors {
            allow_methods,
            ..cors()
        });
        make_rest(config);
        let routes = ["GET /a/{x}", "POST /a/{y}", "ANY /{rest+}", "GET /b"];
        let routes = routes.map(|route| route.parse::<Route>().unwrap());
        config.routes = Routes::new(routes.to_vec()).unwrap();
    })
    .await;
    for (path, methods) in [
        ("/prod/a/1", "GET,OPTIONS,POST"),
        ("/prod/b", "GET,OPTIONS"),
        ("/prod/c/d", "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT"),
    ] {
        let response = preflight(&gateway, path, &[ORIGIN, METHOD]).await;
        assert_eq!(response.status, 200);
        assert_eq!(response.header("access-control-allow-methods"), methods);
    }
}

#[tokio::test]
async fn a_default_authorizer_may_reject_the_preflight_requests_of_a_rest_api() {
    for (authorizer, status) in [(None, 200), (Some("jwt".to_owned()), 401)] {
        let gateway = start(|config| {
            config.cors = Some(cors());
            config.preflight_authorizer = authorizer;
            make_rest(config);
        })
        .await;
        let response = preflight(&gateway, "/prod/open/a", &[ORIGIN, METHOD]).await;
        assert_eq!(response.status, status);
    }
    let mut unknown = config("runs");
    unknown.cors = Some(cors());
    unknown.preflight_authorizer = Some("other".to_owned());
    make_rest(&mut unknown);
    let error = gateway::check(&unknown).unwrap_err();
    assert!(
        error.contains("names the authorizer `other`, which does not exist"),
        "{error}"
    );
}

#[tokio::test]
async fn only_a_rest_api_answers_routes_without_a_function() {
    let mocked = |mut config: Config, status| {
        let headers = vec![("x-answer".to_owned(), "a mock".to_owned())];
        let route: Route = "GET /guarded/mock function=none".parse().unwrap();
        let route = route.mocked(Mock { status, headers });
        let routes = config.routes.iter().cloned().chain([route]);
        config.routes = Routes::new(routes.collect()).unwrap();
        config
    };
    let gateway = start(|config| {
        make_rest(config);
        *config = mocked(config.clone(), 203);
    })
    .await;
    let path = "/prod/guarded/mock";
    assert_eq!(get(&gateway, path, &[]).await.status, 401);
    let token = crate::token(&gateway, "customer");
    let response = get(&gateway, path, &[("authorization", &token)]).await;
    assert_eq!(
        (response.status, response.header("x-answer")),
        (203, "a mock")
    );

    let error = gateway::check(&mocked(config("runs"), 203)).unwrap_err();
    assert!(error.contains("which only a REST API allows"), "{error}");
    let mut invalid = config("runs");
    make_rest(&mut invalid);
    let error = gateway::check(&mocked(invalid, 42)).unwrap_err();
    let expected = "the response of the route `GET /guarded/mock`: `42` is not a status code";
    assert_eq!(error, expected);
}
