//! A value that is not of the claim's declared type, at any depth, meets no requirement. A text meets a
//! requirement only if all its interpretations of the declared type do.
//!
//! Each row contains an allowed request and a denied one.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use fastrand::Rng;
use lambda_http::{Request, Response};
use require_claims::supertokens::{AUDIENCE, EMAIL_VERIFIED, MFA, PERMISSION, ROLE, SCOPE, TENANT};
use require_claims::testing::render::{Numbers, claims};
use require_claims::{Factors, PrimitiveArrayClaim, PrimitiveClaim, Requirement, require_claims};
use require_claims_tests::custom_claims::{GROUPS, PLAN, SEATS};
use require_claims_tests::events;
use serde_json::{Map, Value, json};

const ACR: PrimitiveClaim = PrimitiveClaim::bare("acr");
const LEVEL: PrimitiveClaim<i64> = PrimitiveClaim::bare("level");

/// A session with this claim, in each way that keeps JSON types: a REST API's JWT authorizer, JSON text
/// of a Lambda authorizer, and an HTTP API's text next to the token that it was rendered from.
fn exact_events(key: &str, claim: &Value) -> Vec<Request> {
    let mut payload = json!({
        "iss": "issuer", "exp": 1_700_003_600, "sub": "user-1", "sessionHandle": "session-1",
    });
    payload[key] = claim.clone();
    let json = payload.to_string();
    let bound = [Numbers::Float64, Numbers::AsWritten].map(|numbers| {
        let text = json!(claims(&json, numbers).unwrap());
        events::with_token(events::http_api_jwt(&text), &json)
    });
    let exact = [
        events::rest_jwt(&payload),
        events::http_api_lambda_json(&payload),
    ];
    exact.iter().chain(&bound).map(events::request).collect()
}

fn text_event(key: &str, text: &str) -> Request {
    events::request(&events::http_api_jwt(&json!({ key: text })))
}

/// The message of the only error, if the requirement is not met.
fn message(requirement: Requirement<'_>, event: &Request) -> Option<String> {
    let rejection = requirement.check(event).err()?;
    let [error] = rejection.errors() else {
        panic!("one error: {rejection:?}");
    };
    Some(error.message().to_owned())
}

/// Asserts the messages of a claim with this value, in each exact form.
#[track_caller]
fn assert_exact(key: &str, claim: &Value, requirement: Requirement<'_>, expected: Option<&str>) {
    for event in exact_events(key, claim) {
        let message = message(requirement, &event);
        assert_eq!(
            message.as_deref(),
            expected,
            "{key}: {claim} {requirement:?}"
        );
    }
}

#[track_caller]
fn assert_text(key: &str, text: &str, requirement: Requirement<'_>, expected: Option<&str>) {
    let message = message(requirement, &text_event(key, text));
    assert_eq!(
        message.as_deref(),
        expected,
        "{key}: {text} {requirement:?}"
    );
}

const WRONG_TYPE: Option<&str> = Some("wrong type");
const AMBIGUOUS: Option<&str> = Some("ambiguous value");

/// The claim that holds a value.
type Envelope = fn(Value) -> Value;

#[test]
fn a_list_with_an_element_of_another_type_is_not_a_list_of_strings() {
    let lists: [(&str, PrimitiveArrayClaim, Envelope); 3] = [
        ("st-role", ROLE, |list| json!({"v": list, "t": 1})),
        ("st-perm", PERMISSION, |list| json!({"v": list})),
        ("groups", GROUPS, |list| list),
    ];
    for (key, claim, value) in lists {
        let none = claim.excludes_all(&["suspended"]);
        assert_exact(key, &value(json!(["admin"])), none, None);
        for foreign in [
            json!([["suspended"]]),
            json!([{"name": "suspended"}]),
            json!([5]),
            json!([null]),
            json!([true, "admin"]),
        ] {
            assert_exact(key, &value(foreign.clone()), none, WRONG_TYPE);
            assert_exact(
                key,
                &value(foreign),
                claim.excludes("suspended"),
                WRONG_TYPE,
            );
        }
        assert_exact(
            key,
            &value(json!(["admin", "x"])),
            claim.includes("admin"),
            None,
        );
        for foreign in [
            json!(["admin", 1]),
            json!(["admin", null]),
            json!(["admin", []]),
        ] {
            assert_exact(
                key,
                &value(foreign.clone()),
                claim.includes("admin"),
                WRONG_TYPE,
            );
            assert_exact(
                key,
                &value(foreign),
                claim.includes_any(&["admin"]),
                WRONG_TYPE,
            );
        }
    }
    assert_exact("aud", &json!(["orders"]), AUDIENCE.includes("orders"), None);
    for foreign in [
        json!(["orders", 1]),
        json!([["orders"]]),
        json!([null, "orders"]),
    ] {
        for event in exact_events("aud", &foreign) {
            assert!(
                AUDIENCE.includes("orders").check(&event).is_err(),
                "{foreign}"
            );
            assert!(AUDIENCE.excludes("web").check(&event).is_err(), "{foreign}");
        }
    }
}

#[test]
fn denies_a_time_of_another_type() {
    let timestamped: [(&str, Requirement<'_>, Value); 4] = [
        ("st-ev", EMAIL_VERIFIED.is_true(), json!(true)),
        ("st-role", ROLE.excludes("suspended"), json!(["admin"])),
        ("plan", PLAN.has_none_of(&["free"]), json!("pro")),
        ("seats", SEATS.has_value(5), json!(5)),
    ];
    for (key, requirement, v) in timestamped {
        for claim in [
            json!({"v": v}),
            json!({"v": v, "t": 1}),
            json!({"v": v, "t": 1.5}),
        ] {
            assert_exact(key, &claim, requirement, None);
        }
        for t in [json!([]), json!("1"), json!(null), json!(true), json!({})] {
            assert_exact(key, &json!({"v": v, "t": t}), requirement, WRONG_TYPE);
            let recent = requirement.max_age(Duration::MAX);
            assert_exact(key, &json!({"v": v, "t": t}), recent, Some("time unknown"));
        }
    }
}

#[test]
fn requires_an_object_of_numbers_and_a_boolean_for_factors() {
    let steps = [Factors::One("totp")];
    let requirements = [
        MFA.has_completed_requirements_for_auth(),
        MFA.has_completed(Factors::OneOf(&["totp", "webauthn"])),
        MFA.has_completed_requirement_list(&steps),
    ];
    for requirement in requirements {
        assert_exact(
            "st-mfa",
            &json!({"c": {"totp": 1}, "v": true}),
            requirement,
            None,
        );
        for foreign in [
            json!({"v": true}),
            json!({"c": [], "v": true}),
            json!({"c": null, "v": true}),
            json!({"c": {"totp": 1}}),
            json!({"c": {"totp": 1, "x": []}, "v": true}),
            json!({"c": {"totp": "1"}, "v": true}),
            json!({"c": {"totp": 1}, "v": "true"}),
            json!({"c": {"totp": 1}, "v": null}),
            json!({"c": {"totp": 1}, "v": 1}),
            json!([]),
            json!(true),
        ] {
            assert_exact("st-mfa", &foreign, requirement, WRONG_TYPE);
        }
    }
}

#[test]
fn only_scp_may_be_an_array() {
    let read = SCOPE.includes("a");
    assert_exact("scope", &json!("a b"), read, None);
    assert_exact("scp", &json!("a b"), read, None);
    assert_exact("scp", &json!(["a", "b"]), read, None);
    assert_exact("scope", &json!(["a"]), read, WRONG_TYPE);
    assert_exact("scope", &json!(["a"]), SCOPE.excludes("b"), WRONG_TYPE);
    assert_exact("scp", &json!(["a", 1]), read, WRONG_TYPE);
    assert_exact("scp", &json!([["b"]]), SCOPE.excludes("b"), WRONG_TYPE);
}

#[test]
fn a_value_in_text_may_have_members_before_and_after_it() {
    let not = |name: &'static str| match name {
        "pro" => PLAN.has_none_of(&["pro"]),
        _ => PLAN.has_none_of(&["free"]),
    };
    // `{"t:1 v": "x", "v": "pro"}` has the same text.
    assert_text("plan", "map[t:1 v:x v:pro]", not("pro"), AMBIGUOUS);
    assert_text("plan", "map[t:1 v:x v:pro]", not("free"), AMBIGUOUS);
    assert_text(
        "plan",
        "map[t:1 v:x v:pro]",
        PLAN.has_value("pro"),
        AMBIGUOUS,
    );
    // Another member would contain a colon.
    assert_text("plan", "map[t:1 v:free trial]", not("free"), None);
    assert_text(
        "plan",
        "map[t:1 v:free trial]",
        PLAN.has_value("free trial"),
        None,
    );
    assert_text("plan", "map[t:1 v:free]", not("free"), Some("wrong value"));
    assert_text("plan", "map[t:1 v:pro 10:30]", not("pro"), AMBIGUOUS);
    assert_text("plan", "map[t:1 v:free w:x]", not("free"), AMBIGUOUS);
    // If `t:… v` may be a key, the value may have no time.
    let recent = |requirement: Requirement<'_>, v: &str| {
        let event = text_event("plan", &format!("map[t:1.7e+12 v:{v}]"));
        let fetched = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let recent = requirement.max_age(Duration::from_secs(60));
        recent.check_at(&event, fetched).is_ok()
    };
    assert!(recent(not("free"), "x v.pro"));
    assert!(!recent(not("free"), "x v:pro"));
}

#[test]
fn a_comma_is_part_of_a_name_in_the_text_of_an_http_api() {
    let admins = "CN=Admins,OU=x";
    assert_text("groups", "[CN=Admins,OU=x]", GROUPS.includes(admins), None);
    let wrong = Some("wrong value");
    assert_text(
        "groups",
        "[CN=Admins,OU=x]",
        GROUPS.includes("CN=Admins"),
        wrong,
    );
    assert_text("groups", "[CN=Admins,OU=x]", GROUPS.excludes("OU=x"), None);
    assert_text("aud", "https://a,b", AUDIENCE.includes("https://a,b"), None);
    assert_text("aud", "https://a,b", AUDIENCE.includes("b"), wrong);
    assert_text("scope", "a,b c", SCOPE.includes("a,b"), None);
    assert_text("scope", "a,b c", SCOPE.excludes("a"), None);
    // Cognito's authorizer joins a list with commas.
    let joined = json!({"sub": "user-1", "groups": admins, "aud": "https://a,b", "scope": "a,b c"});
    let event = events::request(&events::rest_cognito(&joined));
    for requirement in [
        GROUPS.includes("CN=Admins"),
        GROUPS.excludes("OU=x"),
        AUDIENCE.includes("b"),
        SCOPE.excludes("a"),
    ] {
        assert_eq!(
            message(requirement, &event).as_deref(),
            AMBIGUOUS,
            "{requirement:?}"
        );
    }
    assert_eq!(message(GROUPS.excludes("guests"), &event), None);
}

#[test]
fn denies_the_text_of_null_at_the_top_level() {
    let event = |subject: Value, text: &str| {
        let token = json!({
            "iss": "issuer", "exp": 1, "sub": subject, "st-role": {"v": ["foo", "admin"]},
        });
        let text = json!({
            "iss": "issuer", "exp": "1", "sub": text, "st-role": "map[v:[foo admin]]",
        });
        events::request(&events::with_token(
            events::http_api_jwt(&text),
            &token.to_string(),
        ))
    };
    let admin = ROLE.includes("admin");
    assert_eq!(message(admin, &event(json!("<nil>"), "<nil>")), None);
    assert_eq!(
        message(admin, &event(json!(null), "<nil>")).as_deref(),
        AMBIGUOUS
    );
}

#[require_claims(role("admin", max_age = "5m"))]
fn recent_admin(event: &Request) -> Response<String> {
    Response::new(event.uri().path().to_owned())
}

#[test]
fn before_1970_every_value_is_from_the_future() {
    let event = text_event("st-role", "map[t:0 v:[admin]]");
    let recent = ROLE.includes("admin").max_age(Duration::from_secs(300));
    let check_at = |time: SystemTime| {
        let rejection = recent.check_at(&event, time).err()?;
        Some(rejection.errors()[0].message().to_owned())
    };
    assert_eq!(check_at(UNIX_EPOCH), None);
    for before in [1, 1_000_000, 1_000_000_000, 90_000_000_000] {
        let time = UNIX_EPOCH - Duration::from_nanos(before);
        assert_eq!(
            check_at(time).as_deref(),
            Some("time in the future"),
            "{before}"
        );
    }
    assert_eq!(recent_admin(&event).status(), 403);
}

/// A declared type, as a simple predicate, and all requirements on a claim of this type.
struct Declared {
    key: &'static str,
    is_of_type: fn(&Value) -> bool,
    plain: fn() -> Value,
    requirements: fn() -> Vec<Requirement<'static>>,
}

fn is_strings(value: &Value) -> bool {
    let elements = value.as_array();
    elements.is_some_and(|elements| elements.iter().all(Value::is_string))
}

fn is_timestamped(value: &Value, is_v: fn(&Value) -> bool) -> bool {
    value.get("v").is_some_and(is_v) && value.get("t").is_none_or(Value::is_number)
}

fn is_factors(value: &Value) -> bool {
    let times = value.get("c").and_then(Value::as_object);
    times.is_some_and(|times| times.values().all(Value::is_number))
        && value.get("v").is_some_and(Value::is_boolean)
}

fn list(claim: PrimitiveArrayClaim) -> Vec<Requirement<'static>> {
    const NAMES: &[&str] = &["a", "b"];
    vec![
        claim.includes("a"),
        claim.excludes("b"),
        claim.includes_any(NAMES),
        claim.includes_all(&["a"]),
        claim.excludes_all(&["c", "d"]),
        claim.includes("a").max_age(Duration::MAX),
    ]
}

fn string(claim: PrimitiveClaim) -> Vec<Requirement<'static>> {
    const NAMES: &[&str] = &["a", "b"];
    vec![
        claim.has_value("a"),
        claim.has_any_of(NAMES),
        claim.has_none_of(&["c", "d"]),
        claim.has_none_of(&["c"]).max_age(Duration::MAX),
    ]
}

/// Every declared type.
fn declared() -> Vec<Declared> {
    vec![
        Declared {
            key: "st-ev",
            is_of_type: |value| is_timestamped(value, Value::is_boolean),
            plain: || json!({"v": true, "t": 1}),
            requirements: || vec![EMAIL_VERIFIED.is_true(), EMAIL_VERIFIED.is_false()],
        },
        Declared {
            key: "st-role",
            is_of_type: |value| is_timestamped(value, is_strings),
            plain: || json!({"v": ["a", "x"], "t": 1}),
            requirements: || list(ROLE),
        },
        Declared {
            key: "groups",
            is_of_type: is_strings,
            plain: || json!(["a"]),
            requirements: || list(GROUPS),
        },
        Declared {
            key: "aud",
            is_of_type: |value| value.is_string() || is_strings(value),
            plain: || json!(["a", "x"]),
            requirements: || list(AUDIENCE),
        },
        Declared {
            key: "scope",
            is_of_type: Value::is_string,
            plain: || json!("a x"),
            requirements: || list(SCOPE),
        },
        Declared {
            key: "scp",
            is_of_type: |value| value.is_string() || is_strings(value),
            plain: || json!(["a", "x"]),
            requirements: || list(SCOPE),
        },
        Declared {
            key: "plan",
            is_of_type: |value| is_timestamped(value, Value::is_string),
            plain: || json!({"v": "a", "t": 1}),
            requirements: || string(PLAN),
        },
        Declared {
            key: "acr",
            is_of_type: Value::is_string,
            plain: || json!("a"),
            requirements: || string(ACR),
        },
        Declared {
            key: "tId",
            is_of_type: Value::is_string,
            plain: || json!("a"),
            requirements: || string(TENANT),
        },
        Declared {
            key: "seats",
            is_of_type: |value| is_timestamped(value, Value::is_number),
            plain: || json!({"v": 5, "t": 1}),
            requirements: || vec![SEATS.has_value(5), SEATS.has_value(0)],
        },
        Declared {
            key: "level",
            is_of_type: Value::is_number,
            plain: || json!(5),
            requirements: || vec![LEVEL.has_value(5), LEVEL.has_value(0)],
        },
        Declared {
            key: "st-mfa",
            is_of_type: is_factors,
            plain: || json!({"c": {"a": 1, "x": 2}, "v": true}),
            requirements: || {
                vec![
                    MFA.has_completed_requirements_for_auth(),
                    MFA.has_completed(Factors::One("a")),
                    MFA.has_completed(Factors::OneOf(&["a", "b"])),
                    MFA.has_completed(Factors::AllOf(&["a", "x"]))
                        .max_age(Duration::MAX),
                ]
            },
        },
    ]
}

/// A random value with strings and numbers that requirements contain.
fn any_value(random: &mut Rng, depth: u8) -> Value {
    match random.u8(0..if depth == 0 { 6 } else { 9 }) {
        0 => Value::Null,
        1 => json!(random.bool()),
        2 => json!(random.u8(0..6)),
        3 => json!(["a", "b", "", "true", "5", "null"][random.usize(0..6)]),
        4 => json!([]),
        5 => json!({}),
        6 => json!([any_value(random, depth - 1)]),
        7 => json!({"v": any_value(random, depth - 1)}),
        _ => json!({"v": any_value(random, depth - 1), "t": any_value(random, depth - 1)}),
    }
}

/// Replaces a random part of the value by a random value.
fn change(value: &mut Value, random: &mut Rng) {
    let count = value.as_array().map_or(0, Vec::len) + value.as_object().map_or(0, Map::len);
    if count == 0 || random.u8(0..4) == 0 {
        *value = any_value(random, 2);
        return;
    }
    match value {
        Value::Array(elements) if random.u8(0..4) == 0 => elements.push(any_value(random, 1)),
        Value::Array(elements) => change(&mut elements[random.usize(0..count)], random),
        Value::Object(members) => {
            let key = members.keys().nth(random.usize(0..count)).unwrap().clone();
            match random.u8(0..6) {
                0 => drop(members.remove(&key)),
                1 => drop(members.insert("x".to_owned(), any_value(random, 1))),
                _ => change(&mut members[&key], random),
            }
        }
        _ => {}
    }
}

/// Values of another type meet no requirement, and some values of the declared type meet some.
#[test]
fn denies_every_value_of_another_type() {
    let mut random = Rng::with_seed(19);
    for Declared {
        key,
        is_of_type,
        plain,
        requirements,
    } in declared()
    {
        let requirements = requirements();
        let (mut met, mut foreign) = (0, 0);
        for _ in 0..60 {
            let mut claim = plain();
            for _ in 0..random.u8(0..3) {
                change(&mut claim, &mut random);
            }
            let is_of_type = is_of_type(&claim);
            foreign += u32::from(!is_of_type);
            for event in exact_events(key, &claim) {
                for requirement in &requirements {
                    let is_met = requirement.check(&event).is_ok();
                    assert!(
                        !is_met || is_of_type,
                        "{requirement:?} is met by {key}: {claim}"
                    );
                    met += u32::from(is_met);
                }
            }
        }
        assert!(
            met > 40 && foreign > 10,
            "{key}: {met} met, {foreign} foreign"
        );
    }
}
