//! The attribute's page: each form in its table compiles, and denies with what the table says.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

use lambda_http::{Request, Response};
use require_claims::{ClaimValue, require_claims};
use require_claims_tests::events;
use serde_json::{Value, json};

mod claims {
    use require_claims::Requirement;
    use require_claims::supertokens::ROLE;
    pub(super) use require_claims_tests::own_claims::{PLAN, SEATS, TEAMS, TWO_FACTOR};

    pub(super) const STAFF: Requirement = ROLE.includes_any(&["admin", "support"]);
}

#[derive(ClaimValue)]
#[claim(rename_all = "lowercase")]
enum Role {
    Admin,
}

/// A form as its tokens are written, and a function that it guards.
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
    [authenticated]
    [role = "admin"]
    [role = any("admin", "owner")]
    [role = all("admin", "owner")]
    [role = none("banned")]
    [role = Role::Admin]
    [tenant = "public"]
    [tenant = any("public", "eu")]
    [tenant = none("test")]
    [subject = path("user_id")]
    [claims::TWO_FACTOR]
    [claims::TWO_FACTOR = false]
    [claims::PLAN = "pro"]
    [claims::SEATS = 5]
    [claims::TEAMS = any("billing", "sales")]
    [claims::TEAMS = path("team_id")]
    [claims::STAFF]
    [role("admin", max_age = "1h")]
    [any(role = "admin", mfa)]
    [all(role = "admin", mfa)]
};

/// Who meets a form.
fn allowed(form: &str) -> Value {
    json!({
        "sub": "u1", "tId": if form.contains("none") { "eu" } else { "public" },
        "sessionHandle": "s1",
        "st-ev": {"v": true, "t": 1},
        "st-mfa": {"v": true, "c": {"totp": 1, "otp-email": 1, "badge": 1}},
        "st-role": {"v": ["admin", "owner"], "t": 9_999_999_999_999_i64},
        "2fa-completed": {"v": !form.contains("false")},
        "plan": {"v": "pro"}, "seats": {"v": 5}, "teams": {"v": ["billing"]},
    })
}

/// Who does not: each claim is there and says otherwise.
fn denied(form: &str) -> Value {
    let mut claims = json!({
        "sub": "u2", "tId": "test", "sessionHandle": "s1",
        "st-ev": {"v": false},
        "st-mfa": {"v": false, "c": {}},
        "st-role": {"v": ["banned"], "t": 1},
        "2fa-completed": {"v": form.contains("false")},
        "plan": {"v": "free"}, "seats": {"v": 6}, "teams": {"v": ["support"]},
    });
    if form == "authenticated" {
        claims["sessionHandle"] = Value::Null;
    }
    claims
}

/// The first error of a request with these claims; none if it is allowed.
fn message((form, handler): &Form, claims: &Value) -> Option<String> {
    let mut claims = claims.clone();
    if form.contains("max_age") && claims["sub"] == "u1" {
        let now = std::time::UNIX_EPOCH.elapsed().unwrap().as_millis();
        claims["st-role"]["t"] = u64::try_from(now).unwrap().into();
    }
    let mut event = events::rest_jwt(&claims);
    event["pathParameters"] = json!({"user_id": "u1", "team_id": "billing"});
    let answer = handler(&events::request(&event));
    let body: Value = serde_json::from_str(answer.body()).ok()?;
    let message = &body["claimValidationErrors"][0]["reason"]["message"];
    Some(message.as_str().unwrap().to_owned())
}

#[test]
fn every_form_of_the_table_denies_as_the_table_says() {
    let page = include_str!("../../macros/src/lib.rs");
    let table = page
        .lines()
        .skip_while(|line| !line.contains("| written |"))
        .skip(2);
    let rows: Vec<Vec<&str>> = table
        .map_while(|line| line.strip_prefix("/// | ")?.strip_suffix(" |"))
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
        let told = message(form, &denied(form.0)).unwrap_or_default();
        let says = *row.last().unwrap();
        if !says.starts_with("what") {
            assert_eq!(told, says, "{row:?}");
        }
        assert!(!told.is_empty(), "{row:?}");
        let missing = message(form, &json!({"exp": 1, "other": 1}));
        assert_eq!(missing.as_deref(), Some("value does not exist"), "{row:?}");
    }
}
