//! A second parser of the gateway's text of a claim: simpler than the guard's, and strict.

use serde::de::IgnoredAny;

/// `map[t:number v:text]` or `map[v:text]`: the number as written, and the text.
pub(super) fn timestamped(text: &str) -> Option<(Option<&str>, &str)> {
    let members = text.strip_prefix("map[")?.strip_suffix(']')?;
    match members.strip_prefix("t:") {
        None => Some((None, members.strip_prefix("v:")?)),
        Some(members) => {
            let (t, v) = members.split_once(" v:")?;
            is_number(t).then_some((Some(t), v))
        }
    }
}

/// `map[c:map[factor:number …] v:boolean]`: the factors with their numbers, and the boolean.
pub(super) fn factors(text: &str) -> Option<(Vec<(&str, &str)>, &str)> {
    let members = text.strip_prefix("map[c:map[")?.strip_suffix(']')?;
    let (factors, v) = members.split_once("] v:")?;
    if v != "true" && v != "false" {
        return None;
    }
    let entries = factors.split(' ').filter(|_| !factors.is_empty());
    let factors: Vec<(&str, &str)> = entries
        .map(|entry| entry.split_once(':').filter(|(_, time)| is_number(time)))
        .collect::<Option<_>>()?;
    // Go writes each key once, in the order of their bytes.
    let sorted = factors.is_sorted_by(|(id, _), (next, _)| id < next);
    sorted.then_some((factors, v))
}

/// The text between the brackets of a list.
pub(super) fn list(text: &str) -> Option<&str> {
    text.strip_prefix('[')?.strip_suffix(']')
}

/// Whether the text is a JSON number.
pub(super) fn is_number(text: &str) -> bool {
    let starts_like_one = text.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    starts_like_one && serde_json::from_str::<IgnoredAny>(text).is_ok() && text.trim() == text
}
