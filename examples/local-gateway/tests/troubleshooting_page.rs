//! The messages in the guide's page "Troubleshooting" are those of this gateway and of the backend.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::net::TcpListener;
use std::process::{Command, Stdio};

const PAGE: &str = include_str!("../../../runtime/docs/troubleshooting.md");

const JWT_AUTHORIZER: &str = include_str!("../src/authorizer/jwt/mod.rs");
const AUTHORIZERS: &str = include_str!("../src/authorizer/mod.rs");
const KEYS: &str = include_str!("../src/keys/mod.rs");
const DISCOVERY: &str = include_str!("../src/keys/discovery.rs");
const NODE: &str = include_str!("../src/node/mod.rs");
const BACKEND: &str = include_str!("../../supertokens/backend/src/unreachable_core.ts");

#[test]
fn quotes_the_messages_of_the_sources() {
    for (source, message) in [
        (JWT_AUTHORIZER, "the token does not have a valid audience"),
        (JWT_AUTHORIZER, "the token was issued in the future"),
        (JWT_AUTHORIZER, "the token is not valid yet"),
        (JWT_AUTHORIZER, "the token has expired"),
        (JWT_AUTHORIZER, "the token's key id is unknown"),
        (
            AUTHORIZERS,
            "the request does not contain the identity source",
        ),
        (DISCOVERY, "the document's issuer is"),
        (BACKEND, "the authentication service is unavailable"),
    ] {
        assert!(source.contains(message), "{message}");
        // A message of the page may continue in the next line.
        assert!(PAGE.replace('\n', " ").contains(message), "{message}");
    }
    for (source, written, quoted) in [
        (
            KEYS,
            "the key is unknown, and the keys were fetched less than {} seconds ago",
            "the key is unknown, and the keys were fetched less than 30 seconds ago",
        ),
        (
            NODE,
            "needs Node {MINIMUM} or later, which is not in `PATH`; install it from https://nodejs.org",
            "needs Node 20 or later, which is not in `PATH`; install it from https://nodejs.org. Until",
        ),
        (
            NODE,
            "needs its packages; run `npm {install} --ignore-scripts --prefix {}`",
            "needs its packages; run `npm ci --ignore-scripts --prefix examples/supertokens/backend`. Until",
        ),
        (
            NODE,
            ". Until the gateway is started again, its requests get a 501",
            ". Until the gateway is started again, its requests get a 501",
        ),
        (
            BACKEND,
            "SuperTokens' core does not answer at ${core}; start it, or correct SUPERTOKENS_CORE",
            "SuperTokens' core does not answer at http://localhost:3567; start it, or correct SUPERTOKENS_CORE",
        ),
    ] {
        assert!(source.contains(written), "{written}");
        assert!(PAGE.contains(quoted), "{quoted}");
    }
}

/// The system's number of the error follows, which is not the same everywhere.
#[test]
fn quotes_the_error_about_an_issuer_that_does_not_run() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let mut gateway = Command::new(env!("CARGO_BIN_EXE_local-gateway"));
    let issuer = format!("http://localhost:{}/auth", free.port());
    gateway.args(["--port", "0", "--audience", "a", "--issuer", &issuer]);
    // Any program will do: the gateway ends before it starts the function.
    gateway.args(["--function", env!("CARGO_BIN_EXE_local-gateway")]);
    let output = gateway.stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8(output.stderr).unwrap();
    let printed = printed.replace(&issuer, "http://localhost:3001/auth");
    let (message, _) = printed.split_once(" (os error").unwrap();
    assert!(
        PAGE.contains(&format!("\n{message} (os error")),
        "{printed}"
    );
}
