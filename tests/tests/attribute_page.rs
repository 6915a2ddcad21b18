//! The table in the attribute's docs: each form compiles and denies with the message in the table.

use std::time::UNIX_EPOCH;

use lambda_http::{Request, Response};
use require_claims::{ClaimValue, require_claims};
use require_claims_tests::events;
use serde_json::{Value, json};

mod claims {
    use require_claims::supertokens::ROLE;
    use require_claims::{MultiFactorAuthClaim, Requirement, TimeClaim};
    pub(super) use require_claims_tests::custom_claims::{PLAN, SEATS, TEAMS, TWO_FACTOR};

    pub(super) const FACTORS: MultiFactorAuthClaim = MultiFactorAuthClaim::new("factors");
    pub(super) const SIGNED_IN: TimeClaim = TimeClaim::bare("auth_time");
    pub(super) const STAFF: Requirement = ROLE.includes_any(&["admin", "support"]);
}

#[derive(ClaimValue)]
#[claim(rename_all = "lowercase")]
enum Role {
    Admin,
}

/// The tokens of a form, and a function that it guards.
type Form = (&'static str, fn(&Request) -> Response<String>);

macro_rules! forms {
    ($([$($requirement:tt)*])*) => {
        &[$((stringify!($($requirement)*), {
            #[require_claims($($requirement)*)]
            fn handler(event: &Request) -> Response<String> {
                Response::new(event.uri().path().to_owned())
            }
            handler
        })),*]
    };
}

const FORMS: &[Form] = forms! {
    [email_verified]
    [mfa]
    [mfa = "totp"]
    [mfa = any("totp", "webauthn")]
    [mfa = all("totp", "otp-email")]
    [mfa = custom("badge")]
    [email_verified(max_age = "1d")]
    [mfa("totp", max_age = "5m")]
    [mfa(any("totp", "webauthn"), max_age = "5m")]
    [authenticated]
    [oauth2]
    [role = "admin"]
    [role = any("admin", "owner")]
    [role = all("admin", "owner")]
    [role = none("banned")]
    [role = Role::Admin]
    [role("admin", max_age = "1h")]
    [permission(any("read", "write"), max_age = "1h")]
    [scope = "orders:read"]
    [tenant = "public"]
    [tenant = any("public", "eu")]
    [tenant = none("test")]
    [subject = path("user_id")]
    [client = "orders-cli"]
    [claims::TWO_FACTOR]
    [claims::TWO_FACTOR = false]
    [claims::PLAN = "pro"]
    [claims::SEATS = 5]
    [claims::TEAMS = any("billing", "sales")]
    [claims::TEAMS = path("team_id")]
    [claims::STAFF]
    [claims::FACTORS = "totp"]
    [claims::PLAN("pro", max_age = "1d")]
    [claims::SIGNED_IN(max_age = "15m")]
    [any(role = "admin", mfa)]
    [all(role = "admin", mfa)]
};

/// Claims with the current time that meet a form.
fn allowed(form: &str) -> Value {
    let now = UNIX_EPOCH.elapsed().unwrap();
    let t = u64::try_from(now.as_millis()).unwrap();
    let factors = json!({"v": true, "c": {"totp": now.as_secs(), "otp-email": 1, "badge": 1}});
    json!({
        "sub": "u1", "tId": if form.contains("none") { "eu" } else { "public" },
        "sessionHandle": "s1", "scope": "orders:read", "client_id": "orders-cli",
        "stt": u8::from(form == "oauth2"), "auth_time": now.as_secs(),
        "st-ev": {"v": true, "t": t}, "st-mfa": factors, "factors": factors,
        "st-role": {"v": ["admin", "owner"], "t": t}, "st-perm": {"v": ["read"], "t": t},
        "2fa-completed": {"v": !form.contains("false")},
        "plan": {"v": "pro", "t": t}, "seats": {"v": 5}, "teams": {"v": ["billing"]},
    })
}

/// Claims that do not meet it: they are present with other values, or were fetched long ago.
fn denied(form: &str) -> Value {
    if form.contains("max_age") {
        let mut claims = allowed(form);
        for key in ["st-ev", "st-role", "st-perm", "plan"] {
            claims[key]["t"] = json!(1);
        }
        claims["st-mfa"]["c"]["totp"] = json!(1);
        claims["auth_time"] = json!(1);
        return claims;
    }
    let mut claims = json!({
        "sub": "u2", "tId": "test", "sessionHandle": "s1", "scope": "profile", "client_id": "web",
        "stt": 0,
        "st-ev": {"v": false},
        "st-mfa": {"v": false, "c": {}}, "factors": {"v": false, "c": {}},
        "st-role": {"v": ["banned"], "t": 1},
        "2fa-completed": {"v": form.contains("false")},
        "plan": {"v": "free"}, "seats": {"v": 6}, "teams": {"v": ["support"]},
    });
    if form == "authenticated" {
        claims["sessionHandle"] = Value::Null;
    }
    claims
}

/// The message of the first error of a request with these claims; `None` if it is allowed.
fn message((_, handler): &Form, claims: &Value) -> Option<String> {
    let mut event = events::rest_jwt(claims);
    event["pathParameters"] = json!({"user_id": "u1", "team_id": "billing"});
    let answer = handler(&events::request(&event));
    let body: Value = serde_json::from_str(answer.body()).ok()?;
    let message = &body["claimValidationErrors"][0]["reason"]["message"];
    Some(message.as_str().unwrap().to_owned())
}

#[test]
fn every_form_denies_with_the_message_in_the_table() {
    let page = include_str!("../../macros/docs/attribute.md");
    let table = page
        .lines()
        .skip_while(|line| !line.contains("| Syntax |"))
        .skip(2);
    let rows: Vec<Vec<&str>> = table
        .map_while(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|row| {
            row.split(" | ")
                .map(|cell| cell.trim_matches([' ', '|', '`']))
                .collect()
        })
        .collect();
    let plain = |form: &str| form.replace(' ', "");
    let shown: Vec<String> = rows.iter().map(|row| plain(row[0])).collect();
    let tested: Vec<String> = FORMS.iter().map(|(form, _)| plain(form)).collect();
    assert_eq!(shown, tested);
    for (row, form) in rows.iter().zip(FORMS) {
        assert_eq!(message(form, &allowed(form.0)), None, "{row:?}");
        let reported = message(form, &denied(form.0)).unwrap_or_default();
        let expected = *row.last().unwrap();
        if !expected.starts_with("what") {
            assert_eq!(reported, expected, "{row:?}");
        }
        assert!(!reported.is_empty(), "{row:?}");
        let missing = message(form, &json!({"exp": 1, "other": 1}));
        assert_eq!(missing.as_deref(), Some("value does not exist"), "{row:?}");
    }
}
