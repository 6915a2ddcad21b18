//! Time: the claims of a text eight times as long take about eight times as long, not sixty-four.
//!
//! For the fuzzer alone: what a clock says is no test.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use lambda_http::{Request, RequestExt as _};
use require_claims::supertokens::ROLE;
use require_claims::{PrimitiveArrayClaim, PrimitiveClaim, Session, claims_of};
use serde_json::{Map, Value};

use super::ask::{self, Question};
use super::event::{self, Texts};
use crate::own_claims::TEAMS;

/// Bytes of a short text, about; and of a long one, eight times of that.
const SHORT: usize = 4096;
const LONG: usize = 8 * SHORT;

/// Beyond this times as long is a finding: between eight, and the sixty-four of time that grows with
/// the square.
const SUSPICIOUS: u32 = 24;

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
    let grows_faster = || time(&questions, &long) > time(&questions, &short) * SUSPICIOUS;
    assert!(
        !(0..LOOKS).all(|_| grows_faster()),
        "{head:?}, then {unit:?} again and again, then {tail:?}; asked for {name:?}"
    );
}

/// The text as each claim that is asked for.
fn everywhere(questions: &[Question<'_>], text: &str) -> Texts {
    let keys = questions.iter().map(|question| question.key);
    keys.map(|key| (key.to_owned(), text.to_owned())).collect()
}

/// A parameter as long as one may be, and one as long as the text.
fn with_path(texts: &Texts, unit: &str, length: usize) -> Request {
    let value = |length: usize| vec![unit.repeat((length / unit.len()).max(1))];
    let parameters = [("name", value(1024)), ("long", value(length))];
    let parameters = parameters.map(|(name, value)| (name.to_owned(), value));
    event::http_api(texts).with_path_parameters(HashMap::from(parameters))
}

/// What everything takes that can be asked, at best.
fn time(questions: &[Question<'_>], event: &Request) -> Duration {
    const OWNER: PrimitiveClaim = PrimitiveClaim::new("plan");
    const BARE: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("groups");
    let ask_everything = || {
        let start = Instant::now();
        for Question { requirement, .. } in questions {
            black_box(requirement.check(event).is_ok());
        }
        for name in ["name", "long"] {
            for list in [ROLE, TEAMS, BARE] {
                black_box(list.includes_path_parameter(name).check(event).is_ok());
            }
            black_box(OWNER.is_path_parameter(name).check(event).is_ok());
        }
        black_box(claims_of::<Session, _>(event).is_ok());
        black_box(claims_of::<Map<String, Value>, _>(event).is_ok());
        start.elapsed()
    };
    (0..3).map(|_| ask_everything()).min().unwrap_or_default()
}
