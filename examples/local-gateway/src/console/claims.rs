//! The claims in an event, each next to the exact value in the token.
//!
//! The text of an HTTP API can be read in several ways. A claim is marked as ambiguous if another value has the same
//! text; that value is shown, too.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use require_claims::testing::render::{self, Numbers};
use serde_json::{Map, Value, json};

/// Compares the claims in an event with this token, or with the one in the event's `Authorization` header.
///
/// Each claim has these members: its `key`; `passed`, the text or the JSON in the event; `is_text`; `exact`, the token's
/// value as JSON text, or `null` without a token; `matches`, whether the two are the same; and `readings`, all found
/// values with this text, if there are several.
pub(crate) fn compared(event: &Value, token: Option<&str>) -> Value {
    let token = token.or_else(|| authorization(event));
    let payload = token.and_then(payload).unwrap_or_default();
    let claims = passed(event).unwrap_or_default();
    let compared = claims.iter().map(|(key, passed)| {
        let exact = payload.get(key);
        let matches = exact.is_some_and(|exact| is_same(passed, exact));
        json!({
            "key": key,
            "passed": passed.as_str().map_or_else(|| passed.to_string(), str::to_owned),
            "is_text": passed.is_string(),
            "exact": exact.map(Value::to_string),
            "matches": matches,
            "readings": readings(passed, exact.filter(|_| matches)),
        })
    });
    compared.collect()
}

/// The claims that the authorizer passed, wherever its kind puts them.
fn passed(event: &Value) -> Option<Map<String, Value>> {
    let authorizer = event.pointer("/requestContext/authorizer")?;
    let claims = authorizer
        .pointer("/jwt/claims")
        .or_else(|| authorizer.pointer("/lambda"))
        .or_else(|| authorizer.pointer("/claims"))
        .unwrap_or(authorizer);
    // A Lambda authorizer may pass all claims as one JSON text in a member `claims`.
    let claims = claims.get("claims").unwrap_or(claims);
    match claims {
        Value::String(text) => serde_json::from_str(text).ok(),
        claims => claims.as_object().cloned(),
    }
}

/// The value of the `Authorization` header in the event.
fn authorization(event: &Value) -> Option<&str> {
    let mut headers = event.get("headers")?.as_object()?.iter();
    let found = headers.find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
    found?.1.as_str()
}

/// The payload of a token, with or without `Bearer`. Nobody has verified it.
fn payload(token: &str) -> Option<Map<String, Value>> {
    let token = token.trim().rsplit(' ').next()?;
    let [_, payload, _] = token.split('.').collect::<Vec<_>>().try_into().ok()?;
    let payload = URL_SAFE_NO_PAD.decode(payload).ok()?;
    serde_json::from_slice(&payload).ok()
}

/// Whether the event has the token's value: as JSON, as JSON text, or as an HTTP API's text of it.
fn is_same(passed: &Value, exact: &Value) -> bool {
    let Value::String(text) = passed else {
        return passed == exact;
    };
    passed == exact
        || rendered(exact).contains(text)
        || serde_json::from_str::<Value>(text).is_ok_and(|value| value == *exact)
}

/// The texts of a value in both forms of numbers, and those of a number that is a claim of its own.
fn rendered(value: &Value) -> Vec<String> {
    let forms = [Numbers::Float64, Numbers::AsWritten];
    let claim = json!({ "claim": value }).to_string();
    let claims = forms.map(|numbers| {
        let mut claims = render::claims(&claim, numbers).ok()?;
        claims.remove("claim")
    });
    claims.into_iter().flatten().collect()
}

/// Several values with the text of a claim, or nothing if only one is found. `exact` is the value in the token.
fn readings(passed: &Value, exact: Option<&Value>) -> Vec<String> {
    let Value::String(text) = passed else {
        return Vec::new();
    };
    let value = exact.cloned().or_else(|| list_in(text));
    let Some(value) = value.filter(|value| !value.is_string()) else {
        return Vec::new();
    };
    // JSON text has one reading, even if an HTTP API could have written it for some other value.
    if text.starts_with(['{', '"']) {
        return Vec::new();
    }
    let other = other_reading(&value).filter(|other| rendered(other).contains(text));
    let readings = other.map(|other| vec![value.to_string(), other.to_string()]);
    readings.unwrap_or_default()
}

/// The list of names that a text without a token seems to be, such as `[a b]`, or `map[t:1.7e+12 v:[a b]]`.
fn list_in(text: &str) -> Option<Value> {
    let names = |text: &str| -> Option<Value> {
        let names = text.strip_prefix('[')?.strip_suffix(']')?;
        Some(names.split(' ').collect())
    };
    let Some(members) = text.strip_prefix("map[t:") else {
        return names(text);
    };
    let (time, list) = members.strip_suffix(']')?.split_once(" v:")?;
    Some(json!({"t": time.parse::<f64>().ok()?, "v": names(list)?}))
}

/// A value that may have the same text: names of a list in one string, a string split into names, or a string that
/// contains the member after it.
fn other_reading(value: &Value) -> Option<Value> {
    match value {
        Value::Array(elements) => other_list(elements),
        Value::Object(members) => {
            let nested = members.iter().find_map(|(key, value)| {
                let mut changed = members.clone();
                changed.insert(key.clone(), other_reading(value)?);
                Some(Value::Object(changed))
            });
            nested.or_else(|| other_members(members))
        }
        _ => None,
    }
}

fn other_list(elements: &[Value]) -> Option<Value> {
    let names: Option<Vec<&str>> = elements.iter().map(Value::as_str).collect();
    let joined = names?.join(" ");
    match elements {
        [_] if joined.contains(' ') => Some(joined.split(' ').collect()),
        [] | [_] => None,
        _ => Some(json!([joined])),
    }
}

/// The members with one string that contains the member after it.
fn other_members(members: &Map<String, Value>) -> Option<Value> {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_unstable_by_key(|(key, _)| *key);
    sorted.windows(2).find_map(|pair| {
        let [(key, Value::String(text)), (next, value)] = pair else {
            return None;
        };
        let value = render::value(&value.to_string(), Numbers::Float64).ok()?;
        let mut changed = members.clone();
        changed.remove(*next);
        changed.insert((*key).clone(), format!("{text} {next}:{value}").into());
        Some(Value::Object(changed))
    })
}

#[cfg(test)]
mod tests {
    use require_claims::testing::render::{self, Numbers};
    use require_claims::testing::{Caller, http_api};
    use require_claims::{PrimitiveArrayClaim, ReasonKind};
    use serde_json::{Value, json};

    use super::{compared, readings};

    fn token(payload: &Value) -> String {
        use base64::Engine as _;
        let payload = super::URL_SAFE_NO_PAD.encode(payload.to_string());
        format!("Bearer e30.{payload}.c2ln")
    }

    fn event(claims: &Value, authorization: Option<&str>) -> Value {
        json!({
            "version": "2.0",
            "headers": {"Authorization": authorization},
            "requestContext": {"authorizer": {"jwt": {"claims": claims}}},
        })
    }

    #[test]
    fn shows_the_exact_value_next_to_the_text() {
        let payload = json!({"iat": 1_700_000_000, "st-ev": {"v": true, "t": 5}, "sub": "a"});
        let text = json!({"iat": "1700000000", "st-ev": "map[t:5 v:true]", "sub": "b", "new": "c"});
        let rows = compared(&event(&text, Some(&token(&payload))), None);
        let row = |index: usize| {
            let row = &rows[index];
            (&row["key"], &row["exact"], &row["matches"])
        };
        assert_eq!(row(0), (&json!("iat"), &json!("1700000000"), &json!(true)));
        assert_eq!(row(1), (&json!("new"), &Value::Null, &json!(false)));
        assert_eq!(row(2).2, &json!(true));
        assert_eq!(row(3), (&json!("sub"), &json!("\"a\""), &json!(false)));
        let none = compared(&event(&json!({"iat": "1"}), None), None);
        assert_eq!(none[0]["exact"], Value::Null);
        assert_eq!(compared(&json!("text"), None), json!([]));
    }

    #[test]
    fn finds_the_claims_of_every_kind_of_authorizer() {
        let roles = json!(["a", "b"]);
        for authorizer in [
            json!({"jwt": {"claims": {"r": roles}}}),
            json!({"claims": {"r": roles}}),
            json!({"claims": {"r": roles}, "principalId": "a"}),
            json!({"lambda": {"r": "[\"a\",\"b\"]"}}),
            json!({"lambda": {"claims": "{\"r\":[\"a\",\"b\"]}"}}),
            json!({"claims": "{\"r\":[\"a\",\"b\"]}", "principalId": "a"}),
            json!({"r": "[\"a\",\"b\"]"}),
        ] {
            let event = json!({"requestContext": {"authorizer": authorizer}});
            let rows = compared(&event, Some(&token(&json!({"r": roles}))));
            assert_eq!(rows.as_array().unwrap().len(), 1, "{authorizer}");
            assert_eq!(rows[0]["matches"], true, "{authorizer}");
            assert_eq!(rows[0]["readings"], json!([]), "{authorizer}");
        }
    }

    #[test]
    fn lists_the_readings_of_an_ambiguous_text() {
        for (exact, expected) in [
            (json!(["a", "b"]), Some(r#"["a b"]"#)),
            (json!(["a b"]), Some(r#"["a","b"]"#)),
            (
                json!({"v": ["a", "b"], "t": 1}),
                Some(r#"{"t":1,"v":["a b"]}"#),
            ),
            (json!({"a": "x", "b": 1}), Some(r#"{"a":"x b:1"}"#)),
            (json!(["a"]), None),
            (json!([1, 2]), None),
            (json!([]), None),
            (json!({"v": "pro", "t": 1}), None),
            (json!({"v": true, "t": 1}), None),
            (json!(1), None),
            (json!("[a b]"), None),
        ] {
            let claims = json!({ "claim": exact }).to_string();
            let text = render::claims(&claims, Numbers::Float64).unwrap();
            let found = readings(&text["claim"].clone().into(), Some(&exact));
            let expected = expected.map(|other| vec![exact.to_string(), other.to_owned()]);
            assert_eq!(found, expected.unwrap_or_default(), "{exact}");
        }
        let without_token = |text: &str| readings(&text.into(), None);
        assert_eq!(
            without_token("[a b]"),
            [r#"["a","b"]"#, r#"["a b"]"#].map(str::to_owned)
        );
        assert_eq!(without_token("map[t:1 v:[a b]]").len(), 2);
        for text in ["[a]", "a b", "map[v:true]", "", "["] {
            assert!(without_token(text).is_empty(), "{text}");
        }
    }

    /// The mark is that of the guard: with a marked text and without the token, the guard cannot tell either.
    #[test]
    fn marks_the_lists_that_the_guard_finds_ambiguous() {
        const LIST: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("roles");
        for (exact, is_marked) in [
            (json!(["admin"]), false),
            (json!(["admin", "user"]), true),
            (json!(["admin user"]), true),
        ] {
            let text = render::value(&exact.to_string(), Numbers::Float64).unwrap();
            let marked = !readings(&text.into(), Some(&exact)).is_empty();
            assert_eq!(marked, is_marked, "{exact}");
            let caller = Caller::new("user").claim("roles", exact.clone());
            let event = http_api().caller(caller).without_token();
            let denied = LIST.includes("admin").check(&event.request()).err();
            let kind = denied.map(|denied| denied.errors()[0].kind());
            assert_eq!(kind, is_marked.then_some(ReasonKind::Ambiguous), "{exact}");
        }
    }
}
