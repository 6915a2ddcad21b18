//! Interpretations of a text: JSON values of a claim's declared type that an authorizer writes as this text.

use require_claims::testing::render::{self, Numbers};
use serde_json::{Value, json};

use super::requirements::{WITHOUT_COMMAS, WITHOUT_SPACES};
use super::{go_text, shapes};
use crate::claims::{self, Claim, Shape, ValueType};

/// A claim whose text is this one.
pub(super) struct Interpretation {
    pub(super) key: &'static str,
    /// The JSON text of the claim, with the numbers as in the gateway's text.
    pub(super) json: String,
    /// Whether only Cognito's authorizer writes this text, and HTTP APIs do not.
    pub(super) is_joined: bool,
}

/// Interpretations of the text as each claim. If there are many, some of them.
pub(super) fn of(text: &str) -> Vec<Interpretation> {
    let mut interpretations = Interpretations {
        text,
        found: Vec::new(),
    };
    interpretations.timestamped();
    interpretations.factors();
    interpretations.bare();
    interpretations.json_text();
    interpretations.shapes();
    interpretations.found
}

struct Interpretations<'a> {
    text: &'a str,
    found: Vec<Interpretation>,
}

impl Interpretations<'_> {
    /// Adds this JSON as an interpretation for each of these claims.
    fn push(&mut self, is_possible: impl Fn(&Claim) -> bool, json: &str) {
        // A claim has the same text in an object as alone.
        let rendered = render::value(json, Numbers::AsWritten);
        let is_joined = json != self.text && rendered.is_ok_and(|rendered| rendered != self.text);
        let claims = claims::all().filter(|claim| is_possible(claim));
        self.found.extend(claims.map(|claim| Interpretation {
            key: claim.key,
            json: json.to_owned(),
            is_joined,
        }));
    }

    /// `{"v": …, "t": …}`.
    fn timestamped(&mut self) {
        let Some((t, v)) = go_text::timestamped(self.text) else {
            return;
        };
        let mut push = |types: &[ValueType], is_possible: fn(&Claim) -> bool, v: Value| {
            let json = match t {
                None => format!(r#"{{"v":{v}}}"#),
                Some(t) => format!(r#"{{"v":{v},"t":{t}}}"#),
            };
            let is_possible = |claim: &Claim| {
                let has_type = claim.is_timestamped && types.contains(&claim.value);
                has_type && !shapes::has(claim) && is_possible(claim)
            };
            self.push(is_possible, &json);
        };
        push(&[ValueType::Name], |_| true, json!(v));
        if let Ok(v @ (Value::Bool(_) | Value::Number(_))) = serde_json::from_str(v) {
            push(&[ValueType::Boolean, ValueType::Number], |_| true, v);
        }
        for names in go_text::list(v).into_iter().flat_map(splits) {
            push(&[ValueType::Names], may_have_spaces, json!(names));
            if have_no_spaces(&names) {
                push(&[ValueType::Names], has_no_spaces, json!(names));
            }
        }
    }

    /// `{"c": {factor: seconds}, "v": boolean}`.
    fn factors(&mut self) {
        let Some((factors, v)) = go_text::factors(self.text) else {
            return;
        };
        let members: Vec<String> = factors
            .iter()
            .map(|(id, time)| format!("{}:{time}", json!(id)))
            .collect();
        let json = format!(r#"{{"c":{{{}}},"v":{v}}}"#, members.join(","));
        self.push(|claim| claim.value == ValueType::Factors, &json);
    }

    /// A string or a bare list, possibly joined with commas.
    fn bare(&mut self) {
        let text = self.text;
        let string = json!(text).to_string();
        let is_string = |claim: &Claim| {
            claim.value == ValueType::Name && !claim.is_timestamped && !shapes::has(claim)
        };
        self.push(
            |claim| is_string(claim) || ["aud", "scope"].contains(&claim.key),
            &string,
        );
        let content = go_text::list(text);
        let joined = [vec![text], text.split(',').collect()];
        let lists = content
            .into_iter()
            .flat_map(splits)
            .map(|names| (names, false));
        for (names, is_joined) in lists.chain(joined.map(|names| (names, true))) {
            let json = json!(names).to_string();
            let has_comma = names.iter().any(|name| name.contains(','));
            let is_list = |claim: &Claim| {
                let may_have_commas = !WITHOUT_COMMAS.contains(&claim.key);
                is_bare_list(claim) && (may_have_commas || !has_comma || !is_joined)
            };
            self.push(|claim| is_list(claim) && may_have_spaces(claim), &json);
            if have_no_spaces(&names) {
                self.push(|claim| is_list(claim) && has_no_spaces(claim), &json);
            }
        }
    }

    /// The JSON text of the claim, which some emulators pass.
    fn json_text(&mut self) {
        let is_possible: fn(&Claim) -> bool = match serde_json::from_str(self.text) {
            Ok(Value::Object(_)) if self.text.starts_with('{') => may_be_object,
            // With leading or trailing spaces, such a text is a string.
            Ok(Value::Array(names))
                if go_text::list(self.text).is_some() && names.iter().all(Value::is_string) =>
            {
                is_bare_list
            }
            _ => return,
        };
        self.push(is_possible, self.text);
    }

    /// The claims in other places and shapes.
    fn shapes(&mut self) {
        for claim in claims::all().filter(|claim| shapes::has(claim)) {
            for json in shapes::of(self.text, claim) {
                self.push(|other| other.key == claim.key, &json);
            }
        }
    }
}

fn may_be_object(claim: &Claim) -> bool {
    claim.has_time() || !claim.members.is_empty() || claim.shape == Shape::Keys
}

/// A bare array.
fn is_bare_list(claim: &Claim) -> bool {
    let is_array = matches!(claim.shape, Shape::Plain | Shape::OneOrMany);
    let is_bare = !claim.is_timestamped && claim.members.is_empty();
    claim.value == ValueType::Names && is_array && is_bare
}

fn has_no_spaces(claim: &Claim) -> bool {
    WITHOUT_SPACES.contains(&claim.key)
}

fn may_have_spaces(claim: &Claim) -> bool {
    !has_no_spaces(claim)
}

/// Some ways to split the content of a list at its spaces: nowhere, everywhere, and two in between that
/// depend on the content.
pub(super) fn splits(content: &str) -> Vec<Vec<&str>> {
    let seed = content.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut splits = vec![vec![content]];
    if content.contains(' ') {
        splits.extend([u64::MAX, seed, !seed].map(|mask| split(content, mask)));
    } else if content.is_empty() {
        splits.push(Vec::new());
    }
    splits
}

/// The content, split at those spaces whose bit in the mask is set.
fn split(content: &str, mask: u64) -> Vec<&str> {
    let mut spaces = 0;
    let is_split = |c| {
        let is_space = c == ' ';
        spaces += u32::from(is_space);
        is_space && mask.rotate_right(spaces) & 1 == 1
    };
    content.split(is_split).collect()
}

fn have_no_spaces(names: &[&str]) -> bool {
    !names.iter().any(|name| name.contains(' '))
}
