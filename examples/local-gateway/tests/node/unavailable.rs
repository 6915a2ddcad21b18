//! What is missing on the machine: the gateway starts, and answers with a 501 that says what to run.

use std::path::Path;

use serde_json::{Value, json};

use crate::program::Program;
use crate::{folder, has_node, template};

const ESBUILD: &str =
    "    Metadata: {BuildMethod: esbuild, BuildProperties: {EntryPoints: [src/index.ts]}}\n";

/// The same hint is in the terminal, at the start and for each request, and in the response.
fn assert_hint(program: Program, template: &Path, hint: &str) {
    assert!(
        program
            .printed
            .contains("501, this gateway cannot run the function")
    );
    let response = program.get("/orders");
    assert_eq!(response.status(), 501);
    let body: Value = serde_json::from_str(response.body()).unwrap();
    let hint = format!("{hint}. Until the gateway is started again, its requests get a 501");
    assert_eq!(body, json!({ "message": hint }));
    let log = program.stop();
    let at_start = format!("{}:6: {hint}\n", template.display());
    assert!(log.contains(&at_start), "{log}");
    assert_eq!(log.matches(&hint).count(), 2, "{log}");
}

#[test]
fn without_a_usable_node() {
    let text = template("HttpApi", "index.handler", "");
    let script = |line: &str| format!("#!/bin/sh\n{line}\n");
    let folder = folder(
        "no-node",
        &[
            ("template.yaml", &*text),
            ("old/bin/node", &*script("echo 18.20.4 /usr/bin/node")),
            ("other/bin/node", &*script("echo a cluster node")),
            ("code/index.mjs", ""),
        ],
    );
    let template = folder.join("template.yaml");
    for (path, found) in [
        (
            "empty",
            "which is not in `PATH`; install it from https://nodejs.org",
        ),
        (
            "old/bin",
            "found 18.20.4; install a newer one from https://nodejs.org",
        ),
        (
            "other/bin",
            "but `node` in `PATH` does not print its version",
        ),
    ] {
        let program = Program::with_path(&template, folder.join(path));
        let hint = format!("`NodeFunction` needs Node 20 or later, {found}");
        assert_hint(program, &template, &hint);
    }
}

#[test]
fn without_packages() {
    if !has_node() {
        return;
    }
    let bundled = template("HttpApi", "index.handler", ESBUILD);
    let plain = template("HttpApi", "index.handler", "");
    let folder = folder(
        "no-packages",
        &[
            ("bundled.yaml", &*bundled),
            ("plain.yaml", &*plain),
            ("code/src/index.ts", ""),
            ("code/index.js", ""),
            ("code/package.json", r#"{"dependencies": {"middy": "1"}}"#),
        ],
    );
    let code = folder.join("code").canonicalize().unwrap();
    let code = code.display();
    let hint = |needs: &str| format!("`NodeFunction` needs {needs} --prefix {code}");
    let start = |file: &str| Program::start(&folder.join(file));
    for file in ["bundled.yaml", "plain.yaml"] {
        let hint = hint("its packages; run `npm install --ignore-scripts") + "`";
        assert_hint(start(file), &folder.join(file), &hint);
    }
    std::fs::write(folder.join("code/package-lock.json"), "{}").unwrap();
    let expected = hint("its packages; run `npm ci --ignore-scripts") + "`";
    assert_hint(start("plain.yaml"), &folder.join("plain.yaml"), &expected);
    std::fs::create_dir(folder.join("code/node_modules")).unwrap();
    let expected = hint("esbuild; run `npm install --save-dev esbuild") + "`";
    assert_hint(
        start("bundled.yaml"),
        &folder.join("bundled.yaml"),
        &expected,
    );
}
