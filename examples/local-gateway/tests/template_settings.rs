//! What the gateway does with a SAM template, without building its functions.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use local_gateway::gateway::Port;
use local_gateway::template::{self, FromTemplate};
use local_gateway::{RunningGateway, gateway};
use ureq::Agent;
use ureq::http::{Request, Response};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../supertokens");

/// A REST API with a default authorizer in Python, and functions that this gateway cannot run or need not run.
const MIXED: &str = "
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth:
        DefaultAuthorizer: Sessions
        Authorizers:
          Sessions: {FunctionArn: !GetAtt AuthorizerFunction.Arn, FunctionPayloadType: REQUEST, Identity: {Headers: [Authorization]}}
      Cors: {AllowOrigin: \"'https://app.example.com'\"}
  AuthorizerFunction:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: ., Handler: index.handler, Runtime: python3.13}
  OrdersFunction:
    Type: AWS::Serverless::Function
    Metadata: {BuildMethod: rust-cargolambda, BuildProperties: {Binary: orders}}
    Properties:
      CodeUri: ../..
      Environment: {Variables: {SELF: !Sub \"https://${Api}.example.com\", LEVEL: info}}
      Events:
        List: {Type: Api, Properties: {RestApiId: !Ref Api, Method: GET, Path: /orders}}
  AuthFunction:
    Type: AWS::Serverless::Function
    Metadata: {BuildMethod: makefile}
    Properties:
      Runtime: nodejs22.x
      Events:
        Auth: {Type: Api, Properties: {RestApiId: !Ref Api, Method: ANY, Path: '/session/{proxy+}', Auth: {Authorizer: NONE}}}
  JobFunction:
    Type: AWS::Serverless::Function
    Metadata: {BuildMethod: rust-cargolambda, BuildProperties: {Binary: job}}
";

fn write(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path
}

/// Starts a template's API. Its functions have no program.
async fn start(path: &Path) -> RunningGateway {
    let port = Port::open(0).await.unwrap();
    let read = template::read(path, &[], &port.issuer_url()).unwrap();
    let mut config = read.config;
    config.workers = 1;
    port.start(config).await.unwrap()
}

async fn call(method: &str, url: String) -> Response<String> {
    let request = Request::builder().method(method).uri(url);
    let request = request.header("authorization", "Bearer token");
    let request = request.body(()).unwrap();
    let called = tokio::task::spawn_blocking(|| {
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .build()
            .into();
        let (head, mut body) = agent.run(request).unwrap().into_parts();
        Response::from_parts(head, body.read_to_string().unwrap())
    });
    called.await.unwrap()
}

#[test]
fn reports_with_file_and_line_what_differs_from_aws() {
    let path = write("mixed.yaml", MIXED);
    let read = template::read(&path, &[], "http://127.0.0.1:1/auth").unwrap();
    let FromTemplate {
        config,
        builds,
        notices,
    } = read;
    let built: Vec<_> = builds.iter().map(|build| build.function.as_str()).collect();
    assert_eq!(built, ["OrdersFunction"]);
    let names: Vec<_> = config.functions.keys().map(String::as_str).collect();
    let expected = ["AuthFunction", "AuthorizerFunction", "OrdersFunction"];
    assert_eq!(names, expected, "a function without a route is not started");
    for (start, message) in [
        (
            "  AuthorizerFunction:",
            "this gateway cannot run `AuthorizerFunction` (runtime python3.13, build method none)",
        ),
        (
            "  OrdersFunction:",
            "the variable `SELF` of `OrdersFunction` is `https://${Api}.example.com`",
        ),
        (
            "  AuthFunction:",
            "cannot run `AuthFunction` (runtime nodejs22.x, build method makefile), and answers its requests with 501",
        ),
        (
            "  JobFunction:",
            "`JobFunction` has no route, and is not started",
        ),
    ] {
        let line = MIXED.lines().position(|line| line == start).unwrap() + 1;
        let place = format!("{}:{line}: ", path.display());
        let found = notices.iter().find(|notice| notice.starts_with(&place));
        assert!(found.unwrap().contains(message), "{notices:?}");
    }
    assert_eq!(notices.len(), 4, "{notices:?}");
    assert_eq!(gateway::check(&config), Ok(()));
}

#[test]
fn a_setting_that_the_gateway_rejects_has_its_line() {
    let guarded = "Properties: {RestApiId: !Ref Api, Method: GET, Path: /orders}";
    for (from, to, start, message) in [
        (
            guarded,
            "Properties: {RestApiId: !Ref Api, Method: GET, Path: /orders, Auth: {AuthorizationScopes: [read]}}",
            "        List:",
            "the route `GET /orders` requires scopes",
        ),
        (
            "Identity: {Headers: [Authorization]}",
            "Identity: {ReauthorizeEvery: 60}",
            "          Sessions:",
            "the authorizer `Sessions` is invalid",
        ),
    ] {
        let text = MIXED.replace(from, to);
        let path = write("rejected.yaml", &text);
        let read = template::read(&path, &[], "http://127.0.0.1:1/auth").unwrap();
        let error = gateway::check(&read.config).unwrap_err();
        let line = text.lines().position(|line| line.starts_with(start));
        let expected = format!("{}:{}: {message}", path.display(), line.unwrap() + 1);
        assert!(error.starts_with(&expected), "{error}");
    }
}

#[tokio::test]
async fn answers_for_functions_that_it_cannot_run() {
    let gateway = start(&write("mixed_running.yaml", MIXED)).await;
    let url = gateway.api_url();
    for (method, path) in [
        ("POST", "/session/signin"),
        ("GET", "/orders"),
        ("OPTIONS", "/orders"),
    ] {
        // The last two need the authorizer: SAM adds it to preflight requests, too.
        let response = call(method, format!("{url}{path}")).await;
        assert_eq!(response.status(), 501, "{method} {path}");
        assert!(
            response.body().contains("this gateway cannot run `"),
            "{}",
            response.body()
        );
    }
    gateway.stop().await;
}

#[tokio::test]
async fn the_rest_apis_answer_preflight_requests_for_each_path() {
    for (file, listed) in [
        (
            "template-rest-jwt.yaml",
            ["GET", "GET,POST", "DELETE", "GET"],
        ),
        ("template-rest-lambda.yaml", ["GET,POST,DELETE"; 4]),
        ("template-rest-sdk.yaml", ["GET,POST,PUT,DELETE"; 4]),
    ] {
        let gateway = start(&Path::new(FOLDER).join(file)).await;
        let url = gateway.api_url();
        let paths = ["/health", "/orders", "/orders/1", "/reports/daily"];
        for (path, methods) in paths.into_iter().zip(listed) {
            let response = call("OPTIONS", format!("{url}{path}")).await;
            assert_eq!(response.status(), 200, "{file} {path}");
            for (name, value) in [
                ("allow-methods", methods),
                ("allow-origin", "http://localhost:3000"),
                ("allow-credentials", "true"),
                ("max-age", "600"),
            ] {
                let name = format!("access-control-{name}");
                assert_eq!(response.headers()[&name], value, "{file} {path} {name}");
            }
        }
        let response = call("OPTIONS", format!("{url}/nothing")).await;
        assert_eq!(response.status(), 403, "no route, no answer");
        gateway.stop().await;
    }
}
