//! Compares the renderer with Go on random JSON: the text is the same, byte for byte.
//!
//! It needs a Go toolchain. Without one, the test prints a notice and passes. `.ci/go` installs one and sets
//! `REQUIRE_CLAIMS_GO`, with which the test fails instead.

mod documents;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use require_claims::testing::render::{Numbers, value};

use documents::{Kind, Random};

/// The number of documents of each kind.
const DOCUMENTS: usize = 3_000;

#[test]
fn renders_every_document_as_go_does() {
    if Command::new("go").arg("version").output().is_err() {
        let notice = "LEFT OUT: comparing the renderer with Go itself: Go is not installed. To get it, \
            run `.ci/go`.";
        assert!(std::env::var_os("REQUIRE_CLAIMS_GO").is_none(), "{notice}");
        // Unlike `eprintln!`, this is shown if the test passes.
        writeln!(std::io::stderr(), "{notice}").unwrap();
        return;
    }
    let documents: Vec<String> = [Kind::RepeatedKeys, Kind::NumbersOutOfRange]
        .into_iter()
        .flat_map(|kind| {
            let mut random = Random::new(kind);
            (0..DOCUMENTS).map(move |_| random.value(4))
        })
        .chain(documents::powers_of_two())
        .collect();
    let answers = go_renders(documents.join("\n"));
    let answers: Vec<[Option<String>; 2]> = answers
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), documents.len());

    let mut refused = 0;
    for (document, [float, written]) in documents.iter().zip(&answers) {
        assert_eq!(&value(document, Numbers::Float64).ok(), float, "{document}");
        assert_eq!(
            &value(document, Numbers::AsWritten).ok(),
            written,
            "{document}"
        );
        refused += usize::from(float.is_none());
    }
    // Both reject numbers that are too large for a float64; some documents contain one.
    assert!(refused > 0 && refused < DOCUMENTS / 2, "{refused}");
}

fn go_renders(documents: String) -> String {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/go/render.go");
    let mut go = Command::new("go")
        .arg("run")
        .arg(program)
        .env("GOCACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("go"))
        .env("GO111MODULE", "off")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = go.stdin.take().unwrap();
    let writer = thread::spawn(move || stdin.write_all(documents.as_bytes()));
    let output = go.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}
