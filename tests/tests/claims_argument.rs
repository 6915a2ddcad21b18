//! Claims as an argument of the handler: read exactly, or a denial.

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

use std::collections::BTreeMap;
use std::time::{Duration, UNIX_EPOCH};

use lambda_http::{Body, Error, IntoResponse, Request, Response};
use require_claims::{ReasonKind, Rejection, Session, claims_of, require_claims};
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

/// The session of an administrator, with what an application knows of them.
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

/// What is wrong, each with its claim.
fn problems(rejection: &Rejection) -> Vec<(&str, ReasonKind)> {
    let errors = rejection.errors().iter();
    errors.map(|error| (error.id(), error.kind())).collect()
}

fn denied<T: require_claims::FromClaims + std::fmt::Debug>(
    event: &Value,
) -> Vec<(String, ReasonKind)> {
    let rejection = claims_of::<T, _>(&events::request(event)).unwrap_err();
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
async fn the_argument_is_filled_and_gone_from_the_signature() {
    let event = events::request(&bound(&payload(), &text()));
    let answer = greet(event).await.unwrap().into_response().await;
    assert_eq!(&answer.body()[..], b"user-1 at /orders/7");
    let event = events::request(&bound(&payload(), &text()));
    assert_eq!(greet_both(event).await.status(), 200);
}

#[tokio::test]
async fn what_cannot_be_read_is_a_denial_behind_the_requirements() {
    let event = events::request(&events::http_api_jwt(&text()));
    let answer = greet(event).await.unwrap().into_response().await;
    assert_eq!(answer.status(), 403);
    let body: Value = serde_json::from_slice(&answer.body()[..]).unwrap();
    let error = &body["claimValidationErrors"][0];
    assert_eq!(error["id"], "groups");
    assert_eq!(error["reason"]["message"], "ambiguous value");
    // The requirements come first: who does not meet them is told of those alone.
    let unverified = with(text(), "st-ev", "map[v:false]");
    let event = events::request(&events::http_api_jwt(&unverified));
    let answer = greet(event).await.unwrap().into_response().await;
    let body: Value = serde_json::from_slice(&answer.body()[..]).unwrap();
    assert_eq!(body["claimValidationErrors"].as_array().unwrap().len(), 1);
    assert_eq!(body["claimValidationErrors"][0]["id"], "st-ev");
}

#[test]
fn every_exact_source_gives_the_same_value() {
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
        assert_eq!(claims_of::<User, _>(&request).unwrap(), user(), "{event}");
        let session: Session = claims_of(&request).unwrap();
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
fn text_alone_gives_what_has_one_reading() {
    let one_group = with(text(), "groups", "[a]");
    let plain = without(one_group, &["st-ev"]);
    let read: User = claims_of(&events::request(&events::http_api_jwt(&plain))).unwrap();
    let expected = User {
        groups: Some(vec!["a".to_owned()]),
        verified: None,
        ..user()
    };
    assert_eq!(read, expected);
    // JSON text, as emulators write it, is exact.
    let json = with(plain, "st-ev", r#"{"v":true,"t":1}"#);
    let read: User = claims_of(&events::request(&events::http_api_jwt(&json))).unwrap();
    assert_eq!(read.verified, Some(Verified { v: true }));

    let one_role = with(text(), "st-role", "map[t:1 v:[admin]]");
    let one_role = with(one_role, "st-perm", "map[t:1 v:[a:b]]");
    let session: Session = claims_of(&events::request(&events::http_api_jwt(&one_role))).unwrap();
    assert_eq!(session.roles().unwrap(), ["admin"]);
    assert_eq!(session.permissions().unwrap(), ["a:b"]);
    assert_eq!(session.completed_factors().unwrap().len(), 2);
}

#[test]
fn text_that_tells_several_things_is_a_denial_and_never_a_default() {
    use ReasonKind::{Ambiguous, NotAsDeclared, Unreadable, ValueDoesNotExist};
    let plain = without(text(), &["groups", "st-ev"]);
    for (key, value, kind) in [
        ("groups", "[]", Ambiguous),
        ("groups", "[a b]", Ambiguous),
        ("groups", "[\"a\"]", Ambiguous),
        ("groups", "[a,b]", Ambiguous),
        ("groups", "a", Unreadable),
        ("st-ev", "map[v:true]", Ambiguous),
        ("st-ev", "{\"v\":true,\"v\":false}", NotAsDeclared),
        ("st-ev", "{\"v\":\"true\"}", NotAsDeclared),
        ("exp", "1700003600.5", Unreadable),
        ("exp", "9007199254740993", Unreadable),
        ("exp", "-1", NotAsDeclared),
        ("exp", "Tue Nov 14 2023", Unreadable),
        ("beta", "1", Unreadable),
        ("beta", "True", Unreadable),
        ("level", "bronze", NotAsDeclared),
        ("email", "<nil>", Ambiguous),
    ] {
        let event = events::http_api_jwt(&with(plain.clone(), key, value));
        assert_eq!(denied::<User>(&event), [(key.to_owned(), kind)], "{value}");
    }
    let event = events::http_api_jwt(&without(plain, &["sub"]));
    assert_eq!(
        denied::<User>(&event),
        [("sub".to_owned(), ValueDoesNotExist)]
    );
    // All errors of a session at once.
    let event = events::http_api_jwt(&without(text(), &["sub"]));
    let expected = [
        ("sub", ValueDoesNotExist),
        ("st-role", Ambiguous),
        ("st-perm", Ambiguous),
    ];
    let expected = expected.map(|(id, kind)| (id.to_owned(), kind));
    assert_eq!(denied::<Session>(&event), expected);
}

#[test]
fn exact_claims_of_another_type_are_a_denial() {
    use ReasonKind::{NotAsDeclared, ValueDoesNotExist, WrongType};
    for (key, value, kind) in [
        ("sub", json!(1), NotAsDeclared),
        ("sub", Value::Null, ValueDoesNotExist),
        ("email", json!(["a"]), NotAsDeclared),
        ("groups", json!(["a", 1]), NotAsDeclared),
        ("exp", json!("1700003600"), NotAsDeclared),
    ] {
        let event = events::rest_jwt(&with(payload(), key, value.clone()));
        assert_eq!(denied::<User>(&event), [(key.to_owned(), kind)], "{value}");
    }
    for (key, value, kind) in [
        ("sub", json!(1), WrongType),
        ("sub", json!(""), ValueDoesNotExist),
        ("tId", json!(1), WrongType),
        ("exp", json!(-1), WrongType),
        ("exp", Value::Null, ValueDoesNotExist),
        ("st-role", json!({"v": "admin"}), WrongType),
        ("st-role", json!({"v": ["admin", 1]}), WrongType),
        ("st-role", json!({"t": 1}), ValueDoesNotExist),
        ("st-role", json!([]), ValueDoesNotExist),
        (
            "st-mfa",
            json!({"c": {"totp": true}, "v": true}),
            ReasonKind::Unreadable,
        ),
        ("st-mfa", json!({"v": true}), ReasonKind::Unreadable),
        ("st-mfa", json!(true), WrongType),
    ] {
        let event = events::rest_jwt(&with(payload(), key, value.clone()));
        assert_eq!(
            denied::<Session>(&event),
            [(key.to_owned(), kind)],
            "{value}"
        );
    }
}

#[test]
fn a_claim_that_the_token_does_not_have_is_none() {
    let bare = without(payload(), &["tId", "st-role", "st-perm", "st-mfa"]);
    let session: Session = claims_of(&events::request(&events::rest_jwt(&bare))).unwrap();
    assert_eq!(session.tenant_id(), None);
    assert_eq!(session.roles(), None);
    assert_eq!(session.permissions(), None);
    assert_eq!(session.completed_factors(), None);
}

#[test]
fn a_token_that_says_something_else_is_a_denial_where_it_is_asked() {
    use ReasonKind::UnknownRendering;
    let promoted = with(payload(), "st-role", json!({"v": ["owner"], "t": 1}));
    let event = bound(&promoted, &text());
    // Nobody asks `User` for roles.
    assert_eq!(
        claims_of::<User, _>(&events::request(&event)).unwrap(),
        user()
    );
    assert_eq!(
        denied::<Session>(&event),
        [("st-role".to_owned(), UnknownRendering)]
    );
    // A claim that only the token has is no `None`.
    let event = bound(&payload(), &without(text(), &["email"]));
    assert_eq!(
        denied::<User>(&event),
        [("email".to_owned(), UnknownRendering)]
    );
    // One of somebody else changes nothing: the text decides, and it is ambiguous.
    let event = bound(&with(payload(), "sub", "user-2"), &text());
    assert_eq!(
        denied::<User>(&event),
        [("groups".to_owned(), ReasonKind::Ambiguous)]
    );
}

#[derive(Debug, Deserialize)]
struct Everything {
    #[serde(flatten)]
    all: BTreeMap<String, Value>,
}

#[derive(Debug, Deserialize)]
struct Nothing {
    _nothing: Option<String>,
}

#[test]
fn text_of_no_declared_type_is_a_denial() {
    let event = events::http_api_jwt(&json!({"sub": "u1"}));
    assert_eq!(
        denied::<Everything>(&event),
        [("sub".to_owned(), ReasonKind::Ambiguous)]
    );
    // SuperTokens writes some claims as `null`.
    let payload = with(payload(), "antiCsrfToken", Value::Null);
    for event in [events::rest_jwt(&payload), bound(&payload, &text())] {
        let everything: Everything = claims_of(&events::request(&event)).unwrap();
        assert_eq!(json!(everything.all), payload, "{event}");
    }
}

#[derive(Debug, Deserialize)]
struct Numbers {
    account: u64,
    nested: Option<Vec<i64>>,
}

/// Regression: a made-up token could choose the digits that a float does not tell.
#[test]
fn the_header_chooses_no_digits_of_a_number() {
    use ReasonKind::Unreadable;
    let digits = 1_234_567_890_123_456_789_u64;
    let numbers = with(payload(), "account", digits);
    for (token, rendered) in [
        (digits, digits.to_string()),
        (1_234_567_890_123_456_850, digits.to_string()),
        (digits, "1.2345678901234568e+18".to_owned()),
    ] {
        let event = bound(
            &with(payload(), "account", token),
            &with(text(), "account", rendered),
        );
        assert_eq!(
            denied::<Numbers>(&event),
            [("account".to_owned(), Unreadable)]
        );
    }
    let exact: Numbers = claims_of(&events::request(&events::rest_jwt(&numbers))).unwrap();
    assert_eq!(exact.account, digits);
    let small = with(payload(), "account", 5);
    let nested = with(small.clone(), "nested", json!([1_u64 << 53]));
    let rendered = with(
        with(text(), "account", "5"),
        "nested",
        "[9.007199254740992e+15]",
    );
    let event = bound(&nested, &rendered);
    assert_eq!(
        denied::<Numbers>(&event),
        [("nested".to_owned(), Unreadable)]
    );
    let event = bound(&small, &with(text(), "account", "5"));
    let read: Numbers = claims_of(&events::request(&event)).unwrap();
    assert_eq!((read.account, read.nested), (5, None));
}

#[derive(Debug, Deserialize)]
struct Groups {
    #[serde(rename = "cognito:groups")]
    groups: Vec<String>,
}

/// Regression: Cognito's authorizer writes no brackets, so this is one group of that name.
#[test]
fn a_group_in_brackets_is_no_list_of_cognito() {
    for text in ["[admin]", "admin", "a,b"] {
        let event = events::rest_cognito(&json!({"sub": "u1", "cognito:groups": text}));
        let expected = [("cognito:groups".to_owned(), ReasonKind::Ambiguous)];
        assert_eq!(denied::<Groups>(&event), expected, "{text}");
    }
    let event = events::rest_jwt(&json!({"sub": "u1", "exp": 1, "cognito:groups": ["a"]}));
    let read: Groups = claims_of(&events::request(&event)).unwrap();
    assert_eq!(read.groups, ["a"]);
}

/// Regression: serde would take the elements of a list for the fields.
#[test]
fn a_list_is_no_object() {
    let event = events::rest_jwt(&with(payload(), "st-ev", json!([true])));
    assert_eq!(
        denied::<User>(&event),
        [("st-ev".to_owned(), ReasonKind::NotAsDeclared)]
    );
}

#[test]
fn nobody_has_claims_without_an_authorizer_or_a_session() {
    use ReasonKind::{ValueDoesNotExist, WrongValue};
    for event in [
        events::http_api_jwt(&json!({})),
        events::rest_jwt(&json!({})),
        events::v2(&Value::Null),
        events::v1(&json!({})),
        events::load_balancer(),
    ] {
        assert_eq!(
            denied::<Nothing>(&event),
            [("sub".to_owned(), ValueDoesNotExist)]
        );
        assert_eq!(
            denied::<Session>(&event),
            [("sub".to_owned(), ValueDoesNotExist)]
        );
    }
    for malformed in [json!(5), json!("{\"sub\":")] {
        let event = events::v2(&json!({"lambda": {"claims": malformed}}));
        assert_eq!(denied::<Nothing>(&event), [("stt".to_owned(), WrongValue)]);
    }
    let oauth = events::rest_jwt(&with(payload(), "stt", 1));
    assert_eq!(denied::<Nothing>(&oauth), [("stt".to_owned(), WrongValue)]);
    assert_eq!(denied::<Session>(&oauth), [("stt".to_owned(), WrongValue)]);
}

#[test]
fn debug_of_a_session_tells_nothing() {
    let session: Session = claims_of(&events::request(&events::rest_jwt(&payload()))).unwrap();
    assert_eq!(format!("{session:?}"), "Session { .. }");
}
