//! `#[claims]` parameters: the claims are extracted exactly, or the request is denied.

#![allow(
    clippy::unused_async,
    reason = "handlers are async, whether they wait or not"
)]

mod denied_claims;

use std::collections::BTreeMap;
use std::time::{Duration, UNIX_EPOCH};

use lambda_http::{Body, Error, IntoResponse, Request, Response};
use require_claims::{ReasonKind, Rejection, Session, extract_claims, require_claims};
use require_claims_tests::events;
use require_claims_tests::session::{self, with, without};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Level {
    Silver,
    Gold,
}

#[derive(Debug, Deserialize, PartialEq)]
struct User {
    #[serde(rename = "sub")]
    id: String,
    exp: u64,
    email: Option<String>,
    level: Option<Level>,
    beta: Option<bool>,
    groups: Option<Vec<String>>,
    #[serde(rename = "st-ev")]
    verified: Option<Verified>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Verified {
    v: bool,
}

/// The session of an administrator, with claims that an application added.
fn payload() -> Value {
    let mut payload = session::payload();
    for (key, claim) in [
        ("email", json!("u1@example.com")),
        ("level", json!("gold")),
        ("beta", json!(true)),
        ("groups", json!(["a b", "c"])),
        ("st-role", json!({"v": ["admin", "order desk"], "t": 1})),
        ("st-perm", json!({"v": [], "t": 1})),
    ] {
        payload[key] = claim;
    }
    payload
}

fn text() -> Value {
    session::text_of(&payload())
}

fn user() -> User {
    User {
        id: "user-1".to_owned(),
        exp: 1_700_003_600,
        email: Some("u1@example.com".to_owned()),
        level: Some(Level::Gold),
        beta: Some(true),
        groups: Some(vec!["a b".to_owned(), "c".to_owned()]),
        verified: Some(Verified { v: true }),
    }
}

fn bound(payload: &Value, text: &Value) -> Value {
    events::with_token(events::http_api_jwt(text), &payload.to_string())
}

/// The claims and kinds of the errors.
fn problems(rejection: &Rejection) -> Vec<(&str, ReasonKind)> {
    let errors = rejection.errors().iter();
    errors.map(|error| (error.id(), error.kind())).collect()
}

fn denied<T: require_claims::FromClaims + std::fmt::Debug>(
    event: &Value,
) -> Vec<(String, ReasonKind)> {
    let rejection = extract_claims::<T, _>(&events::request(event)).unwrap_err();
    let problems = problems(&rejection).into_iter();
    problems.map(|(id, kind)| (id.to_owned(), kind)).collect()
}

#[require_claims(email_verified)]
async fn greet(event: Request, #[claims] user: User) -> Result<impl IntoResponse, Error> {
    let path = event.uri().path();
    Ok(format!("{} at {path}", user.id))
}

#[require_claims(email_verified)]
async fn greet_both(
    #[claims] User { id, .. }: User,
    event: Request,
    #[claims] session: Session,
) -> Response<Body> {
    assert_eq!(session.user_id(), id);
    Response::new(event.uri().path().into())
}

#[tokio::test]
async fn fills_the_parameter_and_removes_it_from_the_signature() {
    let event = events::request(&bound(&payload(), &text()));
    let answer = greet(event).await.unwrap().into_response().await;
    assert_eq!(&answer.body()[..], b"user-1 at /orders/7");
    let event = events::request(&bound(&payload(), &text()));
    assert_eq!(greet_both(event).await.status(), 200);
}

#[tokio::test]
async fn denies_unreadable_claims_after_the_requirements() {
    let event = events::request(&events::http_api_jwt(&text()));
    let answer = greet(event).await.unwrap().into_response().await;
    assert_eq!(answer.status(), 403);
    let body: Value = serde_json::from_slice(&answer.body()[..]).unwrap();
    let error = &body["claimValidationErrors"][0];
    assert_eq!(error["id"], "groups");
    assert_eq!(error["reason"]["message"], "ambiguous value");
    // The requirements are checked first: if they are not met, only their errors are reported.
    let unverified = with(text(), "st-ev", "map[v:false]");
    let event = events::request(&events::http_api_jwt(&unverified));
    let answer = greet(event).await.unwrap().into_response().await;
    let body: Value = serde_json::from_slice(&answer.body()[..]).unwrap();
    assert_eq!(body["claimValidationErrors"].as_array().unwrap().len(), 1);
    assert_eq!(body["claimValidationErrors"][0]["id"], "st-ev");
}

/// A response with the keys of the claims, without their values.
#[expect(clippy::needless_pass_by_value, reason = "as `on_reject` has it")]
fn keys_only(rejection: Rejection) -> Response<Body> {
    let ids: Vec<&str> = problems(&rejection).into_iter().map(|(id, _)| id).collect();
    let answer = Response::builder().status(418).body(ids.join(",").into());
    answer.unwrap()
}

#[require_claims(email_verified, on_reject = keys_only)]
async fn named(event: Request, #[claims] user: User) -> Response<Body> {
    assert_eq!(user.id, "user-1");
    Response::new(event.into_body())
}

#[require_claims(email_verified, on_reject = keys_only)]
async fn opaque(event: Request, #[claims] user: User) -> impl IntoResponse {
    format!("{} at {}", user.id, event.uri().path())
}

#[tokio::test]
async fn calls_on_reject_for_unreadable_claims() {
    let allowed = bound(&payload(), &text());
    let unreadable = events::http_api_jwt(&text());
    let unverified = events::http_api_jwt(&with(text(), "st-ev", "map[v:false]"));
    for (event, status, body) in [
        (allowed, 200, None),
        (unreadable, 418, Some("groups")),
        (unverified, 418, Some("st-ev")),
    ] {
        for answer in [
            named(events::request(&event)).await,
            opaque(events::request(&event)).await.into_response().await,
        ] {
            assert_eq!(answer.status(), status, "{event}");
            if let Some(body) = body {
                assert_eq!(&answer.body()[..], body.as_bytes());
            }
        }
    }
}

#[test]
fn extracts_the_same_value_from_every_exact_source() {
    for event in [
        events::rest_jwt(&payload()),
        events::http_api_lambda_claims(&payload()),
        events::http_api_lambda_json(&payload()),
        events::http_api_lambda_flat(&payload()),
        events::rest_lambda_flat(&payload()),
        events::rest_lambda_json(&payload()),
        bound(&payload(), &text()),
    ] {
        let request = events::request(&event);
        assert_eq!(
            extract_claims::<User, _>(&request).unwrap(),
            user(),
            "{event}"
        );
        let session: Session = extract_claims(&request).unwrap();
        assert_eq!(session.user_id(), "user-1");
        assert_eq!(session.session_handle(), "session-1");
        assert_eq!(session.tenant_id(), Some("public"));
        let second = |second| UNIX_EPOCH + Duration::from_secs(second);
        assert_eq!(session.expires_at(), second(1_700_003_600));
        assert_eq!(session.roles().unwrap(), ["admin", "order desk"]);
        assert_eq!(session.permissions().unwrap(), [""; 0]);
        let factors = BTreeMap::from([
            ("emailpassword".to_owned(), second(1_699_990_000)),
            ("totp".to_owned(), second(1_700_000_000)),
        ]);
        assert_eq!(session.completed_factors(), Some(&factors));
    }
}

#[test]
fn extracts_text_with_a_single_interpretation() {
    let one_group = with(text(), "groups", "[a]");
    let plain = without(one_group, &["st-ev"]);
    let read: User = extract_claims(&events::request(&events::http_api_jwt(&plain))).unwrap();
    let expected = User {
        groups: Some(vec!["a".to_owned()]),
        verified: None,
        ..user()
    };
    assert_eq!(read, expected);
    // JSON text, which emulators pass, is exact.
    let json = with(plain, "st-ev", r#"{"v":true,"t":1}"#);
    let read: User = extract_claims(&events::request(&events::http_api_jwt(&json))).unwrap();
    assert_eq!(read.verified, Some(Verified { v: true }));

    let one_role = with(text(), "st-role", "map[t:1 v:[admin]]");
    let one_role = with(one_role, "st-perm", "map[t:1 v:[a:b]]");
    let session: Session =
        extract_claims(&events::request(&events::http_api_jwt(&one_role))).unwrap();
    assert_eq!(session.roles().unwrap(), ["admin"]);
    assert_eq!(session.permissions().unwrap(), ["a:b"]);
    assert_eq!(session.completed_factors().unwrap().len(), 2);
}

#[test]
fn an_absent_claim_is_none() {
    let bare = without(payload(), &["tId", "st-role", "st-perm", "st-mfa"]);
    let session: Session = extract_claims(&events::request(&events::rest_jwt(&bare))).unwrap();
    assert_eq!(session.tenant_id(), None);
    assert_eq!(session.roles(), None);
    assert_eq!(session.permissions(), None);
    assert_eq!(session.completed_factors(), None);
    // SuperTokens writes some claims as `null`.
    let null = events::rest_jwt(&with(payload(), "email", Value::Null));
    let read: User = extract_claims(&events::request(&null)).unwrap();
    assert_eq!(read.email, None);
}

#[test]
fn debug_of_a_session_is_redacted() {
    let session: Session = extract_claims(&events::request(&events::rest_jwt(&payload()))).unwrap();
    assert_eq!(format!("{session:?}"), "Session { .. }");
}
