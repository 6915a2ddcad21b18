//! The recorded counts, in `counts.txt`. A case may not grow by more than 5 %.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;

use crate::measure::Counts;

const PATH: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/benches/instructions/counts.txt"
);

/// In percent.
const MAX_GROWTH: u64 = 5;

/// Writes the counts, with the compiler that they hold for.
pub(crate) fn write(counts: &Counts, rustc: &str) -> Result<(), Box<dyn Error>> {
    let mut text = format!("{rustc}\n");
    for (case, count) in counts {
        writeln!(text, "{count} {case}")?;
    }
    fs::write(PATH, text)?;
    println!("\nwritten: {PATH}");
    Ok(())
}

/// Prints which cases have changed by more than 5 %. Returns whether none has grown that much, and all are recorded.
///
/// Another version of rustc generates other code, so its counts are not compared.
pub(crate) fn print_growth(counts: &Counts, rustc: &str) -> Result<bool, Box<dyn Error>> {
    let text = fs::read_to_string(PATH)?;
    let mut lines = text.lines();
    let recorded_for = lines.next().unwrap_or_default();
    if recorded_for != rustc {
        println!(
            "\nnot compared with the recorded counts, which hold for `{recorded_for}` instead of `{rustc}`"
        );
        return Ok(true);
    }
    let lines = lines.filter_map(|line| line.split_once(' '));
    let recorded: BTreeMap<&str, u64> = lines
        .map(|(count, case)| Ok((case, count.parse()?)))
        .collect::<Result<_, Box<dyn Error>>>()?;
    println!();
    let mut not_grown = true;
    for (case, &count) in counts {
        let Some(&before) = recorded.get(case) else {
            println!("FAIL: `{case}` is not recorded; run `.ci/instructions update`");
            not_grown = false;
            continue;
        };
        if count * 100 > before * (100 + MAX_GROWTH) {
            println!(
                "FAIL: `{case}` has grown from {before} to {count} instructions; if this is intended, run `.ci/instructions update`"
            );
            not_grown = false;
        } else if count * (100 + MAX_GROWTH) < before * 100 {
            println!(
                "`{case}` has shrunk from {before} to {count} instructions; run `.ci/instructions update`"
            );
        }
    }
    println!("{} counts compared with those of {rustc}", counts.len());
    Ok(not_grown)
}
