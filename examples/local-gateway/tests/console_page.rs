//! Tests of the console's page in headless Chromium: the matrix has the expected answers of the printed commands, and a
//! person can use the page with a mouse, with the keyboard and on a phone.
//!
//! Without Chromium, Node or the packages of `tests/console`, the tests print LEFT OUT and pass, unless
//! `REQUIRE_CLAIMS_CHROMIUM` is set. `.ci/run` installs them and sets that variable. `REQUIRE_CLAIMS_SCREENSHOTS` names
//! a folder for screenshots, in the repository unless the path is absolute.

#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use local_gateway::cargo_build::EXAMPLE;
use local_gateway::config::AuthorizerConfig;
use local_gateway::demo::{self, Call, Credential};
use local_gateway::identity_source::IdentitySource;
use local_gateway::issuer::TokenFlaw;
use local_gateway::{Api, Config, PayloadFormat, RunningGateway, cargo_build, gateway};
use serde_json::{Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/console")
}

/// Whether there is a browser. Otherwise, says so, or fails if one is required.
fn has_browser() -> bool {
    let chromium = std::env::var_os("CHROMIUM").unwrap_or_else(|| "/usr/bin/chromium".into());
    let has_node = Command::new("node").arg("--version").output().is_ok();
    let has_package = folder().join("node_modules/puppeteer-core").is_dir();
    if has_node && has_package && Path::new(&chromium).exists() {
        return true;
    }
    let notice = "LEFT OUT: the console's page was not tested, because Chromium, Node or the packages of \
                  tests/console are not installed; run `.ci/install chromium chromium` and `npm ci --prefix tests/console`";
    let required = std::env::var_os("REQUIRE_CLAIMS_CHROMIUM").is_some();
    assert!(!required, "{notice}");
    // Write directly: the output of `eprintln!` is captured, and hidden if the test passes.
    let mut stderr = std::io::stderr();
    writeln!(stderr, "{notice}").unwrap();
    false
}

async fn start(change: impl FnOnce(&mut Config)) -> (RunningGateway, Config) {
    let mut config = Config::new(cargo_build::build(EXAMPLE).await.unwrap());
    config.example = true;
    change(&mut config);
    let gateway = gateway::start(config.clone()).await.unwrap();
    (gateway, config)
}

/// Runs a task of `tests/console/console.js`, which must have seen no error and no request to elsewhere.
async fn observe(task: &'static str, gateway: &RunningGateway) -> Value {
    let mut command = Command::new("node");
    command.args(["console.js", task, &format!("{}/", gateway.base_url())]);
    let screenshots = std::env::var_os("REQUIRE_CLAIMS_SCREENSHOTS");
    command.args(screenshots.map(|path| folder().join("../..").join(path)));
    let ran = tokio::task::spawn_blocking(move || command.current_dir(folder()).output());
    let output = ran.await.unwrap().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let observed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(observed["errors"], json!([]));
    assert_eq!(observed["elsewhere"], json!([]));
    observed
}

/// The name of a call's column.
fn caller(call: &Call) -> &str {
    match call.credential {
        Credential::None => "no token",
        Credential::User(user) => user,
        Credential::Flawed(_, TokenFlaw::Expired) => "expired",
        Credential::Flawed(_, TokenFlaw::OtherAudience) => "other audience",
        Credential::Flawed(_, TokenFlaw::ChangedCharacter) => "changed token",
    }
}

/// The cell of a call, or `None` if the matrix has no route for its path or makes the call with another body.
fn cell<'c>(cells: &'c [Value], call: &Call, config: &Config) -> Option<&'c Value> {
    let mut routes = config.routes.iter();
    let key = routes
        .find(|route| route.method() == call.method && route.example_path("1") == call.path)?
        .key();
    let is_cell = |cell: &&Value| cell["route"] == key && cell["caller"] == caller(call);
    let usual_body = call.method != "POST" || call.body.is_some_and(|body| body.contains(":2}"));
    cells.iter().find(is_cell).filter(|_| usual_body)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_matrix_has_the_answers_of_the_printed_commands() {
    if !has_browser() {
        return;
    }
    let source = |text: &str| -> IdentitySource { text.parse().unwrap() };
    let sources = [
        IdentitySource::default(),
        source("$request.header.X-Token"),
        source("$request.querystring.token"),
    ];
    let rest = Api::Rest {
        stage: "prod".to_owned(),
    };
    for (api, payload, source) in [
        (Api::Http, PayloadFormat::V2, &sources[0]),
        (Api::Http, PayloadFormat::V1, &sources[0]),
        (Api::Http, PayloadFormat::V2, &sources[1]),
        (Api::Http, PayloadFormat::V2, &sources[2]),
        (rest, PayloadFormat::V2, &sources[0]),
    ] {
        let (gateway, config) = start(|config| {
            config.api = api;
            config.payload = payload;
            for authorizer in config.authorizers.values_mut() {
                if let AuthorizerConfig::Jwt(jwt) = authorizer {
                    jwt.identity_source = source.clone();
                }
            }
        })
        .await;
        let observed = observe("matrix", &gateway).await;
        let cells = observed["cells"].as_array().unwrap();
        assert_eq!(cells.len(), 50);
        let mut compared = 0;
        for call in demo::calls(&config) {
            let Some(cell) = cell(cells, &call, &config) else {
                continue;
            };
            let expected = call.expected_status.to_string();
            assert_eq!(cell["status"], expected, "{}: {cell}", call.title);
            assert_eq!(cell["reasons"], json!(call.expected_error_ids), "{cell}");
            compared += 1;
        }
        assert!(compared >= 20, "{compared} calls");
        compare_commands(cells);
        gateway.stop().await;
    }
}

/// The command of each cell has the cell's response.
fn compare_commands(cells: &[Value]) {
    if Command::new("curl").arg("--version").output().is_err() {
        return;
    }
    for cell in cells {
        let command = cell["command"].as_str().unwrap();
        let output = Command::new("sh").args(["-c", command]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let status = format!(" ({})\n", cell["status"].as_str().unwrap());
        assert!(text.ends_with(&status), "{cell}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_only_safe_methods_of_unknown_functions_until_asked() {
    if !has_browser() {
        return;
    }
    let (gateway, _) = start(|config| config.example = false).await;
    let observed = observe("unsafe", &gateway).await;
    let uncalled = |cells: &Value| -> Vec<String> {
        let cells = cells.as_array().unwrap().iter();
        let uncalled = cells.filter(|cell| cell["status"] == "–" && cell["caller"] == "admin");
        uncalled
            .map(|cell| cell["route"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        uncalled(&observed["before"]),
        ["POST /orders", "DELETE /orders/{id}"]
    );
    assert!(uncalled(&observed["after"]).is_empty());
    gateway.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_can_use_the_page() {
    if !has_browser() {
        return;
    }
    let (gateway, _) = start(|_| {}).await;
    let observed = observe("tour", &gateway).await;
    check_keyboard(&observed["keyboard"]);
    check_details(&observed);
    check_pasted(&observed["pasted"]);
    assert_eq!(observed["unnamed"], json!([]));
    let layouts = observed["layouts"].as_array().unwrap();
    assert_eq!(layouts.len(), 4);
    for layout in layouts {
        assert_eq!(layout["content"], layout["width"], "{layout}");
        assert_eq!(layout["grid"], 0, "{layout}");
    }
    assert_ne!(layouts[0]["background"], layouts[1]["background"]);
    gateway.stop().await;
}

fn check_keyboard(keyboard: &Value) {
    let places = keyboard["places"].as_array().unwrap().iter();
    let places: Vec<_> = places
        .map(|place| {
            (
                place["route"].as_str().unwrap(),
                place["caller"].as_str().unwrap(),
            )
        })
        .collect();
    let expected = [
        ("GET /health", "newcomer"),
        ("GET /orders", "newcomer"),
        ("GET /orders", "customer"),
        ("GET /health", "customer"),
        ("GET /health", "customer"),
        ("GET /health", "newcomer"),
        ("GET /health", "changed token"),
        ("GET /health", "newcomer"),
        ("DELETE /orders/{id}", "changed token"),
    ];
    assert_eq!(places, expected);
    assert_eq!(keyboard["outline"], "solid");
    assert_eq!(keyboard["title"], "DELETE /orders/{id} as changed token");
    assert_eq!(keyboard["stops"], 1);
}

fn check_details(observed: &Value) {
    for (name, expected) in [
        (
            "denied",
            &[
                "st-ev: wrong value",
                "Remedy: Verify the email address.",
                "st-mfa: MFA requirement for auth is not satisfied",
                "Remedy: Complete the second factor",
                "#[require_claims(email_verified, role = Role::Admin, mfa)]",
                "examples/orders-axum/ROUTES.md",
                "map[t:",
                "/auth/token/newcomer)\"",
                "\"requestContext\": {",
                "\"sessionHandle\": ",
            ][..],
        ),
        (
            "unauthorized",
            &[
                "the token has expired",
                "the function was not invoked",
                "Remedy: Send a token that the issuer has signed for this API",
            ],
        ),
        (
            "public",
            &[
                "The route has no authorizer.",
                "The handler has no requirements.",
            ],
        ),
        (
            "ambiguous",
            &[
                "ambiguous: the same text as",
                r#""v":["customer admin support"]}"#,
            ],
        ),
    ] {
        let text = observed[name].as_str().unwrap();
        for expected in expected {
            assert!(text.contains(expected), "{expected:?} is not in:\n{text}");
        }
        let is_ambiguous = text.contains("ambiguous:");
        assert_eq!(is_ambiguous, name == "ambiguous", "{text}");
        assert!(!text.contains("x-console-key"), "{text}");
    }
}

fn check_pasted(pasted: &Value) {
    let statuses = |name: &str| -> Vec<&str> {
        let cells = pasted[name]["cells"].as_array().unwrap().iter();
        cells.map(|cell| cell["status"].as_str().unwrap()).collect()
    };
    // The token of `customer`, and the event of `staff`.
    assert_eq!(statuses("token"), ["200", "200", "201", "403", "403"]);
    assert_eq!(statuses("event"), ["200", "200", "201", "200", "200"]);
    // Markup in a token is text: no image is loaded.
    assert_eq!(statuses("markup"), ["200", "401", "401", "401", "401"]);
    let details = pasted["markup"]["details"].as_str().unwrap();
    assert!(details.contains("<img src="), "{details}");
    assert_eq!(pasted["images"], 0);
    for (name, expected) in [
        ("nonsense", "Expected a token, which has three parts"),
        ("json", "The event is not valid JSON"),
        ("other", "this is not an event of API Gateway"),
    ] {
        assert!(statuses(name).is_empty(), "{name}");
        let error = pasted[name]["error"].as_str().unwrap();
        assert!(error.starts_with(expected), "{error}");
    }
}
