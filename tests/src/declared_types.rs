//! Which claims of a payload have their declared type. The guard relies on the gateway's text only for those,
//! because values of another type can have the same text.

use serde_json::Value;

use crate::claims::{self, Claim, Shape, ValueType};

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
            is_timestamped(claim, |value| has_type(value, found))
        }
        Some(found) => leads_to(claim, found.members, |value| has_type(value, found)),
        None => match key {
            "scp" => is_scopes(claim),
            "jti" | "rsub" => claim.is_string(),
            "exp" | "iat" => claim.is_number(),
            // Bare lists of other issuers.
            _ => is_list_of_strings(claim),
        },
    }
}

/// Whether objects, or strings with the JSON text of objects, lead to a value of the type, or end before it.
fn leads_to(value: &Value, members: &[&str], is_value: impl Fn(&Value) -> bool) -> bool {
    let Some((member, members)) = members.split_first() else {
        return is_value(value);
    };
    match value {
        Value::Object(object) => match object.get(*member) {
            None | Some(Value::Null) => true,
            Some(value) => leads_to(value, members, is_value),
        },
        Value::String(text) => match serde_json::from_str(text) {
            Ok(object @ Value::Object(_)) => {
                leads_to(&object, &[&[*member], members].concat(), is_value)
            }
            _ => false,
        },
        _ => false,
    }
}

fn has_type(value: &Value, claim: &Claim) -> bool {
    match claim.value {
        ValueType::Boolean => value.is_boolean(),
        ValueType::Name | ValueType::Session => value.is_string(),
        ValueType::Names => are_names(value, claim.shape),
        ValueType::Number => value.is_number(),
        ValueType::Factors => is_completed_factors(value),
    }
}

fn are_names(value: &Value, shape: Shape) -> bool {
    match shape {
        Shape::Plain => is_list_of_strings(value),
        Shape::OneOrMany => value.is_string() || is_list_of_strings(value),
        Shape::Separated(_) => value.is_string(),
        Shape::Keys => value.is_object(),
        Shape::JsonText => {
            let text = value.as_str().unwrap_or_default();
            serde_json::from_str(text).is_ok_and(|list| is_list_of_strings(&list))
        }
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
