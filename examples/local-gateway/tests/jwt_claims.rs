//! `orders` behind an authorizer that passes the claims as JSON text in `jwtClaims`, as
//! <https://github.com/lmammino/oidc-authorizer> does, over HTTP.
#![allow(clippy::unwrap_used, reason = "tests")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lambda_http::{Error, LambdaEvent, lambda_runtime, service_fn};
use local_gateway::authorizer::lambda::LambdaAuthorizer;
use local_gateway::cargo_build::EXAMPLE;
use local_gateway::config::AuthorizerConfig;
use local_gateway::issuer::users::User;
use local_gateway::{Api, Config, Function, cargo_build, gateway};
use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::Request;

/// The environment variable that only the authorizer's processes have.
const IS_AUTHORIZER: &str = "LOCAL_GATEWAY_TEST_IS_AUTHORIZER";

/// The authorizer's process. In the normal test run this does nothing.
#[test]
fn authorizer_process() {
    if std::env::var_os(IS_AUTHORIZER).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        // This fails if the gateway ends first.
        let _ = runtime.block_on(lambda_runtime::run(service_fn(authorize)));
    }
}

/// Passes the token's payload on. A real authorizer verifies the signature first.
async fn authorize(event: LambdaEvent<Value>) -> Result<Value, Error> {
    let headers = event.payload.get("headers");
    let token = headers.and_then(|headers| headers.get("authorization")?.as_str());
    let token = token.unwrap_or_default();
    let payload = token.split('.').nth(1).unwrap_or_default();
    let claims = String::from_utf8(URL_SAFE_NO_PAD.decode(payload)?)?;
    let statement = json!({"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"});
    Ok(json!({
        "principalId": "user",
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": {"jwtClaims": claims},
    }))
}

fn authorizer() -> Function {
    let this = std::env::current_exe().unwrap();
    let arguments = ["--exact", "authorizer_process", "--nocapture"];
    Function {
        arguments: arguments.map(Into::into).to_vec(),
        environment: vec![(IS_AUTHORIZER.to_owned(), "1".to_owned())],
        ..Function::from(this)
    }
}

/// The status and the ids of the failed claims.
fn call(method: &str, url: &str, token: &str) -> (u16, Vec<String>) {
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let request = Request::builder().method(method).uri(url);
    let request = request.header("authorization", format!("Bearer {token}"));
    let mut response = agent.run(request.body(()).unwrap()).unwrap();
    let body = response.body_mut().read_to_string().unwrap();
    let body: Value = serde_json::from_str(&body).unwrap();
    let errors = body.get("claimValidationErrors").and_then(Value::as_array);
    let errors = errors.into_iter().flatten();
    let ids = errors.map(|error| error.get("id").unwrap().as_str().unwrap().to_owned());
    (response.status().as_u16(), ids.collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_function_is_guarded_behind_an_authorizer_that_passes_jwt_claims() {
    let orders = cargo_build::build(EXAMPLE).await.unwrap();
    let stage = "prod".to_owned();
    for api in [Api::Http, Api::Rest { stage }] {
        let mut config = Config::new(orders.clone());
        config.api = api;
        config.workers = 1;
        config
            .functions
            .insert("authorizer".to_owned(), authorizer());
        let settings = LambdaAuthorizer::new("authorizer");
        config.set_authorizer(AuthorizerConfig::Lambda(settings));
        let gateway = gateway::start(config).await.unwrap();
        let url = gateway.api_url();
        let token = |user: &str| {
            let issuer = gateway.issuer().unwrap();
            issuer.token(User::named(user).unwrap(), None)
        };
        for (method, path, user, expected) in [
            ("GET", "/orders", "customer", Ok(())),
            ("GET", "/orders", "newcomer", Err(&["st-ev"][..])),
            ("DELETE", "/orders/1", "admin-mfa", Ok(())),
            // The JSON text has the exact types, so several roles are no ambiguous text.
            ("DELETE", "/orders/1", "staff", Ok(())),
            (
                "DELETE",
                "/orders/1",
                "customer",
                Err(&["st-role", "st-mfa"]),
            ),
        ] {
            let (url, token) = (format!("{url}{path}"), token(user));
            let called = tokio::task::spawn_blocking(move || call(method, &url, &token));
            let (status, ids) = called.await.unwrap();
            let expected = expected.map_or_else(|ids| (403, ids.to_vec()), |()| (200, vec![]));
            let ids: Vec<_> = ids.iter().map(String::as_str).collect();
            assert_eq!((status, ids), expected, "{method} {path} {user}");
        }
        gateway.stop().await;
    }
}
