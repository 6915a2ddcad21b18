//! A denial logs one event with the keys of claims and the reasons, without tokens or values.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex};

use lambda_http::{Request, Response};
use require_claims::require_claims;
use require_claims_tests::events;
use serde_json::{Value, json};

#[require_claims(email_verified, role = "admin")]
fn guarded(event: &Request) -> Response<String> {
    let _ = event;
    Response::new(String::new())
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The log while the handler runs with this event.
fn log_of(event: &Value, status: u16) -> String {
    log_by(|| assert_eq!(guarded(&events::request(event)).status(), status))
}

fn log_by(act: impl FnOnce()) -> String {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, act);
    let bytes = log.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

fn claims(role: &str) -> Value {
    json!({
        "sub": "user-with-a-name",
        "st-ev": "map[t:1.7e+12 v:true]",
        "st-role": format!("map[t:1.7e+12 v:[{role}]]"),
    })
}

#[test]
fn logs_a_denial_once_without_values() {
    let mut event = events::http_api_jwt(&claims("secret-role"));
    event["headers"]["authorization"] = json!("Bearer secret-token");
    let log = log_of(&event, 403);
    assert_eq!(log.lines().count(), 1, "{log}");
    for expected in ["INFO", "denied", "guarded", "st-role", "wrong value"] {
        assert!(log.contains(expected), "{expected}: {log}");
    }
    for untold in ["secret", "user-with-a-name", "st-ev"] {
        assert!(!log.contains(untold), "{untold}: {log}");
    }
}

#[require_claims(role = "admin", permission = "read", tenant = "public")]
fn with_ambiguous_claims(event: &Request) -> Response<String> {
    Response::new(event.uri().to_string())
}

/// Operators of the function see the log, not the response.
#[test]
fn logs_each_remedy_of_ambiguous_claims_once() {
    let text = json!({
        "st-role": "map[t:1.7e+12 v:[secret admin]]", "st-perm": "map[t:1.7e+12 v:[secret read]]",
        "tId": "other",
    });
    let event = events::http_api_jwt(&text);
    let log = log_by(|| {
        let response = with_ambiguous_claims(&events::request(&event));
        assert_eq!(response.status(), 403);
    });
    assert_eq!(log.lines().count(), 1, "{log}");
    let remedy = "send the token in `Authorization`, or declare the claim with `.without_spaces()`";
    assert_eq!(log.matches(remedy).count(), 1, "{log}");
    assert!(!log.contains("secret"), "{log}");

    // Without an ambiguous claim, there is no remedy.
    let log = log_of(&events::http_api_jwt(&claims("other")), 403);
    assert!(!log.contains("remedy"), "{log}");
}

#[test]
fn warns_about_a_route_without_authorizer() {
    for event in [
        events::v2(&Value::Null),
        // A REST context has an authorizer field even if the route has no authorizer.
        events::v1(&json!({})),
        events::v1(&json!({"claims": null, "scopes": null})),
        events::v2(&json!({"jwt": {"claims": {}}})),
        events::load_balancer(),
    ] {
        let log = log_of(&event, 403);
        assert_eq!(log.lines().count(), 1, "{log}");
        for expected in ["WARN", "no authorizer claims", "st-ev; st-role"] {
            assert!(log.contains(expected), "{expected}: {log}");
        }
    }
}

#[require_claims(email_verified, role = "admin")]
fn guarded_json(event: &Value) -> Response<String> {
    let _ = event;
    Response::new(String::new())
}

#[test]
fn warns_about_json_without_authorizer_claims() {
    for event in [
        json!(null),
        json!([]),
        json!({}),
        json!({"identity": {"claims": claims("admin")}}),
        events::v2(&Value::Null),
        events::v2(&json!({"iam": {"accessKey": "key"}})),
        events::v2(&json!({"jwt": {"claims": {}}})),
        events::rest(&json!({})),
        events::load_balancer(),
    ] {
        let log = log_by(|| assert_eq!(guarded_json(&event).status(), 403));
        assert_eq!(log.lines().count(), 1, "{log}");
        for expected in ["WARN", "no authorizer claims", "st-ev; st-role"] {
            assert!(log.contains(expected), "{expected}: {log}");
        }
    }
}

#[test]
fn warns_about_a_text_that_differs_from_its_token() {
    let identity = json!({"iss": "issuer", "exp": "1700003600"});
    let mut text = claims("secret-role");
    text.as_object_mut()
        .unwrap()
        .extend(identity.as_object().unwrap().clone());
    let payload = json!({
        "iss": "issuer", "exp": 1_700_003_600, "sub": "user-with-a-name",
        "st-ev": {"v": true, "t": 1.7e12}, "st-role": {"v": ["admin"], "t": 1.7e12},
    });
    let event = events::with_token(events::http_api_jwt(&text), &payload.to_string());
    let log = log_of(&event, 403);
    assert_eq!(log.lines().count(), 1, "{log}");
    for expected in ["WARN", "does not match the token", "guarded", "st-role"] {
        assert!(log.contains(expected), "{expected}: {log}");
    }
    for untold in ["secret", "admin", "user-with-a-name", "st-ev", "eyJ"] {
        assert!(!log.contains(untold), "{untold}: {log}");
    }
}

#[require_claims(subject = path("user_id"))]
fn owned(event: &Request) -> Response<String> {
    Response::new(event.uri().to_string())
}

/// Behind `ANY /{proxy+}`, the event has only the parameter `proxy`.
#[test]
fn warns_about_a_route_without_the_path_parameter() {
    let mut event = events::http_api_jwt(&claims("admin"));
    event["pathParameters"] = json!({"proxy": "users/user-with-a-name"});
    let denied =
        |event: &Value| log_by(|| assert_eq!(owned(&events::request(event)).status(), 403));
    let log = denied(&event);
    assert_eq!(log.lines().count(), 1, "{log}");
    for expected in [
        "WARN",
        "no path parameter",
        "`{proxy+}`",
        "SUBJECT.has_value(id)",
    ] {
        assert!(log.contains(expected), "{expected}: {log}");
    }
    assert!(!log.contains("user-with-a-name"), "{log}");

    event["pathParameters"] = json!({"user_id": "another-user"});
    let log = denied(&event);
    assert!(log.contains("INFO") && !log.contains("proxy"), "{log}");
}

#[require_claims(authenticated)]
fn with_all_claims(event: &Request, #[claims] all: BTreeMap<String, Value>) -> Response<String> {
    Response::new(format!("{} {}", event.uri(), all.len()))
}

/// A forged token with the same identity can contain any key, which is logged if a type extracts all claims.
#[test]
fn logs_a_forged_key_on_one_line() {
    let text = json!({"iss": "i", "exp": "1", "sub": "u", "sessionHandle": "s"});
    let payload = r#"{"iss":"i","exp":1,"sub":"u","sessionHandle":"s","a\nINFO allowed":1}"#;
    let event = events::with_token(events::http_api_jwt(&text), payload);
    let log = log_by(|| {
        assert_eq!(with_all_claims(&events::request(&event)).status(), 403);
    });
    assert_eq!(log.lines().count(), 1, "{log}");
    assert!(log.contains(r"a\nINFO allowed"), "{log}");
}

#[test]
fn does_not_log_an_allowed_request() {
    assert_eq!(log_of(&events::http_api_jwt(&claims("admin")), 200), "");
}

#[require_claims(subject = path("user_id"))]
fn show_profile(event: &Request) -> Response<String> {
    Response::new(event.uri().to_string())
}

/// The page "Troubleshooting" lists each message as it is logged, except for that of `DenyUncheckedLayer`.
#[test]
fn the_guide_lists_each_message() {
    #[require_claims(email_verified, role = "admin")]
    fn cancel_order(event: &Request) -> Response<String> {
        Response::new(event.uri().to_string())
    }

    let identity = json!({"iss": "issuer", "exp": "1700003600"});
    let verified = json!({"st-ev": "map[t:1.7e+12 v:true]"});
    let with = |claims: Value| {
        let mut all = identity.clone();
        for claims in [verified.clone(), claims] {
            all.as_object_mut()
                .unwrap()
                .extend(claims.as_object().unwrap().clone());
        }
        events::http_api_jwt(&all)
    };
    let payload = json!({
        "iss": "issuer", "exp": 1_700_003_600, "st-ev": {"v": true, "t": 1.7e12},
        "st-role": {"v": ["admin"], "t": 1.7e12},
    });
    let customer = with(json!({"st-role": "map[t:1.7e+12 v:[customer]]"}));
    let events = [
        with(json!({"st-ev": "map[t:1.7e+12 v:false]"})),
        with(json!({"st-role": "map[t:1.7e+12 v:[foo admin]]"})),
        events::v2(&Value::Null),
        events::with_token(customer, &payload.to_string()),
    ];
    let mut logs = events
        .map(|event| {
            log_by(|| {
                assert_eq!(cancel_order(&events::request(&event)).status(), 403);
            })
        })
        .to_vec();
    let user = with(json!({"sub": "user"}));
    logs.push(log_by(|| {
        assert_eq!(show_profile(&events::request(&user)).status(), 403);
    }));

    let guide = include_str!("../../runtime/docs/troubleshooting.md");
    for log in logs {
        let (head, message) = log.trim_end().split_once("denied").unwrap();
        let level = if head.contains(" WARN ") {
            "WARN"
        } else {
            "INFO"
        };
        let line = format!("\n{level} denied{message}\n");
        assert!(guide.contains(&line), "{line}");
    }
}
