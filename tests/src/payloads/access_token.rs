//! OAuth 2 access tokens, with the claims that `supertokens-node` 24 and SuperTokens' core write.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

use super::claims::{claim, string};
use super::{names, one_in, wrong_types};

/// The claims that only sessions have.
const OF_SESSIONS: [&str; 5] = ["st-ev", "st-role", "st-perm", "st-mfa", "scope"];

/// Turns the claims of a session into those of an access token: mostly of declared types, rarely of another
/// type of token.
pub(super) fn of_session(
    bytes: &mut Unstructured<'_>,
    members: &mut Map<String, Value>,
) -> Result<()> {
    let token_type = match bytes.int_in_range(0..=31_u8)? {
        0..=24 => Some(json!(1)),
        25 => Some(json!(1.0)),
        26 => Some(json!(0)),
        27 => Some(json!(2)),
        28 => Some(json!("1")),
        29 => Some(Value::Null),
        30 => Some(wrong_types::value(bytes)?),
        _ => None,
    };
    members.remove("stt");
    members.extend(token_type.map(|token_type| ("stt".to_owned(), token_type)));
    // A payload may have any claims in addition.
    if !one_in(bytes, 4)? {
        members.retain(|key, _| !OF_SESSIONS.contains(&key.as_str()));
    }
    claim(bytes, members, "client_id", client)?;
    for key in ["scp", "aud"] {
        members.remove(key);
    }
    claim(bytes, members, "scp", scopes)?;
    claim(bytes, members, "aud", audience)?;
    claim(bytes, members, "jti", string)?;
    claim(bytes, members, "rsub", string)?;
    members.insert("ext".to_owned(), json!({}));
    Ok(())
}

fn client(bytes: &mut Unstructured<'_>) -> Result<Value> {
    if one_in(bytes, 4)? {
        string(bytes)
    } else {
        Ok(json!("orders-cli"))
    }
}

/// SuperTokens writes an array. The string is the form of other issuers.
fn scopes(bytes: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match bytes.int_in_range(0..=15_u8)? {
        0..=6 => json!(["orders:read", "orders:write"]),
        7..=11 => json!(names::several(bytes)?),
        12 => json!(["offline_access", "orders:read", names::name(bytes)?]),
        13 if one_in(bytes, 2)? => json!(["orders:read", wrong_types::value(bytes)?]),
        13 => json!([]),
        14 => json!(names::several(bytes)?.join(" ")),
        // JavaScript finds a scope within this string.
        _ => json!("orders:readonly"),
    })
}

fn audience(bytes: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match bytes.int_in_range(0..=7_u8)? {
        0..=3 => json!(["orders"]),
        4 => json!(["orders", names::name(bytes)?]),
        5 => json!(names::several(bytes)?),
        6 => json!(["orders", wrong_types::value(bytes)?]),
        _ => json!("orders"),
    })
}
