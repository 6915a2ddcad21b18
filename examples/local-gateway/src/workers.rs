//! The workers: each has one process of the function, gives it events, and starts another in its place.

mod process;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::sleep;

use self::process::Process;

/// How long a process may take until it asks for its first event.
/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>
const INIT_TIMEOUT: Duration = Duration::from_secs(10);

/// The waits before a process that came to nothing is started again, each twice the one before.
const MIN_BACKOFF: Duration = Duration::from_millis(200);
const MAX_BACKOFF: Duration = Duration::from_secs(10);

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
pub(crate) enum InvokeError {
    /// The process ended, or did not even start.
    ProcessLost(String),
    /// It did not answer in time.
    TimedOut,
    /// The function said itself that it has none.
    FunctionError(String),
}

/// One event, and where its answer goes.
#[derive(Debug)]
struct Job {
    event: Bytes,
    trace_id: String,
    respond_to: oneshot::Sender<Result<Bytes, InvokeError>>,
}

/// The way to the workers.
#[derive(Clone, Debug)]
pub(crate) struct Invoker {
    queue: mpsc::Sender<Job>,
}

impl Invoker {
    /// Has one of the workers handle an event.
    pub(crate) async fn invoke(
        &self,
        event: Bytes,
        trace_id: String,
    ) -> Result<Bytes, InvokeError> {
        let (respond_to, response) = oneshot::channel();
        let stopped = || InvokeError::ProcessLost("the gateway is stopping".to_owned());
        self.queue
            .send(Job {
                event,
                trace_id,
                respond_to,
            })
            .await
            .map_err(|_| stopped())?;
        response.await.unwrap_or_else(|_| Err(stopped()))
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

/// How the work with one process ended.
enum ProcessEnd {
    /// It was never given an event: starting it again at once would only go round in circles.
    BeforeFirstEvent(String),
    /// It was given one before.
    AfterFirstEvent(String),
    /// Nobody sends events any more.
    QueueClosed,
}

impl Worker {
    async fn run(self) {
        let mut backoff = MIN_BACKOFF;
        loop {
            match self.run_process().await {
                ProcessEnd::QueueClosed => return,
                ProcessEnd::AfterFirstEvent(why) => {
                    tracing::warn!(worker = self.number, %why, "the function is started again");
                    backoff = MIN_BACKOFF;
                }
                ProcessEnd::BeforeFirstEvent(why) => {
                    tracing::error!(worker = self.number, %why, wait = ?backoff, "the function does not run");
                    self.reject_jobs_for(backoff, &why).await;
                    backoff = (backoff * 2).min(MAX_BACKOFF);
                }
            }
        }
    }

    /// Answers what comes while there is no process, so that nobody waits for one that never runs.
    async fn reject_jobs_for(&self, backoff: Duration, why: &str) {
        let waited = sleep(backoff);
        tokio::pin!(waited);
        loop {
            tokio::select! {
                () = &mut waited => return,
                job = self.next_job() => {
                    let Some(job) = job else { return };
                    let _ = job.respond_to.send(Err(InvokeError::ProcessLost(why.to_owned())));
                }
            }
        }
    }

    /// The next event for which somebody still waits.
    async fn next_job(&self) -> Option<Job> {
        let mut jobs = self.jobs.lock().await;
        loop {
            let job = jobs.recv().await?;
            if !job.respond_to.is_closed() {
                return Some(job);
            }
        }
    }

    /// One process from its start to its end.
    async fn run_process(&self) -> ProcessEnd {
        let mut process = match Process::start(&self.function, self.timeout).await {
            Ok(process) => process,
            Err(error) => {
                let program = self.function.program.display();
                return ProcessEnd::BeforeFirstEvent(format!("{program}: {error}"));
            }
        };
        let end = self.give_jobs_to(&mut process).await;
        process.kill().await;
        end
    }

    async fn give_jobs_to(&self, process: &mut Process) -> ProcessEnd {
        let mut job = match self.job_for(process, INIT_TIMEOUT).await {
            Ok(Some(job)) => job,
            Ok(None) => return ProcessEnd::QueueClosed,
            Err(why) => return ProcessEnd::BeforeFirstEvent(why),
        };
        loop {
            if let Err(why) = self.handle(process, job).await {
                return ProcessEnd::AfterFirstEvent(why);
            }
            job = match self.job_for(process, self.timeout).await {
                Ok(Some(job)) => job,
                Ok(None) => return ProcessEnd::QueueClosed,
                Err(why) => return ProcessEnd::AfterFirstEvent(why),
            };
        }
    }

    /// The next event, once the process has asked for one. An `Err` says why the process cannot have
    /// it; without an event, the queue is closed.
    async fn job_for(
        &self,
        process: &mut Process,
        timeout: Duration,
    ) -> Result<Option<Job>, String> {
        process.until_ready(timeout).await?;
        tokio::select! {
            job = self.next_job() => Ok(job),
            why = process.exit() => Err(why),
        }
    }

    /// Has the process handle an event. An `Err` says why it cannot have another: a process that has
    /// died or hangs is of no more use, but one that reports a failure is.
    async fn handle(&self, process: &mut Process, job: Job) -> Result<(), String> {
        let outcome = process.invoke(job.event, job.trace_id, self.timeout).await;
        let usable = match &outcome {
            Err(InvokeError::ProcessLost(why)) => Err(why.clone()),
            Err(InvokeError::TimedOut) => Err(format!("no answer within {:?}", self.timeout)),
            Ok(_) | Err(InvokeError::FunctionError(_)) => Ok(()),
        };
        // Whoever waited for it may have gone meanwhile.
        let _ = job.respond_to.send(outcome);
        usable
    }
}
