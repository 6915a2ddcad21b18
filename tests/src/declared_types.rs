//! Which claims of a payload have their declared type. The guard relies on the gateway's text only for those,
//! because values of another type can have the same text.

use serde_json::Value;

use crate::claims::{self, ValueType};

/// Whether this claim of the payload is absent or has its declared type.
#[must_use]
pub fn has_declared_type(payload: &Value, key: &str) -> bool {
    let claim = payload.get(key).unwrap_or(&Value::Null);
    if key == "stt" {
        // To the SDK, `null` is another kind of token.
        return payload.get(key).is_none_or(Value::is_number);
    }
    // In text, `null` is absent.
    if claim.is_null() {
        return true;
    }
    match claims::find(key) {
        Some(found) if found.is_timestamped => {
            is_timestamped(claim, |value| has_type(value, found.value))
        }
        Some(found) if found.key == "scope" => claim.is_string(),
        Some(found) if found.key == "aud" => claim.is_string() || is_list_of_strings(claim),
        Some(found) => has_type(claim, found.value),
        None => match key {
            "scp" => is_scopes(claim),
            "jti" => claim.is_string(),
            "exp" | "iat" => claim.is_number(),
            // Bare lists of other issuers.
            _ => is_list_of_strings(claim),
        },
    }
}

fn has_type(value: &Value, expected: ValueType) -> bool {
    match expected {
        ValueType::Boolean => value.is_boolean(),
        ValueType::Name | ValueType::Session => value.is_string(),
        ValueType::Names => is_list_of_strings(value),
        ValueType::Number => value.is_number(),
        ValueType::Factors => is_completed_factors(value),
    }
}

/// `{"v": …, "t": number}`, as SuperTokens writes its claims, or without `t`.
fn is_timestamped(claim: &Value, is_value: impl Fn(&Value) -> bool) -> bool {
    claim.as_object().is_some_and(|members| {
        members.contains_key("v")
            && members.iter().all(|(key, member)| match key.as_str() {
                "v" => is_value(member),
                "t" => member.is_number(),
                _ => false,
            })
    })
}

/// A string of scopes, or an array of scopes, which contain no spaces. A string in brackets is read as an array.
fn is_scopes(claim: &Value) -> bool {
    match (claim.as_str(), claim.as_array()) {
        (Some(scopes), _) => !(scopes.starts_with('[') && scopes.ends_with(']')),
        (_, Some(scopes)) => {
            let mut scopes = scopes.iter();
            scopes.all(|scope| scope.as_str().is_some_and(|scope| !scope.contains(' ')))
        }
        _ => false,
    }
}

/// `[string]`.
fn is_list_of_strings(list: &Value) -> bool {
    list.as_array()
        .is_some_and(|list| list.iter().all(Value::is_string))
}

/// `{"c": {factor: number}, "v": boolean}`, as SuperTokens writes `st-mfa`. A factor's id contains no spaces,
/// colons or brackets.
fn is_completed_factors(claim: &Value) -> bool {
    claim.as_object().is_some_and(|members| {
        let times = members.get("c").and_then(Value::as_object);
        members.len() == 2
            && members.get("v").is_some_and(Value::is_boolean)
            && times.is_some_and(|times| {
                let mut times = times.iter();
                times.all(|(id, time)| !id.contains([' ', ':', '[', ']']) && time.is_number())
            })
    })
}
