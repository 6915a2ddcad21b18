//! The function's processes: started, given one event at a time, and started again.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::body::Bytes;
use tokio::process::{Child, Command};
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

use crate::event::REGION;
use crate::identifier;
use crate::runtime_api::{FUNCTION_NAME, Invocation, News, RuntimeApi};

/// How long a process may take until it asks for its first event.
/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>
const START_LIMIT: Duration = Duration::from_secs(10);

/// The waits before a process that came to nothing is started again, each twice the one before.
const FIRST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// The program that handles the events.
#[derive(Clone, Debug)]
pub struct Function {
    /// The Lambda binary.
    pub program: PathBuf,
    /// Its arguments: AWS gives it none.
    pub arguments: Vec<OsString>,
    /// Environment variables beside those that Lambda sets.
    pub environment: Vec<(String, String)>,
}

impl<P: Into<PathBuf>> From<P> for Function {
    fn from(program: P) -> Self {
        Self {
            program: program.into(),
            arguments: Vec::new(),
            environment: Vec::new(),
        }
    }
}

/// Why an event has no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The process ended, or did not even start.
    Died(String),
    /// It did not answer in time.
    TimedOut,
    /// It said itself that it has none.
    Failed(String),
}

#[derive(Debug)]
struct Job {
    event: Bytes,
    trace_id: String,
    answer: oneshot::Sender<Result<Bytes, Failure>>,
}

/// The way to the workers.
#[derive(Clone, Debug)]
pub(crate) struct Invoker {
    queue: mpsc::Sender<Job>,
}

impl Invoker {
    /// Has one of the workers handle an event.
    pub(crate) async fn invoke(&self, event: Bytes, trace_id: String) -> Result<Bytes, Failure> {
        let (answer, answered) = oneshot::channel();
        let stopped = || Failure::Died("the gateway is stopping".to_owned());
        self.queue
            .send(Job {
                event,
                trace_id,
                answer,
            })
            .await
            .map_err(|_| stopped())?;
        answered.await.unwrap_or_else(|_| Err(stopped()))
    }
}

/// Starts the workers. They end when the set does.
pub(crate) fn start(
    function: &Function,
    count: usize,
    timeout: Duration,
) -> (Invoker, JoinSet<()>) {
    let (queue, jobs) = mpsc::channel(1);
    let jobs = Arc::new(Mutex::new(jobs));
    let mut workers = JoinSet::new();
    for number in 1..=count {
        let worker = Worker {
            number,
            function: function.clone(),
            timeout,
            jobs: Arc::clone(&jobs),
        };
        workers.spawn(worker.run());
    }
    (Invoker { queue }, workers)
}

struct Worker {
    number: usize,
    function: Function,
    timeout: Duration,
    jobs: Arc<Mutex<mpsc::Receiver<Job>>>,
}

/// How the life of a process ended.
enum End {
    /// It never came to answer anything: starting it again at once would only go round in circles.
    Useless(String),
    /// It was of use before.
    Gone(String),
    /// Nobody sends events any more.
    Stopped,
}

impl Worker {
    async fn run(self) {
        let mut wait = FIRST_WAIT;
        loop {
            match self.live().await {
                End::Stopped => return,
                End::Gone(why) => {
                    tracing::warn!(worker = self.number, %why, "the function is started again");
                    wait = FIRST_WAIT;
                }
                End::Useless(why) => {
                    tracing::error!(worker = self.number, %why, ?wait, "the function does not run");
                    self.refuse(wait, &why).await;
                    wait = (wait * 2).min(LONGEST_WAIT);
                }
            }
        }
    }

    /// Answers what comes while there is no process, so that nobody waits for one that never runs.
    async fn refuse(&self, wait: Duration, why: &str) {
        let waited = sleep(wait);
        tokio::pin!(waited);
        loop {
            tokio::select! {
                () = &mut waited => return,
                job = self.next_job() => {
                    let Some(job) = job else { return };
                    let _ = job.answer.send(Err(Failure::Died(why.to_owned())));
                }
            }
        }
    }

    /// The next event for which somebody still waits.
    async fn next_job(&self) -> Option<Job> {
        let mut jobs = self.jobs.lock().await;
        loop {
            let job = jobs.recv().await?;
            if !job.answer.is_closed() {
                return Some(job);
            }
        }
    }

    /// One process from its start to its end.
    async fn live(&self) -> End {
        let mut process = match Process::start(&self.function, self.timeout).await {
            Ok(process) => process,
            Err(error) => {
                return End::Useless(format!("{}: {error}", self.function.program.display()));
            }
        };
        let mut answered = false;
        let end = loop {
            if let Err(why) = process
                .until_ready(if answered { self.timeout } else { START_LIMIT })
                .await
            {
                break if answered {
                    End::Gone(why)
                } else {
                    End::Useless(why)
                };
            }
            let job = tokio::select! {
                job = self.next_job() => job,
                why = process.exit() => break if answered { End::Gone(why) } else { End::Useless(why) },
            };
            let Some(job) = job else { break End::Stopped };
            let outcome = process.invoke(job.event, job.trace_id, self.timeout).await;
            // A process that has died or hangs is of no more use; one that reports a failure is.
            let lost = match &outcome {
                Err(Failure::Died(why)) => Some(why.clone()),
                Err(Failure::TimedOut) => Some(format!("no answer within {:?}", self.timeout)),
                Ok(_) | Err(Failure::Failed(_)) => None,
            };
            // Whoever waited for it may have gone meanwhile.
            let _ = job.answer.send(outcome);
            if let Some(why) = lost {
                break End::Gone(why);
            }
            answered = true;
        };
        process.kill().await;
        end
    }
}

/// A running process, and its runtime API.
struct Process {
    child: Child,
    api: RuntimeApi,
}

impl Process {
    async fn start(function: &Function, timeout: Duration) -> std::io::Result<Self> {
        let api = RuntimeApi::start().await?;
        let mut command = Command::new(&function.program);
        // Ctrl-C in the terminal is for the gateway, which then ends its processes.
        #[cfg(unix)]
        command.process_group(0);
        let child = command
            .args(&function.arguments)
            .envs(environment(&api, timeout))
            .envs(
                function
                    .environment
                    .iter()
                    .map(|(name, value)| (name, value)),
            )
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        Ok(Self { child, api })
    }

    /// Waits until the process asks for an event.
    async fn until_ready(&mut self, limit: Duration) -> Result<(), String> {
        let limit = Instant::now() + limit;
        loop {
            tokio::select! {
                biased;
                news = self.api.news.recv() => match news {
                    Some(News::Ready) => return Ok(()),
                    Some(News::CannotStart(why)) => return Err(why),
                    // It belongs to an event that has been given up.
                    Some(News::Answered(_) | News::Failed(_)) => {}
                    None => return Err("the runtime API has stopped".to_owned()),
                },
                status = self.child.wait() => return Err(exited(status)),
                () = sleep_until(limit) => return Err("it does not ask for an event".to_owned()),
            }
        }
    }

    async fn exit(&mut self) -> String {
        exited(self.child.wait().await)
    }

    async fn invoke(
        &mut self,
        event: Bytes,
        trace_id: String,
        timeout: Duration,
    ) -> Result<Bytes, Failure> {
        let limit = Instant::now() + timeout;
        let deadline = SystemTime::now() + timeout;
        let invocation = Invocation {
            id: identifier::uuid(),
            event,
            trace_id,
            deadline,
        };
        if self.api.events.send(invocation).await.is_err() {
            return Err(Failure::Died("the runtime API has stopped".to_owned()));
        }
        tokio::select! {
            // What it has said counts, even if it has ended since.
            biased;
            news = self.api.news.recv() => match news {
                Some(News::Answered(answer)) => Ok(answer),
                Some(News::Failed(why)) => Err(Failure::Failed(why)),
                Some(News::Ready) => Err(Failure::Died("it asked for an event before it had answered".to_owned())),
                Some(News::CannotStart(why)) => Err(Failure::Died(why)),
                None => Err(Failure::Died("the runtime API has stopped".to_owned())),
            },
            status = self.child.wait() => Err(Failure::Died(exited(status))),
            () = sleep_until(limit) => Err(Failure::TimedOut),
        }
    }

    async fn kill(mut self) {
        // It fails only where there is no process left.
        let _ = self.child.kill().await;
    }
}

fn exited(status: std::io::Result<std::process::ExitStatus>) -> String {
    match status {
        Ok(status) => format!("the process has ended ({status})"),
        Err(error) => format!("the process is lost: {error}"),
    }
}

/// What Lambda sets.
/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>
fn environment(api: &RuntimeApi, timeout: Duration) -> [(&'static str, String); 12] {
    [
        ("AWS_LAMBDA_RUNTIME_API", api.address.to_string()),
        ("AWS_LAMBDA_FUNCTION_NAME", FUNCTION_NAME.to_owned()),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".to_owned()),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128".to_owned()),
        ("AWS_LAMBDA_FUNCTION_TIMEOUT", timeout.as_secs().to_string()),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand".to_owned()),
        (
            "AWS_LAMBDA_LOG_GROUP_NAME",
            format!("/aws/lambda/{FUNCTION_NAME}"),
        ),
        (
            "AWS_LAMBDA_LOG_STREAM_NAME",
            format!("local/[$LATEST]{}", identifier::hex(16)),
        ),
        ("AWS_REGION", REGION.to_owned()),
        ("AWS_DEFAULT_REGION", REGION.to_owned()),
        ("_HANDLER", "bootstrap".to_owned()),
        ("TZ", ":UTC".to_owned()),
    ]
}
