//! The claims of a bound token.

use require_claims_tests::custom_claims::{GROUPS, SEATS};
use require_claims_tests::events;
use require_claims_tests::session::{with, without};
use serde_json::{Value, json};

use super::{denial, messages, payload, text, token};

#[test]
fn denies_a_claim_that_differs_in_the_bound_token() {
    let differs = messages(&["unknown rendering"]);
    for roles in [
        json!(["admin", "x"]),
        json!([]),
        json!("admin"),
        json!(null),
    ] {
        assert_eq!(
            denial(&text("[admin]"), &token(&payload(&roles))),
            differs,
            "{roles}"
        );
    }
    let absent = with(payload(&json!(["admin"])), "st-role", json!(null));
    assert_eq!(denial(&text("[admin]"), &token(&absent)), differs);

    let missing = without(text("[admin]"), &["st-role"]);
    assert_eq!(
        denial(&missing, &token(&payload(&json!(["admin"])))),
        differs
    );
    assert_eq!(
        denial(&missing, &token(&absent)),
        messages(&["value does not exist"])
    );
}

#[test]
fn denies_a_duplicate_key_or_does_not_bind_the_token() {
    let text = text("[foo admin]");
    let granted = payload(&json!(["foo", "admin"])).to_string();
    let twice = |member: &str| granted.replacen('{', &format!("{{{member},"), 1);

    let claim = twice(r#""st-role":{"v":["foo admin"],"t":1700000000000}"#);
    assert_eq!(
        denial(&text, &events::token(&claim)),
        messages(&["unknown rendering"])
    );
    let nested = granted.replacen("\"v\":[", "\"v\":[],\"v\":[", 1);
    assert_ne!(nested, granted);
    assert_eq!(
        denial(&text, &events::token(&nested)),
        messages(&["unknown rendering"])
    );
    // A duplicate identity claim: the token is not bound.
    let identity = twice(r#""sub":"user-2""#);
    assert_eq!(
        denial(&text, &events::token(&identity)),
        messages(&["ambiguous value"])
    );
    // A duplicate claim without a requirement changes nothing.
    let other = twice(r#""theme":"dark","theme":"light""#);
    assert_eq!(denial(&text, &events::token(&other)), None);
}

#[test]
fn takes_the_type_of_a_claim_from_the_token() {
    // As text, these strings look like booleans and names.
    let verified = with(
        payload(&json!(["admin"])),
        "st-ev",
        json!({
            "v": "true", "t": 1_699_999_999_999_i64
        }),
    );
    assert_eq!(
        denial(&text("[admin]"), &token(&verified)),
        messages(&["wrong value"])
    );
    let role = payload(&json!("[admin]"));
    assert_eq!(
        denial(&text("[admin]"), &token(&role)),
        messages(&["wrong type"])
    );
}

#[test]
fn compares_numbers_by_value() {
    let spelled = payload(&json!(["foo", "admin"]))
        .to_string()
        .replace("1700003600", "17000036e2")
        .replace("1700000000000", "1.70e12");
    assert_eq!(denial(&text("[foo admin]"), &events::token(&spelled)), None);
    // Numbers with the same float are equal, as for the gateway.
    let huge = |claims: Value, t: Value| with(claims, "st-ev", t);
    let text = huge(
        text("[admin]"),
        json!("map[t:9.007199254740992e+15 v:true]"),
    );
    let payload = huge(
        payload(&json!(["admin"])),
        json!({"v": true, "t": 9_007_199_254_740_993_i64}),
    );
    assert_eq!(denial(&text, &token(&payload)), None);
}

#[test]
fn reports_a_different_kind_of_token_like_other_differences() {
    let of_type = |stt: &str| token(&with(payload(&json!(["admin"])), "stt", json!(stt)));
    let session = with(text("[admin]"), "stt", "0");
    let is_session = token(&with(payload(&json!(["admin"])), "stt", json!(0)));
    assert_eq!(denial(&session, &is_session), None);
    // Go writes the string and the number alike; the token decides the type.
    assert_eq!(denial(&session, &of_type("0")), messages(&["wrong value"]));
    let untold = token(&without(payload(&json!(["admin"])), &["stt"]));
    for forged in [of_type("1"), untold] {
        let differs = messages(&["unknown rendering"]);
        assert_eq!(denial(&session, &forged), differs);
    }
}

/// JavaScript's last safe integer.
const LAST_SAFE: i64 = 9_007_199_254_740_991;

#[test]
fn numbers_with_the_same_float_change_no_decision() {
    let event = |seats: &str, written: &str| {
        let text = with(text("[admin]"), "seats", json!(format!("map[v:{written}]")));
        let payload = with(payload(&json!(["admin"])), "seats", json!({"v": 0}));
        let payload = payload
            .to_string()
            .replace("{\"v\":0}", &format!("{{\"v\":{seats}}}"));
        events::request(&events::with_token(events::http_api_jwt(&text), &payload))
    };

    // As in JavaScript, numbers beyond 2⁵³ - 1 are not exact.
    for seats in ["9007199254740992", "9007199254740993"] {
        let event = event(seats, "9.007199254740992e+15");
        for expected in [9_007_199_254_740_992, 9_007_199_254_740_993] {
            assert!(SEATS.has_value(expected).check(&event).is_err());
        }
    }
    for (seats, written, expected, allowed) in [
        ("9007199254740991", "9.007199254740991e+15", LAST_SAFE, true),
        ("9007199254740991", "9007199254740991", LAST_SAFE, true),
        ("9007199254740991", "9.00719925474099e+15", LAST_SAFE, false),
        ("5.0", "5", 5, true),
        ("5.00000000000000000001", "5", 5, true),
        ("5.1", "5", 5, false),
        ("-0", "-0", 0, true),
        ("-0", "0", 0, true),
        ("-0", "0", 1, false),
        ("1e400", "1e400", i64::MAX, false),
        ("1e400", "1e500", i64::MAX, false),
        ("1e-400", "0", 0, true),
    ] {
        let decided = SEATS.has_value(expected).check(&event(seats, written));
        assert_eq!(decided.is_ok(), allowed, "{seats} {written}");
    }
}

#[test]
fn accepts_text_and_json_text_of_the_tokens_value() {
    let granted = token(&payload(&json!(["foo", "admin"])));
    let json_text = |claim: &str| with(text("[admin]"), "st-role", json!(claim));
    for (claim, expected) in [
        (r#"{"v":["foo","admin"],"t":1700000000000}"#, None),
        (r#"{ "t": 1.7e12, "v": ["foo", "\u0061dmin"] }"#, None),
        (
            r#"{"v":["foo admin"],"t":1700000000000}"#,
            Some("unknown rendering"),
        ),
        (r#"{"v":["foo","admin"]}"#, Some("unknown rendering")),
        (
            r#"{"v":["foo","admin"],"v":["foo","admin"],"t":1700000000000}"#,
            Some("unknown rendering"),
        ),
        (
            r#"{"v":["foo","admin"],"t":1700000000000"#,
            Some("unknown rendering"),
        ),
    ] {
        let expected = expected.and_then(|message| messages(&[message]));
        assert_eq!(denial(&json_text(claim), &granted), expected, "{claim}");
    }
}

/// Go's text of one value that is also the JSON text of another: the token decides.
#[test]
fn reads_a_list_that_looks_like_json_from_the_token() {
    let names = |groups: &Value, written: &str| {
        let text = with(text("[admin]"), "groups", json!(written));
        let payload = with(payload(&json!(["admin"])), "groups", groups.clone());
        let event = events::http_api_jwt(&text);
        let event = events::request(&events::with_token(event, &payload.to_string()));
        let held = ["1", "a", "\"a\"", "<nil>"];
        held.map(|name| GROUPS.includes(name).check(&event).is_ok())
    };
    for (groups, written, held) in [
        (json!(["1"]), "[1]", [true, false, false, false]),
        (json!([1]), "[1]", [false; 4]),
        (json!("[1]"), "[1]", [false; 4]),
        (json!(["a"]), "[\"a\"]", [false, true, false, false]),
        (json!(["\"a\""]), "[\"a\"]", [false, false, true, false]),
        (json!(["<nil>"]), "[<nil>]", [false, false, false, true]),
        (json!([null]), "[<nil>]", [false; 4]),
    ] {
        assert_eq!(names(&groups, written), held, "{groups}");
    }
}

/// Go writes `["", ""]` and `[" "]` as `[ ]`, which is also the JSON text of an empty list.
#[test]
fn an_empty_list_is_not_the_text_of_a_list_of_spaces() {
    let excludes = |groups: &Value, written: &str, name: &str| {
        let text = with(text("[admin]"), "groups", json!(written));
        let payload = with(payload(&json!(["admin"])), "groups", groups.clone());
        let event = events::http_api_jwt(&text);
        let event = events::request(&events::with_token(event, &payload.to_string()));
        GROUPS.excludes(name).check(&event).is_ok()
    };
    for name in ["", " ", "\n"] {
        assert!(excludes(&json!([]), "[]", name), "{name:?}");
        assert!(!excludes(&json!([]), "[ ]", name), "{name:?}");
        assert!(!excludes(&json!([]), "[\n]", name), "{name:?}");
    }
    assert!(excludes(&json!([" "]), "[ ]", ""));
    assert!(excludes(&json!(["", ""]), "[ ]", " "));
}
