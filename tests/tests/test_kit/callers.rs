//! The payload of a caller, and the requirements that it meets.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lambda_http::{Request, Response};
use require_claims::supertokens::{MFA, ROLE};
use require_claims::testing::{Caller, ago, http_api, rest_api};
use require_claims::{Factors, Requirement, Session, oidc, require_claims};
use serde_json::{Value, json};

use super::MINUTE;

/// Tests each requirement with the callers that meet it and with a new one, who meets none.
#[test]
fn each_method_meets_its_keyword() {
    macro_rules! handler {
        ($name:ident, $($requirement:tt)*) => {
            #[require_claims($($requirement)*)]
            fn $name(_event: Request) -> Response<String> {
                Response::new(String::new())
            }
        };
    }
    handler!(email, email_verified);
    handler!(role, role = "admin");
    handler!(permission, permission = "orders:write");
    handler!(tenant, tenant = "acme");
    handler!(mfa, mfa);
    handler!(totp, mfa("totp", max_age = "5m"));
    handler!(fresh, role("customer", max_age = "5m"));
    handler!(audience, audience = "billing");
    handler!(signed_in, oidc::AUTH_TIME(max_age = "5m"));

    type Handler = fn(Request) -> Response<String>;
    type Change = fn(Caller) -> Caller;
    let cases: [(Handler, Change); 9] = [
        (email, |caller| caller.email_verified()),
        (role, |caller| caller.role("admin")),
        (permission, |caller| caller.permission("orders:write")),
        (tenant, |caller| caller.tenant("acme")),
        (mfa, |caller| caller.mfa()),
        (totp, |caller| caller.factor("totp", 4 * MINUTE)),
        (fresh, |caller| caller.role("customer").fetched(4 * MINUTE)),
        (audience, |caller| caller.claim("aud", "billing")),
        (signed_in, |caller| {
            caller.claim("auth_time", ago(4 * MINUTE))
        }),
    ];
    for (index, (handler, change)) in cases.into_iter().enumerate() {
        let status = |caller: Caller| {
            let statuses = [
                handler(http_api().caller(caller.clone()).request()).status(),
                handler(http_api().payload_1_0().caller(caller.clone()).request()).status(),
                handler(rest_api().caller(caller).request()).status(),
            ];
            assert!(
                statuses.iter().all(|status| *status == statuses[0]),
                "{index}"
            );
            statuses[0]
        };
        assert_eq!(status(Caller::new("user-1")), 403, "{index}");
        assert_eq!(status(change(Caller::new("user-1"))), 200, "{index}");
    }

    let is_denied = |handler: Handler, caller| {
        assert_eq!(handler(http_api().caller(caller).request()).status(), 403);
    };
    is_denied(totp, Caller::new("user-1").factor("totp", 6 * MINUTE));
    is_denied(
        fresh,
        Caller::new("user-1").fetched(6 * MINUTE).role("customer"),
    );
    is_denied(
        signed_in,
        Caller::new("user-1").claim("auth_time", ago(6 * MINUTE)),
    );
    is_denied(
        email,
        Caller::new("user-1")
            .email_verified()
            .without_claim("st-ev"),
    );
}

#[test]
fn a_fixed_time_gives_exact_ages() {
    let now = UNIX_EPOCH + Duration::from_millis(1_700_000_000_123);
    let caller = Caller::new_at("user-1", now)
        .role("admin")
        .fetched(5 * MINUTE);
    let event = http_api()
        .caller(caller.factor("totp", 5 * MINUTE))
        .request();
    let is_met = |requirement: Requirement<'_>, time: SystemTime| {
        requirement
            .max_age(5 * MINUTE)
            .check_at(&event, time)
            .is_ok()
    };
    let millisecond = Duration::from_millis(1);
    assert!(is_met(ROLE.includes("admin"), now));
    assert!(!is_met(ROLE.includes("admin"), now + millisecond));
    // The time of a factor is in whole seconds, rounded down.
    let totp = || MFA.has_completed(Factors::One("totp"));
    let rounded = now - Duration::from_millis(123);
    assert!(is_met(totp(), rounded));
    assert!(!is_met(totp(), rounded + millisecond));
}

#[test]
fn is_a_session_with_all_its_claims() {
    #[require_claims(authenticated)]
    fn whoami(_event: Request, #[claims] session: Session) -> Response<String> {
        Response::new(format!(
            "{} {}",
            session.user_id(),
            session.session_handle()
        ))
    }
    let answer = whoami(http_api().caller(Caller::new("user-1")).request());
    assert_eq!(
        (answer.status().as_u16(), answer.body().as_str()),
        (200, "user-1 session-1")
    );

    // The keys of a payload that supertokens-node wrote.
    let written: Value =
        serde_json::from_str(include_str!("../../../runtime/tests/payload.json")).unwrap();
    let keys = |payload: &Value| {
        payload
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(&Caller::new("user-1").payload()), keys(&written));
}

#[test]
fn reads_times_from_the_system_clock() {
    let seconds = || {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs()
    };
    let before = seconds();
    let payload = Caller::new("user-1").factor("totp", MINUTE).payload();
    let now = payload["iat"].as_u64().unwrap();
    assert!((before..=seconds()).contains(&now));
    assert_eq!(payload["exp"], now + 3600);
    assert_eq!(payload["st-mfa"]["c"]["emailpassword"], now);
    assert_eq!(payload["st-mfa"]["c"]["totp"], now - 60);
    assert_eq!(payload["st-role"]["t"].as_u64().unwrap() / 1000, now);
    assert!((before - 60..=seconds() - 60).contains(&ago(MINUTE)));
}

#[test]
fn the_token_contains_the_payload() {
    let caller = Caller::new("user-1").claim("plan", json!({"name": "pro"}));
    let token = caller.token();
    let [_, payload, signature] = token.split('.').collect::<Vec<_>>()[..] else {
        panic!("{token}");
    };
    let payload = URL_SAFE_NO_PAD.decode(payload).unwrap();
    assert_eq!(
        serde_json::from_slice::<Value>(&payload).unwrap(),
        caller.payload()
    );
    assert_eq!(
        URL_SAFE_NO_PAD.decode(signature).unwrap(),
        b"this signature is invalid"
    );
}
