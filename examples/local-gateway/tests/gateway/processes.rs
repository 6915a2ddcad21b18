//! Tests of the function's processes: each handles one event at a time, and is replaced if it ends or hangs.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use local_gateway::{Config, Function, gateway};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::time::timeout;

use crate::client::{Response, get};
use crate::{config, function, set_function, start};

/// The id of the process that sent this response.
fn process(response: &Response) -> u64 {
    assert_eq!(response.status, 200);
    response.json()["process"].as_u64().unwrap()
}

/// Receives the reports of the function's processes; see [`function::OBSERVER`].
struct Observer(TcpListener);

impl Observer {
    async fn new() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    /// A function whose processes report to this observer when they start and when they hang.
    fn observed_function(&self, behaviour: &str) -> Function {
        let mut function = function::with_behaviour(behaviour);
        let address = self.0.local_addr().unwrap().to_string();
        function
            .environment
            .push((function::OBSERVER.to_owned(), address));
        function
    }

    /// The next report: the connection to the process, and its id.
    async fn next_report(&self) -> (TcpStream, u64) {
        // The timeout only prevents a failing test from waiting forever.
        let connection = timeout(Duration::from_secs(60), self.0.accept()).await;
        let (stream, _) = connection.expect("a process reports").unwrap();
        // Reading in blocking mode is fine here, because the process sends its id immediately.
        let mut stream = stream.into_std().unwrap();
        stream.set_nonblocking(false).unwrap();
        let mut process = [0; 4];
        stream.read_exact(&mut process).unwrap();
        (stream, u32::from_be_bytes(process).into())
    }
}

#[tokio::test]
async fn a_process_handles_one_event_at_a_time() {
    let observer = Observer::new().await;
    let gateway = start(|config| {
        set_function(config, observer.observed_function("runs"));
        config.timeout = Duration::from_secs(2);
    })
    .await;
    let (_first, started) = observer.next_report().await;
    let before = process(&get(&gateway, "/open/a", &[]).await);
    let hanging = get(&gateway, "/open/hangs", &[]);
    let (_hanging, hangs) = observer.next_report().await;
    assert_eq!([started, hangs], [before, before]);
    let second = get(&gateway, "/open/a", &[]).await;
    let (_second, started) = observer.next_report().await;
    assert_ne!(started, before);
    assert_eq!(process(&second), started);
    assert_eq!(hanging.await.status, 504);
}

#[tokio::test]
async fn replaces_a_process_that_ends_between_requests() {
    let observer = Observer::new().await;
    let gateway = start(|config| set_function(config, observer.observed_function("runs"))).await;
    let (mut first, before) = observer.next_report().await;
    assert_eq!(process(&get(&gateway, "/open/a", &[]).await), before);
    first.write_all(b"exit").unwrap();
    let (_second, started) = observer.next_report().await;
    assert_ne!(started, before);
    assert_eq!(process(&get(&gateway, "/open/a", &[]).await), started);
}

#[tokio::test]
async fn returns_502_and_replaces_a_process_that_ends() {
    let gateway = start(|_| {}).await;
    let before = process(&get(&gateway, "/open/a", &[]).await);
    assert_eq!(process(&get(&gateway, "/open/b", &[]).await), before);
    let response = get(&gateway, "/open/exits", &[]).await;
    assert_eq!(
        (response.status, response.json()),
        (502, json!({"message": "Internal Server Error"}))
    );
    assert_ne!(process(&get(&gateway, "/open/c", &[]).await), before);
}

#[tokio::test]
async fn returns_504_and_replaces_a_process_that_hangs() {
    let gateway = start(|config| config.timeout = Duration::from_secs(2)).await;
    let before = get(&gateway, "/open/a", &[]).await.json()["process"].clone();
    let response = get(&gateway, "/open/hangs", &[]).await;
    assert_eq!(
        (response.status, response.json()),
        (504, json!({"message": "Endpoint request timed out"}))
    );
    assert_ne!(
        get(&gateway, "/open/a", &[]).await.json()["process"],
        before
    );
}

#[tokio::test]
async fn returns_502_and_keeps_a_process_that_reports_an_error() {
    let gateway = start(|_| {}).await;
    let before = get(&gateway, "/open/a", &[]).await.json()["process"].clone();
    for failure in ["fails", "panics", "large"] {
        assert_eq!(
            get(&gateway, &format!("/open/{failure}"), &[]).await.status,
            502,
            "{failure}"
        );
        assert_eq!(
            get(&gateway, "/open/a", &[]).await.json()["process"],
            before,
            "{failure}"
        );
    }
}

#[tokio::test]
async fn returns_502_if_the_function_does_not_start() {
    for mut config in [config("exits at start"), Config::new("/no/such/program")] {
        config.routes = crate::config("").routes;
        let gateway = gateway::start(config).await.unwrap();
        assert_eq!(get(&gateway, "/open/a", &[]).await.status, 502);
    }
}

#[tokio::test]
async fn handles_requests_in_parallel_and_answers_pending_ones_on_stop() {
    let gateway = start(|config| {
        config.workers = 2;
        config.timeout = Duration::from_secs(30);
    })
    .await;
    let hanging = get(&gateway, "/open/hangs", &[]);
    tokio::pin!(hanging);
    tokio::select! {
        biased;
        response = &mut hanging => panic!("unexpected response {}", response.status),
        response = get(&gateway, "/open/a", &[]) => assert_eq!(response.status, 200),
    }
    gateway.stop().await;
    assert_eq!(hanging.await.status, 502);
}
