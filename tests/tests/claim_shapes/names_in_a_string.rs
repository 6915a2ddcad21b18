//! Several names in one string: `"roles": "role1,role2"`, `"groups": "admin viewer"`.

use require_claims::{PrimitiveArrayClaim, any};
use require_claims_tests::events;
use serde_json::json;

use super::{
    cognito, denial, handler, http_api, http_lambda, payload, rest_jwt, rest_lambda, verdict,
    with_token,
};

const ROLES: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("roles").separated(',');
const GROUPS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("groups").separated(' ');
const NESTED: PrimitiveArrayClaim = PrimitiveArrayClaim::at(&["user", "roles"]).separated(',');
const TIMESTAMPED: PrimitiveArrayClaim = PrimitiveArrayClaim::new("teams").separated(',');

handler!(role2: ROLES = "role2");
handler!(not_suspended: ROLES = none("suspended"));
handler!(viewer: GROUPS = "viewer");
handler!(nested_role2: NESTED = "role2");
handler!(team2: TIMESTAMPED = "role2");

#[tokio::test]
async fn splits_the_string_of_every_authorizer() {
    for gateway in [
        http_api,
        with_token,
        rest_jwt,
        http_lambda,
        rest_lambda,
        cognito,
    ] {
        for (roles, expected) in [
            ("role1,role2", "allowed"),
            ("role2,role1", "allowed"),
            ("role2", "allowed"),
            ("role1", "roles: wrong value"),
            ("role22,xrole2", "roles: wrong value"),
            ("role1 role2", "roles: wrong value"),
            ("", "roles: wrong value"),
            // The space may belong to the name.
            ("role1, role2", "roles: ambiguous value"),
        ] {
            let event = gateway("roles", &json!(roles));
            assert_eq!(verdict(role2, &event).await, expected, "{event}");
        }
        for (roles, expected) in [
            ("role1,role2", "allowed"),
            ("role1,suspended", "roles: wrong value"),
            ("suspended", "roles: wrong value"),
            ("role1, suspended", "roles: ambiguous value"),
            ("suspended ", "roles: ambiguous value"),
        ] {
            let event = gateway("roles", &json!(roles));
            assert_eq!(verdict(not_suspended, &event).await, expected, "{event}");
        }
        for (groups, expected) in [
            ("admin viewer", "allowed"),
            ("viewer", "allowed"),
            ("admin,viewer", "groups: wrong value"),
            ("viewers", "groups: wrong value"),
        ] {
            let event = gateway("groups", &json!(groups));
            assert_eq!(verdict(viewer, &event).await, expected, "{event}");
        }
    }
}

#[tokio::test]
async fn denies_any_other_type() {
    for event in [
        with_token("roles", &json!(["role2"])),
        rest_jwt("roles", &json!(["role2"])),
        http_lambda("roles", &json!(["role2"])),
        rest_jwt("roles", &json!({"role2": true})),
    ] {
        assert_eq!(verdict(role2, &event).await, "roles: wrong type", "{event}");
        assert_eq!(
            verdict(not_suspended, &event).await,
            "roles: wrong type",
            "{event}"
        );
    }
    // Without the token, an array in the text excludes no name.
    let event = http_api("roles", &json!(["role1,suspended"]));
    assert_eq!(
        verdict(not_suspended, &event).await,
        "roles: ambiguous value"
    );
    assert_eq!(verdict(role2, &event).await, "roles: wrong value");
    let event = rest_lambda("roles", &json!(["role2"]));
    assert_eq!(verdict(role2, &event).await, "roles: ambiguous value");
    for event in [
        rest_jwt("roles", &json!(null)),
        with_token("roles", &json!(null)),
        http_api("other", &json!("role2")),
    ] {
        let denied = "roles: value does not exist";
        assert_eq!(verdict(role2, &event).await, denied, "{event}");
        assert_eq!(verdict(not_suspended, &event).await, denied, "{event}");
    }
}

#[tokio::test]
async fn splits_strings_in_objects_and_with_a_time() {
    for (roles, allowed) in [("role1,role2", true), ("role1", false)] {
        for gateway in [http_api, with_token, rest_jwt] {
            let event = gateway("user", &json!({"roles": roles}));
            assert_eq!(
                verdict(nested_role2, &event).await == "allowed",
                allowed,
                "{event}"
            );
            let event = gateway("teams", &json!({"v": roles, "t": 1}));
            assert_eq!(
                verdict(team2, &event).await == "allowed",
                allowed,
                "{event}"
            );
        }
    }
    // Another member, or a part of the string.
    let event = http_api("teams", &json!({"v": "role1,role2 w:1"}));
    assert_eq!(verdict(team2, &event).await, "teams: ambiguous value");
}

/// A string cannot contain such a name, so the requirement is a mistake.
#[test]
fn denies_names_that_no_string_can_contain() {
    for roles in ["a,b", "", "a"] {
        for event in [events::rest_jwt, events::rest_cognito, events::http_api_jwt] {
            let event = events::request(&event(&json!({"exp": "1", "roles": roles})));
            for name in ["", "a,b", ","] {
                for requirement in [ROLES.includes(name), ROLES.excludes(name)] {
                    assert!(
                        requirement.check(&event).is_err(),
                        "{roles} {requirement:?}"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn shows_the_string_that_was_found() {
    let event = http_api("roles", &json!("role1,role3"));
    let reason = json!({
        "message": "wrong value", "expectedToInclude": "role2", "actualValue": "role1,role3",
    });
    assert_eq!(
        denial(role2, &event).await,
        Some(("roles".to_owned(), reason))
    );
}

/// The documentation warns against two declarations of one claim.
#[test]
fn two_declarations_of_one_claim_allow_what_each_of_them_allows() {
    use require_claims::PrimitiveClaim;

    const STRING: PrimitiveClaim = PrimitiveClaim::bare("roles");
    const ARRAY: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("roles");

    let claims = payload("roles", &json!(["suspended"]));
    let text = json!({"exp": claims["exp"].to_string(), "roles": "[suspended]"});
    let event = events::request(&events::http_api_jwt(&text));
    let requirements = [
        STRING.has_none_of(&["suspended"]),
        ARRAY.excludes("suspended"),
    ];
    assert!(any(&requirements).check(&event).is_ok());
    assert!(ARRAY.excludes("suspended").check(&event).is_err());
}
