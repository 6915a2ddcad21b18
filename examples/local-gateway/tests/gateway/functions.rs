//! Tests of several functions side by side.

use std::io::Write as _;

use local_gateway::routes::{Route, Routes};
use local_gateway::{Function, PayloadFormat, gateway};
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
        for name in ["first", "second"] {
            config
                .functions
                .insert(name.to_owned(), function_with(name));
        }
        let route = |text: &str| text.parse::<Route>().unwrap().public();
        let routes = ["GET /a function=first", "GET /b function=second", "GET /c"].map(route);
        config.routes = Routes::new(routes.to_vec()).unwrap();
    })
    .await;
    let mut processes = Vec::new();
    for (path, name, variable) in [
        ("/a", "first", json!("first")),
        ("/b", "second", json!("second")),
        ("/c", "local", json!(null)),
    ] {
        let report = get(&gateway, path, &[]).await.json();
        assert_eq!(
            (&report["function"], &report["variable"]),
            (&json!(name), &variable)
        );
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

/// Changes the program's file as a build does: the new file replaces the old one.
#[cfg(unix)]
#[tokio::test]
async fn a_program_that_was_built_again_is_restarted() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = std::env::temp_dir().join(format!("local-gateway-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let program = folder.join("function");
    let build = |variable: &str| {
        let test = std::env::current_exe().unwrap();
        let script = format!(
            "#!/bin/sh\nTEST_VARIABLE={variable} exec '{}' \"$@\"\n",
            test.display()
        );
        let new = folder.join("new");
        let mut file = std::fs::File::create(&new).unwrap();
        file.write_all(script.as_bytes()).unwrap();
        file.set_permissions(std::fs::Permissions::from_mode(0o755))
            .unwrap();
        drop(file);
        std::fs::rename(&new, &program).unwrap();
    };
    build("old");
    let gateway = start(|config| {
        let mut function = function::with_behaviour("runs");
        function.program.clone_from(&program);
        set_function(config, function);
    })
    .await;
    let variable = async || get(&gateway, "/open/a", &[]).await.json()["variable"].clone();
    assert_eq!(variable().await, "old");
    build("rebuilt");
    assert_eq!(variable().await, "rebuilt");
    // A build that has removed the file, but not yet written the new one, does not disturb.
    std::fs::remove_file(&program).unwrap();
    assert_eq!(variable().await, "rebuilt");
    gateway.stop().await;
    std::fs::remove_dir_all(&folder).unwrap();
}
