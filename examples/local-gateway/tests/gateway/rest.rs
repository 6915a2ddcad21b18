//! Tests of a REST API: its stage, its events and its own responses.

use local_gateway::gateway::GatewayResponse;
use local_gateway::{Api, Config, RunningGateway};
use serde_json::{Value, json};

use crate::client::{Response, get};
use crate::{function, set_function, start, token};

async fn start_rest(change: impl FnOnce(&mut Config)) -> RunningGateway {
    start(|config| {
        config.api = Api::Rest {
            stage: "prod".to_owned(),
        };
        change(config);
    })
    .await
}

#[track_caller]
fn assert_answer(response: &Response, status: u16, error: &str, body: &Value) {
    assert_eq!((response.status, &response.json()), (status, body));
    assert_eq!(response.header("x-amzn-errortype"), error);
    assert_eq!(response.header("content-type"), "application/json");
    assert_eq!(response.header("x-amzn-requestid").len(), 36);
    assert_eq!(response.header("x-amz-apigw-id").len(), 16);
    assert_eq!(response.header("apigw-requestid"), "");
}

#[tokio::test]
async fn answers_with_the_gateway_responses_of_a_rest_api() {
    let gateway = start_rest(|_| {}).await;
    let message = |text: &str| json!({ "message": text });
    let path = |path| get(&gateway, path, &[]);
    let missing = message("Missing Authentication Token");
    let kind = "MissingAuthenticationTokenException";
    assert_answer(&path("/prod/nowhere").await, 403, kind, &missing);
    let forbidden = message("Forbidden");
    assert_answer(
        &path("/open/a").await,
        403,
        "ForbiddenException",
        &forbidden,
    );
    let unauthorized = message("Unauthorized");
    let response = path("/prod/guarded/exits").await;
    assert_answer(&response, 401, "UnauthorizedException", &unauthorized);
    assert_eq!(response.header("www-authenticate"), "");
    let token = token(&gateway, "admin");
    let response = get(&gateway, "/prod/scoped", &[("authorization", &token)]).await;
    assert_answer(&response, 403, "ForbiddenException", &forbidden);
    let failed = message("Internal server error");
    for failure in ["fails", "exits"] {
        let response = get(&gateway, &format!("/prod/open/{failure}"), &[]).await;
        assert_answer(&response, 502, "InternalServerErrorException", &failed);
    }
}

#[tokio::test]
async fn a_gateway_response_can_have_another_status_and_more_headers() {
    let origin = "access-control-allow-origin";
    let change = |status, value: &str| GatewayResponse {
        status,
        headers: [(origin.to_owned(), value.to_owned())].into(),
    };
    let gateway = start_rest(|config| {
        let unauthorized = change(Some(418), "https://a.test");
        config.gateway_responses = [
            ("UNAUTHORIZED".to_owned(), unauthorized),
            ("DEFAULT_4XX".to_owned(), change(None, "*")),
        ]
        .into();
    })
    .await;
    for (path, status, value) in [
        ("/prod/guarded/a", 418, "https://a.test"),
        ("/prod/nowhere", 403, "*"),
        ("/prod/open/fails", 502, ""),
        ("/prod/open/a", 200, ""),
    ] {
        let response = get(&gateway, path, &[]).await;
        assert_eq!(
            (response.status, response.header(origin)),
            (status, value),
            "{path}"
        );
    }
}

#[tokio::test]
async fn passes_the_path_as_sent_and_the_claims_with_their_types() {
    let gateway = start_rest(|config| {
        set_function(config, function::with_behaviour("echoes the event"));
    })
    .await;
    let token = token(&gateway, "admin-mfa");
    let sent = [
        ("authorization", token.as_str()),
        ("x-list", "1"),
        ("x-list", "2"),
    ];
    let echoed = get(&gateway, "/prod/guarded/a%2Fb?q=1&q=2", &sent)
        .await
        .json();
    let event = &echoed["event"];
    assert_eq!(event.get("version"), None);
    assert_eq!(event["path"], "/guarded/a%2Fb");
    assert_eq!(event["resource"], "/guarded/{what}");
    assert_eq!(event["pathParameters"], json!({"what": "a%2Fb"}));
    assert_eq!(
        event["multiValueQueryStringParameters"],
        json!({"q": ["1", "2"]})
    );
    assert_eq!(event["queryStringParameters"], json!({"q": "2"}));
    assert_eq!(event["multiValueHeaders"]["x-list"], json!(["1", "2"]));
    assert_eq!(event["headers"]["x-list"], "2");
    let context = &event["requestContext"];
    assert_eq!(context["path"], "/prod/guarded/a%2Fb");
    assert_eq!(
        (&context["stage"], &context["resourcePath"]),
        (&json!("prod"), &event["resource"])
    );
    assert_eq!(context["requestId"].as_str().unwrap().len(), 36);
    let claims = &context["authorizer"]["claims"];
    assert_eq!(
        (&claims["stt"], &claims["st-role"]["v"]),
        (&json!(0), &json!(["admin"]))
    );
    let echoed = get(&gateway, "/prod/open/a", &[]).await.json();
    assert_eq!(echoed["event"]["requestContext"].get("authorizer"), None);
}

#[tokio::test]
async fn renames_the_challenge_of_a_function() {
    let gateway = start_rest(|_| {}).await;
    let response = get(&gateway, "/prod/open/challenge", &[]).await;
    assert_eq!(response.status, 401);
    let challenge = "Bearer error=\"invalid_token\"";
    assert_eq!(
        response.header("x-amzn-remapped-www-authenticate"),
        challenge
    );
    assert_eq!(response.header("www-authenticate"), "");
    let http = start(|_| {}).await;
    let response = get(&http, "/open/challenge", &[]).await;
    assert_eq!(response.header("www-authenticate"), challenge);
}

#[tokio::test]
async fn rejects_what_only_an_http_api_has() {
    let start = async |change: fn(&mut Config)| {
        let mut config = crate::config("runs");
        config.api = Api::Rest {
            stage: "prod".to_owned(),
        };
        change(&mut config);
        local_gateway::gateway::start(config)
            .await
            .unwrap_err()
            .to_string()
    };
    let error = start(|config| {
        let routes = vec!["$default".parse().unwrap()];
        config.routes = local_gateway::routes::Routes::new(routes).unwrap();
    });
    assert!(error.await.contains("write `ANY /{proxy+}`"));
    let error = start(|config| {
        config.api = Api::Rest {
            stage: "auth".to_owned(),
        };
    });
    assert!(error.await.contains("hidden by the built-in issuer"));
    let error = start(|config| {
        config.api = Api::Rest {
            stage: "a b".to_owned(),
        };
    });
    assert!(error.await.contains("is not the name of a stage"));
}
