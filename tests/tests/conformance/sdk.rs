//! Runs the validators of SuperTokens' SDK for Node, with the programs in `tests/sdk` and without a server.

use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use require_claims_tests::access_token_sets::AccessTokenSet;
use require_claims_tests::payloads::NOW_IN_MILLISECONDS;
use require_claims_tests::requirement_sets::Validation;
use serde_json::{Value, json};

/// If this is set, the tests fail without the SDK.
const REQUIRED: &str = "REQUIRE_CLAIMS_SDK";

/// The result of a validator of the SDK.
#[derive(Debug)]
pub(crate) enum Answer {
    Valid,
    /// `{"id": …, "reason": …}`, in some cases without a reason.
    Invalid(Value),
    Thrown,
}

/// Whether the SDK is installed. If not, prints what is skipped and how to install it.
pub(crate) fn is_installed(left_out: &str) -> bool {
    let missing = if Command::new("node").arg("--version").output().is_err() {
        "Node is not installed"
    } else if !folder().join("node_modules/supertokens-node").is_dir() {
        "SuperTokens' SDK is not installed"
    } else {
        return true;
    };
    let notice = format!(
        "LEFT OUT: {left_out}: {missing}. To get it, install Node and run `npm ci` in `tests/sdk`."
    );
    assert!(std::env::var_os(REQUIRED).is_none(), "{notice}");
    // Unlike `eprintln!`, this is shown if the test passes.
    let mut stderr = std::io::stderr();
    writeln!(stderr, "{notice}").unwrap();
    false
}

/// Runs the SDK's validators of the sets on each payload, given as JSON text, and passes the results of each
/// payload on, set by set.
pub(crate) fn ask(
    sets: &[Vec<Validation>],
    payloads: impl Iterator<Item = String> + Send,
    mut answered: impl FnMut(Vec<Vec<Answer>>),
) {
    let validations: Vec<Vec<Value>> = sets
        .iter()
        .map(|set| set.iter().map(Validation::to_json).collect())
        .collect();
    let first = json!({"now": NOW_IN_MILLISECONDS, "sets": validations});
    run("validate.js", &first, payloads, |answers| {
        let answers: Vec<Vec<Value>> = serde_json::from_str(&answers).unwrap();
        let answers = answers.into_iter();
        answered(
            answers
                .map(|set| set.into_iter().map(Answer::from).collect())
                .collect(),
        );
    });
}

/// Runs the SDK's validation of OAuth 2 access tokens with each set of requirements on each payload, given as
/// JSON text. Passes the results of each payload on: for each set, the message of the denial.
pub(crate) fn ask_about_access_tokens(
    sets: &[AccessTokenSet],
    payloads: impl Iterator<Item = String> + Send,
    mut answered: impl FnMut(Vec<Option<String>>),
) {
    let sets: Vec<Value> = sets.iter().map(AccessTokenSet::to_json).collect();
    run("oauth2.js", &json!({ "sets": sets }), payloads, |answers| {
        answered(serde_json::from_str(&answers).unwrap());
    });
}

/// Runs a program of `tests/sdk` on the first line and the payloads, and passes its lines on.
fn run(
    program: &str,
    first: &Value,
    payloads: impl Iterator<Item = String> + Send,
    answered: impl FnMut(String),
) {
    let mut node = Command::new("node")
        .arg(program)
        .current_dir(folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = BufWriter::new(node.stdin.take().unwrap());
    let output = BufReader::new(node.stdout.take().unwrap());
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let lines = payloads.map(|payload| URL_SAFE_NO_PAD.encode(payload));
            for line in std::iter::once(first.to_string()).chain(lines) {
                // If the program has ended, reading its results reports why.
                if writeln!(input, "{line}").is_err() {
                    break;
                }
            }
        });
        output.lines().map(Result::unwrap).for_each(answered);
    });
    assert!(
        node.wait().unwrap().success(),
        "`tests/sdk/{program}` failed"
    );
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sdk")
}

impl From<Value> for Answer {
    fn from(answer: Value) -> Self {
        if answer.is_null() {
            Self::Valid
        } else if answer.get("thrown").is_some() {
            Self::Thrown
        } else {
            Self::Invalid(answer)
        }
    }
}
