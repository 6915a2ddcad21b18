//! The events in `events/`, for `cargo lambda invoke`: for each authorizer and payload format, one that the function
//! allows and one that it denies. They are events of the test kit.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use require_claims::testing::{Caller, http_api, rest_api};
use serde_json::{Value, json};

/// What `examples/authorizer` returns: the payload as JSON text.
fn context(payload: &Value) -> Value {
    json!({"claims": payload.to_string()})
}

/// Each kind of event, for this caller.
fn events(caller: &Caller) -> [(&'static str, Value); 6] {
    macro_rules! event {
        ($api:expr) => {
            $api.post("/orders")
                .json_body(&json!({"item": "tea", "quantity": 2}))
                .caller(caller.clone())
                .json()
        };
    }
    let lambda_1_0 = || http_api().lambda_authorizer(context).payload_1_0();
    [
        ("http_api_jwt_2_0", event!(http_api())),
        ("http_api_jwt_1_0", event!(http_api().payload_1_0())),
        (
            "http_api_lambda_2_0",
            event!(http_api().lambda_authorizer(context)),
        ),
        ("http_api_lambda_1_0", event!(lambda_1_0())),
        ("rest_api_jwt", event!(rest_api())),
        (
            "rest_api_lambda",
            event!(rest_api().lambda_authorizer(context)),
        ),
    ]
}

/// The files' names, and their content.
fn files() -> Vec<(String, String)> {
    let now = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let user = |id, role| Caller::new_at(id, now).email_verified().role(role).mfa();
    let callers = [
        ("allowed", user("customer-1", "customer")),
        ("denied", user("guest-1", "guest")),
    ];
    let mut files = Vec::new();
    for (verdict, caller) in &callers {
        for (kind, mut event) in events(caller) {
            let context = event["requestContext"].as_object_mut().unwrap();
            // The kit writes the current time.
            for (name, value) in [
                ("time", json!("14/Nov/2023:22:13:20 +0000")),
                ("timeEpoch", json!(1_700_000_000_000_u64)),
                ("requestTime", json!("14/Nov/2023:22:13:20 +0000")),
                ("requestTimeEpoch", json!(1_700_000_000_000_u64)),
            ] {
                if let Some(time) = context.get_mut(name) {
                    *time = value;
                }
            }
            let text = serde_json::to_string_pretty(&event).unwrap();
            files.push((format!("{kind}_{verdict}.json"), text + "\n"));
        }
    }
    files
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("events")
}

#[test]
fn the_files_are_events_of_the_test_kit() {
    let is_update = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    let files = files();
    for (name, text) in &files {
        let path = folder().join(name);
        if is_update {
            fs::write(&path, text).unwrap();
        }
        let found = fs::read_to_string(&path).unwrap_or_default();
        let command = "UPDATE=1 cargo test -p orders --test events";
        assert!(
            found == *text,
            "{name} has changed; update the files with `{command}`"
        );
    }
    assert_eq!(fs::read_dir(folder()).unwrap().count(), files.len());
}
