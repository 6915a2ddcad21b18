//! Time: the claims of a text sixteen times as long take about sixteen times as long, not 256.
//!
//! For the fuzzer alone: what a clock says is no test.

use std::collections::{HashMap, HashSet};
use std::hint::black_box;
use std::time::{Duration, Instant};

use lambda_http::{Request, RequestExt as _};
use require_claims::supertokens::ROLE;
use require_claims::{PrimitiveArrayClaim, PrimitiveClaim, Requirement, Session, extract_claims};
use serde_json::{Map, Value};

use super::ask::{self, Asked};
use super::event::{self, Texts};
use crate::own_claims::TEAMS;

/// Bytes of a short text, about; and of a long one, sixteen times of that.
const SHORT: usize = 8192;
const LONG: usize = 16 * SHORT;

/// Beyond this times as long is a finding: between sixteen, and the 256 of time that grows with the
/// square.
const SUSPICIOUS: u32 = 40;

/// What takes less is not looked at: a clock tells too little of it.
const NOTICED: Duration = Duration::from_micros(200);

/// How often a suspicion must be confirmed, since the system may have interrupted.
const LOOKS: usize = 5;

/// The input is up to four lines: what the text begins with, what is repeated, what it ends with, and
/// a name that is asked for. The request's path has what is repeated, too.
///
/// # Panics
///
/// Where the time grows faster than the text.
pub fn growth(input: &[u8]) {
    let input = String::from_utf8_lossy(input);
    let mut lines = input.splitn(4, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let (head, unit, tail, name) = (line(), line(), line(), line());
    if unit.is_empty() {
        return;
    }
    let names = [name, unit];
    let steps = ask::steps(&names);
    let questions = ask::everything(&names, &steps);
    let event = |length: usize| {
        let repeated = unit.repeat((length / unit.len()).max(1));
        let text = format!("{head}{repeated}{tail}");
        with_path(&everywhere(&questions, &text), unit, length)
    };
    let (short, long) = (event(SHORT), event(LONG));
    let grow_faster = || -> HashSet<usize> {
        let pairs = times(&questions, &short).into_iter();
        let pairs = pairs.zip(times(&questions, &long)).enumerate();
        let suspicious =
            pairs.filter(|(_, (short, long))| *long > *short * SUSPICIOUS && *long > NOTICED);
        suspicious.map(|(question, _)| question).collect()
    };
    let mut suspected = grow_faster();
    for _ in 1..LOOKS {
        if suspected.is_empty() {
            return;
        }
        suspected = &suspected & &grow_faster();
    }
    assert!(
        suspected.is_empty(),
        "{head:?}, then {unit:?} again and again, then {tail:?}; asked for {name:?}"
    );
}

/// The text as each claim that is asked for.
fn everywhere(questions: &[Asked<'_>], text: &str) -> Texts {
    let keys = questions.iter().map(|question| question.key);
    keys.map(|key| (key.to_owned(), text.to_owned())).collect()
}

/// A parameter as long as one may be, and one that grows with the text, half as long.
fn with_path(texts: &Texts, unit: &str, length: usize) -> Request {
    let value = |length: usize| vec![unit.repeat((length / unit.len()).max(1))];
    let parameters = [("name", value(1024)), ("long", value(length / 2))];
    let parameters = parameters.map(|(name, value)| (name.to_owned(), value));
    event::http_api(texts).with_path_parameters(HashMap::from(parameters))
}

/// What each thing takes that can be asked, at best of three.
fn times(questions: &[Asked<'_>], event: &Request) -> Vec<Duration> {
    const OWNER: PrimitiveClaim = PrimitiveClaim::new("plan");
    const BARE: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("groups");
    let mut requirements: Vec<Requirement<'_>> = questions
        .iter()
        .map(|question| question.requirement)
        .collect();
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
