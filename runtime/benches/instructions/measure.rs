//! Counts the instructions of one call with valgrind's callgrind, each case in its own process.

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::hint::black_box;
use std::process::Command;

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

/// Counts the cases with these names. The program runs one of them if its arguments are `case` and the name.
pub(crate) fn count_all(
    names: impl Iterator<Item = &'static str>,
) -> Result<Counts, Box<dyn Error>> {
    names
        .map(|name| Ok((name, count(&["case", name])?.count)))
        .collect()
}

/// What one run of the program yields.
pub(crate) struct Counted {
    pub(crate) count: u64,
    /// Its standard output.
    #[allow(
        dead_code,
        reason = "`tests/peers` uses this file, and reads counts only"
    )]
    pub(crate) printed: String,
}

/// Counts a run of this program with these arguments.
pub(crate) fn count(arguments: &[&str]) -> Result<Counted, Box<dyn Error>> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("--toggle-collect=*measure::collected*")
        .arg(env::current_exe()?)
        .args(arguments)
        .output()?;
    let log = String::from_utf8_lossy(&output.stderr);
    let collected = log.lines().find_map(|line| line.split_once("Collected :"));
    match collected.and_then(|(_, count)| count.trim().parse().ok()) {
        Some(count) if output.status.success() && count > 0 => Ok(Counted {
            count,
            printed: String::from_utf8(output.stdout)?,
        }),
        _ => Err(format!("valgrind did not count `{}`:\n{log}", arguments.join(" ")).into()),
    }
}
