//! One string or an array: `"role": "Administrator"` or `"role": ["Administrator", "User"]`.

use require_claims::PrimitiveArrayClaim;
use serde_json::json;

use super::{cognito, handler, http_api, http_lambda, rest_jwt, rest_lambda, verdict, with_token};

const ROLE: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("role").one_or_many();
const GROUPS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("cognito:groups").without_commas();
const NESTED: PrimitiveArrayClaim = PrimitiveArrayClaim::at(&["user", "role"]).one_or_many();
const TIMESTAMPED: PrimitiveArrayClaim = PrimitiveArrayClaim::new("kind").one_or_many();

handler!(administrator: ROLE = "Administrator");
handler!(no_guest: ROLE = none("Guest"));
handler!(group_admin: GROUPS = "admin");
handler!(group_not_suspended: GROUPS = none("suspended"));
handler!(undeclared_group: PrimitiveArrayClaimOf::GROUPS = "admin");
handler!(nested: NESTED = "Administrator");
handler!(timestamped: TIMESTAMPED = "Administrator");

/// The groups, without the declaration that no name contains a comma.
struct PrimitiveArrayClaimOf;

impl PrimitiveArrayClaimOf {
    const GROUPS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("cognito:groups");
}

#[tokio::test]
async fn reads_one_name_and_several() {
    let one = json!("Administrator");
    let two = json!(["Administrator", "User"]);
    for event in [
        http_api("role", &one),
        with_token("role", &one),
        with_token("role", &two),
        rest_jwt("role", &one),
        rest_jwt("role", &two),
        http_lambda("role", &one),
        http_lambda("role", &two),
        rest_lambda("role", &one),
        cognito("role", &one),
    ] {
        assert_eq!(verdict(administrator, &event).await, "allowed", "{event}");
        assert_eq!(verdict(no_guest, &event).await, "allowed", "{event}");
    }
    let one = json!("Guest");
    let two = json!(["User", "Guest"]);
    for event in [
        http_api("role", &one),
        with_token("role", &one),
        with_token("role", &two),
        rest_jwt("role", &two),
        http_lambda("role", &two),
        rest_lambda("role", &one),
        cognito("role", &one),
    ] {
        assert_eq!(
            verdict(administrator, &event).await,
            "role: wrong value",
            "{event}"
        );
        assert_eq!(
            verdict(no_guest, &event).await,
            "role: wrong value",
            "{event}"
        );
    }
    // The text of an array is also the text of a string.
    for event in [
        http_api("role", &json!(["Administrator"])),
        http_api("role", &json!("[Administrator]")),
        rest_lambda("role", &json!(["Administrator"])),
        cognito("role", &json!("Administrator,User")),
    ] {
        assert_eq!(
            verdict(administrator, &event).await,
            "role: ambiguous value",
            "{event}"
        );
    }
    for event in [
        rest_jwt("role", &json!(["Administrator", 1])),
        rest_jwt("role", &json!({"Administrator": true})),
        rest_jwt("role", &json!(true)),
    ] {
        assert_eq!(
            verdict(administrator, &event).await,
            "role: wrong type",
            "{event}"
        );
        assert_eq!(
            verdict(no_guest, &event).await,
            "role: wrong type",
            "{event}"
        );
    }
}

#[tokio::test]
async fn reads_one_or_many_in_objects_and_with_a_time() {
    for (value, allowed) in [
        (json!("Administrator"), true),
        (json!(["User", "Administrator"]), true),
        (json!("User"), false),
        (json!({"Administrator": 1}), false),
    ] {
        for gateway in [with_token, rest_jwt] {
            let event = gateway("user", &json!({"role": value, "z": 1}));
            assert_eq!(
                verdict(nested, &event).await == "allowed",
                allowed,
                "{event}"
            );
            let event = gateway("kind", &json!({"v": value, "t": 1}));
            assert_eq!(
                verdict(timestamped, &event).await == "allowed",
                allowed,
                "{event}"
            );
        }
    }
    let event = http_api("kind", &json!({"v": "Administrator", "t": 1}));
    assert_eq!(verdict(timestamped, &event).await, "allowed");
    // The object may have another member.
    let event = http_api("kind", &json!({"v": "Administrator", "w": 1}));
    assert_eq!(verdict(timestamped, &event).await, "kind: ambiguous value");
}

#[tokio::test]
async fn splits_cognito_groups_only_if_no_name_contains_a_comma() {
    for (text, admin, not_suspended) in [
        ("admin,user", "allowed", "allowed"),
        ("user,admin", "allowed", "allowed"),
        ("admin", "allowed", "allowed"),
        ("administrator,user", "wrong value", "allowed"),
        ("user,suspended", "wrong value", "wrong value"),
        ("user,admin x", "ambiguous value", "allowed"),
        ("[admin,user]", "ambiguous value", "allowed"),
        ("user, admin", "ambiguous value", "allowed"),
        ("", "wrong value", "allowed"),
    ] {
        let event = cognito("cognito:groups", &json!(text));
        let verdicts = [
            (verdict(group_admin, &event).await, admin),
            (verdict(group_not_suspended, &event).await, not_suspended),
        ];
        for (verdict, expected) in verdicts {
            let message = verdict.trim_start_matches("cognito:groups: ");
            assert_eq!(message, expected, "{text}");
        }
    }
    // Exact lists are not split.
    let event = rest_jwt("cognito:groups", &json!(["user,admin"]));
    assert_eq!(
        verdict(group_admin, &event).await,
        "cognito:groups: wrong value"
    );
}

#[tokio::test]
async fn the_denial_suggests_without_commas() {
    let event = cognito("cognito:groups", &json!("admin,user"));
    let (_, reason) = super::denial(undeclared_group, &event).await.unwrap();
    assert_eq!(reason["message"], "ambiguous value");
    let remedy =
        "declare the claim with `.without_commas()` if none of its names can contain a comma";
    assert_eq!(reason["remedy"], remedy);
    // It would not help here.
    let event = cognito("cognito:groups", &json!("admin user"));
    let (_, reason) = super::denial(undeclared_group, &event).await.unwrap();
    assert_eq!(reason["message"], "ambiguous value");
    assert_eq!(reason.get("remedy"), None);
}
