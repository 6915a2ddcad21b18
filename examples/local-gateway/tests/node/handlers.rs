//! Handlers of each kind, and handlers that fail.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::program::Program;
use crate::{folder, has_node, template};

/// Behaves as the path describes.
const HANDLER: &str = r#"
const later = (value) => new Promise((resolve) => setImmediate(resolve, value));
const answer = (body) => ({ statusCode: 200, body: JSON.stringify(body) });

export const handler = async (event, context) => {
  switch ((event.rawPath ?? event.path).slice(1)) {
    case "event": return later(answer(event));
    case "context": return answer({
      ...context,
      remaining: context.getRemainingTimeInMillis(),
      level: process.env.LEVEL,
      handler: process.env._HANDLER,
      trace: process.env._X_AMZN_TRACE_ID,
      folder: process.cwd() === process.env.LAMBDA_TASK_ROOT,
    });
    case "cookies": return {
      statusCode: 201,
      cookies: ["a=1", "b=2"],
      multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"] },
      body: event.headers.cookie ?? event.cookies?.join("; "),
    };
    case "base64": return {
      statusCode: 200,
      headers: { "content-type": "image/png" },
      isBase64Encoded: true,
      body: Buffer.from(event.body, event.isBase64Encoded ? "base64" : "utf8").reverse().toString("base64"),
    };
    case "throws": throw new RangeError("out of range");
    case "text": throw "only text";
    case "never": return new Promise(() => {});
    case "hangs": return new Promise(() => setInterval(() => {}, 1000));
    case "exits": process.exit(7);
    case "nothing": return undefined;
    case "circular": { const value = {}; value.value = value; return value; }
    case "status": return { statusCode: "many" };
    default: return answer({ process: process.pid });
  }
};
"#;

const CALLBACKS: &str = r#"
exports.nested = { handler(event, context, callback) {
  switch (event.rawPath) {
    case "/result": setImmediate(callback, null, { statusCode: 200, body: require("node:path").relative(".", __dirname) }); break;
    case "/error": setImmediate(callback, new TypeError("by callback")); break;
    case "/returns": return { statusCode: 200, body: "ignored, as on AWS" };
  }
} };
"#;

fn function(name: &str, api: &str) -> PathBuf {
    let template = template(api, "index.handler", "");
    let files = [("template.yaml", &*template), ("code/index.mjs", HANDLER)];
    folder(name, &files).join("template.yaml")
}

fn json(program: &Program, path: &str) -> Value {
    let response = program.get(path);
    assert_eq!(response.status(), 200, "{path}: {}", response.body());
    serde_json::from_str(response.body()).unwrap()
}

#[test]
fn a_handler_gets_the_event_and_a_context() {
    if !has_node() {
        return;
    }
    for (api, version) in [("HttpApi", json!("2.0")), ("Api", json!(null))] {
        let program = Program::start(&function(&format!("context-{api}"), api));
        let event = json(&program, "/event");
        assert_eq!(event.get("version").unwrap_or(&json!(null)), &version);
        assert_eq!(event["pathParameters"]["proxy"], "event");
        let context = json(&program, "/context");
        for (name, expected) in [
            ("callbackWaitsForEmptyEventLoop", json!(true)),
            ("functionName", json!("NodeFunction")),
            ("functionVersion", json!("$LATEST")),
            ("memoryLimitInMB", json!("128")),
            ("logGroupName", json!("/aws/lambda/NodeFunction")),
            ("level", json!("info")),
            ("handler", json!("index.handler")),
            ("folder", json!(true)),
        ] {
            assert_eq!(context[name], expected, "{name}");
        }
        let arn = context["invokedFunctionArn"].as_str().unwrap();
        assert!(arn.ends_with(":function:NodeFunction"), "{arn}");
        assert_eq!(context["awsRequestId"].as_str().unwrap().len(), 36);
        assert!(context["trace"].as_str().unwrap().starts_with("Root=1-"));
        assert!((1..=2000).contains(&context["remaining"].as_i64().unwrap()));
    }
}

#[test]
fn bodies_and_cookies_arrive_in_both_directions() {
    if !has_node() {
        return;
    }
    for (api, ignored) in [("HttpApi", "multiValueHeaders"), ("Api", "cookies")] {
        let program = Program::start(&function(&format!("bodies-{api}"), api));
        let header = ("cookie", "x=1; y=2");
        let response = program.send("POST", "/cookies", header, Vec::new());
        assert_eq!(response.status(), 201);
        let cookies = response.headers().get_all("set-cookie").iter();
        assert_eq!(cookies.collect::<Vec<_>>(), ["a=1", "b=2"]);
        assert_eq!(response.body(), "x=1; y=2");
        let header = ("content-type", "application/octet-stream");
        let response = program.send("POST", "/base64", header, b"abc".to_vec());
        assert_eq!(response.body(), "cba");
        assert_eq!(response.headers()["content-type"], "image/png");
        let log = program.stop();
        assert!(log.contains(&format!("ignores `{ignored}`")), "{log}");
    }
}

#[test]
fn a_handler_that_fails_is_reported_and_used_again() {
    if !has_node() {
        return;
    }
    let program = Program::start(&function("fails", "HttpApi"));
    let before = json(&program, "/orders")["process"].clone();
    for path in ["/throws", "/text", "/never", "/circular", "/status"] {
        assert_eq!(program.get(path).status(), 502, "{path}");
    }
    assert_eq!(json(&program, "/orders")["process"], before);
    // A result without a status code is the body, in this payload format.
    assert_eq!(program.get("/nothing").body(), "null");
    assert_eq!(program.get("/hangs").status(), 504);
    assert_ne!(json(&program, "/orders")["process"], before);
    assert_eq!(program.get("/exits").status(), 502);
    let log = program.stop();
    for reason in [
        r#""errorType":"RangeError","errorMessage":"out of range","trace":["RangeError: out of range","#,
        r#""errorType":"string","errorMessage":"only text""#,
        r#""errorType":"Runtime.NodeJsExit""#,
        r#""errorType":"TypeError","errorMessage":"Converting circular structure"#,
        "its response is invalid: statusCode is not a valid status code",
        "no response within 2s",
        "the process ended (exit status: 7)",
    ] {
        assert!(log.contains(reason), "{reason}: {log}");
    }
    let program = Program::start(&function("fails-rest", "Api"));
    assert_eq!(program.get("/nothing").status(), 502);
    let log = program.stop();
    assert!(log.contains("statusCode is missing"), "{log}");
}

#[test]
fn a_handler_with_a_callback_runs_as_long_as_aws_allows_it() {
    if !has_node() {
        return;
    }
    let template = template("HttpApi", "src/calls.nested.handler", "");
    let later = template.replace("nodejs22.x", "nodejs24.x");
    let folder = folder(
        "callbacks",
        &[
            ("template.yaml", &*template),
            ("later.yaml", &*later),
            ("code/src/calls.js", CALLBACKS),
        ],
    );
    let program = Program::start(&folder.join("template.yaml"));
    // The working directory is that of the code, not that of the handler's file.
    assert_eq!(program.get("/result").body(), "src");
    assert_eq!(program.get("/error").status(), 502);
    assert_eq!(program.get("/returns").body(), "null");
    let log = program.stop();
    assert!(
        log.contains(r#""errorType":"TypeError","errorMessage":"by callback""#),
        "{log}"
    );
    let program = Program::start(&folder.join("later.yaml"));
    assert_eq!(program.get("/result").status(), 502);
    let log = program.stop();
    assert!(
        log.contains("from Node 24, Lambda accepts no handler with a callback"),
        "{log}"
    );
}

#[test]
fn a_module_that_does_not_load_is_reported_and_loaded_again_after_a_change() {
    if !has_node() {
        return;
    }
    let template = template("HttpApi", "index.handler", "");
    let broken = "throw new Error('no settings');";
    let files = [("template.yaml", &*template), ("code/index.mjs", broken)];
    let folder = folder("module", &files);
    let program = Program::start(&folder.join("template.yaml"));
    let module = folder.join("code/index.mjs");
    assert_eq!(program.get("/orders").status(), 502);
    fs::write(&module, "export const other = 1;").unwrap();
    assert_eq!(program.get("/orders").status(), 502);
    fs::write(&module, "this is no program").unwrap();
    assert_eq!(program.get("/orders").status(), 502);
    fs::write(&module, HANDLER).unwrap();
    let before = json(&program, "/orders")["process"].clone();
    fs::write(&module, format!("{HANDLER}\n// changed")).unwrap();
    assert_ne!(json(&program, "/orders")["process"], before);
    let log = program.stop();
    for reason in ["no settings", "exports no function handler", "SyntaxError"] {
        assert!(log.contains(reason), "{reason}: {log}");
    }
}
