//! The remedies that are suggested for an ambiguous value.

use std::collections::HashMap;

use require_claims::supertokens::{AUDIENCE, ROLE, SCOPE};
use require_claims::{PrimitiveArrayClaim, PrimitiveClaim, ReasonKind, Session, extract_claims};
use require_claims_tests::custom_claims::PLAN;
use require_claims_tests::events;
use serde_json::{Value, json};

use super::errors_of;

#[test]
fn suggests_only_remedies_that_help() {
    const TEAMS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("teams");
    const LARGE: PrimitiveClaim<i64> = PrimitiveClaim::<i64>::bare("large");
    const TOKEN: &str = "send the token in `Authorization`";
    const SPACES: &str =
        "declare the claim with `.without_spaces()` if none of its names can contain a space";

    let both = format!("{TOKEN}, or {SPACES}");
    let two_words = json!({"st-role": "map[t:1 v:[foo admin]]", "teams": "[a b]", "aud": "[a]"});
    let bracket =
        json!({"st-role": "map[t:1 v:[foo] admin]]", "teams": "[a [b]", "scope": "[a b]"});
    let large = json!({"large": "1152921504606846976"});
    let plan = json!({"plan": "map[t:1 v:free w:x]"});
    let json_text = json!({"st-role": {"v": ["a"]}, "aud": "[\"a\"]"});
    let token = "{\"iss\":\"i\",\"exp\":1,\"scope\":\"a\",\"scp\":\"b\"}";
    let two_scopes = json!({"iss": "i", "exp": "1", "scope": "a", "scp": "b"});
    let two_scopes = events::with_token(events::http_api_jwt(&two_scopes), token);

    let v2 = events::http_api_jwt;
    let v1 = events::http_api_jwt_v1;
    let roles = ROLE.includes("admin");
    for (event, requirement, remedy) in [
        (v2(&two_words), roles, Some(both.as_str())),
        (v2(&two_words), TEAMS.excludes("a"), Some(&*both)),
        // Already declared, or the required name contains a space.
        (
            v2(&bracket),
            ROLE.without_spaces().includes("admin"),
            Some(TOKEN),
        ),
        (v2(&two_words), ROLE.includes("foo admin"), Some(TOKEN)),
        // The ambiguity is not caused by a space.
        (v2(&bracket), roles, Some(TOKEN)),
        (v2(&bracket), TEAMS.includes("a"), Some(TOKEN)),
        (v2(&two_words), AUDIENCE.includes("a"), Some(TOKEN)),
        (v2(&bracket), SCOPE.excludes("a"), Some(TOKEN)),
        (v2(&plan), PLAN.has_none_of(&["free"]), Some(TOKEN)),
        // With the token, the integer is not exact either.
        (v2(&large), LARGE.has_value(1 << 60), None),
        // The header is not read.
        (v1(&two_words), roles, Some(SPACES)),
        (v1(&two_words), AUDIENCE.includes("a"), None),
        (v1(&plan), PLAN.has_none_of(&["free"]), None),
        (events::rest_cognito(&two_words), TEAMS.includes("a"), None),
        // The text is not the rendering of a token.
        (
            events::http_api_lambda_flat(&json_text),
            AUDIENCE.includes("a"),
            None,
        ),
        // The token contradicts itself.
        (two_scopes, SCOPE.includes("a"), None),
    ] {
        let errors = errors_of(&event, &[requirement]);
        let reason = &errors[0]["reason"];
        assert_eq!(
            reason["message"], "ambiguous value",
            "{requirement:?} {event}"
        );
        let suggested = reason.get("remedy").map(|remedy| remedy.as_str().unwrap());
        assert_eq!(suggested, remedy, "{requirement:?} {event}");
    }
}

#[test]
fn suggests_the_token_for_a_claims_parameter_only_if_the_header_is_read() {
    let claims = json!({
        "sub": "u", "sessionHandle": "s", "exp": "1", "st-role": "map[t:1 v:[a b]]"
    });
    let remedies = |event: &Value| {
        let event = events::request(event);
        let session = extract_claims::<Session, _>(&event).unwrap_err();
        let map = extract_claims::<HashMap<String, Value>, _>(&event).unwrap_err();
        [session, map].map(|rejection| {
            assert_eq!(rejection.errors()[0].kind(), ReasonKind::Ambiguous);
            rejection.errors()[0].detail("remedy").cloned()
        })
    };
    let token = || Some(json!("send the token in `Authorization`"));
    assert_eq!(remedies(&events::http_api_jwt(&claims)), [token(), token()]);
    assert_eq!(remedies(&events::http_api_jwt_v1(&claims)), [None, None]);
}
