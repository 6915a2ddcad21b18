//! Tests of several functions side by side.

use std::time::Duration;

use local_gateway::authorizer::lambda::LambdaAuthorizer;
use local_gateway::config::AuthorizerConfig;
use local_gateway::routes::{Route, Routes};
use local_gateway::{Api, Function, PayloadFormat, RunningGateway, gateway};
use serde_json::json;

use crate::client::get;
use crate::{config, function, set_function, start};

fn function_with(variable: &str) -> Function {
    let mut function = function::with_behaviour("runs");
    let variable = ("TEST_VARIABLE".to_owned(), variable.to_owned());
    function.environment.push(variable);
    function
}

#[tokio::test]
async fn each_route_has_its_function_with_its_own_processes_and_variables() {
    let gateway = start(|config| {
        config.timeout = Duration::from_secs(17);
        for (name, timeout) in [("first", Some(Duration::from_secs(7))), ("second", None)] {
            let function = Function {
                timeout,
                ..function_with(name)
            };
            config.functions.insert(name.to_owned(), function);
        }
        let route = |text: &str| text.parse::<Route>().unwrap().public();
        let routes = ["GET /a function=first", "GET /b function=second", "GET /c"].map(route);
        config.routes = Routes::new(routes.to_vec()).unwrap();
    })
    .await;
    let mut processes = Vec::new();
    for (path, name, variable, timeout) in [
        ("/a", "first", json!("first"), "7"),
        ("/b", "second", json!("second"), "17"),
        ("/c", "local", json!(null), "17"),
    ] {
        let report = get(&gateway, path, &[]).await.json();
        assert_eq!(
            (&report["function"], &report["variable"]),
            (&json!(name), &variable)
        );
        assert_eq!(report["timeout"], timeout);
        assert!(!processes.contains(&report["process"]));
        processes.push(report["process"].clone());
        // The same process again: functions do not share their processes.
        assert_eq!(
            get(&gateway, path, &[]).await.json()["process"],
            report["process"]
        );
    }
}

#[tokio::test]
async fn an_unknown_function_or_authorizer_is_reported_at_start() {
    let mut unknown = config("runs");
    unknown.routes = Routes::new(vec!["GET /a function=other".parse().unwrap()]).unwrap();
    let error = gateway::start(unknown).await.unwrap_err().to_string();
    assert!(
        error.starts_with("the route `GET /a` names the function `other`"),
        "{error}"
    );
    let mut unknown = config("runs");
    unknown.authorizers.clear();
    let error = gateway::start(unknown).await.unwrap_err().to_string();
    assert!(
        error.contains("names the authorizer `jwt`, which does not exist"),
        "{error}"
    );
}

#[tokio::test]
async fn a_function_that_cannot_run_here_is_not_implemented() {
    let hint = "the function `node` needs Node";
    let unavailable = Function {
        unavailable: Some(hint.to_owned()),
        ..Function::from("")
    };
    for is_rest in [false, true] {
        let gateway = start(|config| {
            if is_rest {
                let stage = "prod".to_owned();
                config.api = Api::Rest { stage };
            }
            for name in ["node", "authorizer"] {
                let function = unavailable.clone();
                config.functions.insert(name.to_owned(), function);
            }
            let authorizer = LambdaAuthorizer::new("authorizer");
            config.set_authorizer(AuthorizerConfig::Lambda(authorizer));
            let route = |text: &str| text.parse::<Route>().unwrap();
            config.routes = Routes::new(vec![
                route("GET /node function=node").public(),
                route("GET /guarded"),
                route("GET /runs").public(),
            ])
            .unwrap();
        })
        .await;
        let prefix = gateway.api_url().replace(&gateway.base_url(), "");
        for (path, status) in [("/node", 501), ("/guarded", 501), ("/runs", 200)] {
            let path = format!("{prefix}{path}");
            let response = get(&gateway, &path, &[("authorization", "a")]).await;
            assert_eq!(response.status, status, "{path}");
            if status == 501 {
                assert_eq!(response.json(), json!({ "message": hint }));
            }
        }
    }
}

#[tokio::test]
async fn each_route_has_its_payload_format() {
    let gateway = start(|config| {
        set_function(config, function::with_behaviour("echoes the event"));
        let route = |text: &str| text.parse::<Route>().unwrap().public();
        let routes = vec![
            route("GET /a"),
            route("GET /b").with_payload(PayloadFormat::V1),
        ];
        config.routes = Routes::new(routes).unwrap();
    })
    .await;
    for (path, version) in [("/a", "2.0"), ("/b", "1.0")] {
        let echoed = get(&gateway, path, &[]).await.json();
        assert_eq!(echoed["event"]["version"], version);
    }
}

/// A program in a folder of its own, which is built again as Cargo does: the new file replaces the old one.
#[cfg(unix)]
struct Program {
    folder: std::path::PathBuf,
}

#[cfg(unix)]
impl Program {
    fn new(name: &str) -> Self {
        let name = format!("local-gateway-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self { folder }
    }

    fn path(&self) -> std::path::PathBuf {
        self.folder.join("function")
    }

    /// Builds the test function with a variable, after this first command.
    fn build(&self, first: &str, variable: &str) {
        let test = std::env::current_exe().unwrap();
        let test = test.display();
        let script = format!("#!/bin/sh\n{first}\nTEST_VARIABLE={variable} exec '{test}' \"$@\"\n");
        // Another process writes the file: a file that this one has open, or a child that it has just forked, cannot
        // be executed.
        let write = r#"printf '%s' "$1" > "$2.new" && chmod 755 "$2.new" && mv "$2.new" "$2""#;
        let written = std::process::Command::new("sh")
            .args(["-c", write, "sh", &script])
            .arg(self.path())
            .status();
        assert!(written.unwrap().success());
    }

    async fn start(&self) -> RunningGateway {
        start(|config| {
            let mut function = function::with_behaviour("runs");
            function.program = self.path();
            set_function(config, function);
        })
        .await
    }
}

#[cfg(unix)]
impl Drop for Program {
    fn drop(&mut self) {
        // A folder that remains is only untidy.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_that_was_built_again_is_restarted() {
    let program = Program::new("restart");
    program.build("", "old");
    let gateway = program.start().await;
    let variable = async || get(&gateway, "/open/a", &[]).await.json()["variable"].clone();
    assert_eq!(variable().await, "old");
    program.build("", "rebuilt");
    assert_eq!(variable().await, "rebuilt");
    // A build that has removed the file, but not yet written the new one, does not disturb.
    std::fs::remove_file(program.path()).unwrap();
    assert_eq!(variable().await, "rebuilt");
}

#[cfg(unix)]
#[tokio::test]
async fn a_program_that_failed_to_start_is_started_as_soon_as_it_was_built_again() {
    let program = Program::new("failed");
    program.build("exit 3", "old");
    let gateway = program.start().await;
    // Each failure doubles the delay until the next start. After some of them, the next request is within the delay.
    for _ in 0..3 {
        assert_eq!(get(&gateway, "/open/a", &[]).await.status, 502);
    }
    program.build("", "rebuilt");
    let report = get(&gateway, "/open/a", &[]).await.json();
    assert_eq!(report["variable"], "rebuilt");
}
