//! The switch for functions whose authorizer has another identity source. The test needs a separate
//! process, because the switch cannot be reset.

use lambda_http::aws_lambda_events::apigw::ApiGatewayProxyRequest;
use lambda_http::{Context, LambdaEvent};
use require_claims::supertokens::ROLE;
use require_claims::testing::render::{Numbers, claims};
use require_claims::{ReasonKind, Requirement};
use require_claims_tests::custom_claims::{GROUPS, PLAN};
use require_claims_tests::events;
use serde_json::{Value, json};

/// A requirement, the claims of the verified token, which do not meet it, and the claims of a forged token
/// with the same text, which do.
struct Attack {
    requirement: Requirement<'static>,
    verified: Value,
    forged: Value,
}

fn roles(names: &Value) -> Value {
    json!({"st-role": {"v": names, "t": 1_700_000_000_000_i64}})
}

fn attacks() -> [Attack; 6] {
    [
        // One role is split.
        Attack {
            requirement: ROLE.includes("admin"),
            verified: roles(&json!(["foo admin"])),
            forged: roles(&json!(["foo", "admin"])),
        },
        // Two roles are joined, to hide one.
        Attack {
            requirement: ROLE.excludes("suspended"),
            verified: roles(&json!(["user", "suspended"])),
            forged: roles(&json!(["user suspended"])),
        },
        // Two roles are joined, to make one.
        Attack {
            requirement: ROLE.includes("site admin"),
            verified: roles(&json!(["site", "admin"])),
            forged: roles(&json!(["site admin"])),
        },
        // The quotes of a name are read as those of JSON.
        Attack {
            requirement: GROUPS.includes("admin"),
            verified: json!({"groups": ["\"admin\""]}),
            forged: json!({"groups": ["admin"]}),
        },
        // The end of a string is read as another member, or the other way round.
        Attack {
            requirement: PLAN.has_none_of(&["free"]),
            verified: json!({"plan": {"v": "free", "w": "x"}}),
            forged: json!({"plan": {"v": "free w:x"}}),
        },
        Attack {
            requirement: PLAN.has_value("free w:x"),
            verified: json!({"plan": {"v": "free", "w": "x"}}),
            forged: json!({"plan": {"v": "free w:x"}}),
        },
    ]
}

/// The kind of the error, if the text of the verified token is denied with the forged token in the header. It
/// is the same in both payload formats.
fn decide(attack: &Attack, token: &Value) -> Option<ReasonKind> {
    let with_identity = |claims: &Value| {
        let mut payload = json!({"iss": "issuer", "sub": "user-1", "exp": 1_700_003_600});
        let members = claims.as_object().unwrap().clone();
        payload.as_object_mut().unwrap().extend(members);
        payload.to_string()
    };
    let text = json!(claims(&with_identity(&attack.verified), Numbers::Float64).unwrap());
    let token = with_identity(token);
    let kind =
        |decided: Result<(), require_claims::Rejection>| Some(decided.err()?.errors()[0].kind());

    let v2 = events::request(&events::with_token(events::http_api_jwt(&text), &token));
    let decided = kind(attack.requirement.check(&v2));
    let v1 = events::with_token(events::http_api_jwt_v1(&text), &token);
    let v1: ApiGatewayProxyRequest = serde_json::from_value(v1).unwrap();
    let v1 = LambdaEvent::new(v1, Context::default());
    assert_eq!(kind(attack.requirement.check(&v1)), decided);
    decided
}

#[test]
fn the_header_no_longer_decides_between_interpretations() {
    for attack in &attacks() {
        // The remaining attack without the switch, if the verified token is not in this header.
        assert_eq!(
            decide(attack, &attack.forged),
            None,
            "{:?}",
            attack.requirement
        );
        // With the verified token in the header, the attack fails.
        let refused = decide(attack, &attack.verified);
        assert_eq!(
            refused,
            Some(ReasonKind::WrongValue),
            "{:?}",
            attack.requirement
        );
    }

    require_claims::ignore_authorization_header();
    for attack in &attacks() {
        for token in [&attack.forged, &attack.verified] {
            let refused = decide(attack, token);
            assert_eq!(
                refused,
                Some(ReasonKind::Ambiguous),
                "{:?}",
                attack.requirement
            );
        }
    }
    // Text with a single interpretation is decided.
    let admin = Attack {
        requirement: ROLE.includes("admin"),
        verified: roles(&json!(["admin"])),
        forged: roles(&json!(["customer"])),
    };
    assert_eq!(decide(&admin, &admin.forged), None);
}
