//! Time: a text that is sixteen times as long takes about sixteen times as long, not 256 times.
//!
//! Only for the fuzzer, because a test must not depend on a clock.

use std::collections::{HashMap, HashSet};
use std::hint::black_box;
use std::time::{Duration, Instant};

use lambda_http::{Request, RequestExt as _};
use require_claims::supertokens::ROLE;
use require_claims::{PrimitiveArrayClaim, PrimitiveClaim, Requirement, Session, extract_claims};
use serde_json::{Map, Value};

use super::requests::{self, Texts};
use super::requirements::{self, KeyedRequirement, without_keys};
use crate::custom_claims::TEAMS;

/// The approximate lengths of a short and a long text in bytes.
const SHORT: usize = 8192;
const LONG: usize = 16 * SHORT;

/// A longer time, relative to that of the short text, is a finding: between 16 for linear and 256 for
/// quadratic growth.
const SUSPICIOUS: u32 = 40;

/// Shorter times are ignored, because they cannot be measured precisely.
const MEASURABLE: Duration = Duration::from_micros(200);

/// How often a finding must be confirmed, because the system may have interrupted the process.
const MEASUREMENTS: usize = 5;

/// The input has up to four lines: the beginning of the text, the part that is repeated, the end of the text,
/// and a name in the requirements. The request's path parameters consist of the repeated part, too.
///
/// # Panics
///
/// If the time grows faster than the text.
pub fn growth(input: &[u8]) {
    let input = String::from_utf8_lossy(input);
    let mut lines = input.splitn(4, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (head, unit, tail, name) = (line(), line(), line(), line());
    if unit.is_empty() {
        return;
    }
    let names = [name, unit];
    let steps = requirements::steps(&names);
    let requirements = requirements::all_requirements(&names, &steps);
    let event = |length: usize| {
        let repeated = unit.repeat((length / unit.len()).max(1));
        let text = format!("{head}{repeated}{tail}");
        with_path(&in_every_claim(&requirements, &text), unit, length)
    };
    let (short, long) = (event(SHORT), event(LONG));
    let grow_faster = || -> HashSet<usize> {
        let pairs = times(&requirements, &short).into_iter();
        let pairs = pairs.zip(times(&requirements, &long)).enumerate();
        let suspicious =
            pairs.filter(|(_, (short, long))| *long > *short * SUSPICIOUS && *long > MEASURABLE);
        suspicious.map(|(requirement, _)| requirement).collect()
    };
    let mut suspected = grow_faster();
    for _ in 1..MEASUREMENTS {
        if suspected.is_empty() {
            return;
        }
        suspected = &suspected & &grow_faster();
    }
    assert!(
        suspected.is_empty(),
        "{head:?}, then {unit:?} repeatedly, then {tail:?}; with the name {name:?}"
    );
}

/// The text as the value of every claim.
fn in_every_claim(requirements: &[KeyedRequirement<'_>], text: &str) -> Texts {
    let keys = requirements.iter().flat_map(|keyed| keyed.keys);
    keys.map(|key| ((*key).to_owned(), text.to_owned()))
        .collect()
}

/// A path parameter of the maximum length, and one that is half as long as the text.
fn with_path(texts: &Texts, unit: &str, length: usize) -> Request {
    let value = |length: usize| vec![unit.repeat((length / unit.len()).max(1))];
    let parameters = [("name", value(1024)), ("long", value(length / 2))];
    let parameters = parameters.map(|(name, value)| (name.to_owned(), value));
    requests::http_api(texts).with_path_parameters(HashMap::from(parameters))
}

/// The time of each check and extraction, the best of three.
fn times(requirements: &[KeyedRequirement<'_>], event: &Request) -> Vec<Duration> {
    const OWNER: PrimitiveClaim = PrimitiveClaim::new("plan");
    const BARE: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("groups");
    let mut requirements: Vec<Requirement<'_>> = without_keys(requirements);
    for name in ["name", "long"] {
        let lists = [ROLE, TEAMS, BARE].map(|list| list.includes_path_parameter(name));
        requirements.extend(lists);
        requirements.push(OWNER.is_path_parameter(name));
    }
    let checks = requirements.into_iter();
    let mut times: Vec<Duration> = checks
        .map(|requirement| time(|| requirement.check(event).is_ok()))
        .collect();
    times.push(time(|| extract_claims::<Session, _>(event).is_ok()));
    times.push(time(|| {
        extract_claims::<Map<String, Value>, _>(event).is_ok()
    }));
    times
}

fn time(decide: impl Fn() -> bool) -> Duration {
    let once = |_: u8| {
        let start = Instant::now();
        black_box(decide());
        start.elapsed()
    };
    (0..3).map(once).min().unwrap_or_default()
}
