//! 260 payloads with the text that Go itself writes of them, and the verdicts on them.
//!
//! The verdicts are those of SuperTokens' SDK on each requirement of the requirement sets, but for
//! the cases in which this project is stricter on purpose. `tests/conformance` asks the SDK, and
//! finds what is written down.

use serde::Deserialize;
use serde_json::Value;

use crate::targets::Texts;

/// The verdicts as they are written: a line for each payload, in it a word for each requirement set,
/// in it a letter for each requirement.
pub const VERDICTS: &str = include_str!("../vectors/verdicts.txt");

/// A payload, and what belongs to it.
pub struct Vector {
    /// The payload of the token.
    pub payload: Value,
    /// Its claims as text: with numbers as floats, and as they are written.
    pub texts: [Texts; 2],
    /// Of each requirement set, whether the payload meets each requirement.
    pub verdicts: Vec<Vec<bool>>,
}

#[derive(Deserialize)]
struct Line {
    payload: Value,
    claims_float: Texts,
    claims_number: Texts,
}

/// All of them.
///
/// # Panics
///
/// Where a line is not what it should be.
pub fn vectors() -> impl Iterator<Item = Vector> {
    let lines = include_str!("../vectors/gateway-claims.jsonl").lines();
    // A payload whose verdicts are missing has none, and is not left out.
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

/// The line of a payload's verdicts: `+` where a requirement is met, `-` where it is not.
#[must_use]
pub fn line_of(verdicts: &[Vec<bool>]) -> String {
    let letter = |is_met: &bool| if *is_met { '+' } else { '-' };
    let sets = verdicts.iter();
    let sets: Vec<String> = sets.map(|set| set.iter().map(letter).collect()).collect();
    sets.join(" ")
}
