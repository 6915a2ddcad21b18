//! JSON text in a string: `"adminOfCompanies": "[\"c1\",\"c2\"]"`.

use require_claims::PrimitiveArrayClaim;
use serde_json::json;

use super::{cognito, handler, http_api, http_lambda, rest_jwt, rest_lambda, verdict, with_token};

const COMPANIES: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("adminOfCompanies").in_json_text();
const NESTED: PrimitiveArrayClaim = PrimitiveArrayClaim::at(&["user", "companies"]).in_json_text();
const TIMESTAMPED: PrimitiveArrayClaim = PrimitiveArrayClaim::new("timed").in_json_text();
const KEYS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("keys").keys().in_json_text();

handler!(company: COMPANIES = "c2");
handler!(not_company: COMPANIES = none("c3"));
handler!(own_company: COMPANIES = path("company"));
handler!(nested: NESTED = "c2");
handler!(timestamped: TIMESTAMPED = "c2");
handler!(keys: KEYS = "c2");

#[tokio::test]
async fn reads_json_text_from_every_authorizer() {
    for gateway in [
        http_api,
        with_token,
        rest_jwt,
        http_lambda,
        rest_lambda,
        cognito,
    ] {
        for (text, expected) in [
            (r#"["c1","c2"]"#, "allowed"),
            (r#" [ "c1" , "c2" ] "#, "allowed"),
            (r#"["\u00632"]"#, "allowed"),
            (r#"["c1"]"#, "wrong value"),
            (r#"["c1 c2"]"#, "wrong value"),
            ("[]", "wrong value"),
            (r#"["c2",1]"#, "wrong type"),
            (r#"{"c2":1}"#, "wrong type"),
            ("null", "wrong type"),
            ("c2", "unreadable value"),
            ("c1,c2", "unreadable value"),
            ("[c2]", "unreadable value"),
            (r#"["c2""#, "unreadable value"),
            (r#"["c2"] x"#, "unreadable value"),
            (r#"["\ud800"]"#, "unreadable value"),
            ("", "unreadable value"),
        ] {
            let event = gateway("adminOfCompanies", &json!(text));
            let denied = verdict(company, &event).await;
            let message = denied.trim_start_matches("adminOfCompanies: ");
            assert_eq!(message, expected, "{event}");
        }
        let mut event = gateway("adminOfCompanies", &json!(r#"["c1","c2"]"#));
        assert_eq!(verdict(not_company, &event).await, "allowed", "{event}");
        event["pathParameters"] = json!({"company": "c1"});
        assert_eq!(verdict(own_company, &event).await, "allowed", "{event}");
        event["pathParameters"] = json!({"company": "c3"});
        let denied = "adminOfCompanies: wrong value";
        assert_eq!(verdict(own_company, &event).await, denied, "{event}");
        let event = gateway("adminOfCompanies", &json!(r#"["c3"]"#));
        assert_eq!(verdict(not_company, &event).await, denied, "{event}");
    }
}

/// A Lambda authorizer may pass the JSON text of a string.
#[tokio::test]
async fn denies_json_text_of_a_string() {
    for text in [r#""c2""#, r#""[\"c2\"]""#, " \"c2\""] {
        for gateway in [http_api, with_token, rest_jwt] {
            let event = gateway("adminOfCompanies", &json!(text));
            let denied = "adminOfCompanies: wrong type";
            assert_eq!(verdict(company, &event).await, denied, "{event}");
        }
        for gateway in [http_lambda, rest_lambda, cognito] {
            let event = gateway("adminOfCompanies", &json!(text));
            let denied = "adminOfCompanies: ambiguous value";
            assert_eq!(verdict(company, &event).await, denied, "{event}");
            assert_eq!(verdict(not_company, &event).await, denied, "{event}");
        }
    }
}

#[tokio::test]
async fn denies_a_value_that_is_not_a_string() {
    for event in [
        with_token("adminOfCompanies", &json!(["c2"])),
        rest_jwt("adminOfCompanies", &json!(["c2"])),
        http_lambda("adminOfCompanies", &json!(["c2"])),
    ] {
        let denied = "adminOfCompanies: wrong type";
        assert_eq!(verdict(company, &event).await, denied, "{event}");
        assert_eq!(verdict(not_company, &event).await, denied, "{event}");
    }
    // Half a surrogate pair has the same text as U+FFFD.
    let event = http_api("adminOfCompanies", &json!("[\"c2\",\"\u{fffd}\"]"));
    assert_eq!(
        verdict(company, &event).await,
        "adminOfCompanies: ambiguous value"
    );
}

#[tokio::test]
async fn reads_json_text_in_objects_with_a_time_and_of_keys() {
    for (text, allowed) in [(r#"["c2"]"#, true), (r#"["c1"]"#, false)] {
        for gateway in [with_token, rest_jwt] {
            let event = gateway("user", &json!({"companies": text, "z": 1}));
            assert_eq!(
                verdict(nested, &event).await == "allowed",
                allowed,
                "{event}"
            );
        }
        for gateway in [http_api, with_token, rest_jwt] {
            let event = gateway("user", &json!({"companies": text}));
            assert_eq!(
                verdict(nested, &event).await == "allowed",
                allowed,
                "{event}"
            );
            let event = gateway("timed", &json!({"v": text, "t": 1}));
            assert_eq!(
                verdict(timestamped, &event).await == "allowed",
                allowed,
                "{event}"
            );
        }
    }
    for (text, allowed) in [
        (r#"{"c2":{}}"#, true),
        (r#"{"c1":"c2"}"#, false),
        (r#"["c2"]"#, false),
    ] {
        for gateway in [http_api, with_token, rest_jwt, rest_lambda, cognito] {
            let event = gateway("keys", &json!(text));
            assert_eq!(verdict(keys, &event).await == "allowed", allowed, "{event}");
        }
    }
    let event = http_api("timed", &json!({"v": "[\"c2\"] x:1"}));
    assert_eq!(verdict(timestamped, &event).await, "timed: ambiguous value");
}
