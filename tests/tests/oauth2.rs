//! Sessions and OAuth 2 access tokens of SuperTokens, in every form, through the attribute.
//!
//! The payloads have the claims that `supertokens-node` 24 writes.

use lambda_http::{Body, Request, Response};
use require_claims::supertokens::{AUTHENTICATED, CLIENT, OAUTH2, ROLE, SCOPE};
use require_claims::testing::render::{self, Numbers};
use require_claims::{ReasonKind, Requirement, Session, all, any, extract_claims, require_claims};
use require_claims_tests::events;
use serde_json::{Value, json};
use std::time::Duration;

/// Defines a handler with this attribute.
macro_rules! handler {
    ($name:ident: $($requirements:tt)*) => {
        #[require_claims($($requirements)*)]
        fn $name(event: &Request) -> Response<Body> {
            Response::new(event.uri().path().into())
        }
    };
}

handler!(reader: oauth2, scope = "orders:read");
handler!(cli: oauth2, client = "orders-cli");
handler!(either: any(role = "admin", all(oauth2, scope = "orders:read")));
handler!(admin: role = "admin");
handler!(session: authenticated);
handler!(only_oauth2: oauth2);
handler!(both: any(role = "admin", scope = "orders:read"));

fn session_payload() -> Value {
    json!({
        "iat": 1_700_000_000, "exp": 1_700_003_600, "iss": "https://api.example.com/auth",
        "sub": "user-1", "tId": "public", "rsub": "login-1", "sessionHandle": "session-1", "stt": 0,
        "st-role": {"v": ["admin"], "t": 1_700_000_000_000_i64},
    })
}

/// A token of a client that acts for the same user.
fn oauth2_payload() -> Value {
    json!({
        "iat": 1_700_000_000, "exp": 1_700_003_600, "iss": "https://api.example.com/auth",
        "sub": "user-1", "tId": "public", "rsub": "login-1", "sessionHandle": "session-1", "stt": 1,
        "client_id": "orders-cli", "aud": ["orders"], "jti": "token-1", "ext": {}, "gid": "grant-1",
        "scp": ["orders:read", "orders:write"],
        "st-role": {"v": ["admin"], "t": 1_700_000_000_000_i64},
    })
}

fn with(mut payload: Value, key: &str, value: Value) -> Value {
    payload[key] = value;
    payload
}

/// The payload in every form in which a gateway passes it.
fn events(payload: &Value) -> Vec<Request> {
    let text = payload.to_string();
    let [floats, written] = [Numbers::Float64, Numbers::AsWritten]
        .map(|numbers| json!(render::claims(&text, numbers).unwrap()));
    [
        events::http_api_jwt(&floats),
        events::http_api_jwt(&written),
        events::http_api_jwt_v1(&floats),
        events::with_token(events::http_api_jwt(&floats), &text),
        events::rest_jwt(payload),
        events::http_api_lambda_claims(payload),
        events::rest_lambda_json(payload),
    ]
    .iter()
    .map(events::request)
    .collect()
}

type Handler = fn(&Request) -> Response<Body>;

/// `allowed`, or the ids and messages of the errors; the same in every form.
fn verdict(handler: Handler, payload: &Value) -> String {
    let verdicts: Vec<String> = events(payload)
        .iter()
        .map(|event| {
            let response = handler(event);
            if response.status() == 200 {
                return "allowed".to_owned();
            }
            let body: Value = serde_json::from_slice(response.body()).unwrap();
            let errors = body["claimValidationErrors"].as_array().unwrap();
            let error = |error: &Value| {
                let message = error["reason"]["message"].as_str().unwrap();
                format!("{}: {message}", error["id"].as_str().unwrap())
            };
            errors.iter().map(error).collect::<Vec<_>>().join(", ")
        })
        .collect();
    let first = &verdicts[0];
    assert!(
        verdicts.iter().all(|verdict| verdict == first),
        "{verdicts:?}"
    );
    first.clone()
}

#[test]
fn requires_the_type_of_token_that_each_list_is_about() {
    let (session_token, oauth2_token) = (session_payload(), oauth2_payload());
    let wrong = "stt: wrong value";
    let rows: [(Handler, &str, &str); 7] = [
        (
            reader,
            "stt: wrong value, scope: value does not exist",
            "allowed",
        ),
        (
            cli,
            "stt: wrong value, client_id: value does not exist",
            "allowed",
        ),
        (either, "allowed", "allowed"),
        (admin, "allowed", wrong),
        (session, "allowed", wrong),
        (only_oauth2, wrong, "allowed"),
        // The scope belongs to the attribute's list, which is about sessions.
        (both, "allowed", wrong),
    ];
    for (index, (handler, of_session, of_oauth2)) in rows.into_iter().enumerate() {
        assert_eq!(verdict(handler, &session_token), of_session, "{index}");
        assert_eq!(verdict(handler, &oauth2_token), of_oauth2, "{index}");
    }
}

#[test]
fn denies_tokens_without_the_scope_the_client_or_the_role() {
    let payload = with(oauth2_payload(), "scp", json!(["orders:write"]));
    assert_eq!(verdict(reader, &payload), "scope: wrong value");
    let errors = "stt: wrong value, scope: wrong value";
    assert_eq!(verdict(either, &payload), errors);
    let payload = with(oauth2_payload(), "scp", json!([]));
    assert_eq!(verdict(reader, &payload), "scope: wrong value");
    let payload = with(oauth2_payload(), "client_id", json!("web"));
    assert_eq!(verdict(cli, &payload), "client_id: wrong value");
    let payload = with(session_payload(), "st-role", json!({"v": ["user"]}));
    let errors = "st-role: wrong value, stt: wrong value, scope: value does not exist";
    assert_eq!(verdict(either, &payload), errors);
}

/// Only the integer 1 is the type of an OAuth 2 access token.
#[test]
fn denies_any_other_type() {
    for stt in [
        json!(2),
        json!(-1),
        json!(0),
        json!(1.5),
        json!([1]),
        json!(true),
        json!(null),
    ] {
        for event in events(&with(oauth2_payload(), "stt", stt.clone())) {
            assert!(OAUTH2.check(&event).is_err(), "{stt}");
            assert!(
                all(&[OAUTH2, SCOPE.includes("orders:read")])
                    .check(&event)
                    .is_err(),
                "{stt}"
            );
            // A `null` is absent in the text of a gateway.
            let is_session = ROLE.includes("admin").check(&event).is_ok();
            assert!(!is_session || stt == json!(0) || stt.is_null(), "{stt}");
        }
    }
    let rest = |stt: Value| events::request(&events::rest_jwt(&with(oauth2_payload(), "stt", stt)));
    assert!(OAUTH2.check(&rest(json!("1"))).is_err());
    assert!(OAUTH2.check(&rest(json!(1.0))).is_ok());
    // Tokens of other issuers.
    let mut other = oauth2_payload();
    other.as_object_mut().unwrap().remove("stt");
    for event in events(&other) {
        let rejection = OAUTH2.check(&event).unwrap_err();
        assert_eq!(rejection.errors()[0].kind(), ReasonKind::ValueDoesNotExist);
        assert_eq!(
            rejection.errors()[0].detail("expectedValue"),
            Some(&json!(1))
        );
        assert!(ROLE.includes("admin").check(&event).is_ok());
    }
    let nothing = OAUTH2.check(&Request::default()).unwrap_err();
    assert_eq!(nothing.errors()[0].kind(), ReasonKind::ValueDoesNotExist);
}

#[test]
fn each_requirement_belongs_to_the_nearest_list() {
    let [read, cli] = [
        SCOPE.includes("orders:read"),
        CLIENT.has_value("orders-cli"),
    ];
    let admin = ROLE.includes("admin");
    let client_list = [OAUTH2, cli];
    let admin_list = [admin];
    let [oauth2_only, with_session] = [[OAUTH2].as_slice(), &[OAUTH2, AUTHENTICATED]];
    let in_any = [OAUTH2, cli];
    let in_any = [any(&in_any), read];
    let types = [all(&admin_list), all(oauth2_only)];
    let nested = [any(&types), all(&client_list)];
    let (or_admin, or_client) = ([OAUTH2, admin], [admin, all(&client_list)]);
    let with_admin = [OAUTH2, all(&admin_list)];
    let impossible = [all(with_session), all(&with_admin)];
    for (requirement, of_session, of_oauth2) in [
        (all(&client_list), false, true),
        // The members of an `any` belong to the list around it.
        (all(&in_any), false, true),
        (any(&or_admin), false, true),
        (any(&or_client), true, true),
        (all(&nested), false, true),
        // No token has both types.
        (all(&or_client), false, false),
        (all(with_session), false, false),
        (any(&impossible), false, false),
        // The type has no time.
        (OAUTH2.max_age(Duration::MAX), false, false),
        (all(&client_list).max_age(Duration::MAX), false, false),
    ] {
        for (payload, expected) in [
            (session_payload(), of_session),
            (oauth2_payload(), of_oauth2),
        ] {
            for event in events(&payload) {
                let is_allowed = requirement.check(&event).is_ok();
                assert_eq!(is_allowed, expected, "{requirement:?} {payload}");
            }
        }
    }
}

#[require_claims(oauth2)]
fn greet(event: &Request, #[claims] session: Session) -> Response<Body> {
    Response::new(format!("{} {}", event.uri().path(), session.user_id()).into())
}

#[require_claims(any(role = "admin", all(oauth2, scope = "orders:read")))]
fn greet_either(event: &Request, #[claims] session: Session) -> Response<Body> {
    Response::new(format!("{} {}", event.uri().path(), session.user_id()).into())
}

#[derive(serde::Deserialize)]
struct Client {
    client_id: String,
}

#[require_claims(oauth2, scope = "orders:read")]
fn greet_client(event: &Request, #[claims] client: Client) -> Response<Body> {
    Response::new(format!("{} {}", event.uri().path(), client.client_id).into())
}

#[test]
fn an_oauth2_token_is_never_a_session() {
    let mut payload = oauth2_payload();
    payload.as_object_mut().unwrap().remove("aud");
    for event in events(&payload) {
        assert!(extract_claims::<Session, _>(&event).is_err());
        assert!(AUTHENTICATED.check(&event).is_err());
        for handler in [greet, greet_either] {
            assert_eq!(handler(&event).status(), 403);
        }
        assert_eq!(greet_client(&event).status(), 200);
    }
    for event in events(&session_payload()) {
        assert_eq!(greet(&event).status(), 403);
        assert_eq!(greet_client(&event).status(), 403);
        assert_eq!(greet_either(&event).status(), 200);
        let session = extract_claims::<Session, _>(&event).unwrap();
        assert_eq!(session.recipe_user_id(), Some("login-1"));
    }
}

/// A scope contains no space, so the text of an array under `scp` has one interpretation.
#[test]
fn reads_each_word_under_scp_as_a_scope() {
    let check = |requirement: Requirement<'_>, scp: &str| {
        let event = events::http_api_jwt(&json!({"exp": "1", "stt": "1", "scp": scp}));
        all(&[OAUTH2, requirement])
            .check(&events::request(&event))
            .is_ok()
    };
    for scp in [
        "[orders:read orders:write]",
        "[orders:read]",
        "orders:read orders:write",
    ] {
        assert!(check(SCOPE.includes("orders:read"), scp), "{scp}");
        assert!(check(SCOPE.excludes("orders:delete"), scp), "{scp}");
        assert!(!check(SCOPE.excludes("orders:read"), scp), "{scp}");
        assert!(!check(SCOPE.includes("orders"), scp), "{scp}");
    }
    for scp in [
        "[a [orders:read]",
        "[\"orders:read\"]",
        "[a] w:[orders:read]",
        "[orders:read",
    ] {
        assert!(!check(SCOPE.includes("orders:read"), scp), "{scp}");
    }
    assert!(!check(
        SCOPE.excludes("[orders:read"),
        "[orders:read orders:write]"
    ));
}
