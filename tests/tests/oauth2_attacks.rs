//! Attempts to meet a requirement on sessions with an OAuth 2 access token, and the reverse.

use lambda_http::{Body, Request, Response};
use require_claims::supertokens::{AUTHENTICATED, CLIENT, OAUTH2, ROLE, SCOPE};
use require_claims::{Requirement, Session, all, extract_claims, require_claims};
use require_claims_tests::events;
use serde_json::{Value, json};

const OF_SESSIONS: [Requirement<'static>; 2] = [ROLE.includes("admin"), AUTHENTICATED];

const OF_ACCESS_TOKENS: [Requirement<'static>; 3] = [
    OAUTH2,
    all(&[OAUTH2, SCOPE.includes("orders:read")]),
    all(&[CLIENT.has_value("orders-cli"), OAUTH2]),
];

/// The claims of both types of tokens, except the type.
fn claims() -> Value {
    json!({
        "iss": "https://api.example.com/auth", "exp": "1700003600", "sub": "user-1",
        "sessionHandle": "session-1", "st-role": "map[t:1 v:[admin]]", "client_id": "orders-cli",
        "scp": "[orders:read]",
    })
}

/// A token's payload with the same claims, and with these members in addition.
fn payload(members: &str) -> String {
    format!(
        r#"{{{members}"iss":"https://api.example.com/auth","exp":1700003600,"sub":"user-1",
            "sessionHandle":"session-1","st-role":{{"v":["admin"],"t":1}},"client_id":"orders-cli",
            "scp":["orders:read"]}}"#
    )
}

/// Whether an event is one of a session, and one of an access token. Asserts that all requirements agree.
fn types(event: &Value) -> (bool, bool) {
    let event = events::request(event);
    let met = |requirements: &[Requirement<'_>]| {
        let mut met = requirements.iter().map(|one| one.check(&event).is_ok());
        let first = met.next().unwrap();
        assert!(met.all(|other| other == first), "the requirements disagree");
        first
    };
    let is_session = met(&OF_SESSIONS);
    let session = extract_claims::<Session, _>(&event);
    assert_eq!(session.is_ok(), is_session, "{event:?}");
    (is_session, met(&OF_ACCESS_TOKENS))
}

/// An HTTP API that passes this text of `stt`, or none.
fn http_api(stt: Option<&str>) -> Value {
    let mut claims = claims();
    if let Some(stt) = stt {
        claims["stt"] = json!(stt);
    }
    events::http_api_jwt(&claims)
}

const SESSION: (bool, bool) = (true, false);
const ACCESS_TOKEN: (bool, bool) = (false, true);
const NEITHER: (bool, bool) = (false, false);

#[test]
fn reads_one_type_from_every_text() {
    for (stt, expected) in [
        (None, SESSION),
        (Some("0"), SESSION),
        (Some("1"), ACCESS_TOKEN),
    ] {
        assert_eq!(types(&http_api(stt)), expected, "{stt:?}");
    }
    for stt in [
        "",
        " ",
        "2",
        "-1",
        "01",
        "00",
        "+1",
        "+0",
        " 1",
        "1 ",
        "0 ",
        "1,0",
        "0,1",
        "[1]",
        "[0]",
        "[0 1]",
        "\"1\"",
        "\"0\"",
        "true",
        "false",
        "null",
        "<nil>",
        "map[v:1]",
        "0x1",
        "1f",
        "NaN",
        "0.5",
        "1e-400x",
        "\u{661}",
        "1\0",
        "0\n1",
        "{\"v\":1}",
        "oauth2",
    ] {
        assert_eq!(types(&http_api(Some(stt))), NEITHER, "{stt:?}");
    }
    // Other spellings of a number are that number or denied.
    for stt in [
        "1.0",
        "1e0",
        "1e+00",
        "10e-1",
        "0.0",
        "0e0",
        "-0",
        "1e-400",
        "1.0000000000000001",
    ] {
        assert_ne!(types(&http_api(Some(stt))), (true, true), "{stt:?}");
    }
}

/// A token in `Authorization` that is not the verified one changes nothing. One with the same identity is
/// denied if it has another type.
#[test]
fn a_forged_token_does_not_choose_the_type() {
    let members = [
        "",
        r#""stt":0,"#,
        r#""stt":1,"#,
        r#""stt":null,"#,
        r#""stt":"1","#,
        r#""stt":[],"#,
    ];
    for (stt, expected) in [
        (None, SESSION),
        (Some("0"), SESSION),
        (Some("1"), ACCESS_TOKEN),
    ] {
        let event = http_api(stt);
        for member in members {
            let forged = payload(member);
            let answered = types(&events::with_token(event.clone(), &forged));
            let is_same = *member == stt.map_or(String::new(), |stt| format!(r#""stt":{stt},"#));
            assert_eq!(
                answered,
                if is_same { expected } else { NEITHER },
                "{stt:?} {forged}"
            );

            let another = forged.replace("user-1", "user-2");
            let answered = types(&events::with_token(event.clone(), &another));
            assert_eq!(answered, expected, "{stt:?} {another}");
        }
    }
}

#[test]
fn a_type_that_occurs_twice_is_denied() {
    for members in [
        r#""stt":0,"stt":1,"#,
        r#""stt":1,"stt":0,"#,
        r#""stt":1,"\u0073tt":0,"#,
        r#""stt":1,"stt":1,"#,
    ] {
        for stt in [None, Some("0"), Some("1")] {
            let event = events::with_token(http_api(stt), &payload(members));
            assert_eq!(types(&event), NEITHER, "{members} {stt:?}");
        }
    }
}

/// Only the exact key is the type.
#[test]
fn ignores_keys_that_look_like_the_type() {
    for key in ["STT", "Stt", " stt", "stt ", "stt\0", "st-t", "st\u{200b}t"] {
        for (stt, expected) in [
            (None, SESSION),
            (Some("0"), SESSION),
            (Some("1"), ACCESS_TOKEN),
        ] {
            let mut event = http_api(stt);
            event["requestContext"]["authorizer"]["jwt"]["claims"][key] = json!("1");
            assert_eq!(types(&event), expected, "{key:?} {stt:?}");
        }
    }
}

#[test]
fn malformed_claims_have_no_type() {
    for claims in [
        json!(null),
        json!("stt"),
        json!([{"stt": 1}]),
        json!({}),
        json!(1),
        json!({"stt": {"stt": 1}}),
        json!({"claims": claims()}),
        json!(r#"{"stt":1,"scp":["orders:read"]"#),
    ] {
        for event in [
            events::rest_jwt(&claims),
            events::http_api_lambda_claims(&claims),
        ] {
            assert_eq!(types(&event), NEITHER, "{event}");
        }
    }
}

mod requirements {
    use require_claims::supertokens::{CLIENT, OAUTH2, ROLE, SCOPE};
    use require_claims::{Requirement, all};

    /// A list of its own.
    pub(super) const MACHINE: Requirement = all(&[OAUTH2, CLIENT.has_value("orders-cli")]);
    pub(super) const ADMIN: Requirement = ROLE.includes("admin");
    pub(super) const READER: Requirement = SCOPE.includes("orders:read");
}

/// Defines a handler with these attributes.
macro_rules! handler {
    ($name:ident: $([$($requirements:tt)*])*) => {
        $(#[require_claims($($requirements)*)])*
        fn $name(event: &Request) -> Response<Body> {
            Response::new(event.uri().path().into())
        }
    };
}

handler!(two_types: [oauth2] [role = "admin"]);
handler!(two_types_reversed: [role = "admin"] [oauth2]);
handler!(scope_apart: [oauth2] [scope = "orders:read"]);
handler!(both_with_oauth2: [oauth2] [oauth2, scope = "orders:read"]);
handler!(constant: [requirements::MACHINE]);
handler!(constant_and_role: [requirements::MACHINE, role = "admin"]);
handler!(constant_of_role: [oauth2, requirements::ADMIN]);
handler!(constant_in_all: [oauth2, all(requirements::ADMIN)]);
handler!(constant_in_any: [any(requirements::MACHINE, requirements::ADMIN)]);
handler!(scope_outside: [requirements::MACHINE, requirements::READER]);
handler!(session_inside: [any(all(oauth2, any(all(role = "admin"), all(authenticated))), subject = "x")]);
handler!(aged: [any(role("admin", max_age = "1d"), all(oauth2, client = "orders-cli"))]);

type Handler = fn(&Request) -> Response<Body>;

#[test]
fn attributes_and_constants_keep_their_lists() {
    let rows: [(&str, Handler, (bool, bool)); 12] = [
        // Each attribute is a list of its own.
        ("two_types", two_types, NEITHER),
        ("two_types_reversed", two_types_reversed, NEITHER),
        ("scope_apart", scope_apart, NEITHER),
        ("both_with_oauth2", both_with_oauth2, ACCESS_TOKEN),
        ("constant", constant, ACCESS_TOKEN),
        ("constant_and_role", constant_and_role, NEITHER),
        // A constant is a list of its own.
        ("constant_of_role", constant_of_role, NEITHER),
        ("constant_in_all", constant_in_all, NEITHER),
        ("constant_in_any", constant_in_any, (true, true)),
        ("scope_outside", scope_outside, NEITHER),
        ("session_inside", session_inside, NEITHER),
        ("aged", aged, ACCESS_TOKEN),
    ];
    for (name, handler, expected) in rows {
        let allowed = |stt| handler(&events::request(&http_api(Some(stt)))).status() == 200;
        assert_eq!((allowed("0"), allowed("1")), expected, "{name}");
        assert!(!allowed("2"), "{name}");
    }
}
