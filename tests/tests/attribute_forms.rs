//! Typed values, custom claims, path parameters and `on_reject` in the attribute, each with an allowed and a
//! denied request.

#![allow(
    clippy::unused_async,
    reason = "handlers are async, whether they wait or not"
)]

use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyRequest, ApiGatewayV2httpRequest};
use lambda_http::{Body, Context, Error, IntoResponse, LambdaEvent, Request, Response};
use require_claims::{ClaimValidationError, ClaimValue, Rejection, require_claims};
use require_claims_tests::events;
use serde_json::{Value, json};

mod claims {
    use require_claims::supertokens::ROLE;
    use require_claims::{MultiFactorAuthClaim, Requirement};
    pub(super) use require_claims_tests::custom_claims::{PLAN, SEATS, TEAMS, TWO_FACTOR};

    pub(super) const FACTORS: MultiFactorAuthClaim = MultiFactorAuthClaim::new("factors");
    pub(super) const STAFF: Requirement = ROLE.includes_any(&["admin", "support"]);
}

#[derive(ClaimValue)]
#[claim(rename_all = "kebab-case")]
enum Role {
    OrderDesk,
    #[claim(rename = "admin")]
    Administrator,
}

const PRO: &str = "pro";
const FIVE: i64 = 5;

/// Defines one function for each requirement, which returns the status.
macro_rules! handlers {
    ($($name:ident: [$($requirement:tt)*])*) => {
        $(
            #[require_claims($($requirement)*)]
            fn $name(event: &Request) -> Response<String> {
                Response::new(event.uri().path().to_owned())
            }
        )*
    };
}

handlers! {
    typed: [role = Role::OrderDesk]
    typed_list: [role = any(Role::OrderDesk, "owner", Role::Administrator)]
    typed_none: [role = none(Role::OrderDesk)]
    flag: [claims::TWO_FACTOR]
    flag_ruled_out: [claims::TWO_FACTOR = false]
    flag_lately: [claims::TWO_FACTOR(max_age = "1h")]
    plan: [claims::PLAN = "pro"]
    plan_constant: [claims::PLAN = PRO]
    plan_any: [claims::PLAN = any("team", PRO)]
    plan_none: [claims::PLAN = none("free", "trial")]
    seats: [claims::SEATS = 5]
    seats_constant: [claims::SEATS = FIVE]
    seats_any: [any(claims::SEATS = -1, claims::SEATS = 5)]
    teams: [claims::TEAMS = all("billing")]
    team_of_path: [claims::TEAMS = path("id")]
    own_factors: [claims::FACTORS = any("badge", "totp")]
    requirement: [claims::STAFF]
    subject: [subject = path("id")]
    tenant: [tenant = path("tenant")]
}

type Handler = fn(&Request) -> Response<String>;

/// An event of an HTTP API with this claim and this value of the path parameter `id`.
fn event(key: &str, text: &str, id: &str) -> Value {
    let mut claims = json!({"sub": "u1", "tId": "public", "sessionHandle": "s1"});
    claims[key] = text.into();
    let mut event = events::http_api_jwt(&claims);
    event["pathParameters"] = json!({"id": id});
    event
}

fn status(handler: Handler, key: &str, text: &str) -> u16 {
    let request = events::request(&event(key, text, "billing"));
    handler(&request).status().as_u16()
}

#[test]
fn each_form_allows_only_matching_claims() {
    let twins: &[(Handler, &str, &str, &str)] = &[
        (
            typed,
            "st-role",
            "map[v:[order-desk]]",
            "map[v:[OrderDesk]]",
        ),
        (
            typed_list,
            "st-role",
            "map[v:[admin]]",
            "map[v:[Administrator]]",
        ),
        (
            typed_none,
            "st-role",
            "map[v:[admin]]",
            "map[v:[order-desk]]",
        ),
        (flag, "2fa-completed", "map[v:true]", "map[v:false]"),
        (
            flag_ruled_out,
            "2fa-completed",
            "map[v:false]",
            "map[v:true]",
        ),
        (flag_lately, "2fa-completed", &now(), "map[t:1 v:true]"),
        (plan, "plan", "map[v:pro]", "map[v:pros]"),
        (plan_constant, "plan", "map[v:pro]", "map[v:free]"),
        (plan_any, "plan", "map[v:team]", "map[v:free]"),
        (plan_none, "plan", "map[v:pro]", "map[v:trial]"),
        (seats, "seats", "map[v:5]", "map[v:6]"),
        (seats_constant, "seats", "map[v:5e+00]", "map[v:-5]"),
        (seats_any, "seats", "map[v:-1]", "map[v:1]"),
        (teams, "teams", "map[v:[billing]]", "map[v:[sales]]"),
        (team_of_path, "teams", "map[v:[billing]]", "map[v:[sales]]"),
        (
            own_factors,
            "factors",
            "map[c:map[badge:1] v:true]",
            "map[c:map[otp:1] v:true]",
        ),
        (
            requirement,
            "st-role",
            "map[v:[support]]",
            "map[v:[customer]]",
        ),
        (subject, "sub", "billing", "billing2"),
    ];
    for (handler, key, allowed, denied) in twins {
        assert_eq!(status(*handler, key, allowed), 200, "{key} {allowed}");
        assert_eq!(status(*handler, key, denied), 403, "{key} {denied}");
        assert_eq!(status(*handler, "other", allowed), 403, "without {key}");
    }
}

/// The text of a boolean claim with the current time.
fn now() -> String {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap();
    format!("map[t:{} v:true]", since.as_millis())
}

fn reason(answer: &Response<String>) -> Value {
    assert_eq!(answer.status(), 403);
    let body: Value = serde_json::from_str(answer.body()).unwrap();
    body["claimValidationErrors"][0]["reason"].clone()
}

#[test]
fn allows_only_the_owner_in_the_path() {
    let mine = events::request(&event("sub", "u1", "u1"));
    assert_eq!(subject(&mine).status(), 200);
    let others = events::request(&event("sub", "u1", "u2"));
    assert_eq!(
        reason(&subject(&others)),
        json!({"message": "wrong value", "expectedValue": "u2", "actualValue": "u1"})
    );
}

#[test]
fn denies_without_the_path_parameter() {
    let missing = json!({"message": "no path parameter", "pathParameter": "tenant"});
    let event = event("tId", "public", "public");
    assert_eq!(reason(&tenant(&events::request(&event))), missing);
    let mut empty = event.clone();
    empty["pathParameters"] = json!({"tenant": ""});
    assert_eq!(reason(&tenant(&events::request(&empty))), missing);
    // The maximum length of a parameter, and one byte more, with which it is ignored.
    for (length, expected) in [(1024, "wrong value"), (1025, "no path parameter")] {
        let mut long = event.clone();
        long["pathParameters"] = json!({"tenant": "t".repeat(length)});
        let reason = reason(&tenant(&events::request(&long)));
        assert_eq!(reason["message"], expected, "{length}");
    }
    let mut none = event.clone();
    none["pathParameters"] = Value::Null;
    assert_eq!(reason(&tenant(&events::request(&none))), missing);
    let mut there = event;
    there["pathParameters"] = json!({"tenant": "public"});
    assert_eq!(tenant(&events::request(&there)).status(), 200);
}

/// An empty user id must not own a resource with an empty name.
#[test]
fn denies_an_empty_path_parameter() {
    let event = events::request(&event("sub", "", ""));
    assert_eq!(subject(&event).status(), 403);
}

#[require_claims(subject = path("id"))]
async fn of_format_2_0(event: LambdaEvent<ApiGatewayV2httpRequest>) -> Response<String> {
    Response::new(event.context.request_id)
}

#[require_claims(subject = path("id"))]
async fn of_format_1_0(event: LambdaEvent<ApiGatewayProxyRequest>) -> Response<String> {
    Response::new(event.context.request_id)
}

#[tokio::test]
async fn reads_path_parameters_of_the_gateways_event_types() {
    for (subject, status) in [("7", 200), ("8", 403)] {
        let claims = json!({"sub": subject});
        let v2 = serde_json::from_value(events::http_api_jwt(&claims)).unwrap();
        let v2 = LambdaEvent::new(v2, Context::default());
        assert_eq!(of_format_2_0(v2).await.status(), status);
        let v1 = serde_json::from_value(events::http_api_jwt_v1(&claims)).unwrap();
        let v1 = LambdaEvent::new(v1, Context::default());
        assert_eq!(of_format_1_0(v1).await.status(), status);
    }
}

#[require_claims(mfa = all(
    "emailpassword",
    "otp-email",
    "otp-phone",
    "link-email",
    "link-phone",
    "thirdparty",
    "totp",
    "webauthn"
))]
fn every_factor(event: &Request) -> Response<String> {
    Response::new(event.uri().path().to_owned())
}

/// The names in backticks or quotes, without these.
fn listed<'s>(source: &'s str, start: &str, end: &str, quote: char) -> Vec<&'s str> {
    let (_, list) = source.split_once(start).unwrap();
    let (list, _) = list.split_once(end).unwrap();
    list.split(quote).skip(1).step_by(2).collect()
}

#[test]
fn attribute_and_docs_list_the_same_factors() {
    let denied = every_factor(&events::request(&event(
        "st-mfa",
        "map[c:map[] v:true]",
        "1",
    )));
    let factors = reason(&denied)["allOfInAnyOrder"].clone();
    let factors: Vec<String> = serde_json::from_value(factors).unwrap();
    let vocabulary = include_str!("../../macros/src/vocabulary.rs");
    assert_eq!(listed(vocabulary, " FACTORS: [&str; ", "];", '"'), factors);
    let docs = include_str!("../../runtime/src/validator.rs");
    assert_eq!(
        listed(docs, "is identified by its id:", "custom id", '`'),
        factors
    );
}

/// A response without values, with a header for browsers.
#[expect(clippy::needless_pass_by_value, reason = "as `on_reject` has it")]
fn teapot(rejection: Rejection) -> Response<Body> {
    assert_eq!(rejection.status(), 403);
    let ids: Vec<&str> = rejection
        .errors()
        .iter()
        .map(ClaimValidationError::id)
        .collect();
    Response::builder()
        .status(418)
        .header("access-control-allow-origin", "https://shop.example.com")
        .body(Body::from(ids.join(",")))
        .unwrap()
}

#[expect(clippy::unnecessary_wraps, reason = "as the handler returns it")]
fn teapot_or_error(rejection: Rejection) -> Result<Response<Body>, Error> {
    Ok(teapot(rejection))
}

#[require_claims(email_verified, mfa, on_reject = teapot)]
async fn named(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(email_verified, mfa, on_reject = teapot_or_error)]
async fn named_result(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

#[require_claims(email_verified, mfa, on_reject = teapot)]
async fn opaque(_event: Request) -> impl IntoResponse {
    "done"
}

#[require_claims(email_verified, mfa, on_reject = teapot_or_error)]
async fn wrapped(event: Request) -> Result<impl IntoResponse, Error> {
    let number: u32 = event.uri().path().trim_start_matches("/orders/").parse()?;
    Ok(number.to_string())
}

#[require_claims(email_verified, mfa, on_reject = teapot)]
fn not_async(_event: Request) -> impl IntoResponse {
    "done"
}

#[tokio::test]
async fn on_reject_handles_rejections_only() {
    let allowed = json!({"st-ev": "map[v:true]", "st-mfa": "map[c:map[] v:true]"});
    let allowed = events::http_api_jwt(&allowed);
    let denied = events::http_api_jwt(&json!({"st-ev": "map[v:true]"}));
    for (event, status, body) in [(&allowed, 200, None), (&denied, 418, Some("st-mfa"))] {
        let request = || events::request(event);
        for answer in [
            named(request()).await,
            named_result(request()).await.unwrap(),
            opaque(request()).await.into_response().await,
            wrapped(request()).await.unwrap().into_response().await,
            not_async(request()).into_response().await,
        ] {
            assert_eq!(answer.status(), status);
            let header = answer.headers().get("access-control-allow-origin");
            assert_eq!(header.is_some(), status == 418);
            if let Some(body) = body {
                assert_eq!(&answer.body()[..], body.as_bytes());
            }
        }
    }
}
