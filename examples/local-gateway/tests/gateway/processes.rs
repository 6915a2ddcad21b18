//! The function's processes: one event at a time for each, and another process for one that is gone.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use local_gateway::{Config, Function, gateway};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::time::timeout;

use crate::client::{Answer, get};
use crate::{config, function, start};

/// The process that has answered.
fn process(answer: &Answer) -> u64 {
    assert_eq!(answer.status, 200);
    answer.json()["process"].as_u64().unwrap()
}

/// To which the function's processes come when there is something to tell.
struct Witness(TcpListener);

impl Witness {
    async fn new() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    /// The function, which tells this witness when it starts and when it hangs.
    fn of(&self, behaviour: &str) -> Function {
        let mut function = function::that(behaviour);
        let address = self.0.local_addr().unwrap().to_string();
        function
            .environment
            .push((function::WITNESS.to_owned(), address));
        function
    }

    /// The next process that has something to tell; the limit only ends a test that would wait for
    /// ever.
    async fn told(&self) -> (TcpStream, u64) {
        let told = timeout(Duration::from_secs(60), self.0.accept()).await;
        let (stream, _) = told.expect("a process has something to tell").unwrap();
        // It writes at once, and waits for nobody.
        let mut stream = stream.into_std().unwrap();
        stream.set_nonblocking(false).unwrap();
        let mut process = [0; 4];
        stream.read_exact(&mut process).unwrap();
        (stream, u32::from_be_bytes(process).into())
    }
}

#[tokio::test]
async fn a_process_has_one_event_at_a_time() {
    let witness = Witness::new().await;
    let gateway = start(|config| {
        config.function = witness.of("runs");
        config.timeout = Duration::from_secs(2);
    })
    .await;
    let (_first, started) = witness.told().await;
    let before = process(&get(&gateway, "/open/a", &[]).await);
    let hanging = get(&gateway, "/open/hangs", &[]);
    let (_hanging, hangs) = witness.told().await;
    assert_eq!([started, hangs], [before, before]);
    let second = get(&gateway, "/open/a", &[]).await;
    let (_second, started) = witness.told().await;
    assert_ne!(started, before);
    assert_eq!(process(&second), started);
    assert_eq!(hanging.await.status, 504);
}

#[tokio::test]
async fn a_process_that_answers_and_then_dies_is_started_again_before_anybody_asks() {
    let witness = Witness::new().await;
    let gateway = start(|config| config.function = witness.of("runs")).await;
    let (mut first, before) = witness.told().await;
    assert_eq!(process(&get(&gateway, "/open/a", &[]).await), before);
    first.write_all(b"die").unwrap();
    let (_second, started) = witness.told().await;
    assert_ne!(started, before);
    assert_eq!(process(&get(&gateway, "/open/a", &[]).await), started);
}

#[tokio::test]
async fn a_function_that_dies_is_answered_with_502_and_started_again() {
    let gateway = start(|_| {}).await;
    let before = process(&get(&gateway, "/open/a", &[]).await);
    assert_eq!(process(&get(&gateway, "/open/b", &[]).await), before);
    let answer = get(&gateway, "/open/dies", &[]).await;
    assert_eq!(
        (answer.status, answer.json()),
        (502, json!({"message": "Internal Server Error"}))
    );
    assert_ne!(process(&get(&gateway, "/open/c", &[]).await), before);
}

#[tokio::test]
async fn a_function_that_hangs_is_answered_with_504_and_started_again() {
    let gateway = start(|config| config.timeout = Duration::from_secs(2)).await;
    let before = get(&gateway, "/open/a", &[]).await.json()["process"].clone();
    let answer = get(&gateway, "/open/hangs", &[]).await;
    assert_eq!(
        (answer.status, answer.json()),
        (504, json!({"message": "Endpoint request timed out"}))
    );
    assert_ne!(
        get(&gateway, "/open/a", &[]).await.json()["process"],
        before
    );
}

#[tokio::test]
async fn a_function_that_reports_a_failure_is_answered_with_502_and_lives_on() {
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
async fn a_function_that_does_not_run_is_answered_with_502() {
    for mut config in [config("dies at start"), Config::new("/no/such/program")] {
        config.routes = crate::config("").routes;
        let gateway = gateway::start(config).await.unwrap();
        assert_eq!(get(&gateway, "/open/a", &[]).await.status, 502);
    }
}

#[tokio::test]
async fn several_workers_answer_at_the_same_time_and_the_end_leaves_nobody_waiting() {
    let gateway = start(|config| {
        config.workers = 2;
        config.timeout = Duration::from_secs(30);
    })
    .await;
    let hanging = get(&gateway, "/open/hangs", &[]);
    tokio::pin!(hanging);
    tokio::select! {
        biased;
        answer = &mut hanging => panic!("it has answered {}", answer.status),
        answer = get(&gateway, "/open/a", &[]) => assert_eq!(answer.status, 200),
    }
    gateway.stop().await;
    assert_eq!(hanging.await.status, 502);
}
