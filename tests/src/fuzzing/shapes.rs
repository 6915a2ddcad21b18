//! Values of each place and shape that an HTTP API writes as a text: within objects that may have other
//! members, as one string, as keys, and as JSON text.

use require_claims::testing::render::{self, Numbers};
use serde_json::{Value, json};

use super::go_text;
use super::interpretations::splits;
use crate::claims::{Claim, Shape, ValueType};

/// The JSON of claims with this text. If there are many, some of them.
pub(super) fn of(text: &str, claim: &Claim) -> Vec<String> {
    let mut found = if claim.is_timestamped {
        timestamped(text, claim)
    } else {
        within(text, claim.members, claim)
    };
    found.retain(|json| render::value(json, Numbers::AsWritten).is_ok_and(|other| other == text));
    found
}

/// Whether the values of a claim are found here. Those of the others are bare or timestamped, and have the
/// types of SuperTokens' claims.
pub(super) fn has(claim: &Claim) -> bool {
    let is_bare_scalar = matches!(claim.value, ValueType::Boolean | ValueType::Number);
    !claim.members.is_empty()
        || claim.shape != Shape::Plain
        || (is_bare_scalar && !claim.is_timestamped)
}

/// `{"v": …, "t": …}`, and `{"v": …}` with other members.
fn timestamped(text: &str, claim: &Claim) -> Vec<String> {
    let Some((t, v)) = go_text::timestamped(text) else {
        return Vec::new();
    };
    let own = values(v, claim).into_iter().map(|v| match t {
        None => format!(r#"{{"v":{v}}}"#),
        Some(t) => format!(r#"{{"v":{v},"t":{t}}}"#),
    });
    let mut objects = objects(text);
    objects.retain(|object| {
        let has = |name| object.iter().any(|(key, _)| *key == name);
        has("v") && !has("t")
    });
    let others = objects
        .iter()
        .flat_map(|object| objects_with(object, "v", |v| values(v, claim)));
    own.chain(others).collect()
}

/// The object with these values of one of its members. The values of the others are strings.
fn objects_with(
    object: &[(&str, &str)],
    member: &str,
    values: impl Fn(&str) -> Vec<String>,
) -> Vec<String> {
    let (own, others): (Vec<_>, Vec<_>) = object.iter().partition(|(key, _)| *key == member);
    let others: String = others
        .iter()
        .map(|other| string_member(other) + ",")
        .collect();
    match own.first() {
        Some((_, text)) => values(text)
            .iter()
            .map(|value| format!("{{{others}{}:{value}}}", json!(member)))
            .collect(),
        None => vec![format!("{{{}}}", others.trim_end_matches(','))],
    }
}

/// The value at the end of these members: in objects with other members, whose values are strings, and in
/// strings with JSON text. In some objects, the member is missing.
fn within(text: &str, members: &[&str], claim: &Claim) -> Vec<String> {
    let Some((member, inner)) = members.split_first() else {
        return values(text, claim);
    };
    let mut found = Vec::new();
    for object in objects(text) {
        found.extend(objects_with(&object, member, |value| {
            within(value, inner, claim)
        }));
    }
    let is_object = |text| matches!(serde_json::from_str(text), Ok(Value::Object(_)));
    if is_object(text) {
        found.push(json!(text).to_string());
    }
    found
}

/// The values of a claim's type and shape.
fn values(text: &str, claim: &Claim) -> Vec<String> {
    let string = json!(text).to_string();
    match (claim.value, claim.shape) {
        (ValueType::Boolean | ValueType::Number, _) => {
            let is_scalar = |text| {
                matches!(
                    serde_json::from_str(text),
                    Ok(Value::Bool(_) | Value::Number(_))
                )
            };
            is_scalar(text)
                .then(|| text.to_owned())
                .into_iter()
                .collect()
        }
        (ValueType::Names, Shape::Plain) => arrays(text),
        (ValueType::Names, Shape::OneOrMany) => [vec![string], arrays(text)].concat(),
        (ValueType::Names, Shape::Keys) => {
            let objects = objects(text).into_iter();
            objects
                .map(|members| {
                    let members: Vec<String> = members.iter().map(string_member).collect();
                    format!("{{{}}}", members.join(","))
                })
                .collect()
        }
        _ => vec![string],
    }
}

fn arrays(text: &str) -> Vec<String> {
    let content = go_text::list(text).into_iter();
    let lists = content.flat_map(splits);
    lists.map(|names| json!(names).to_string()).collect()
}

fn string_member((key, value): &(&str, &str)) -> String {
    format!("{}:{}", json!(key), json!(value))
}

/// Some ways to split the text of an object into its members: at spaces, and each member at its first or last
/// colon.
fn objects(text: &str) -> Vec<Vec<(&str, &str)>> {
    let content = text
        .strip_prefix("map[")
        .and_then(|text| text.strip_suffix(']'));
    let Some(content) = content else {
        return Vec::new();
    };
    if content.is_empty() {
        return vec![Vec::new()];
    }
    let mut objects = Vec::new();
    for members in members(content) {
        let first = members.iter().map(|member| member.split_once(':'));
        objects.extend(first.collect::<Option<Vec<_>>>());
        let last = members.iter().map(|member| member.rsplit_once(':'));
        objects.extend(last.collect::<Option<Vec<_>>>());
    }
    objects
}

/// The content in one piece, in two at each of some spaces, and in three.
fn members(content: &str) -> Vec<Vec<&str>> {
    let is_between = |at: &usize| {
        let (before, after) = content.split_at(*at);
        before.contains(':') && after.contains(':')
    };
    let spaces = content.match_indices(' ').map(|(at, _)| at);
    let spaces: Vec<usize> = spaces.filter(is_between).take(3).collect();
    let split = |spaces: &[usize]| {
        let mut pieces = Vec::new();
        let mut start = 0;
        for space in spaces {
            pieces.extend(content.get(start..*space));
            start = space + 1;
        }
        pieces.extend(content.get(start..));
        pieces
    };
    let mut all = vec![split(&[])];
    all.extend(spaces.iter().map(|space| split(&[*space])));
    all.extend(spaces.windows(2).map(split));
    all
}
