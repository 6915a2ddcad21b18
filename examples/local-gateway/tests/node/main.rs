//! Functions for Node, run by the program as a template describes them.
//!
//! Without Node, the tests that need it print LEFT OUT and pass, unless `REQUIRE_CLAIMS_NODE` is set. `.ci/run` sets it.

#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod bundle;
mod handlers;
mod processes;
mod program;
mod unavailable;

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Whether there is Node. Otherwise, says so, or fails if it is required.
fn has_node() -> bool {
    if Command::new("node").arg("--version").output().is_ok() {
        return true;
    }
    let notice = "LEFT OUT: no function was run in Node, which is not installed";
    let required = std::env::var_os("REQUIRE_CLAIMS_NODE").is_some();
    assert!(!required, "{notice}");
    // Write directly: the output of `eprintln!` is captured, and hidden if the test passes.
    let mut stderr = std::io::stderr();
    writeln!(stderr, "{notice}").unwrap();
    false
}

/// A new folder with these files; one in a folder `bin` or `.bin` is executable.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("node")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().unwrap();
        fs::create_dir_all(parent).unwrap();
        fs::write(&path, text).unwrap();
        if parent.ends_with("bin") || parent.ends_with(".bin") {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
    }
    folder
}

/// A template with one function for Node, whose routes begin with its handler's name. It has more of these properties.
fn template(kind: &str, handler: &str, more: &str) -> String {
    let (api, properties, id) = match kind {
        "Api" => ("Api", "{StageName: prod}", "RestApiId"),
        _ => ("HttpApi", "{}", "ApiId"),
    };
    format!(
        "
Resources:
  Api:
    Type: AWS::Serverless::{api}
    Properties: {properties}
  NodeFunction:
    Type: AWS::Serverless::Function
{more}    Properties:
      CodeUri: code
      Handler: {handler}
      Runtime: nodejs22.x
      Timeout: 2
      Environment: {{Variables: {{LEVEL: info}}}}
      Events:
        All: {{Type: {api}, Properties: {{{id}: !Ref Api, Method: ANY, Path: '/{{proxy+}}'}}}}
"
    )
}
