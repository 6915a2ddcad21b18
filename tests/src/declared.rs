//! Which claims of a payload have the type that their issuer declares: the gateway's text is
//! trusted for those alone, as it cannot be told from that of a look-alike.

use serde_json::Value;

/// Whether this claim of the payload is absent, or has the type that its issuer writes.
#[must_use]
pub fn is_declared(payload: &Value, key: &str) -> bool {
    let claim = payload.get(key).unwrap_or(&Value::Null);
    // As text, `null` is absent, and so it is to whoever asks for a value.
    claim.is_null() && key != "stt"
        || match key {
            "st-ev" | "2fa-completed" => is_dated(claim, Value::is_boolean),
            "plan" => is_dated(claim, Value::is_string),
            "seats" => is_dated(claim, Value::is_number),
            "st-role" | "st-perm" => is_dated(claim, is_list_of_strings),
            "st-mfa" => is_completed_factors(claim),
            "aud" | "scp" => claim.is_string() || is_list_of_strings(claim),
            "sub" | "tId" | "iss" | "jti" | "sessionHandle" | "scope" => claim.is_string(),
            "exp" | "iat" => claim.is_number(),
            // To the SDK, a kind that is `null` is another kind.
            "stt" => payload.get(key).is_none_or(Value::is_number),
            // Lists that stand by themselves, of other issuers too.
            _ => is_list_of_strings(claim),
        }
}

/// `{"v": …, "t": number}`, as SuperTokens writes its claims, or without its `t`.
#[must_use]
pub fn is_dated(claim: &Value, is_value: impl Fn(&Value) -> bool) -> bool {
    claim.as_object().is_some_and(|members| {
        members.contains_key("v")
            && members.iter().all(|(key, member)| match key.as_str() {
                "v" => is_value(member),
                "t" => member.is_number(),
                _ => false,
            })
    })
}

/// `[string]`.
#[must_use]
pub fn is_list_of_strings(list: &Value) -> bool {
    list.as_array()
        .is_some_and(|list| list.iter().all(Value::is_string))
}

/// `{"c": {factor: number}, "v": boolean}`, as SuperTokens writes `st-mfa`. A factor's id contains no
/// blank, colon or bracket.
#[must_use]
pub fn is_completed_factors(claim: &Value) -> bool {
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
