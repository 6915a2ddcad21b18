//! 260 payloads with their text as Go writes it, and their verdicts.
//!
//! The verdicts are those of SuperTokens' SDK on each requirement of the requirement sets, except for the
//! cases in which the guard is deliberately stricter. `tests/conformance` compares them with the SDK.

use serde::Deserialize;
use serde_json::Value;

use crate::fuzzing::Texts;

/// The verdicts as text: a line for each payload, in it a word for each requirement set, in it a character
/// for each requirement.
pub const VERDICTS: &str = include_str!("../vectors/verdicts.txt");

/// A payload with its texts and verdicts.
pub struct Vector {
    /// The payload of the token.
    pub payload: Value,
    /// Its claims as text: with numbers as floats, and as in the payload.
    pub texts: [Texts; 2],
    /// For each requirement set, whether the payload meets each requirement.
    pub verdicts: Vec<Vec<bool>>,
}

#[derive(Deserialize)]
struct Line {
    payload: Value,
    claims_float: Texts,
    claims_number: Texts,
}

/// All vectors.
///
/// # Panics
///
/// If a line cannot be read.
pub fn vectors() -> impl Iterator<Item = Vector> {
    let lines = include_str!("../vectors/gateway-claims.jsonl").lines();
    // A payload without verdicts is included, so that the tests notice the missing ones.
    let verdicts = VERDICTS.lines().chain(std::iter::repeat(""));
    lines.zip(verdicts).map(|(line, verdicts)| {
        let line: Line = serde_json::from_str(line).expect("a payload with its claims");
        Vector {
            payload: line.payload,
            texts: [line.claims_float, line.claims_number],
            verdicts: verdicts.split(' ').map(read).collect(),
        }
    })
}

fn read(set: &str) -> Vec<bool> {
    set.chars().map(|verdict| verdict == '+').collect()
}

/// The line of a payload's verdicts: `+` for a requirement that is met, `-` for one that is not.
#[must_use]
pub fn line_of(verdicts: &[Vec<bool>]) -> String {
    let letter = |is_met: &bool| if *is_met { '+' } else { '-' };
    let sets = verdicts.iter();
    let sets: Vec<String> = sets.map(|set| set.iter().map(letter).collect()).collect();
    sets.join(" ")
}
