//! How the number of instructions grows with the requirements, the roles and the token.

use std::error::Error;

use lambda_http::Request;
use require_claims::supertokens::ROLE;
use require_claims::{BooleanClaim, Requirement, all};
use serde_json::{Map, Value, json};

use crate::events;
use crate::measure::{self, measure};

/// One line of the plot.
struct Series {
    name: &'static str,
    /// The quantity that grows.
    unit: &'static str,
    sizes: [usize; 5],
    /// Prepares a request of this size, calls [`measure`] once, and returns the quantity.
    run: fn(usize) -> usize,
}

const SERIES: [Series; 3] = [
    Series {
        name: "requirements",
        unit: "requirements",
        sizes: [1, 5, 10, 15, 20],
        run: requirements,
    },
    Series {
        name: "roles",
        unit: "roles in text",
        sizes: [1, 2_500, 5_000, 7_500, 10_000],
        run: roles,
    },
    // With 1,000 claims, the token almost has the maximum size of all headers together: 10,240 bytes.
    Series {
        name: "token",
        unit: "bytes of the token",
        sizes: [10, 250, 500, 750, 1_000],
        run: token,
    },
];

/// The last part of a series may grow this much faster than the parts before it.
const TOLERANCE: f64 = 1.1;

fn measure_allowed(event: &Request, requirement: Requirement<'_>) {
    assert!(measure(|| requirement.check(event)).is_ok());
}

/// Claims that must all be true.
fn requirements(count: usize) -> usize {
    let keys = (0..count).map(|n| format!("claim{n:02}"));
    let keys: Vec<&'static str> = keys.map(|key| &*key.leak()).collect();
    let claims: Map<String, Value> = keys
        .iter()
        .map(|key| ((*key).to_owned(), json!("true")))
        .collect();
    let each: Vec<_> = keys
        .iter()
        .map(|key| BooleanClaim::bare(key).is_true())
        .collect();
    measure_allowed(&events::texts(&json!(claims), ""), all(&each));
    count
}

fn roles(count: usize) -> usize {
    let roles: Vec<_> = (0..count).map(|n| format!("role{n:05}")).collect();
    let text = format!("map[t:1 v:[{}]]", roles.join(" "));
    measure_allowed(&events::text("st-role", &text), ROLE.excludes("role"));
    count
}

/// Other claims of a token that contains two roles.
fn token(claims: usize) -> usize {
    let (text, value) = ("map[t:1 v:[foo admin]]", r#"{"v":["foo","admin"],"t":1}"#);
    let members = events::short_members(claims);
    let event = events::text_with_token("st-role", text, value, &members);
    measure_allowed(&event, ROLE.includes("admin"));
    event
        .headers()
        .get("authorization")
        .map_or(0, http::HeaderValue::len)
}

/// Runs one point of a series. Its quantity goes to the standard output.
pub(crate) fn run(series: &str, size: &str) -> Result<(), Box<dyn Error>> {
    let found = SERIES.iter().find(|one| one.name == series);
    let series = found.ok_or_else(|| format!("no series has the name `{series}`"))?;
    println!("{}", (series.run)(size.parse()?));
    Ok(())
}

/// Runs the smallest point of each series.
pub(crate) fn run_smallest() {
    for series in SERIES {
        (series.run)(1);
    }
}

/// Counts all points, and prints them as blocks of lines for gnuplot. Returns whether each series grows linearly.
pub(crate) fn print() -> Result<bool, Box<dyn Error>> {
    let mut are_linear = true;
    for series in SERIES {
        println!("# {}: instructions", series.unit);
        let mut points = Vec::new();
        for size in series.sizes {
            let counted = measure::count(&["growth", series.name, &size.to_string()])?;
            let (quantity, count): (u32, _) = (counted.printed.trim().parse()?, counted.count);
            println!("{quantity} {count}");
            points.push((f64::from(quantity), f64::from(u32::try_from(count)?)));
        }
        println!("\n");
        if !is_linear(&points) {
            eprintln!(
                "FAIL: the instructions do not grow linearly with the {}",
                series.unit
            );
            are_linear = false;
        }
    }
    Ok(are_linear)
}

/// Whether the last part is hardly steeper than all parts before it together.
fn is_linear(points: &[(f64, f64)]) -> bool {
    let slope = |from: (f64, f64), to: (f64, f64)| (to.1 - from.1) / (to.0 - from.0);
    match points {
        [first, .., before, last] => slope(*before, *last) <= TOLERANCE * slope(*first, *before),
        _ => false,
    }
}
