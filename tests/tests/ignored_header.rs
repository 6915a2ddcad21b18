//! The switch for functions whose authorizer takes the token from somewhere else: a process of its
//! own, since there is no way back.

use lambda_http::Request;
use require_claims::supertokens::ROLE;
use require_claims_tests::events;
use serde_json::json;

#[test]
fn the_header_no_longer_chooses_among_readings() {
    let identity = json!({"iss": "issuer", "sub": "user-1", "exp": 1_700_003_600});
    let text = |roles: &str| {
        let mut claims = identity.clone();
        claims["exp"] = json!("1700003600");
        claims["st-role"] = json!(format!("map[t:1.7e+12 v:{roles}]"));
        claims
    };
    // The verified token has the one role `foo admin`; this one differs in where a role ends.
    let mut other_split = identity.clone();
    other_split["st-role"] = json!({"v": ["foo", "admin"], "t": 1_700_000_000_000_i64});
    let event = |roles: &str| -> Request {
        let event = events::http_api_jwt(&text(roles));
        events::request(&events::with_token(event, &other_split.to_string()))
    };
    let admin = ROLE.includes("admin");

    // What remains without the switch, where the authorizer's token is not in this header.
    assert!(admin.check(&event("[foo admin]")).is_ok());

    require_claims::ignore_authorization_header();
    assert!(admin.check(&event("[foo admin]")).is_err());
    assert!(admin.check(&event("[admin]")).is_ok());
}
