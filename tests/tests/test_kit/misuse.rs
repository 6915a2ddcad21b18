//! Callers and events that cannot exist: a panic, with what to change.

use std::panic::{self, UnwindSafe};
use std::time::{Duration, UNIX_EPOCH};

use require_claims::testing::{Caller, http_api, rest_api};
use serde_json::{Value, json};

/// The message of the panic.
fn message<T>(test: impl FnOnce() -> T + UnwindSafe) -> String {
    match panic::catch_unwind(test) {
        Ok(_) => "no panic".to_owned(),
        Err(payload) => *payload.downcast::<String>().unwrap(),
    }
}

#[track_caller]
fn assert_panics<T>(expected: &str, test: impl FnOnce() -> T + UnwindSafe) {
    let message = message(test);
    assert!(
        message.starts_with("require_claims::testing: "),
        "{message}"
    );
    assert!(message.contains(expected), "{message}");
}

#[test]
fn of_paths() {
    assert_panics(
        "`/orders` has no path parameter `id`; write `{id}` in its place",
        || http_api().get("/orders").path_parameter("id", "7").json(),
    );
    assert_panics(
        "needs a value for `id`; add `.path_parameter(\"id\", …)`",
        || http_api().get("/orders/{id}").request(),
    );
    // A route does not match an empty parameter.
    assert_panics("needs a value for `id`", || {
        http_api()
            .get("/orders/{id}")
            .path_parameter("id", "")
            .json()
    });
    assert_panics("`orders` is not a path", || http_api().get("orders").json());
    assert_panics("set the query with `.query(…)`", || {
        http_api().get("/orders?page=2").json()
    });
    assert_panics("the default route has no path parameters", || {
        http_api().get("/orders/{id}").default_route().json()
    });
    assert_panics("the default route has no path parameters", || {
        let event = http_api().get("/orders/7").path_parameter("id", "7");
        event.default_route().json()
    });
}

#[test]
fn of_headers() {
    assert_panics("`a b` is not a valid name", || {
        http_api().header("a b", "c")
    });
    assert_panics("the value of the header `a`", || {
        http_api().header("a", "b\n")
    });
    assert_panics("add `.without_token()`", || {
        let event = http_api().caller(Caller::new("user-1"));
        event.header("Authorization", "Bearer x").json()
    });
}

#[test]
fn of_authorizers() {
    assert_panics("add `.caller(…)`", || {
        rest_api().cognito_authorizer().json()
    });
    assert_panics("add `.caller(…)`", || {
        http_api().lambda_authorizer(Value::clone).json()
    });
    assert_panics("how Cognito's authorizer writes `st-ev`", || {
        rest_api()
            .cognito_authorizer()
            .caller(Caller::new("user-1"))
            .json()
    });
    assert_panics("write `st-ev` as JSON text", || {
        rest_api()
            .lambda_authorizer(Value::clone)
            .caller(Caller::new("user-1"))
            .json()
    });
    assert_panics("context is an object, not `7`", || {
        http_api()
            .lambda_authorizer(|_| json!(7))
            .caller(Caller::new("user-1"))
            .json()
    });
    let nested = (0..200).fold(json!(1), |inner, _| json!([inner]));
    assert_panics("an HTTP API cannot write these claims", || {
        http_api()
            .caller(Caller::new("user-1").claim("deep", nested))
            .json()
    });
}

#[test]
fn of_scopes() {
    let event = || http_api().route_scopes(&["read", "admin"]);
    assert_panics("add `.caller(…)`", || event().json());
    let scopes = [
        json!("write"),
        json!("readers"),
        json!([1, "write"]),
        json!(1),
        json!(""),
    ];
    for scope in scopes {
        assert_panics(
            "one of the route's scopes, `read`, `admin`; add one",
            || {
                let caller = Caller::new("user-1").claim("scope", scope);
                event().caller(caller).payload_1_0().json()
            },
        );
    }
    assert_panics("one of the route's scopes", || {
        event().caller(Caller::new("user-1")).json()
    });
}

#[test]
fn of_claims() {
    let other = || Caller::from_payload(json!({"sub": "user-1", "st-role": {"v": "admin"}}));
    assert_panics("a token's payload is an object, not `[]`", || {
        Caller::from_payload(json!([]))
    });
    assert_panics(
        "no claim `st-ev` with a member `v`; start with `Caller::new`",
        || other().email_verified(),
    );
    assert_panics("`v` of `st-role` is not a list", || other().role("admin"));
    assert_panics("no claim `plan` to remove", || {
        other().without_claim("plan")
    });
    let early = Caller::new_at("user-1", UNIX_EPOCH + Duration::from_secs(1));
    assert_eq!(
        early
            .clone()
            .factor("totp", Duration::from_secs(1))
            .payload()["st-mfa"]["c"]["totp"],
        0
    );
    assert_panics("2s ago is before 1970", || {
        early.factor("totp", Duration::from_secs(2))
    });
    assert_panics("is before 1970", || {
        Caller::new("user-1").factor("totp", Duration::MAX)
    });
}

/// The panic points to the test, not into the test kit.
#[test]
fn is_reported_where_the_test_is() {
    use std::sync::{Arc, Mutex};
    let location = Arc::new(Mutex::new(String::new()));
    let seen = Arc::clone(&location);
    let thread = std::thread::current().id();
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == thread {
            info.location()
                .unwrap()
                .file()
                .clone_into(&mut seen.lock().unwrap());
        }
    }));
    let _ = message(|| http_api().get("/orders/{id}").request());
    panic::set_hook(previous);
    assert!(location.lock().unwrap().ends_with("misuse.rs"));
    assert!(
        location.lock().unwrap().contains("test_kit"),
        "{}",
        location.lock().unwrap()
    );
}
