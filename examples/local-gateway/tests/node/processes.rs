//! No process is left after the gateway has ended.

use std::io::Read as _;
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use crate::program::{Program, command};
use crate::{folder, has_node, template};

/// Opens a connection, which lasts as long as the process. A request keeps the process busy for ever.
const HANDLER: &str = r#"
import { connect } from "node:net";
const observer = connect(Number(process.env.OBSERVER), "127.0.0.1").unref();
export const handler = () => new Promise(() => observer.write("busy", () => { for (;;); }));
"#;

/// Starts the program, and waits for the process of its function.
fn start(name: &str) -> (Program, TcpStream) {
    let text = template("HttpApi", "index.handler", "");
    let files = [("template.yaml", &*text), ("code/index.mjs", HANDLER)];
    let folder = folder(name, &files);
    let observer = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = command(&folder.join("template.yaml"));
    let port = observer.local_addr().unwrap().port();
    let program = Program::run({
        command.args(["--env", &format!("NodeFunction:OBSERVER={port}")]);
        command
    });
    let (process, _) = observer.accept().unwrap();
    // The timeout only prevents a failing test from waiting forever.
    process
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    (program, process)
}

/// Waits for the end of the process, which closes its connection.
fn assert_ends(mut process: TcpStream) {
    let mut rest = Vec::new();
    match process.read_to_end(&mut rest) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset),
    }
}

#[test]
fn a_busy_process_ends_with_the_gateway() {
    if !has_node() {
        return;
    }
    let (program, mut process) = start("busy");
    let url = format!("{}/orders", program.url());
    let request = thread::spawn(move || ureq::get(url).call().is_ok());
    let mut busy = [0; 4];
    process.read_exact(&mut busy).unwrap();
    program.stop();
    assert_ends(process);
    assert!(!request.join().unwrap(), "the process was busy");
}

#[test]
fn an_idle_process_ends_even_if_the_gateway_is_killed() {
    if !has_node() {
        return;
    }
    let (program, process) = start("idle");
    program.signal("KILL");
    assert_ends(process);
}
