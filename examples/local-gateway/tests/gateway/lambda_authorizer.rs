//! Tests of Lambda authorizers: events, results, the cache, and the gateway's responses.

use std::time::Duration;

use local_gateway::authorizer::lambda::{AuthorizerType, LambdaAuthorizer};
use local_gateway::config::AuthorizerConfig;
use local_gateway::{Api, Config, PayloadFormat, RunningGateway};
use serde_json::{Value, json};

use crate::client::{Response, get};
use crate::{function, start};

/// Puts the authorizer program in front of the guarded routes.
pub(crate) fn authorize(config: &mut Config, authorizer: LambdaAuthorizer) {
    let program = function::with_behaviour("authorizes");
    config.functions.insert("authorizer".to_owned(), program);
    config.set_authorizer(AuthorizerConfig::Lambda(authorizer));
    let routes = config
        .routes
        .iter()
        .filter(|route| !route.key().ends_with("/scoped"));
    config.routes = local_gateway::routes::Routes::new(routes.cloned().collect()).unwrap();
}

/// Each kind of authorizer, with the API that it is for.
const KINDS: [&str; 5] = [
    "rest request",
    "rest token",
    "http 1.0",
    "http 2.0",
    "http simple",
];

async fn start_kind(kind: &str, ttl: Duration) -> RunningGateway {
    start(|config| {
        let mut authorizer = LambdaAuthorizer {
            cache_ttl: ttl,
            ..LambdaAuthorizer::new("authorizer")
        };
        if kind.starts_with("rest") {
            config.api = Api::Rest {
                stage: "prod".to_owned(),
            };
        }
        match kind {
            "rest token" => authorizer.kind = AuthorizerType::Token,
            "http 1.0" => authorizer.payload = PayloadFormat::V1,
            "http simple" => authorizer.simple_responses = true,
            _ => {}
        }
        authorize(config, authorizer);
    })
    .await
}

async fn call(gateway: &RunningGateway, path: &str, token: &str) -> Response {
    let prefix = gateway.api_url().replace(&gateway.base_url(), "");
    let authorization = [("authorization", token)];
    let headers: &[_] = if token.is_empty() {
        &[]
    } else {
        &authorization
    };
    get(gateway, &format!("{prefix}{path}"), headers).await
}

/// What the authorizer passed to the function.
fn context(response: &Response, kind: &str) -> Value {
    assert_eq!(response.status, 200, "{kind}");
    let authorizer = response.json()["context"]["authorizer"].clone();
    match kind {
        "http 2.0" | "http simple" | "http 1.0" => authorizer["lambda"].clone(),
        _ => authorizer,
    }
}

#[tokio::test]
async fn answers_as_the_kind_of_api_does() {
    let (unauthorized, forbidden) = (
        json!({"message": "Unauthorized"}),
        json!({"message": "Forbidden"}),
    );
    let denied = "User is not authorized to access this resource";
    for kind in KINDS {
        let gateway = start_kind(kind, Duration::ZERO).await;
        let is_rest = kind.starts_with("rest");
        let failed =
            json!({"message": if is_rest { Value::Null } else { "Internal Server Error".into() }});
        let forbidden = |suffix: &str| {
            if is_rest {
                json!({"Message": format!("{denied}{suffix}")})
            } else {
                forbidden.clone()
            }
        };
        let is_simple = kind == "http simple";
        for (token, status, body, error) in [
            ("", 401, unauthorized.clone(), "UnauthorizedException"),
            (
                "unauthorized",
                401,
                unauthorized.clone(),
                "UnauthorizedException",
            ),
            (
                "denied",
                403,
                forbidden(" with an explicit deny"),
                "AccessDeniedException",
            ),
            ("elsewhere", 403, forbidden(""), "AccessDeniedException"),
            (
                "fails",
                500,
                failed.clone(),
                "AuthorizerConfigurationException",
            ),
            (
                "nested",
                500,
                failed.clone(),
                "AuthorizerConfigurationException",
            ),
            (
                "large",
                500,
                failed.clone(),
                "AuthorizerConfigurationException",
            ),
        ] {
            if (!is_rest && matches!(token, "nested" | "large"))
                || (is_simple && token == "elsewhere")
            {
                assert_eq!(
                    call(&gateway, "/guarded/a", token).await.status,
                    200,
                    "{kind} {token}"
                );
                continue;
            }
            // The path `exits` would end the function if it were invoked.
            let response = call(&gateway, "/guarded/exits", token).await;
            assert_eq!(
                (response.status, response.json()),
                (status, body),
                "{kind} {token}"
            );
            // Only a JWT authorizer names what the token must be.
            assert_eq!(response.header("www-authenticate"), "");
            let error = if is_rest { error } else { "" };
            assert_eq!(response.header("x-amzn-errortype"), error, "{kind} {token}");
        }
        let allowed = context(&call(&gateway, "/guarded/a", "Bearer user-1").await, kind);
        assert_eq!(allowed["userId"], "user-1", "{kind}");
        assert_eq!(
            (&allowed["level"], &allowed["active"]),
            (&json!(7), &json!(true))
        );
        assert_eq!(call(&gateway, "/open/a", "").await.status, 200, "{kind}");
    }
}

#[tokio::test]
async fn a_cached_result_decides_about_each_route_with_its_own_policy() {
    for kind in KINDS {
        let gateway = start_kind(kind, Duration::from_secs(300)).await;
        for _ in 0..2 {
            let response = call(&gateway, "/guarded/a", "counts").await;
            assert_eq!(context(&response, kind)["invocation"], 1, "{kind}");
        }
        // A policy for the whole API allows another route within the TTL.
        let response = call(&gateway, "/guarded/b", "counts").await;
        assert_eq!(context(&response, kind)["invocation"], 1, "{kind}");
        // A policy for one route blocks another one.
        assert_eq!(
            call(&gateway, "/guarded/a", "this-route").await.status,
            200,
            "{kind}"
        );
        let expected = if kind == "http simple" { 200 } else { 403 };
        let response = call(&gateway, "/guarded/b", "this-route").await;
        assert_eq!(response.status, expected, "{kind}");
        // A denial is cached, too; an error is not.
        assert_eq!(
            call(&gateway, "/guarded/a", "denied").await.status,
            403,
            "{kind}"
        );
        assert_eq!(
            call(&gateway, "/guarded/a", "fails").await.status,
            500,
            "{kind}"
        );
    }
    let gateway = start_kind("http 2.0", Duration::ZERO).await;
    for invocation in [1, 2] {
        let response = call(&gateway, "/guarded/a", "counts").await;
        assert_eq!(context(&response, "http 2.0")["invocation"], invocation);
    }
}

#[tokio::test]
async fn passes_the_request_in_the_format_of_the_authorizer() {
    let arn = "arn:aws:execute-api:us-east-1:123456789012:local";
    for kind in KINDS {
        let gateway = start_kind(kind, Duration::ZERO).await;
        let response = call(&gateway, "/guarded/a%20b?q=1", "event").await;
        let context = context(&response, kind);
        let event: Value = serde_json::from_str(context["event"].as_str().unwrap()).unwrap();
        let members: Vec<_> = event
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let rest_arn = format!("{arn}/prod/GET/guarded/a%20b");
        let http_arn = format!("{arn}/$default/GET/guarded/a b");
        match kind {
            "rest token" => {
                let expected =
                    json!({"type": "TOKEN", "authorizationToken": "event", "methodArn": rest_arn});
                assert_eq!(event, expected);
                continue;
            }
            "rest request" => {
                let expected = [
                    "headers",
                    "httpMethod",
                    "methodArn",
                    "multiValueHeaders",
                    "multiValueQueryStringParameters",
                    "path",
                    "pathParameters",
                    "queryStringParameters",
                    "requestContext",
                    "resource",
                    "stageVariables",
                    "type",
                ];
                assert_eq!(members, expected);
                assert_eq!(event["methodArn"], rest_arn);
            }
            "http 1.0" => {
                let expected = [
                    "authorizationToken",
                    "headers",
                    "httpMethod",
                    "identitySource",
                    "methodArn",
                    "path",
                    "pathParameters",
                    "queryStringParameters",
                    "requestContext",
                    "resource",
                    "stageVariables",
                    "type",
                    "version",
                ];
                assert_eq!(members, expected);
                assert_eq!(event["version"], "1.0");
                assert_eq!(
                    (&event["methodArn"], &event["identitySource"]),
                    (&json!(http_arn), &json!("event"))
                );
            }
            _ => {
                let expected = [
                    "headers",
                    "identitySource",
                    "pathParameters",
                    "queryStringParameters",
                    "rawPath",
                    "rawQueryString",
                    "requestContext",
                    "routeArn",
                    "routeKey",
                    "type",
                    "version",
                ];
                assert_eq!(members, expected);
                assert_eq!(
                    (&event["routeArn"], &event["identitySource"]),
                    (&json!(http_arn), &json!(["event"]))
                );
            }
        }
        assert_eq!(event["type"], "REQUEST");
        assert_eq!(event["queryStringParameters"], json!({"q": "1"}));
        assert_eq!(event["requestContext"].get("authorizer"), None);
    }
}

#[tokio::test]
async fn an_authorizer_that_hangs_has_failed() {
    let gateway = start(|config| {
        config.timeout = Duration::from_secs(2);
        authorize(config, LambdaAuthorizer::new("authorizer"));
    })
    .await;
    assert_eq!(call(&gateway, "/guarded/exits", "hangs").await.status, 500);
    assert_eq!(call(&gateway, "/guarded/a", "user-1").await.status, 200);
}

#[tokio::test]
async fn a_function_that_does_not_exist_is_reported_at_start() {
    let mut config = crate::config("runs");
    authorize(&mut config, LambdaAuthorizer::new("nowhere"));
    let error = local_gateway::gateway::start(config)
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("the authorizer `jwt` names the function `nowhere`"),
        "{error}"
    );
}

#[tokio::test]
async fn a_lambda_authorizer_checks_no_scopes() {
    let mut config = crate::config("runs");
    let routes = config.routes.clone();
    authorize(&mut config, LambdaAuthorizer::new("authorizer"));
    config.routes = routes;
    let error = local_gateway::gateway::start(config)
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with(
            "the route `GET /scoped` requires scopes, which only a JWT authorizer checks"
        ),
        "{error}"
    );
}
