//! Methods, paths, queries, headers and bodies, as a handler receives them.

use lambda_http::http::Method;
use lambda_http::{Request, RequestExt as _, Response};
use require_claims::require_claims;
use require_claims::testing::{
    Caller, Event, HttpApi, HttpApiPayload1, RestApi, http_api, rest_api,
};
use serde_json::{Value, json};

/// The same request through an HTTP API with payload 2.0 and 1.0, and through a REST API.
macro_rules! each {
    (|$event:ident| $change:expr) => {{
        let of_http_api = |$event: Event<HttpApi>| $change.request();
        let of_http_api_1_0 = |$event: Event<HttpApiPayload1>| $change.request();
        let of_rest_api = |$event: Event<RestApi>| $change.request();
        [
            of_http_api(http_api()),
            of_http_api_1_0(http_api().payload_1_0()),
            of_rest_api(rest_api()),
        ]
    }};
}

#[test]
fn passes_the_method_and_the_path() {
    for request in each!(|event| event.method(Method::OPTIONS, "/orders")) {
        assert_eq!(request.method(), "OPTIONS");
        assert_eq!(request.raw_http_path(), "/orders");
        assert!(request.path_parameters().is_empty());
        assert!(request.body().is_empty());
        assert_eq!(request.lambda_context().request_id, "");
    }
    let [v2, v1, rest] = each!(|event| event.get("/orders").query("page", "2"));
    assert_eq!(v2.uri(), "https://api.example.com/orders?page=2");
    assert_eq!(v1.uri(), "https://api.example.com/orders?page=2");
    // The path of a REST API contains its stage.
    assert_eq!(rest.uri(), "https://api.example.com/prod/orders?page=2");
}

#[test]
fn decodes_paths_on_an_http_api_only() {
    let [v2, v1, rest] = each!(|event| {
        let event = event.get("/users/{id}/files/{path+}");
        event
            .path_parameter("id", "ä/b")
            .path_parameter("path", "c d/e%!")
    });
    for request in [v2, v1] {
        assert_eq!(request.raw_http_path(), "/users/ä/b/files/c d/e%!");
        assert_eq!(request.path_parameters().first("id"), Some("ä/b"));
        assert_eq!(request.path_parameters().first("path"), Some("c d/e%!"));
    }
    assert_eq!(rest.raw_http_path(), "/users/%C3%A4%2Fb/files/c%20d/e%25!");
    assert_eq!(rest.path_parameters().first("id"), Some("%C3%A4%2Fb"));
    assert_eq!(rest.path_parameters().first("path"), Some("c%20d/e%25!"));
}

#[test]
fn path_parameters_are_compared_with_claims() {
    #[require_claims(subject = path("user_id"))]
    fn profile(_event: Request) -> Response<String> {
        Response::new(String::new())
    }
    for (user, status) in [("user 1", 200), ("user 2", 403)] {
        let event = http_api()
            .get("/users/{user_id}")
            .path_parameter("user_id", "user 1");
        let event = event.caller(Caller::new(user));
        assert_eq!(profile(event.request()).status(), status);
        let event = rest_api()
            .get("/users/{user_id}")
            .path_parameter("user_id", "user 1");
        let event = event.caller(Caller::new(user));
        assert_eq!(profile(event.request()).status(), status);
    }
}

#[test]
fn passes_queries() {
    for request in each!(|event| event.query("q", "a b").query("p", "1").query("p", "2&")) {
        let query = request.query_string_parameters();
        assert_eq!(query.first("q"), Some("a b"));
        assert_eq!(query.all("p"), Some(vec!["1", "2&"]));
    }
}

#[test]
fn passes_headers_and_cookies() {
    for request in each!(|event| event
        .header("Accept", "*/*")
        .header("host", "shop.example.com:8080")
        .header("x-forwarded-for", "198.51.100.1, 198.51.100.2")
        .header("cookie", "a=1; b=2"))
    {
        let headers = request.headers();
        assert_eq!(headers["accept"], "*/*");
        assert_eq!(headers["user-agent"], "require-claims");
        assert_eq!(headers["cookie"], "a=1; b=2");
        let context = serde_json::to_value(request.request_context_ref()).unwrap();
        assert_eq!(context["domainName"], "shop.example.com");
        assert_eq!(context["domainPrefix"], "shop");
        let address = context
            .pointer("/http/sourceIp")
            .or(context.pointer("/identity/sourceIp"));
        assert_eq!(address.unwrap(), "198.51.100.2");
    }
}

#[test]
fn passes_bodies() {
    for request in each!(|event| event.post("/orders").json_body(&json!({"item": "cup"}))) {
        assert_eq!(request.body().as_ref(), br#"{"item":"cup"}"#);
        assert_eq!(request.headers()["content-type"], "application/json");
        assert_eq!(request.headers()["content-length"], "14");
    }
    for request in each!(|event| event.post("/files").body([0xff, 0, 7])) {
        assert_eq!(request.body().as_ref(), [0xff, 0, 7]);
    }
    for (media, http_api_encodes) in [
        ("application/x-www-form-urlencoded", true),
        ("image/png", true),
        ("image/svg+xml; charset=utf-8", false),
        ("Application/Problem+JSON", false),
    ] {
        let is_encoded = |event: Value| event["isBase64Encoded"].clone();
        let event = http_api().header("content-type", media).body("a=1");
        assert_eq!(is_encoded(event.json()), http_api_encodes, "{media}");
        assert_eq!(
            is_encoded(event.header("content-encoding", "br").json()),
            true
        );
        let event = rest_api().header("content-type", media).body("a=1");
        assert_eq!(is_encoded(event.json()), false, "{media}");
    }
}

#[test]
fn omits_what_is_absent_in_2_0_and_writes_null_in_1_0() {
    let event = http_api().json();
    for name in ["cookies", "queryStringParameters", "pathParameters", "body"] {
        assert!(event.get(name).is_none(), "{name}");
    }
    assert!(event["requestContext"].get("authorizer").is_none());
    for event in [http_api().payload_1_0().json(), rest_api().json()] {
        for name in [
            "queryStringParameters",
            "multiValueQueryStringParameters",
            "pathParameters",
        ] {
            assert_eq!(event.get(name), Some(&Value::Null), "{name}");
        }
        assert_eq!(event.get("body"), Some(&Value::Null));
    }
    assert!(
        rest_api().json()["requestContext"]
            .get("authorizer")
            .is_none()
    );
}
