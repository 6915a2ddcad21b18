//! The README's examples: pasted into an empty folder, the tests pass, and each program answers the README's event
//! when it runs as a Lambda function.
//!
//! The first run builds `lambda_http` and `axum` for the pasted packages.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;

use serde_json::{Value, json};

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

#[test]
fn compiles_passes_its_tests_and_answers_when_pasted() {
    let readme = readme();
    let [manifest, _] = blocks(&readme, "toml");
    let program = ["rust,no_run", "rust"].map(|language| block(&readme, language));
    let folder = paste("front_page", manifest, &program.join("\n"));
    cargo(&folder, "test");
    cargo(&folder, "build");
    assert_answers(&folder, block(&readme, "json"), "cancelled /orders/7");
}

#[test]
fn the_router_of_axum_compiles_and_answers_when_pasted() {
    let readme = readme();
    let [manifest, replacement] = blocks(&readme, "toml");
    let is_replaced = |line: &&str| line.starts_with("require-claims = ");
    let replaced = manifest.lines().find(is_replaced).unwrap();
    let manifest = manifest.replacen(replaced, replacement, 1);
    let folder = paste("front_page_axum", &manifest, block(&readme, "rs"));
    cargo(&folder, "build");
    assert_answers(&folder, block(&readme, "json"), "cancelled 7");
}

/// Asserts that the program allows the administrator of the event, with this body, and denies a customer.
fn assert_answers(folder: &Path, event: &str, expected: &str) {
    let customer = event.replace("[admin]", "[customer]");
    assert_ne!(event, customer);
    let program = folder.join("target/debug/orders");
    let [allowed, denied] = run(&program, [event, &customer]);

    assert_eq!(allowed["statusCode"], 200, "{allowed}");
    assert_eq!(allowed["body"], expected, "{allowed}");
    assert_eq!(denied["statusCode"], 403, "{denied}");
    let body: Value = serde_json::from_str(denied["body"].as_str().unwrap()).unwrap();
    let reason = json!({
        "message": "wrong value", "expectedToInclude": "admin", "actualValue": ["customer"],
    });
    let errors = json!([{"id": "st-role", "reason": reason}]);
    let expected = json!({"message": "invalid claim", "claimValidationErrors": errors});
    assert_eq!(body, expected);
}

fn readme() -> String {
    fs::read_to_string(Path::new(REPOSITORY).join("README.md")).unwrap()
}

/// The code blocks with this language. The README must have exactly as many.
fn blocks<'a, const N: usize>(readme: &'a str, language: &str) -> [&'a str; N] {
    let start = format!("```{language}\n");
    let code = readme.split(&start).skip(1);
    let blocks: Vec<_> = code.map(|code| code.split_once("```").unwrap().0).collect();
    let found = blocks.len();
    blocks
        .try_into()
        .unwrap_or_else(|_| panic!("the README has {found} blocks `{language}`, not {N}"))
}

/// The only code block with this language.
fn block<'a>(readme: &'a str, language: &str) -> &'a str {
    let [code] = blocks(readme, language);
    code
}

/// The folder with the README's files. It is always the same one, so that a later run builds little.
fn paste(name: &str, manifest: &str, program: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(folder.join("src"));
    fs::create_dir_all(folder.join("src")).unwrap();

    let path = r#""../require-claims/runtime""#;
    assert!(manifest.contains(path), "{manifest}");
    let manifest = manifest.replace(path, &format!("{:?}", format!("{REPOSITORY}/runtime")));
    // The folder is within this repository, whose workspace it is not part of.
    fs::write(folder.join("Cargo.toml"), manifest + "\n[workspace]\n").unwrap();
    fs::copy(
        Path::new(REPOSITORY).join("Cargo.lock"),
        folder.join("Cargo.lock"),
    )
    .unwrap();
    fs::write(folder.join("src/main.rs"), program).unwrap();
    folder
}

fn cargo(folder: &Path, command: &str) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(folder);
    cargo.args([command, "--offline", "--target-dir", "target"]);
    // Cargo since 1.91 reuses the dependencies that this workspace has already built with the same features.
    let built = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    cargo.env("CARGO_BUILD_BUILD_DIR", built);
    let output = cargo.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {command}: {errors}");
    // A warning would distract readers.
    assert!(!errors.contains("warning"), "cargo {command}: {errors}");
    if command == "test" {
        let tests = String::from_utf8_lossy(&output.stdout);
        assert!(tests.contains("2 passed"), "{tests}");
    }
}

/// Runs the program as Lambda does, and returns its responses to the events.
fn run<const N: usize>(program: &Path, events: [&str; N]) -> [Value; N] {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let mut function = Function::start(program, address);
    function.notify_at_its_end(address);
    events.map(|event| invoke(&listener, event))
}

/// A running function; it is killed when dropped.
struct Function(Child);

impl Function {
    fn start(program: &Path, runtime_api: SocketAddr) -> Self {
        let mut command = Command::new(program);
        command
            .env("AWS_LAMBDA_RUNTIME_API", runtime_api.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", "orders")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        Self(command.spawn().unwrap())
    }

    /// Makes a connection without a request when the function ends. Otherwise the test would wait forever.
    fn notify_at_its_end(&mut self, address: SocketAddr) {
        let mut stdout: ChildStdout = self.0.stdout.take().unwrap();
        thread::spawn(move || {
            let _ = stdout.read_to_end(&mut Vec::new());
            let _ = TcpStream::connect(address);
        });
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Passes one event to the function through the Lambda Runtime API, and returns the response.
/// <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>
fn invoke(listener: &TcpListener, event: &str) -> Value {
    let (mut next, request, _) = accept(listener);
    let path = "GET /2018-06-01/runtime/invocation/next ";
    assert!(request.starts_with(path), "{request}");
    let headers = "lambda-runtime-aws-request-id: 1\r\n\
        lambda-runtime-deadline-ms: 9999999999999\r\n\
        lambda-runtime-invoked-function-arn: arn:aws:lambda:eu-west-1:123456789012:function:orders\r\n";
    answer(&mut next, headers, event);

    let (mut response, request, body) = accept(listener);
    let path = "POST /2018-06-01/runtime/invocation/1/response ";
    assert!(request.starts_with(path), "{request}{body}");
    answer(&mut response, "", "");
    serde_json::from_str(&body).unwrap()
}

/// The function's next request: its connection, its head and its body.
fn accept(listener: &TcpListener) -> (TcpStream, String, String) {
    let (stream, _) = listener.accept().unwrap();
    let mut reader = BufReader::new(&stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        let length = reader.read_line(&mut head).unwrap();
        assert_ne!(length, 0, "the function has ended, or its request: {head}");
    }
    let lengths = head.lines().filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        is_length.then(|| value.parse::<usize>().unwrap())
    });
    let mut body = vec![0; lengths.sum()];
    reader.read_exact(&mut body).unwrap();
    (stream, head, String::from_utf8(body).unwrap())
}

/// Answers and closes the connection, so that the function opens another for its next request.
fn answer(stream: &mut TcpStream, headers: &str, body: &str) {
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
    )
    .unwrap();
}
