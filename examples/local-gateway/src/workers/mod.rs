//! The workers. Each runs one process of the function, passes events to it, and replaces it if it fails.

mod function;
mod output;
mod process;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::sleep;

use self::function::FileState;
pub use self::function::Function;
use self::process::Process;

/// The maximum time until a new process must be ready for its first event.
/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html>
const INIT_TIMEOUT: Duration = Duration::from_secs(10);

/// The delay before a process that failed to start is restarted. It doubles with each failure.
const MIN_BACKOFF: Duration = Duration::from_millis(200);
const MAX_BACKOFF: Duration = Duration::from_secs(10);

/// The reason why an invocation has no response.
#[derive(Debug)]
pub(crate) enum InvokeError {
    /// The process ended, or failed to start.
    ProcessLost(String),
    /// The function did not respond in time.
    TimedOut,
    /// The function reported an error.
    FunctionError(String),
    /// This gateway cannot run the function, for this reason.
    Unavailable(String),
}

/// An event, and the channel for the response.
#[derive(Debug)]
struct Job {
    event: Bytes,
    trace_id: String,
    respond_to: oneshot::Sender<Result<Bytes, InvokeError>>,
}

impl Job {
    /// Answers the event with an error, because there is no process for it.
    fn reject(self, reason: &str) {
        let error = InvokeError::ProcessLost(reason.to_owned());
        // Sending fails if the client has disconnected in the meantime.
        let _ = self.respond_to.send(Err(error));
    }
}

/// A handle that sends events to the workers.
#[derive(Clone, Debug)]
pub(crate) struct Invoker {
    /// The queue of the workers, or the reason why there are none.
    queue: Result<mpsc::Sender<Job>, String>,
}

impl Invoker {
    /// Sends an event to the next available worker and waits for the response.
    pub(crate) async fn invoke(
        &self,
        event: Bytes,
        trace_id: String,
    ) -> Result<Bytes, InvokeError> {
        let queue = self.queue.as_ref();
        let queue = queue.map_err(|reason| InvokeError::Unavailable(reason.clone()))?;
        let (respond_to, response) = oneshot::channel();
        let stopped = || InvokeError::ProcessLost("the gateway is stopping".to_owned());
        queue
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

/// Starts the workers of a function. They stop when the set is dropped or shut down.
pub(crate) fn start(
    name: &str,
    function: &Function,
    count: usize,
    timeout: Duration,
    workers: &mut JoinSet<()>,
) -> Invoker {
    if let Some(reason) = &function.unavailable {
        let queue = Err(reason.clone());
        return Invoker { queue };
    }
    let (queue, jobs) = mpsc::channel(1);
    let jobs = Arc::new(Mutex::new(jobs));
    for number in 1..=count {
        let worker = Worker {
            number,
            name: name.to_owned(),
            function: function.clone(),
            timeout,
            jobs: Arc::clone(&jobs),
        };
        workers.spawn(worker.run());
    }
    Invoker { queue: Ok(queue) }
}

struct Worker {
    number: usize,
    name: String,
    function: Function,
    timeout: Duration,
    jobs: Arc<Mutex<mpsc::Receiver<Job>>>,
}

/// Why a worker is done with a process.
enum ProcessEnd {
    /// The process failed before its first event. It would probably fail again, so restart it with a delay.
    BeforeFirstEvent(String),
    /// The process failed while handling its first event, or later.
    AfterFirstEvent(String),
    /// The function was built again. The event is for the next process.
    Outdated(Job),
    /// There will be no more events, because the gateway is stopping.
    QueueClosed,
}

impl Worker {
    async fn run(self) {
        let mut backoff = MIN_BACKOFF;
        let mut pending = None;
        loop {
            let file = self.function.file_state();
            match self.run_process(&mut pending).await {
                ProcessEnd::QueueClosed => return,
                ProcessEnd::Outdated(job) => {
                    tracing::info!(
                        function = self.name,
                        worker = self.number,
                        "the function was built again; restarting it"
                    );
                    pending = Some(job);
                }
                ProcessEnd::AfterFirstEvent(reason) => {
                    tracing::warn!(function = self.name, worker = self.number, %reason, "restarting the function");
                    backoff = MIN_BACKOFF;
                }
                ProcessEnd::BeforeFirstEvent(reason) => {
                    tracing::error!(function = self.name, worker = self.number, %reason, retry_in = ?backoff, "the function failed to start");
                    if let Some(job) = pending.take() {
                        job.reject(&reason);
                    }
                    pending = self.reject_jobs_for(backoff, &reason, file).await;
                    backoff = (backoff * 2).min(MAX_BACKOFF);
                }
            }
        }
    }

    /// Rejects events during the delay, so that requests do not wait for a process that may never run. If the
    /// function was built again, the delay ends with the next event, which is returned.
    async fn reject_jobs_for(
        &self,
        backoff: Duration,
        reason: &str,
        file: Option<FileState>,
    ) -> Option<Job> {
        let waited = sleep(backoff);
        tokio::pin!(waited);
        loop {
            tokio::select! {
                () = &mut waited => return None,
                job = self.next_job() => {
                    let job = job?;
                    if self.function.file_state() != file {
                        return Some(job);
                    }
                    job.reject(reason);
                }
            }
        }
    }

    /// The next event whose client is still waiting.
    async fn next_job(&self) -> Option<Job> {
        let mut jobs = self.jobs.lock().await;
        loop {
            let job = jobs.recv().await?;
            if !job.respond_to.is_closed() {
                return Some(job);
            }
        }
    }

    /// Starts a process, passes events to it until it fails, and kills it. The pending event comes first.
    async fn run_process(&self, pending: &mut Option<Job>) -> ProcessEnd {
        let started = Process::start(&self.name, &self.function, self.timeout).await;
        let mut process = match started {
            Ok(process) => process,
            Err(error) => {
                let program = self.function.program.display();
                return ProcessEnd::BeforeFirstEvent(format!("{program}: {error}"));
            }
        };
        let end = self.send_jobs_to(&mut process, pending).await;
        process.kill().await;
        end
    }

    async fn send_jobs_to(&self, process: &mut Process, pending: &mut Option<Job>) -> ProcessEnd {
        let mut job = match self.job_for(process, INIT_TIMEOUT, pending).await {
            Ok(Some(job)) => job,
            Ok(None) => return ProcessEnd::QueueClosed,
            Err(reason) => return ProcessEnd::BeforeFirstEvent(reason),
        };
        loop {
            if process.is_outdated(&self.function) {
                return ProcessEnd::Outdated(job);
            }
            if let Err(reason) = self.handle(process, job).await {
                return ProcessEnd::AfterFirstEvent(reason);
            }
            job = match self.job_for(process, self.timeout, &mut None).await {
                Ok(Some(job)) => job,
                Ok(None) => return ProcessEnd::QueueClosed,
                Err(reason) => return ProcessEnd::AfterFirstEvent(reason),
            };
        }
    }

    /// Waits until the process is ready, then for the pending or the next event. Returns `None` if the queue is closed, and
    /// an error if the process failed.
    async fn job_for(
        &self,
        process: &mut Process,
        timeout: Duration,
        pending: &mut Option<Job>,
    ) -> Result<Option<Job>, String> {
        process.until_ready(timeout).await?;
        if let Some(job) = pending.take() {
            return Ok(Some(job));
        }
        tokio::select! {
            job = self.next_job() => Ok(job),
            reason = process.exit() => Err(reason),
        }
    }

    /// Invokes the process with an event and sends the outcome to the client. Returns an error if the process
    /// must be replaced because it ended or timed out. A process that only reports an error is kept.
    async fn handle(&self, process: &mut Process, job: Job) -> Result<(), String> {
        let outcome = process.invoke(job.event, job.trace_id, self.timeout).await;
        let usable = match &outcome {
            Err(InvokeError::ProcessLost(reason)) => Err(reason.clone()),
            Err(InvokeError::TimedOut) => Err(format!("no response within {:?}", self.timeout)),
            Ok(_) | Err(InvokeError::FunctionError(_) | InvokeError::Unavailable(_)) => Ok(()),
        };
        // Sending fails if the client has disconnected in the meantime.
        let _ = job.respond_to.send(outcome);
        usable
    }
}
