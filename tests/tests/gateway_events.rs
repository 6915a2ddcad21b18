//! Every gateway and authorizer that hands over claims: an allowed and a denied twin, through the
//! attribute.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]
#![allow(
    clippy::unused_async,
    reason = "handlers are async, whether they wait or not"
)]

use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyRequest, ApiGatewayV2httpRequest};
use lambda_http::{Body, Context, Error, IntoResponse, LambdaEvent, Request, Response};
use require_claims::supertokens::{AUDIENCE, EMAIL_VERIFIED, ROLE, SCOPE, TENANT};
use require_claims::{PrimitiveArrayClaim, ReasonKind, require_claims};
use require_claims_tests::events;
use require_claims_tests::own_claims::GROUPS;
use require_claims_tests::session::{self, with};
use serde_json::{Value, json};

#[require_claims(email_verified, role = "admin", mfa)]
async fn cancel_order(_event: Request) -> Result<impl IntoResponse, Error> {
    Ok("cancelled")
}

/// Makes the event of a gateway that hands over these claims.
type Gateway = fn(&Value) -> Value;

fn text() -> Value {
    session::text_of(&session::payload())
}

async fn answer(event: &Value) -> (u16, String) {
    let response = cancel_order(events::request(event)).await.unwrap();
    let response: Response<Body> = response.into_response().await;
    let status = response.status().as_u16();
    if status == 403 {
        assert_eq!(response.headers()["content-type"], "application/json");
    }
    let body = String::from_utf8(response.body().to_vec()).unwrap();
    (status, body)
}

fn denial(errors: &Value) -> (u16, Value) {
    let body = json!({"message": "invalid claim", "claimValidationErrors": errors});
    (403, body)
}

/// Asserts the twins of one gateway: the administrator passes; a customer does not.
async fn assert_twins(gateway: Gateway, allowed: Value, customer: Value, name: &str) {
    let allowed = answer(&gateway(&allowed)).await;
    assert_eq!(allowed, (200, "cancelled".to_owned()), "{name}");

    let (status, body) = answer(&gateway(&customer)).await;
    let body: Value = serde_json::from_str(&body).unwrap();
    let expected = denial(&json!([{"id": "st-role", "reason": {
        "message": "wrong value",
        "expectedToInclude": "admin",
        "actualValue": ["customer"],
    }}]));
    assert_eq!((status, body), expected, "{name}");
}

#[tokio::test]
async fn text_of_http_apis_is_read_by_declared_type() {
    let customer = |role: &str| with(text(), "st-role", json!(role));
    for role in [
        "map[t:1.7e+12 v:[customer]]",
        "map[t:1700000000000 v:[customer]]",
    ] {
        assert_twins(events::http_api_jwt, text(), customer(role), "payload 2.0").await;
        assert_twins(
            events::http_api_jwt_v1,
            text(),
            customer(role),
            "payload 1.0",
        )
        .await;
    }
}

#[tokio::test]
async fn json_text_of_emulators_is_read_as_json() {
    let emulated = |role: &str| {
        let claims = with(text(), "st-ev", json!(r#"{"v":true,"t":1699999999999}"#));
        let mfa = json!(r#"{"c":{"totp":1700000000},"v":true}"#);
        with(with(claims, "st-mfa", mfa), "st-role", json!(role))
    };
    let admin = emulated(r#"{"v":["foo","admin"],"t":1699999999999}"#);
    let customer = emulated(r#"{"v":["customer"],"t":1699999999999}"#);
    assert_twins(events::http_api_jwt, admin, customer, "JSON text").await;
}

#[tokio::test]
async fn json_types_are_read_as_they_are() {
    let several = json!({"v": ["foo", "admin"], "t": 1_700_000_000_000_i64});
    let customer = json!({"v": ["customer"], "t": 1_700_000_000_000_i64});
    let gateways: [(&str, Gateway); 6] = [
        (
            "HTTP API, Lambda authorizer, flat",
            events::http_api_lambda_flat,
        ),
        (
            "HTTP API, Lambda authorizer, claims",
            events::http_api_lambda_claims,
        ),
        (
            "HTTP API, Lambda authorizer, JSON text",
            events::http_api_lambda_json,
        ),
        ("REST API, JWT authorizer", events::rest_jwt),
        (
            "REST API, Lambda authorizer, flat",
            events::rest_lambda_flat,
        ),
        (
            "REST API, Lambda authorizer, JSON text",
            events::rest_lambda_json,
        ),
    ];
    for (name, gateway) in gateways {
        let allowed = with(session::payload(), "st-role", several.clone());
        let denied = with(session::payload(), "st-role", customer.clone());
        assert_twins(gateway, allowed, denied, name).await;
    }
}

#[require_claims(
    issuer = "https://cognito-idp.eu-west-1.amazonaws.com/pool",
    subject = any("user-1", "user-2"),
    scope = "orders:cancel"
)]
async fn cognito(_event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(Body::from("cancelled")))
}

#[tokio::test]
async fn cognito_user_pools_hand_over_text() {
    let claims = json!({
        "iss": "https://cognito-idp.eu-west-1.amazonaws.com/pool",
        "sub": "user-1",
        "cognito:groups": "admin,user",
        "exp": "Tue Nov 14 23:13:20 UTC 2023",
        "scope": "openid orders:cancel",
        "token_use": "access",
    });
    let allowed = cognito(events::request(&events::rest_cognito(&claims)))
        .await
        .unwrap();
    assert_eq!(allowed.status(), 200);

    let denied = with(claims, "scope", json!("openid orders:cancelled"));
    let denied = cognito(events::request(&events::rest_cognito(&denied)))
        .await
        .unwrap();
    assert_eq!(denied.status(), 403);
}

#[test]
fn cognito_does_not_write_brackets_around_a_list() {
    let groups = PrimitiveArrayClaim::bare("cognito:groups");
    let claims = json!({"iss": "issuer", "sub": "user-1", "cognito:groups": "[admin]"});
    // An HTTP API has the one group `admin`, and Cognito's authorizer the one group `[admin]`.
    let event = events::request(&events::http_api_jwt_v1(&claims));
    assert!(groups.includes("admin").check(&event).is_ok());
    assert!(groups.excludes("[admin]").check(&event).is_ok());
    let event = events::request(&events::rest_cognito(&claims));
    for requirement in [groups.includes("admin"), groups.excludes("[admin]")] {
        let rejection = requirement.check(&event).unwrap_err();
        assert_eq!(rejection.errors()[0].kind(), ReasonKind::Ambiguous);
    }
    assert!(groups.excludes("user").check(&event).is_ok());
}

#[tokio::test]
async fn no_claims_are_a_denial_of_each_requirement() {
    let absent = json!([
        {"id": "st-ev", "reason": {"message": "value does not exist", "expectedValue": true}},
        {"id": "st-role", "reason": {"message": "value does not exist", "expectedToInclude": "admin"}},
        {"id": "st-mfa", "reason": {"message": "value does not exist"}},
    ]);
    let iam = json!({"iam": {"accessKey": "key", "accountId": "1", "callerId": "caller"}});
    for event in [
        events::v2(&Value::Null),
        events::v2(&iam),
        events::v2(&json!({"jwt": {"claims": {}, "scopes": null}})),
        events::v2(&json!({"jwt": {"claims": null}})),
        events::v2(&json!({"lambda": {}})),
        events::v2(&json!({"lambda": null})),
        events::v1(&Value::Null),
        events::v1(&json!({})),
        events::v1(&json!({"principalId": "user", "integrationLatency": 5})),
        events::v1(&json!({"claims": {}})),
        // A level that payload 1.0 does not have.
        events::v1(&json!({"jwt": {"claims": text()}})),
        events::load_balancer(),
    ] {
        let (status, body) = answer(&event).await;
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((status, body), denial(&absent), "{event}");
    }

    let outside = cancel_order(Request::default()).await.unwrap();
    assert_eq!(outside.into_response().await.status(), 403);
}

/// The claims and messages of a denial's errors.
async fn problems(event: &Value) -> Vec<(String, String)> {
    let (status, body) = answer(event).await;
    assert_eq!(status, 403, "{event}");
    let body: Value = serde_json::from_str(&body).unwrap();
    let errors = body["claimValidationErrors"].as_array().unwrap().iter();
    let told = |value: &Value| value.as_str().unwrap().to_owned();
    errors
        .map(|error| (told(&error["id"]), told(&error["reason"]["message"])))
        .collect()
}

fn owned((id, message): (&str, &str)) -> (String, String) {
    (id.to_owned(), message.to_owned())
}

/// Each of these events has all that is asked for, to a reader that takes what it finds.
#[tokio::test]
async fn claims_in_no_known_form_are_a_denial() {
    let json = session::payload().to_string();
    let members = json.trim_start_matches('{').trim_end_matches('}');
    let mut beside_null = events::rest_lambda_flat(&session::payload());
    beside_null["requestContext"]["authorizer"]["claims"] = Value::Null;
    for event in [
        beside_null,
        events::v1(&json!({"claims": [session::payload()]})),
        events::v1(&json!({"claims": [json]})),
        events::v1(&json!({"claims": format!("{json} x")})),
        events::v1(&json!({"claims": format!("[{json}]")})),
        events::v1(&json!({"claims": json.trim_end_matches('}')})),
        events::v2(&json!({"jwt": {"claims": text()}, "lambda": session::payload()})),
    ] {
        // As no claim can be told, not even whose token it is.
        let nothing = [
            ("stt", "wrong value"),
            ("st-ev", "unreadable value"),
            ("st-role", "unreadable value"),
            ("st-mfa", "unreadable value"),
        ];
        assert_eq!(problems(&event).await, nothing.map(owned), "{event}");
    }
    for (event, id, message) in [
        // Of a claim that stands twice, neither counts.
        (
            events::v1(&json!({"claims": format!("{{{members},\"st-ev\":null}}")})),
            "st-ev",
            "unreadable value",
        ),
        (
            events::v1(&json!({"claims": format!("{{\"st-ev\":null,{members}}}")})),
            "st-ev",
            "unreadable value",
        ),
        // Text is text of a claim, not of what is in it.
        (
            events::http_api_jwt(&with(text(), "st-ev", json!("true"))),
            "st-ev",
            "unreadable value",
        ),
        (
            events::http_api_jwt(&with(text(), "st-role", json!("admin"))),
            "st-role",
            "unreadable value",
        ),
        (
            events::http_api_jwt(&with(text(), "st-role", json!("[admin]"))),
            "st-role",
            "unreadable value",
        ),
        (
            events::http_api_jwt(&with(text(), "st-mfa", json!("map[v:true]"))),
            "st-mfa",
            "unreadable value",
        ),
        // With JSON types a string is a string, whatever it looks like.
        (
            events::rest_jwt(&with(session::payload(), "st-ev", json!("map[t:1 v:true]"))),
            "st-ev",
            "value does not exist",
        ),
        (
            events::rest_jwt(&with(session::payload(), "st-ev", json!({"v": "true"}))),
            "st-ev",
            "wrong value",
        ),
        (
            events::rest_jwt(&with(session::payload(), "st-role", json!({"v": "admin"}))),
            "st-role",
            "wrong type",
        ),
        (
            events::rest_jwt(&with(
                session::payload(),
                "st-mfa",
                json!({"c": {}, "v": "true"}),
            )),
            "st-mfa",
            "wrong type",
        ),
    ] {
        assert_eq!(problems(&event).await, [owned((id, message))], "{event}");
    }
}

#[tokio::test]
async fn an_oauth_access_token_of_the_same_issuer_is_no_session() {
    for (gateway, stt) in [
        (events::http_api_jwt as Gateway, json!("1")),
        (events::http_api_jwt, json!("")),
        (events::http_api_jwt, json!("[0]")),
    ] {
        let (status, body) = answer(&gateway(&with(text(), "stt", stt))).await;
        assert_eq!(status, 403);
        assert!(body.contains(r#""id":"stt""#), "{body}");
    }
    for stt in [json!(1), json!("0"), json!(true), json!([])] {
        let (status, body) = answer(&events::rest_jwt(&with(session::payload(), "stt", stt))).await;
        assert_eq!(status, 403);
        assert!(body.contains(r#""id":"stt""#), "{body}");
    }
}

#[require_claims(authenticated)]
async fn v1_event(
    LambdaEvent { payload, .. }: LambdaEvent<ApiGatewayProxyRequest>,
) -> Result<Response<String>, Error> {
    Ok(Response::new(payload.path.unwrap_or_default()))
}

#[require_claims(authenticated)]
async fn v2_event(event: LambdaEvent<ApiGatewayV2httpRequest>) -> Result<Response<String>, Error> {
    Ok(Response::new(event.payload.raw_path.unwrap_or_default()))
}

#[require_claims(authenticated)]
async fn any_body<B>(event: http::Request<B>) -> Response<String> {
    Response::new(event.uri().path().to_owned())
}

#[tokio::test]
async fn events_of_the_plain_runtime_and_of_any_body_are_guarded() {
    let unnamed = |key| with(text(), key, json!(""));
    for (claims, status) in [
        (text(), 200),
        (unnamed("sub"), 403),
        (unnamed("sessionHandle"), 403),
    ] {
        let (v1, v2) = (
            events::http_api_jwt_v1(&claims),
            events::http_api_jwt(&claims),
        );
        let any = any_body(events::request(&v2).map(|_| 7_u8)).await;
        assert_eq!(any.status(), status);

        let event = LambdaEvent::new(serde_json::from_value(v1).unwrap(), Context::default());
        assert_eq!(v1_event(event).await.unwrap().status(), status);

        let event = LambdaEvent::new(serde_json::from_value(v2).unwrap(), Context::default());
        assert_eq!(v2_event(event).await.unwrap().status(), status);
    }
}

/// Whether this gateway's event is allowed when the claim has this value.
async fn allows(gateway: Gateway, key: &str, value: Value) -> bool {
    answer(&gateway(&with(session::payload(), key, value)))
        .await
        .0
        == 200
}

#[tokio::test]
async fn a_token_type_of_null_is_no_session_where_it_is_seen() {
    let exact: [Gateway; 4] = [
        events::rest_jwt,
        events::http_api_lambda_flat,
        events::http_api_lambda_claims,
        events::http_api_lambda_json,
    ];
    for gateway in exact {
        assert!(!allows(gateway, "stt", Value::Null).await);
        assert!(allows(gateway, "stt", json!(0)).await);
    }
    // A REST API may have made a string of a Lambda authorizer's number.
    assert!(allows(events::rest_lambda_flat, "stt", json!("0")).await);
    assert!(!allows(events::rest_lambda_flat, "stt", json!("1")).await);
}

#[tokio::test]
async fn a_string_of_a_lambda_authorizer_is_no_rendering_of_a_gateway() {
    for (key, text) in [
        ("st-ev", "map[t:1.7e+12 v:true]"),
        ("st-role", "map[t:1.7e+12 v:[admin]]"),
        ("st-mfa", "map[c:map[] v:true]"),
    ] {
        let flat: [Gateway; 2] = [events::http_api_lambda_flat, events::rest_lambda_flat];
        for gateway in flat {
            assert!(!allows(gateway, key, json!(text)).await, "{key}");
        }
    }
    let flat = |claims: Value| events::request(&events::http_api_lambda_flat(&claims));
    for (key, text) in [
        ("tId", r#""test""#),
        ("tId", r#"["test"]"#),
        ("aud", r#""test""#),
        ("aud", "[\"test\"]\n"),
        ("aud", "test,x"),
        ("scope", r#""test x""#),
        ("scope", "[test]"),
    ] {
        let event = flat(json!({"exp": 1, key: text}));
        for requirement in [
            TENANT.has_none_of(&["test"]),
            AUDIENCE.excludes("test"),
            SCOPE.excludes("test"),
        ] {
            assert!(
                requirement.check(&event).is_err(),
                "{key} {text} {requirement:?}"
            );
        }
    }
    assert!(
        GROUPS
            .includes("admin")
            .check(&flat(json!({"groups": "[admin]"})))
            .is_err()
    );
    assert!(
        GROUPS
            .includes("admin")
            .check(&flat(json!({"groups": r#"["admin"]"#})))
            .is_ok()
    );
}

#[test]
fn a_string_of_a_lambda_authorizer_that_is_no_json_is_itself() {
    let event = events::request(&events::http_api_lambda_flat(&json!({
        "exp": 1, "tId": "public", "aud": "orders", "scope": "openid orders:read",
    })));
    for (requirement, met) in [
        (TENANT.has_value("public"), true),
        (TENANT.has_value("pub"), false),
        (TENANT.has_none_of(&["test"]), true),
        (TENANT.has_none_of(&["public"]), false),
        (AUDIENCE.includes("orders"), true),
        (AUDIENCE.includes("order"), false),
        (AUDIENCE.excludes("test"), true),
        (AUDIENCE.excludes("orders"), false),
        (SCOPE.includes("orders:read"), true),
        (SCOPE.includes("orders"), false),
        (SCOPE.excludes("test"), true),
        (SCOPE.excludes("openid"), false),
    ] {
        assert_eq!(requirement.check(&event).is_ok(), met, "{requirement:?}");
    }
}

/// All of them strings, as of an authorizer that makes strings of everything, so there is no number
/// that shows that types are kept.
#[test]
fn nor_is_a_string_among_strings() {
    let decide = |claims: Value| {
        let event = events::http_api_lambda_claims(&claims);
        let event = events::with_token(event, r#"{"iss":"i","exp":1,"st-role":{"v":["admin"]}}"#);
        let event = events::request(&event);
        let requirements = [EMAIL_VERIFIED.is_true(), ROLE.includes("admin")];
        requirements.map(|requirement| requirement.check(&event).is_ok())
    };
    let claims = |verified: &str, role: &str| json!({"iss": "i", "exp": "1", "st-ev": verified, "st-role": role});
    assert_eq!(decide(claims("map[v:true]", "map[v:[admin]]")), [false; 2]);
    assert_eq!(
        decide(claims(r#"{"v":true}"#, r#"{"v":["admin"]}"#)),
        [true; 2]
    );
}

#[tokio::test]
async fn an_event_with_two_answers_has_none() {
    let jwt = json!({"claims": text(), "scopes": null});
    let iam = json!({"accessKey": "key"});
    for event in [
        events::v2(&json!({"jwt": jwt, "iam": iam})),
        events::v2(&json!({"jwt": jwt, "lambda": session::payload()})),
        events::v2(&json!({"lambda": session::payload(), "iam": iam})),
        events::v2(&json!({"lambda": {"claims": session::payload(), "st-ev": {"v": false}}})),
        events::v2(
            &json!({"lambda": {"claims": session::payload().to_string(), "st-ev": {"v": false}}}),
        ),
        events::v1(&json!({"claims": session::payload().to_string(), "st-ev": r#"{"v":false}"#})),
        events::v1(&json!({"claims": text(), "st-ev": "map[v:false]"})),
    ] {
        assert_eq!(answer(&event).await.0, 403, "{event}");
    }
}

#[tokio::test]
async fn a_null_among_texts_does_not_make_them_exact() {
    let claims = with(text(), "nickname", Value::Null);
    assert_eq!(answer(&events::http_api_jwt_v1(&claims)).await.0, 200);
}
