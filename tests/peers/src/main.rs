//! Compares the guard with other crates that can decide the same, by the number of instructions.
//!
//! `.ci/peers` builds and counts all of them. They are not part of `.ci/run`, because building them takes minutes.

mod caller;
#[path = "../../../runtime/tests/events/mod.rs"]
mod events;
#[path = "../../../runtime/benches/instructions/measure.rs"]
mod measure;
mod peers;

use std::env;
use std::error::Error;
use std::process::ExitCode;

use caller::callers;
use measure::{Counts, measure};
use peers::{GUARD, PEERS};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [case, name] = arguments.as_slice()
        && case == "case"
    {
        let peer = PEERS.iter().find(|peer| peer.name == name);
        let peer = peer.ok_or("no peer has this name")?;
        let caller = callers().next().ok_or("no callers")?;
        let is_allowed = caller.is_allowed;
        assert_eq!(measure((peer.prepare)(caller)), is_allowed);
        return Ok(ExitCode::SUCCESS);
    }
    let counts = measure::count_all(PEERS.iter().map(|peer| peer.name))?;
    Ok(ExitCode::from(u8::from(!print(&counts))))
}

/// Prints the table. Returns whether the guard is as much faster as it should be.
fn print(counts: &Counts) -> bool {
    let count = |name| counts.get(name).copied().unwrap_or_default();
    let guard = count(GUARD);
    println!(
        "{:34} {:>12} {:>7} {:>9}",
        "decision", "instructions", "ratio", "at least"
    );
    let mut are_slower = true;
    for peer in &PEERS {
        let ratio = count(peer.name) as f64 / guard as f64;
        let (at_least, result) = match peer.at_least {
            None => (String::new(), ""),
            Some(limit) if ratio >= limit => (limit.to_string(), "pass"),
            Some(limit) => {
                are_slower = false;
                (limit.to_string(), "FAIL")
            }
        };
        println!(
            "{:34} {:12} {ratio:7.1} {at_least:>9} {result}",
            peer.name,
            count(peer.name)
        );
    }
    are_slower
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caller::Caller;
    use crate::peers::{PREPARED_ROLE, Peer};

    /// Whether this peer should allow the request of this caller.
    fn expected(peer: &Peer, caller: &Caller) -> bool {
        let roles = caller.claims.roles();
        match peer.name {
            // As text, two roles could also be one role with a space.
            GUARD => caller.is_allowed && roles.len() == 1,
            PREPARED_ROLE => roles.iter().any(|role| role == "admin"),
            _ => caller.is_allowed,
        }
    }

    #[test]
    fn every_peer_decides_like_the_guard() {
        for peer in &PEERS {
            for caller in callers() {
                let context = format!("{}: {}", peer.name, caller.payload);
                let expected = expected(peer, &caller);
                assert_eq!((peer.prepare)(caller)(), expected, "{context}");
            }
        }
    }
}
