//! The ready-made rejections, in each return type of handlers.

#![allow(
    clippy::unused_async,
    reason = "handlers are async, whether they wait or not"
)]

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use http::{Response, StatusCode};
use lambda_http::aws_lambda_events::apigw::{
    ApiGatewayProxyRequest, ApiGatewayProxyResponse, ApiGatewayV2httpRequest,
    ApiGatewayV2httpResponse,
};
use lambda_http::{Body, Context, Error, IntoResponse, LambdaEvent, Request};
use require_claims::supertokens::{EMAIL_VERIFIED, MFA, ROLE, SCOPE};
use require_claims::{
    Factors, MultiFactorAuthClaim, PrimitiveClaim, Rejection, Requirement, any, reject,
    require_claims,
};
use require_claims_tests::events;
use serde::Serialize;
use serde_json::{Value, json};

fn claims(scope: &str) -> Value {
    json!({"scope": scope})
}

fn request(scope: &str) -> Request {
    events::request(&events::rest_jwt(&claims(scope)))
}

fn event<T: serde::de::DeserializeOwned>(event: Value) -> LambdaEvent<T> {
    LambdaEvent::new(serde_json::from_value(event).unwrap(), Context::default())
}

fn v1<T: serde::de::DeserializeOwned>(scope: &str) -> LambdaEvent<T> {
    event(events::rest_jwt(&claims(scope)))
}

fn v2(scope: &str) -> LambdaEvent<ApiGatewayV2httpRequest> {
    event(events::http_api_jwt(&claims(scope)))
}

/// The body without a ready-made rejection, which is also the body of `bearer`.
fn denial(scope: &str) -> Value {
    json!({"message": "invalid claim", "claimValidationErrors": [{"id": "scope", "reason": {
        "message": "wrong value", "expectedToInclude": "read", "actualValue": scope,
    }}]})
}

fn problem(scope: &str) -> Value {
    json!({
        "type": "about:blank", "title": "Forbidden", "status": 403,
        "detail": "invalid claim: `scope`: wrong value",
        "claimValidationErrors": denial(scope)["claimValidationErrors"],
    })
}

fn forbidden(_scope: &str) -> Value {
    json!({"message": "Forbidden"})
}

const CHALLENGE: &str = r#"Bearer error="insufficient_scope", scope="read""#;

/// A response in the format of API Gateway, or as a response of `http`.
fn assert_has(answer: &Value, content_type: &str, challenge: Option<&str>, body: &Value) {
    assert_eq!(answer["statusCode"], 403, "{answer}");
    let headers = &answer["headers"];
    assert_eq!(headers["content-type"], content_type, "{answer}");
    assert_eq!(headers["www-authenticate"].as_str(), challenge, "{answer}");
    let sent: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    assert_eq!(sent, *body);
}

fn to_json<B: AsRef<[u8]>>(response: &Response<B>) -> Value {
    let headers = response.headers().iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.to_str().unwrap()));
    json!({
        "statusCode": response.status().as_u16(),
        "headers": headers.collect::<Value>(),
        "body": std::str::from_utf8(response.body().as_ref()).unwrap(),
    })
}

fn value(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).unwrap()
}

async fn of_response(response: impl IntoResponse) -> Value {
    to_json(&response.into_response().await)
}

/// Guards one handler of each return type with this function.
macro_rules! handlers {
    ($module:ident, $content_type:literal, $challenge:expr, $body:expr) => {
        mod $module {
            use super::*;

            #[require_claims(scope = "read", on_reject = reject::$module)]
            async fn named(_event: Request) -> Response<Body> {
                Response::default()
            }

            #[require_claims(scope = "read", on_reject = reject::$module)]
            fn result(_event: &Request) -> Result<Response<String>, Error> {
                Ok(Response::default())
            }

            #[require_claims(scope = "read", on_reject = reject::$module)]
            async fn opaque(_event: Request) -> impl IntoResponse {
                "allowed"
            }

            #[require_claims(scope = "read", on_reject = reject::$module)]
            async fn result_of_opaque(_event: Request) -> Result<impl IntoResponse, Error> {
                Ok("allowed")
            }

            #[require_claims(scope = "read", on_reject = reject::$module)]
            async fn the_rejection(_event: Request) -> Result<Rejection, Error> {
                Err("allowed".into())
            }

            #[require_claims(scope = "read", on_reject = reject::$module)]
            fn future<'a>(
                event: &'a Request,
            ) -> Pin<Box<dyn Future<Output = Result<Response<String>, Error>> + Send + 'a>> {
                Box::pin(async move { Ok(Response::new(event.uri().path().to_owned())) })
            }

            #[require_claims(scope = "read", on_reject = reject::$module)]
            async fn status_and_json(_event: Request) -> (StatusCode, Value) {
                (StatusCode::OK, Value::Null)
            }

            #[tokio::test]
            async fn answers_with_a_response() {
                let body = &$body("write");
                let assert = |answer| assert_has(&answer, $content_type, $challenge, body);
                assert_eq!(named(request("read")).await.status(), 200);
                assert(of_response(named(request("write")).await).await);
                assert_eq!(result(&request("read")).unwrap().status(), 200);
                assert(of_response(result(&request("write")).unwrap()).await);
                assert_eq!(
                    of_response(opaque(request("read")).await).await["body"],
                    "allowed"
                );
                assert(of_response(opaque(request("write")).await).await);
                let allowed = result_of_opaque(request("read")).await.unwrap();
                assert_eq!(of_response(allowed).await["body"], "allowed");
                let denied = result_of_opaque(request("write")).await.unwrap();
                assert(of_response(denied).await);
                assert!(the_rejection(request("read")).await.is_err());
                let denied = the_rejection(request("write")).await.unwrap();
                assert(of_response(denied).await);
                assert_eq!(future(&request("read")).await.unwrap().status(), 200);
                assert(of_response(future(&request("write")).await.unwrap()).await);
                assert_eq!(status_and_json(request("read")).await.0, 200);
                let (status, json) = status_and_json(request("write")).await;
                assert_eq!((status.as_u16(), &json), (403, body));
            }

            #[require_claims(scope = "read", on_reject = reject::$module)]
            async fn response_of_v1(
                _event: LambdaEvent<ApiGatewayProxyRequest>,
            ) -> Result<ApiGatewayProxyResponse, Error> {
                Ok(ApiGatewayProxyResponse::default())
            }

            #[require_claims(scope = "read", on_reject = reject::$module)]
            async fn response_of_v2(
                _event: LambdaEvent<ApiGatewayV2httpRequest>,
            ) -> ApiGatewayV2httpResponse {
                ApiGatewayV2httpResponse::default()
            }

            #[require_claims(scope = "read", on_reject = reject::$module)]
            async fn json(_event: LambdaEvent<Value>) -> Value {
                json!("allowed")
            }

            #[require_claims(scope = "read", on_reject = reject::$module)]
            fn result_of_json(_event: &LambdaEvent<Value>) -> Result<Value, Error> {
                Ok(json!("allowed"))
            }

            #[require_claims(scope = "read", on_reject = reject::$module)]
            async fn serializable(_event: LambdaEvent<Value>) -> impl Serialize {
                "allowed"
            }

            #[require_claims(scope = "read", on_reject = reject::$module)]
            async fn result_of_serializable(
                _event: LambdaEvent<Value>,
            ) -> Result<impl Serialize, Error> {
                Ok("allowed")
            }

            fn wrapped(rejection: Rejection) -> Result<Rejection, Error> {
                Ok(reject::$module(rejection))
            }

            #[require_claims(scope = "read", on_reject = wrapped)]
            async fn with_a_wrapper(_event: LambdaEvent<Value>) -> Result<impl Serialize, Error> {
                Ok("allowed")
            }

            #[tokio::test]
            async fn answers_an_event_of_the_plain_runtime() {
                let body = &$body("write");
                let assert = |answer| assert_has(&answer, $content_type, $challenge, body);
                assert_eq!(json(v1("read")).await, "allowed");
                assert(json(v1("write")).await);
                assert_eq!(result_of_json(&v1("read")).unwrap(), "allowed");
                assert(result_of_json(&v1("write")).unwrap());
                assert_eq!(value(serializable(v1("read")).await), "allowed");
                assert(value(serializable(v1("write")).await));
                let answer = result_of_serializable(v1("write")).await.unwrap();
                assert(value(answer));
                assert(value(with_a_wrapper(v1("write")).await.unwrap()));
                let allowed = response_of_v1(v1("read")).await.unwrap();
                assert_eq!(allowed.status_code, 0);
                assert(value(response_of_v1(v1("write")).await.unwrap()));
                assert_eq!(response_of_v2(v2("read")).await.status_code, 0);
                assert(value(response_of_v2(v2("write")).await));
            }
        }
    };
}

handlers!(bearer, "application/json", Some(CHALLENGE), denial);
handlers!(problem_json, "application/problem+json", None, problem);
handlers!(hidden, "application/json", None, forbidden);

/// The status and challenge of `bearer` for an event with these claims.
fn bearer_of(requirement: &Requirement<'_>, claims: &Value) -> (u16, String) {
    let request = events::request(&events::rest_jwt(claims));
    let rejection = reject::bearer(requirement.check(&request).unwrap_err());
    let status = rejection.status().as_u16();
    let response = Response::<String>::from(rejection);
    let challenge = response.headers()["www-authenticate"].to_str().unwrap();
    (status, challenge.to_owned())
}

const SCOPE_MISSING: &str = r#"Bearer error="insufficient_scope""#;
const STEP_UP: &str = r#"Bearer error="insufficient_user_authentication""#;

#[test]
fn bearer_names_the_scopes_that_are_required() {
    let claims = json!({"scope": "x"});
    let of = |requirement: Requirement<'_>| bearer_of(&requirement, &claims);
    let challenge = |scope| (403, format!(r#"{SCOPE_MISSING}, scope="{scope}""#));
    assert_eq!(of(SCOPE.includes("a")), challenge("a"));
    assert_eq!(of(SCOPE.includes_all(&["a", "b"])), challenge("a b"));
    assert_eq!(of(SCOPE.includes_any(&["a", "b"])), challenge("a b"));
    let alternatives = [
        SCOPE.includes("a"),
        ROLE.includes("admin"),
        SCOPE.includes("b"),
    ];
    assert_eq!(of(any(&alternatives)), challenge("a b"));
    let repeated = [SCOPE.includes("a"), SCOPE.includes_any(&["b", "a"])];
    assert_eq!(of(any(&repeated)), challenge("a b"));
    // An excluded scope and other claims give a challenge without scopes.
    assert_eq!(of(SCOPE.excludes("x")), (403, SCOPE_MISSING.to_owned()));
    assert_eq!(of(ROLE.includes("admin")), (403, SCOPE_MISSING.to_owned()));
    let missing = bearer_of(&SCOPE.includes("a"), &json!({}));
    assert_eq!(missing, challenge("a"));
    let missing = bearer_of(&SCOPE.excludes_all(&["a", "b"]), &json!({}));
    assert_eq!(missing, (403, SCOPE_MISSING.to_owned()));
}

/// `"`, `\`, spaces and control characters would end the quoted string or the header.
#[test]
fn bearer_leaves_out_names_that_cannot_be_scopes() {
    let names = [
        "a",
        "b\"c",
        "b\\c",
        "b c",
        "b\r\nset-cookie: d",
        "é",
        "",
        "!#[]~",
        "\u{7f}",
    ];
    let (status, challenge) = bearer_of(&SCOPE.includes_all(&names), &json!({"scope": "x\"y"}));
    let expected = r#"Bearer error="insufficient_scope", scope="!#[]~ a""#;
    assert_eq!((status, challenge.as_str()), (403, expected));
    let (_, challenge) = bearer_of(&SCOPE.includes("b c"), &json!({"scope": "x"}));
    assert_eq!(challenge, SCOPE_MISSING);
}

#[test]
fn bearer_asks_to_authenticate_if_only_factors_and_ages_fail() {
    let seconds = Duration::from_secs;
    let old = json!({
        "st-mfa": {"c": {"totp": 1}, "v": false},
        "st-ev": {"v": true, "t": 1}, "plan": {"v": "pro"}, "late": {"v": "pro", "t": 1e15},
        "custom": {"c": {}, "v": true},
    });
    let of = |requirement: Requirement<'_>| bearer_of(&requirement, &old);
    let step_up = |age: &str| (401, format!(r#"{STEP_UP}, max_age="{age}""#));
    let verified = EMAIL_VERIFIED.is_true();
    assert_eq!(of(verified.max_age(seconds(300))), step_up("300"));
    let factor = MFA.has_completed(Factors::One("totp"));
    assert_eq!(of(factor.max_age(seconds(60))), step_up("60"));
    let smallest = [verified.max_age(seconds(300)), factor.max_age(seconds(60))];
    assert_eq!(of(any(&smallest)), step_up("60"));
    let fraction = Duration::from_millis(1999);
    assert_eq!(of(verified.max_age(fraction)), step_up("1"));
    // A time that is unknown or in the future is also about an age.
    let plan = PrimitiveClaim::<str>::new("plan").has_value("pro");
    assert_eq!(of(plan.max_age(seconds(9))), step_up("9"));
    let late = PrimitiveClaim::<str>::new("late").has_value("pro");
    assert_eq!(of(late.max_age(seconds(9))), step_up("9"));

    let without_age = (401, STEP_UP.to_owned());
    assert_eq!(of(MFA.has_completed_requirements_for_auth()), without_age);
    assert_eq!(of(MFA.has_completed(Factors::One("webauthn"))), without_age);
    let custom = MultiFactorAuthClaim::new("custom");
    assert_eq!(of(custom.has_completed(Factors::One("totp"))), without_age);
    let both = [
        MFA.has_completed_requirements_for_auth(),
        verified.max_age(seconds(300)),
    ];
    assert_eq!(of(any(&both)), step_up("300"));
    // The claim of factors may be missing, but not malformed.
    let mfa = MFA.has_completed_requirements_for_auth();
    assert_eq!(bearer_of(&mfa, &json!({})), without_age);
    let malformed = bearer_of(&mfa, &json!({"st-mfa": "x"}));
    assert_eq!(malformed, (403, SCOPE_MISSING.to_owned()));
    // The age of a claim does not matter if the claim is missing.
    let missing = bearer_of(&verified.max_age(seconds(300)), &json!({}));
    assert_eq!(missing, (403, SCOPE_MISSING.to_owned()));
}

#[test]
fn bearer_answers_403_as_soon_as_one_other_requirement_fails() {
    let old = json!({"st-mfa": {"c": {}, "v": false}, "st-ev": {"v": true, "t": 1}, "scope": "x"});
    let aged = EMAIL_VERIFIED.is_true().max_age(Duration::from_secs(300));
    let mixed = [
        aged,
        SCOPE.includes("a"),
        MFA.has_completed_requirements_for_auth(),
    ];
    let challenge = r#"Bearer error="insufficient_scope", scope="a""#;
    assert_eq!(bearer_of(&any(&mixed), &old), (403, challenge.to_owned()));
}

#[test]
fn hidden_reveals_nothing_and_the_last_form_counts() {
    let request = events::request(&events::rest_jwt(&json!({"st-role": {"v": ["secret"]}})));
    let rejection = || ROLE.includes("required").check(&request).unwrap_err();
    let hidden = reject::hidden(reject::bearer(rejection()));
    assert_eq!(hidden.status(), 403);
    let response = to_json(&Response::<String>::from(hidden));
    let headers = json!({"content-type": "application/json"});
    let body = r#"{"message":"Forbidden"}"#;
    assert_eq!(
        response,
        json!({"statusCode": 403, "headers": headers, "body": body})
    );
    assert_eq!(
        reject::problem_json(reject::hidden(rejection())),
        reject::problem_json(rejection())
    );
    assert_ne!(reject::hidden(rejection()), rejection());
}

/// The errors contain values, but the detail and the logs do not.
#[test]
fn the_detail_of_a_problem_contains_no_value() {
    let request = events::request(&events::rest_jwt(&json!({"st-role": {"v": ["secret"]}})));
    let rejection = ROLE.includes("required").check(&request).unwrap_err();
    let problem: Value = serde_json::from_str(&reject::problem_json(rejection).body()).unwrap();
    assert!(
        !problem["detail"].to_string().contains("secret"),
        "{problem}"
    );
}
