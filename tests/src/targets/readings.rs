//! What a claim may have been, given the text of it: JSON values of its declared type that an
//! authorizer writes like this.

use require_claims::testing::render::{self, Numbers};
use serde_json::{Value, json};

use super::claim_text;

/// A claim that may have been written as the text.
pub(super) struct Reading {
    pub(super) key: &'static str,
    /// JSON text, with the numbers as the claim's text spells them.
    pub(super) json: String,
    /// Whether only Cognito's authorizer writes it so, and no HTTP API.
    pub(super) is_joined: bool,
}

/// Readings of the text as each claim that is asked for, some of many where there are many.
pub(super) fn of(text: &str) -> Vec<Reading> {
    let mut readings = Readings {
        text,
        found: Vec::new(),
    };
    readings.dated();
    readings.factors();
    readings.bare();
    readings.json_text();
    readings.found
}

struct Readings<'a> {
    text: &'a str,
    found: Vec<Reading>,
}

impl Readings<'_> {
    fn push(&mut self, keys: &[&'static str], json: &str) {
        // The rendering of a claim in an object is that of the claim.
        let written = render::value(json, Numbers::AsWritten);
        let is_joined = written.is_ok_and(|written| written != self.text);
        self.found.extend(keys.iter().map(|key| Reading {
            key,
            json: json.to_owned(),
            is_joined,
        }));
    }

    /// `{"v": …, "t": …}`.
    fn dated(&mut self) {
        let Some((t, v)) = claim_text::dated(self.text) else {
            return;
        };
        let mut push = |keys: &[&'static str], v: Value| {
            let json = match t {
                None => format!(r#"{{"v":{v}}}"#),
                Some(t) => format!(r#"{{"v":{v},"t":{t}}}"#),
            };
            self.push(keys, &json);
        };
        push(&["plan"], json!(v));
        if let Ok(v @ (Value::Bool(_) | Value::Number(_))) = serde_json::from_str(v) {
            push(&["st-ev", "2fa-completed", "seats"], v);
        }
        for names in claim_text::list(v).into_iter().flat_map(cuts) {
            push(&["st-role", "st-perm"], json!(names));
            if have_no_blanks(&names) {
                push(&["teams"], json!(names));
            }
        }
    }

    /// `{"c": {factor: seconds}, "v": boolean}`.
    fn factors(&mut self) {
        let Some((factors, v)) = claim_text::factors(self.text) else {
            return;
        };
        let members: Vec<String> = factors
            .iter()
            .map(|(id, time)| format!("{}:{time}", json!(id)))
            .collect();
        let json = format!(r#"{{"c":{{{}}},"v":{v}}}"#, members.join(","));
        self.push(&["st-mfa"], &json);
    }

    /// A string, or a list by itself, perhaps joined with commas.
    fn bare(&mut self) {
        let text = self.text;
        let string = json!(text).to_string();
        self.push(&["sub", "tId", "iss", "aud", "scope"], &string);
        let content = claim_text::list(text);
        let joined = [vec![text], text.split(',').collect()];
        let lists = content.into_iter().flat_map(cuts).chain(joined);
        for names in lists {
            let json = json!(names).to_string();
            self.push(&["groups", "aud"], &json);
            if have_no_blanks(&names) {
                self.push(&["amr"], &json);
            }
        }
    }

    /// The claim itself, which some emulators put into the string.
    fn json_text(&mut self) {
        let keys: &[&'static str] = match serde_json::from_str(self.text) {
            Ok(Value::Object(_)) if self.text.starts_with('{') => &[
                "st-ev",
                "2fa-completed",
                "st-role",
                "st-perm",
                "teams",
                "plan",
                "seats",
                "st-mfa",
            ],
            // With a blank before or behind it, such a text is taken for a string.
            Ok(Value::Array(names))
                if claim_text::list(self.text).is_some() && names.iter().all(Value::is_string) =>
            {
                &["groups", "amr", "aud"]
            }
            _ => return,
        };
        let text = self.text;
        self.found.extend(keys.iter().map(|key| Reading {
            key,
            json: text.to_owned(),
            is_joined: false,
        }));
    }
}

/// Some ways to cut the content of a list at its blanks: nowhere, everywhere, and two in between
/// that depend on the content.
fn cuts(content: &str) -> Vec<Vec<&str>> {
    let seed = content.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut cuts = vec![vec![content]];
    if content.contains(' ') {
        cuts.extend([u64::MAX, seed, !seed].map(|mask| cut(content, mask)));
    } else if content.is_empty() {
        cuts.push(Vec::new());
    }
    cuts
}

/// The content, cut at those of its blanks whose bit is set.
fn cut(content: &str, mask: u64) -> Vec<&str> {
    let mut blanks = 0;
    let is_cut = |c| {
        let is_blank = c == ' ';
        blanks += u32::from(is_blank);
        is_blank && mask.rotate_right(blanks) & 1 == 1
    };
    content.split(is_cut).collect()
}

fn have_no_blanks(names: &[&str]) -> bool {
    !names.iter().any(|name| name.contains(' '))
}
