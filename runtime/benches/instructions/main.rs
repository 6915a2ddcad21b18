//! Counts the instructions of the guard, and of what a careful engineer would write by hand.
//!
//! `.ci/instructions` counts all of them with valgrind, and compares the counts with budgets and with
//! `counts.txt`. Without arguments, as in `cargo bench`, each case runs once and checks its result.

#[path = "../../tests/axum_extractor/mod.rs"]
mod axum_extractor;
mod by_hand;
mod cases;
#[path = "../../tests/events/mod.rs"]
mod events;
mod growth;
mod measure;
mod recorded;
mod rest;
mod table;

use std::env;
use std::error::Error;
use std::process::ExitCode;

use cases::CASES;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["case", name] => {
            let case = CASES.iter().find(|(case, _)| case == name);
            let (_, run) = case.ok_or_else(|| format!("no case has the name `{name}`"))?;
            run();
        }
        ["growth"] => return Ok(ExitCode::from(u8::from(!growth::print()?))),
        ["growth", series, size] => growth::run(series, size)?,
        ["count", rustc] => return count(rustc, false),
        ["update", rustc] => return count(rustc, true),
        _ => {
            for (_, run) in CASES {
                run();
            }
            growth::run_smallest();
            println!("{} cases have the expected results", CASES.len());
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Counts all cases, and prints the tables. Fails if a budget is exceeded, if growing inputs take more than linearly
/// growing instructions or, unless the recorded counts are updated, if a count has grown.
fn count(rustc: &str, update: bool) -> Result<ExitCode, Box<dyn Error>> {
    let counts = measure::count_all(CASES.iter().map(|(name, _)| *name))?;
    let within_budgets = table::print(&counts)?;
    println!();
    let is_linear = growth::print()?;
    let not_grown = if update {
        recorded::write(&counts, rustc)?;
        true
    } else {
        recorded::print_growth(&counts, rustc)?
    };
    Ok(ExitCode::from(u8::from(
        !(within_budgets && is_linear && not_grown),
    )))
}
