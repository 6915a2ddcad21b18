//! The reasons of a claim that is a list.

use require_claims::PrimitiveArrayClaim;
use require_claims::supertokens::{AUDIENCE, ROLE, SCOPE};
use require_claims_tests::custom_claims::GROUPS;
use serde_json::{Value, json};

use super::{claims, errors, one, text_errors, timestamped};

#[test]
fn every_validator_reports_the_expected_names() {
    const NAMES: &[&str] = &["admin", "owner"];
    let table = [
        (
            ROLE.includes("admin"),
            "expectedToInclude",
            "expectedToInclude",
            json!("admin"),
        ),
        (
            ROLE.excludes("user"),
            "expectedToNotInclude",
            "expectedToNotInclude",
            json!("user"),
        ),
        (
            ROLE.includes_all(NAMES),
            "expectedToInclude",
            "expectedToInclude",
            json!(NAMES),
        ),
        (
            ROLE.includes_any(NAMES),
            "expectedToNotInclude",
            "expectedToIncludeAtLeastOneOf",
            json!(NAMES),
        ),
        (
            ROLE.excludes_all(&["user", "guest"]),
            "expectedToNotInclude",
            "expectedToNotInclude",
            json!(["user", "guest"]),
        ),
    ];
    let met = claims("st-role", timestamped(&json!(["owner", "admin"])));
    let unmet = claims("st-role", timestamped(&json!(["user"])));
    for (requirement, absent_field, wrong_field, expected) in table {
        assert_eq!(errors(&met, &[requirement]), json!([]));
        let absent = json!({"message": "value does not exist", absent_field: expected});
        assert_eq!(
            errors(&json!({"exp": 1}), &[requirement]),
            one("st-role", absent)
        );
        let wrong = json!({
            "message": "wrong value", wrong_field: expected, "actualValue": ["user"]
        });
        assert_eq!(errors(&unmet, &[requirement]), one("st-role", wrong));
    }
}

#[test]
fn every_validator_denies_a_list_of_another_type() {
    let names = &["admin"];
    for (value, actual_type) in [
        (json!("administrator"), "string"),
        (json!({"admin": true}), "object"),
        (json!(1), "number"),
        (json!(true), "boolean"),
        (json!(null), "null"),
    ] {
        let claims = claims("st-role", timestamped(&value));
        let wrong = one(
            "st-role",
            json!({
                "message": "wrong type", "expectedType": "array of strings", "actualType": actual_type
            }),
        );
        for requirement in [
            ROLE.includes("admin"),
            ROLE.excludes("user"),
            ROLE.includes_all(names),
            ROLE.includes_any(names),
            ROLE.excludes_all(&["user"]),
        ] {
            assert_eq!(errors(&claims, &[requirement]), wrong);
        }
    }
}

/// The error if the interpretations of a text differ: the expected value and both remedies.
fn ambiguous(field: &str, expected: &str) -> Value {
    let remedy = "send the token in `Authorization`, or declare the claim with `.without_spaces()` if \
                  none of its names can contain a space";
    one(
        "st-role",
        json!({"message": "ambiguous value", field: expected, "remedy": remedy}),
    )
}

#[test]
fn text_is_ambiguous_only_if_its_interpretations_differ() {
    let two_words = json!({"st-role": "map[t:1.7e+12 v:[foo admin]]"});
    let errors = |requirement| text_errors(&two_words, &[requirement]);
    assert_eq!(
        errors(ROLE.includes("admin")),
        ambiguous("expectedToInclude", "admin")
    );
    assert_eq!(errors(ROLE.excludes("guest")), json!([]));
    assert_eq!(
        errors(ROLE.excludes("foo")),
        ambiguous("expectedToNotInclude", "foo")
    );
    // No interpretation contains the name, so the value is not needed.
    let wrong = json!({"message": "wrong value", "expectedToInclude": "guest"});
    assert_eq!(errors(ROLE.includes("guest")), one("st-role", wrong));
    assert_eq!(
        text_errors(&json!({"st-role": "admin"}), &[ROLE.includes("admin")]),
        one(
            "st-role",
            json!({"message": "unreadable value", "expectedType": "array of strings"})
        )
    );
}

#[test]
fn roles_without_spaces_are_not_ambiguous() {
    const WORDS: PrimitiveArrayClaim = ROLE.without_spaces();
    let two_words = json!({"st-role": "map[t:1.7e+12 v:[foo admin]]"});
    let errors = |requirement| text_errors(&two_words, &[requirement]);
    assert_eq!(errors(WORDS.includes_all(&["foo", "admin"])), json!([]));
    assert_eq!(errors(WORDS.excludes("guest")), json!([]));
    assert_ne!(errors(WORDS.excludes("foo")), json!([]));
    assert_ne!(errors(WORDS.includes("foo admin")), json!([]));
}

#[test]
fn reads_bare_arrays_as_the_gateway_writes_them() {
    let admin = GROUPS.includes("admin");
    assert_eq!(
        text_errors(&json!({"groups": "[admin]"}), &[admin]),
        json!([])
    );
    for denied in [
        "[admin user]",
        r#"["admin"]"#,
        "admin",
        "[]",
        "[administrator]",
    ] {
        assert_ne!(
            text_errors(&json!({"groups": denied}), &[admin]),
            json!([]),
            "{denied}"
        );
    }
    let unreadable = json!({"message": "unreadable value", "expectedType": "array of strings"});
    assert_eq!(
        text_errors(&json!({"groups": "admin"}), &[admin]),
        one("groups", unreadable)
    );
}

#[test]
fn audiences_and_scopes_are_a_string_or_a_list() {
    let audience = |aud: Value| errors(&claims("aud", aud), &[AUDIENCE.includes("orders")]);
    assert_eq!(audience(json!("orders")), json!([]));
    assert_eq!(audience(json!(["web", "orders"])), json!([]));
    assert_eq!(
        audience(json!("orders2")),
        one(
            "aud",
            json!({
                "message": "wrong value", "expectedToInclude": "orders", "actualValue": "orders2"
            })
        )
    );
    assert_eq!(audience(json!(5))[0]["reason"]["message"], "wrong type");

    let scope = |claims: Value| {
        let errors = errors(&claims, &[SCOPE.includes("orders:read")]);
        errors == json!([])
    };
    assert!(scope(json!({"exp": 1, "scope": "openid orders:read"})));
    assert!(scope(json!({"exp": 1, "scp": ["openid", "orders:read"]})));
    assert!(scope(json!({"exp": 1, "scp": "orders:read"})));
    assert!(scope(
        json!({"exp": 1, "scp": ["orders:read"], "scope": "orders:read"})
    ));
    assert!(!scope(
        json!({"exp": 1, "scp": ["orders:read"], "scope": "openid"})
    ));
    // In the text of an HTTP API, a `null` is absent.
    assert!(scope(
        json!({"exp": 1, "scp": null, "scope": "orders:read"})
    ));
    assert!(scope(
        json!({"exp": 1, "scp": "orders:read", "scope": null})
    ));
    assert!(!scope(json!({"exp": 1, "scp": null, "scope": null})));
    assert!(!scope(json!({"exp": 1, "scp": ["openid orders:read"]})));
    assert!(!scope(json!({"exp": 1, "scope": "orders:readall"})));
    assert!(!scope(json!({"exp": 1, "scope": 5, "scp": "orders:read"})));
}
