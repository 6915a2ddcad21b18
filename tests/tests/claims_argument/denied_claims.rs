//! Claims that cannot be extracted exactly are denied. A default never replaces them.

use std::collections::BTreeMap;

use require_claims::{PrimitiveArrayClaim, ReasonKind, Session, extract_claims};
use require_claims_tests::events;
use require_claims_tests::session::{with, without};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{User, bound, denied, payload, text, user};

#[test]
fn denies_text_that_is_ambiguous_or_of_another_type() {
    use ReasonKind::{Ambiguous, NotAsDeclared, Unreadable, ValueDoesNotExist};
    let plain = without(text(), &["groups", "st-ev"]);
    for (key, value, kind) in [
        ("groups", "[]", Ambiguous),
        ("groups", "[a b]", Ambiguous),
        ("groups", "[\"a\"]", Ambiguous),
        ("groups", "a", Unreadable),
        ("st-ev", "map[v:true]", Ambiguous),
        ("st-ev", "{\"v\":true,\"v\":false}", NotAsDeclared),
        ("st-ev", "{\"v\":\"true\"}", NotAsDeclared),
        ("exp", "1700003600.5", Unreadable),
        ("exp", "9007199254740993", Unreadable),
        ("exp", "-1", NotAsDeclared),
        ("exp", "Tue Nov 14 2023", Unreadable),
        ("beta", "1", Unreadable),
        ("beta", "True", Unreadable),
        ("level", "bronze", NotAsDeclared),
        ("email", "<nil>", Ambiguous),
    ] {
        let event = events::http_api_jwt(&with(plain.clone(), key, value));
        assert_eq!(denied::<User>(&event), [(key.to_owned(), kind)], "{value}");
    }
    let event = events::http_api_jwt(&without(plain, &["sub"]));
    assert_eq!(
        denied::<User>(&event),
        [("sub".to_owned(), ValueDoesNotExist)]
    );
    // All errors of a session are reported together.
    let event = events::http_api_jwt(&without(text(), &["sub"]));
    let expected = [
        ("sub", ValueDoesNotExist),
        ("st-role", Ambiguous),
        ("st-perm", Ambiguous),
    ];
    let expected = expected.map(|(id, kind)| (id.to_owned(), kind));
    assert_eq!(denied::<Session>(&event), expected);
}

#[test]
fn denies_exact_claims_of_another_type() {
    use ReasonKind::{NotAsDeclared, ValueDoesNotExist, WrongType};
    for (key, value, kind) in [
        ("sub", json!(1), NotAsDeclared),
        ("sub", Value::Null, ValueDoesNotExist),
        ("email", json!(["a"]), NotAsDeclared),
        ("groups", json!(["a", 1]), NotAsDeclared),
        ("exp", json!("1700003600"), NotAsDeclared),
    ] {
        let event = events::rest_jwt(&with(payload(), key, value.clone()));
        assert_eq!(denied::<User>(&event), [(key.to_owned(), kind)], "{value}");
    }
    for (key, value, kind) in [
        ("sub", json!(1), WrongType),
        ("sub", json!(""), ValueDoesNotExist),
        ("tId", json!(1), WrongType),
        ("exp", json!(-1), WrongType),
        ("exp", Value::Null, ValueDoesNotExist),
        ("st-role", json!({"v": "admin"}), WrongType),
        ("st-role", json!({"v": ["admin", 1]}), WrongType),
        ("st-role", json!({"t": 1}), ValueDoesNotExist),
        ("st-role", json!([]), ValueDoesNotExist),
        ("st-mfa", json!({"c": {"totp": true}, "v": true}), WrongType),
        ("st-mfa", json!({"v": true}), WrongType),
        ("st-mfa", json!({"c": {"totp": 1}}), WrongType),
        ("st-role", json!({"v": ["admin"], "t": []}), WrongType),
        ("st-mfa", json!(true), WrongType),
    ] {
        let event = events::rest_jwt(&with(payload(), key, value.clone()));
        assert_eq!(
            denied::<Session>(&event),
            [(key.to_owned(), kind)],
            "{value}"
        );
    }
}

#[test]
fn denies_an_extracted_claim_that_differs_in_the_token() {
    use ReasonKind::UnknownRendering;
    let promoted = with(payload(), "st-role", json!({"v": ["owner"], "t": 1}));
    let event = bound(&promoted, &text());
    // `User` does not contain the roles.
    assert_eq!(
        extract_claims::<User, _>(&events::request(&event)).unwrap(),
        user()
    );
    assert_eq!(
        denied::<Session>(&event),
        [("st-role".to_owned(), UnknownRendering)]
    );
    // A claim that only the token contains is not `None`.
    let event = bound(&payload(), &without(text(), &["email"]));
    assert_eq!(
        denied::<User>(&event),
        [("email".to_owned(), UnknownRendering)]
    );
    // A token with another identity is ignored: the text decides, and it is ambiguous.
    let event = bound(&with(payload(), "sub", "user-2"), &text());
    assert_eq!(
        denied::<User>(&event),
        [("groups".to_owned(), ReasonKind::Ambiguous)]
    );
}

#[derive(Debug, Deserialize)]
struct Everything {
    #[serde(flatten)]
    all: BTreeMap<String, Value>,
}

#[derive(Debug, Deserialize)]
struct Nothing {
    _nothing: Option<String>,
}

#[test]
fn denies_text_without_a_declared_type() {
    let event = events::http_api_jwt(&json!({"sub": "u1"}));
    assert_eq!(
        denied::<Everything>(&event),
        [("sub".to_owned(), ReasonKind::Ambiguous)]
    );
    // SuperTokens writes some claims as `null`, which an HTTP API omits, with and without the token.
    let with_null = with(payload(), "antiCsrfToken", Value::Null);
    for (event, expected) in [
        (events::rest_jwt(&with_null), &with_null),
        (
            bound(&with_null, &text()),
            &without(payload(), &["antiCsrfToken"]),
        ),
    ] {
        let everything: Everything = extract_claims(&events::request(&event)).unwrap();
        assert_eq!(json!(everything.all), *expected, "{event}");
    }
}

#[derive(Debug, Deserialize)]
struct Numbers {
    account: u64,
    nested: Option<Vec<i64>>,
}

/// Deserializes a list, or an empty one if it fails.
#[expect(clippy::unnecessary_wraps, reason = "serde asks for a `Result`")]
fn lenient<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Vec<String>, D::Error> {
    Ok(Vec::deserialize(source).unwrap_or_default())
}

#[derive(Debug, Deserialize)]
struct Lenient {
    #[serde(default, deserialize_with = "lenient")]
    suspended_in: Vec<String>,
}

/// Regression: the list of suspensions was empty.
#[test]
fn denies_ambiguous_text_even_if_the_type_has_a_default() {
    let suspended_in = |text: &str| {
        let claims = json!({"sub": "u1", "suspended_in": text});
        events::http_api_jwt(&claims)
    };
    let expected = [("suspended_in".to_owned(), ReasonKind::Ambiguous)];
    assert_eq!(denied::<Lenient>(&suspended_in("[a b]")), expected);
    let one = events::request(&suspended_in("[a]"));
    assert_eq!(
        extract_claims::<Lenient, _>(&one).unwrap().suspended_in,
        ["a"]
    );
    // A known value of another type is passed to the type, which may replace it by a default.
    let number = events::rest_jwt(&with(payload(), "suspended_in", 5));
    let read: Lenient = extract_claims(&events::request(&number)).unwrap();
    assert!(read.suspended_in.is_empty());
}

/// Regression: exact JSON text that could not be parsed became the default of the type.
#[test]
fn denies_malformed_json_even_if_the_type_has_a_default() {
    let key = || "suspended_in".to_owned();
    let suspended_in =
        |json: &str| format!(r#"{{"sub":"u1","exp":1,"iss":"i","suspended_in":{json}}}"#);
    for json in [
        r#"["a","\ud800"]"#,
        r#"["a",{"x":1,"x":2}]"#,
        "[1e400]",
        r#"[{"$serde_json::private::Number":"1"}]"#,
        r#"[{"\u0024serde_json::private::Number":"1"}]"#,
    ] {
        let event = events::v2(&json!({"lambda": {"claims": suspended_in(json)}}));
        assert_eq!(
            denied::<Lenient>(&event),
            [(key(), ReasonKind::NotAsDeclared)],
            "{json}"
        );
    }
    for text in [r#"["a""#, "[a b]"] {
        let flat = events::v2(&json!({"lambda": {"sub": "u1", "exp": 1, "suspended_in": text}}));
        assert_eq!(
            denied::<Lenient>(&flat),
            [(key(), ReasonKind::NotAsDeclared)],
            "{text}"
        );
    }
    // In the verified token, too: the text alone does not decide then.
    let text = json!({"sub": "u1", "exp": "1", "iss": "i", "suspended_in": "[a \u{fffd}]"});
    let event = events::with_token(
        events::http_api_jwt(&text),
        &suspended_in(r#"["a","\ud800"]"#),
    );
    assert_eq!(denied::<Lenient>(&event).len(), 1);
}

/// All claims, or a default if deserializing them fails.
#[derive(Debug, Deserialize)]
struct Wrapped(#[serde(deserialize_with = "all_or_none")] Claims);

type Claims = BTreeMap<String, Value>;

#[expect(clippy::unnecessary_wraps, reason = "serde asks for a `Result`")]
fn all_or_none<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Claims, D::Error> {
    Ok(Claims::deserialize(source).unwrap_or_default())
}

#[test]
fn denies_too_many_claims_even_if_the_type_has_a_default() {
    let claims: serde_json::Map<String, Value> =
        (0..257).map(|n| (format!("k{n}"), json!(n))).collect();
    let event = events::v2(&json!({"lambda": {"claims": Value::Object(claims).to_string()}}));
    let read = extract_claims::<Wrapped, _>(&events::request(&event));
    let rejection = read.map(|Wrapped(claims)| claims).unwrap_err();
    let expected = [("sub", ReasonKind::Unreadable)];
    assert_eq!(super::problems(&rejection), expected);
}

#[derive(Debug, Deserialize)]
struct IsThere {
    #[serde(rename = "sub")]
    _sub: String,
    admin: Option<serde::de::IgnoredAny>,
}

/// Regression: a forged token with the same identity could add a claim if the type ignores its value.
#[test]
fn denies_a_claim_that_only_the_header_contains() {
    let text = json!({"iss": "i", "exp": "1", "sub": "u1"});
    let plain: IsThere = extract_claims(&events::request(&events::http_api_jwt(&text))).unwrap();
    assert!(plain.admin.is_none());
    let made_up = r#"{"iss":"i","exp":1,"sub":"u1","admin":1}"#;
    let event = events::with_token(events::http_api_jwt(&text), made_up);
    let expected = [("admin".to_owned(), ReasonKind::UnknownRendering)];
    assert_eq!(denied::<IsThere>(&event), expected);
    assert_eq!(denied::<Names>(&event), expected);
    // Claims that are not in the type are ignored.
    assert!(extract_claims::<Subject, _>(&events::request(&event)).is_ok());
    // The text is the same without the claim and with `null`, so the token must not decide whether there is a
    // default.
    let plain = events::request(&events::http_api_jwt(&text));
    let read: Restricted = extract_claims(&plain).unwrap();
    assert_eq!(read.restricted, Some(true));
    let null = r#"{"iss":"i","exp":1,"sub":"u1","restricted":null}"#;
    let event = events::with_token(events::http_api_jwt(&text), null);
    let expected = [("restricted".to_owned(), ReasonKind::ValueDoesNotExist)];
    assert_eq!(denied::<Restricted>(&event), expected);
    // A duplicate key in JSON text is denied, too.
    let twice = r#"{"sub":"u1","admin":null,"admin":1}"#;
    let event = events::v2(&json!({"lambda": {"claims": twice}}));
    let expected = [("admin".to_owned(), ReasonKind::Unreadable)];
    assert_eq!(denied::<IsThere>(&event), expected);
}

/// The keys of all claims, without their values.
#[expect(
    clippy::zero_sized_map_values,
    reason = "a map is what asks for all claims"
)]
#[derive(Debug, Deserialize)]
struct Names {
    #[serde(flatten)]
    _all: BTreeMap<String, serde::de::IgnoredAny>,
}

#[derive(Debug, Deserialize)]
struct Subject {
    #[serde(rename = "sub")]
    _sub: String,
}

#[derive(Debug, Deserialize)]
struct Restricted {
    #[serde(default = "yes")]
    restricted: Option<bool>,
}

#[expect(clippy::unnecessary_wraps, reason = "the field is an `Option`")]
fn yes() -> Option<bool> {
    Some(true)
}

/// Regression: `serde_json` replaces a map that begins with its private key by the value of that key.
#[test]
fn a_private_key_of_serde_json_does_not_replace_the_claims() {
    let mark = "$serde_json::private::RawValue";
    let claims = json!({"sub": "u1", "exp": 1, "role": "none", mark: r#"{"role":"root"}"#});
    let text = json!({"sub": "u1", "exp": "1", "iss": "i", mark: r#"{"role":"root"}"#});
    for event in [
        events::v2(&json!({"lambda": {"claims": claims.to_string()}})),
        events::http_api_jwt(&text),
    ] {
        let expected = [(mark.to_owned(), ReasonKind::Unreadable)];
        assert_eq!(denied::<Value>(&event), expected, "{event}");
        assert_eq!(denied::<Everything>(&event), expected, "{event}");
        assert!(
            extract_claims::<Subject, _>(&events::request(&event)).is_ok(),
            "{event}"
        );
    }
}

#[test]
fn denies_more_claims_than_a_token_contains() {
    let claims = |count: usize| {
        let others = (1..count).map(|n| (format!("k{n}"), json!(n)));
        let mut claims: serde_json::Map<String, Value> = others.collect();
        claims.insert("sub".to_owned(), json!("u1"));
        let text = Value::Object(claims).to_string();
        events::v2(&json!({"lambda": {"claims": text}}))
    };
    let read: Everything = extract_claims(&events::request(&claims(256))).unwrap();
    assert_eq!(read.all.len(), 256);
    let expected = [("sub".to_owned(), ReasonKind::Unreadable)];
    assert_eq!(denied::<Everything>(&claims(257)), expected);
}

/// Regression: a forged token could decide the digits beyond the precision of a float.
#[test]
fn the_header_does_not_decide_the_digits_of_a_number() {
    use ReasonKind::Unreadable;
    let digits = 1_234_567_890_123_456_789_u64;
    let numbers = with(payload(), "account", digits);
    for (token, rendered) in [
        (digits, digits.to_string()),
        (1_234_567_890_123_456_850, digits.to_string()),
        (digits, "1.2345678901234568e+18".to_owned()),
    ] {
        let event = bound(
            &with(payload(), "account", token),
            &with(text(), "account", rendered),
        );
        assert_eq!(
            denied::<Numbers>(&event),
            [("account".to_owned(), Unreadable)]
        );
    }
    let exact: Numbers = extract_claims(&events::request(&events::rest_jwt(&numbers))).unwrap();
    assert_eq!(exact.account, digits);
    let small = with(payload(), "account", 5);
    let nested = with(small.clone(), "nested", json!([1_u64 << 53]));
    let rendered = with(
        with(text(), "account", "5"),
        "nested",
        "[9.007199254740992e+15]",
    );
    let event = bound(&nested, &rendered);
    assert_eq!(
        denied::<Numbers>(&event),
        [("nested".to_owned(), Unreadable)]
    );
    let event = bound(&small, &with(text(), "account", "5"));
    let read: Numbers = extract_claims(&events::request(&event)).unwrap();
    assert_eq!((read.account, read.nested), (5, None));
}

/// Regression: the header could decide between forms of the same number, and an `Option` under `flatten` was
/// `None` for one of them.
#[test]
fn the_header_does_not_decide_the_form_of_a_number() {
    #[derive(Debug, Deserialize)]
    struct Limited {
        exp: u64,
        #[serde(flatten)]
        limits: Option<Limits>,
    }
    #[derive(Debug, Deserialize)]
    struct Limits {
        max: u32,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Size {
        Integer(u64),
        Float(f64),
    }
    #[derive(Debug, Deserialize)]
    struct Sized {
        max: Size,
    }

    let text = json!({"iss": "i", "exp": "1700003600", "sub": "u", "max": "5"});
    for (exp, max) in [
        ("1700003600", "5"),
        ("1.7000036e9", "5.0"),
        ("1700003600.0", "5e0"),
    ] {
        let payload = format!(r#"{{"iss":"i","exp":{exp},"sub":"u","max":{max}}}"#);
        let event = events::with_token(events::http_api_jwt(&text), &payload);
        let event = events::request(&event);
        let read: Limited = extract_claims(&event).unwrap();
        let max = read.limits.map(|limits| limits.max);
        assert_eq!((read.exp, max), (1_700_003_600, Some(5)), "{payload}");
        let read: Sized = extract_claims(&event).unwrap();
        assert_eq!(read.max, Size::Integer(5), "{payload}");
    }
    let half = r#"{"iss":"i","exp":1700003600,"sub":"u","max":0.5}"#;
    let text = with(text, "max", "0.5");
    let event = events::with_token(events::http_api_jwt(&text), half);
    let read: Sized = extract_claims(&events::request(&event)).unwrap();
    assert_eq!(read.max, Size::Float(0.5));
}

const GROUPS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("cognito:groups");

#[derive(Debug, Deserialize)]
struct Groups {
    #[serde(rename = "cognito:groups")]
    groups: Vec<String>,
}

/// Cognito's authorizer does not write brackets, so `[admin]` is the name of one group.
#[test]
fn a_list_of_cognito_is_exact_only_if_it_is_one_plain_name() {
    for text in [
        "[admin]",
        "a,b",
        "a b",
        "",
        "\"a\"",
        "{}",
        "null",
        "a\u{fffd}",
    ] {
        let event = events::rest_cognito(&json!({"sub": "u1", "cognito:groups": text}));
        let expected = [("cognito:groups".to_owned(), ReasonKind::Ambiguous)];
        assert_eq!(denied::<Groups>(&event), expected, "{text}");
    }
    for event in [
        events::rest_cognito(&json!({"sub": "u1", "cognito:groups": "a"})),
        events::rest_jwt(&json!({"sub": "u1", "exp": 1, "cognito:groups": ["a"]})),
    ] {
        let event = events::request(&event);
        assert!(GROUPS.includes("a").check(&event).is_ok());
        let read: Groups = extract_claims(&event).unwrap();
        assert_eq!(read.groups, ["a"]);
    }
}

/// As in `serde_json`, a list can be deserialized into the fields of a struct.
#[test]
fn deserializes_a_list_into_a_struct_as_serde_json_does() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Seat {
        team: String,
    }
    #[derive(Debug, Deserialize)]
    struct Seats {
        seats: BTreeMap<String, Vec<Seat>>,
    }

    let seats = |seat: Value| with(payload(), "seats", json!({"x": [seat]}));
    for seat in [json!(["a"]), json!({"team": "a"})] {
        let team = "a".to_owned();
        let event = events::rest_jwt(&seats(seat));
        let read: Seats = extract_claims(&events::request(&event)).unwrap();
        assert_eq!(read.seats["x"], [Seat { team }]);
    }
    let event = events::rest_jwt(&seats(json!([])));
    let expected = [("seats".to_owned(), ReasonKind::NotAsDeclared)];
    assert_eq!(denied::<Seats>(&event), expected);
    // The text of a list may be ambiguous.
    let event = events::http_api_jwt(&with(text(), "seats", "[a]"));
    let expected = [("seats".to_owned(), ReasonKind::Ambiguous)];
    assert_eq!(denied::<Seats>(&event), expected);
}

/// Regression: the number was used as the index of a variant.
#[test]
fn denies_a_number_for_a_variant() {
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "kind")]
    enum Plan {
        Admin,
        Free,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(field_identifier, rename_all = "lowercase")]
    enum Field {
        Admin,
        #[serde(other)]
        Other,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(variant_identifier, rename_all = "lowercase")]
    enum Variant {
        Admin,
        Free,
    }
    #[derive(Debug, Deserialize)]
    struct Typed<T> {
        plan: T,
    }

    let key = "plan".to_owned();
    let event = |plan: Value| events::rest_jwt(&with(payload(), "plan", plan));
    for plan in [
        json!({"kind": 0}),
        json!([0]),
        json!(0),
        json!({"kind": 1.0}),
    ] {
        let expected = [(key.clone(), ReasonKind::NotAsDeclared)];
        assert_eq!(
            denied::<Typed<Plan>>(&event(plan.clone())),
            expected,
            "{plan}"
        );
        assert_eq!(
            denied::<Typed<Field>>(&event(plan.clone())),
            expected,
            "{plan}"
        );
        assert_eq!(
            denied::<Typed<Variant>>(&event(plan.clone())),
            expected,
            "{plan}"
        );
    }
    let free = event(json!({"kind": "Free"}));
    let read: Typed<Plan> = extract_claims(&events::request(&free)).unwrap();
    assert_eq!(read.plan, Plan::Free);
    let admin = event(json!("admin"));
    let read: Typed<Field> = extract_claims(&events::request(&admin)).unwrap();
    assert_eq!(read.plan, Field::Admin);
    let read: Typed<Variant> = extract_claims(&events::request(&admin)).unwrap();
    assert_eq!(read.plan, Variant::Admin);
    assert_eq!(
        (Plan::Admin, Variant::Free, Field::Other),
        (Plan::Admin, Variant::Free, Field::Other)
    );
}

/// Regression: the text `[null]` was read as a list of the string `null`, but it may be the JSON text of an
/// emulator.
#[test]
fn denies_null_in_the_text_of_a_list() {
    #[derive(Debug, Deserialize)]
    struct Optional {
        groups: Vec<Option<String>>,
    }
    let event = |groups: &str| events::http_api_jwt(&json!({"sub": "u1", "groups": groups}));
    for groups in ["[null]", "[<nil>]"] {
        let expected = [("groups".to_owned(), ReasonKind::Ambiguous)];
        assert_eq!(denied::<Optional>(&event(groups)), expected, "{groups}");
    }
    let read: Optional = extract_claims(&events::request(&event("[a]"))).unwrap();
    assert_eq!(read.groups, [Some("a".to_owned())]);
}

#[test]
fn a_comma_is_part_of_a_name_in_the_text_of_an_http_api() {
    let event = events::http_api_jwt(&json!({"sub": "u1", "cognito:groups": "[CN=Admins,OU=x]"}));
    let read: Groups = extract_claims(&events::request(&event)).unwrap();
    assert_eq!(read.groups, ["CN=Admins,OU=x"]);
}

#[test]
fn denies_without_an_authorizer_or_a_session() {
    use ReasonKind::{Unreadable, ValueDoesNotExist, WrongValue};
    for event in [
        events::http_api_jwt(&json!({})),
        events::rest_jwt(&json!({})),
        events::v2(&Value::Null),
        events::v1(&json!({})),
        events::load_balancer(),
    ] {
        assert_eq!(
            denied::<Nothing>(&event),
            [("sub".to_owned(), ValueDoesNotExist)]
        );
        assert_eq!(
            denied::<Session>(&event),
            [("sub".to_owned(), ValueDoesNotExist)]
        );
    }
    for malformed in [json!(5), json!("{\"sub\":")] {
        let event = events::v2(&json!({"lambda": {"claims": malformed}}));
        assert_eq!(
            denied::<Nothing>(&event),
            [("claims".to_owned(), Unreadable)]
        );
    }
    let oauth = events::rest_jwt(&with(payload(), "stt", 1));
    assert_eq!(denied::<Nothing>(&oauth), [("stt".to_owned(), WrongValue)]);
    assert_eq!(denied::<Session>(&oauth), [("stt".to_owned(), WrongValue)]);
}
