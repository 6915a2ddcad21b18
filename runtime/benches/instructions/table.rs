//! The table of all cases, with ratios and budgets.

use std::error::Error;

use crate::measure::Counts;

/// A line of the table.
struct Row {
    case: &'static str,
    /// Another case of the same run.
    compared_with: &'static str,
    limit: Limit,
    /// If the budget is missed: why. This does not fail the run, but growth compared with `counts.txt` does.
    missed: &'static str,
}

/// The budget of a case.
enum Limit {
    None,
    /// This many instructions.
    Instructions(u64),
    /// This many times the instructions of the other case.
    Times(f64),
    /// This many instructions more than the other case.
    More(u64),
}

use Limit::{Instructions, More, Times};

impl Row {
    const fn of(case: &'static str, compared_with: &'static str, limit: Limit) -> Self {
        Self {
            case,
            compared_with,
            limit,
            missed: "",
        }
    }

    /// The budget is missed for a known reason, which does not fail the run.
    const fn missed(self, reason: &'static str) -> Self {
        Self {
            missed: reason,
            ..self
        }
    }

    /// The number of instructions that the budget allows.
    fn at_most(&self, compared_with: u64) -> Option<u64> {
        match self.limit {
            Limit::None => None,
            Instructions(count) => Some(count),
            Times(factor) => Some(scale(compared_with, factor)),
            More(count) => Some(compared_with + count),
        }
    }
}

/// Known reason: the check by hand is written for three claims in one form, but the guard interprets declarations.
const DECLARED: &str = "declarations of claims are data, and each form is a branch";

const ROWS: [Row; 25] = [
    Row::of("text", "text by hand", Times(1.15)).missed(DECLARED),
    Row::of("text", "text by hand", Instructions(3900)).missed(DECLARED),
    Row::of("text", "text by substring", Limit::None),
    Row::of("text", "event", Limit::None),
    Row::of("text denied", "event", Times(0.06))
        .missed("deciding takes half of this, and `serde_json` writes the body with a quarter"),
    Row::of("text 50 roles denied", "event", Limit::None),
    Row::of("text #[claims]", "text", More(8000)),
    Row::of("text #[claims]", "text #[claims] by hand", Limit::None),
    Row::of("text Session", "text", Limit::None),
    Row::of("token", "token by hand Value", Times(1.4)),
    Row::of("token", "token by hand struct", Limit::None),
    Row::of("token", "event with token", Limit::None),
    Row::of("token denied", "token", Times(1.2)),
    Row::of("token of somebody else", "token", Limit::None),
    Row::of(
        "token 1000 permissions",
        "token 1000 permissions by hand",
        Limit::None,
    ),
    Row::of("token #[claims]", "token by hand Value", Times(1.5)),
    Row::of("token Session", "token by hand Value", Limit::None),
    Row::of("REST typed", "REST typed by hand", Times(2.0)).missed(DECLARED),
    Row::of("REST JSON text", "REST JSON text by hand", Times(2.5)),
    Row::of("REST flat", "REST flat by hand", Limit::None),
    Row::of("axum", "text", Times(1.1)),
    Row::of("axum", "axum by hand", Limit::None),
    Row::of("axum denied", "text denied", Times(1.1)),
    Row::of("axum token", "token", Times(1.1)),
    Row::of("event with token", "event", Limit::None),
];

/// Prints the table. Returns whether all budgets are met, except for those with a known reason.
pub(crate) fn print(counts: &Counts) -> Result<bool, Box<dyn Error>> {
    println!(
        "{:24} {:>12}  {:32} {:>12} {:>6}  {:>9}",
        "case", "instructions", "compared with", "instructions", "ratio", "at most"
    );
    let mut are_met = true;
    for row in &ROWS {
        let (count, other) = (of(counts, row.case)?, of(counts, row.compared_with)?);
        let budget = row.at_most(other);
        let at_most = budget.map_or(String::new(), |budget| budget.to_string());
        let result = match budget {
            None => String::new(),
            Some(budget) if count <= budget => "pass".to_owned(),
            Some(_) if row.missed.is_empty() => {
                are_met = false;
                "FAIL".to_owned()
            }
            Some(_) => format!("MISSED: {}", row.missed),
        };
        println!(
            "{:24} {count:12}  {:32} {other:12} {:6.2}  {at_most:>9}  {result}",
            row.case,
            row.compared_with,
            ratio(count, other),
        );
    }
    Ok(are_met)
}

fn of(counts: &Counts, case: &str) -> Result<u64, Box<dyn Error>> {
    let count = counts.get(case).copied();
    count.ok_or_else(|| format!("no case has the name `{case}`").into())
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2⁵²")]
fn ratio(count: u64, other: u64) -> f64 {
    count as f64 / other as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts are positive, and far below 2⁵²"
)]
fn scale(count: u64, factor: f64) -> u64 {
    (count as f64 * factor) as u64
}
