//! A handler of axum in a package outside the workspace, without and with the feature `axum`.
//!
//! Within the workspace, other packages enable the feature.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Macros of the user do not hide the error.
const PROGRAM: &str = r#"
#![allow(unused_macros)]
macro_rules! compile_error { ($($any:tt)*) => {}; }
macro_rules! concat { ($($any:tt)*) => { "" }; }
macro_rules! stringify { ($($any:tt)*) => { "" }; }

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use require_claims::{Session, require_claims};

#[require_claims(email_verified)]
async fn show(Path(id): Path<u32>) -> String {
    id.to_string()
}

#[require_claims(email_verified)]
async fn profile(#[claims] session: Session) -> String {
    session.user_id().to_owned()
}

#[require_claims(email_verified, axum)]
async fn upload(request: axum::extract::Request) -> String {
    request.uri().path().to_owned()
}

#[require_claims(email_verified)]
async fn of_lambda_http(event: lambda_http::Request) -> lambda_http::Response<String> {
    lambda_http::Response::new(event.uri().path().to_owned())
}

fn main() {
    let _: Router = Router::new().route("/orders/{id}", get(show));
    let _ = (profile, upload, of_lambda_http);
}
"#;

/// The folder of the package. It is always the same one, so that a later run builds little.
fn package(features: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("missing_feature");
    fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"handlers\"\nedition = \"2024\"\n\n\
         [dependencies]\naxum = {{ version = \"0.8\", default-features = false }}\n\
         lambda_http = {{ version = \"1.3\", default-features = false }}\n\
         require-claims = {{ path = {:?}, features = [{features}] }}\n\n[workspace]\n",
        format!("{REPOSITORY}/runtime")
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    let lock = Path::new(REPOSITORY).join("Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).unwrap();
    fs::write(folder.join("src/main.rs"), PROGRAM).unwrap();
    folder
}

/// Whether the package compiles, and what rustc prints.
fn build(features: &str) -> (bool, String) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(package(features));
    cargo.args(["build", "--offline", "--target-dir", "target"]);
    // Cargo since 1.91 reuses the dependencies that this workspace has already built with the same features.
    let built = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    cargo.env("CARGO_BUILD_BUILD_DIR", built);
    let output = cargo.output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    (output.status.success(), errors)
}

#[test]
fn names_the_feature_at_each_handler_of_axum() {
    let (compiles, errors) = build("");
    assert!(!compiles);
    for (handler, place) in [
        ("show", "src/main.rs:13:10"),
        ("profile", "src/main.rs:18:10"),
        ("upload", "src/main.rs:23:10"),
    ] {
        let message = format!(
            "error: `{handler}` has no event argument or the option `axum`, so it is a handler of axum; enable the \
             feature `axum` of `require-claims`, or name the event: `event: Request`\n"
        );
        assert!(errors.contains(&message), "{errors}");
        assert!(errors.contains(place), "{errors}");
    }
    // The routes cause no errors of their own.
    assert_eq!(errors.matches("error: `").count(), 3, "{errors}");
    assert!(!errors.contains("error[E"), "{errors}");

    let (compiles, errors) = build("\"axum\"");
    assert!(compiles, "{errors}");
}
