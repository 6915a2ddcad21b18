//! Counts the instructions of one call with valgrind's callgrind, each case in its own process.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::hint::black_box;
use std::process::Command;

/// The name of a case, and a function that prepares its input and calls [`measure`] once.
pub(crate) type Case = (&'static str, fn());

/// The number of instructions of each case.
pub(crate) type Counts = BTreeMap<&'static str, u64>;

/// Calls the function twice. Only the second call is collected, because the first one initializes what lives as
/// long as the process.
pub(crate) fn measure<T>(mut call: impl FnMut() -> T) -> T {
    drop(black_box(call()));
    collected(&mut call)
}

/// Callgrind collects this function and everything that it calls, but not the drop of the result.
#[inline(never)]
fn collected<T>(call: &mut dyn FnMut() -> T) -> T {
    black_box(call())
}

/// Runs one case.
pub(crate) fn run(cases: &[Case], name: &str) -> Result<(), Box<dyn Error>> {
    let case = cases.iter().find(|(case, _)| *case == name);
    let (_, run) = case.ok_or_else(|| format!("no case has the name `{name}`"))?;
    run();
    Ok(())
}

/// Runs every case once without counting. A wrong result panics.
pub(crate) fn run_all(cases: &[Case]) {
    for (_, run) in cases {
        run();
    }
    println!("{} cases have the expected results", cases.len());
}

/// Counts every case.
pub(crate) fn count_all(cases: &[Case]) -> Result<Counts, Box<dyn Error>> {
    cases
        .iter()
        .map(|(name, _)| Ok((*name, count(name)?)))
        .collect()
}

fn count(case: &str) -> Result<u64, Box<dyn Error>> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("--toggle-collect=*measure::collected*")
        .arg(env::current_exe()?)
        .args(["case", case])
        .output()?;
    let log = String::from_utf8_lossy(&output.stderr);
    let collected = log.lines().find_map(|line| line.split_once("Collected :"));
    match collected.and_then(|(_, count)| count.trim().parse().ok()) {
        Some(count) if output.status.success() && count > 0 => Ok(count),
        _ => Err(format!("valgrind did not count the case `{case}`:\n{log}").into()),
    }
}
