//! The Lambda Runtime API for one process of the function:
//! <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>.
//!
//! Each process has its own API address, so that no process can respond to an event of another one.

mod handlers;

use std::net::{Ipv4Addr, SocketAddr};
use std::time::SystemTime;

use axum::body::Bytes;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::event::{ACCOUNT_ID, REGION};

/// The maximum size of an event and of a response, in bytes.
/// <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>
pub(crate) const MAX_PAYLOAD: usize = 6 * 1024 * 1024;

/// One event for the function.
#[derive(Debug)]
pub(crate) struct Invocation {
    pub(crate) id: String,
    pub(crate) event: Bytes,
    pub(crate) trace_id: String,
    pub(crate) deadline: SystemTime,
}

/// A message from the process, sent as a request to the API.
#[derive(Debug)]
pub(crate) enum ProcessMessage {
    /// The process is ready for the next event.
    Ready,
    /// The function returned a response to the current event.
    Response(Bytes),
    /// The function failed to handle the current event.
    Error(String),
    /// The process failed to start.
    InitError(String),
}

/// The API server for one process. Dropping it stops the server.
#[derive(Debug)]
pub(crate) struct RuntimeApi {
    pub(crate) address: SocketAddr,
    pub(crate) invocations: mpsc::Sender<Invocation>,
    pub(crate) messages: mpsc::UnboundedReceiver<ProcessMessage>,
    _server: JoinSet<()>,
}

impl RuntimeApi {
    /// Starts the server on a free port of the loopback interface.
    pub(crate) async fn start(function: &str) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (invocations, receive_invocations) = mpsc::channel(1);
        let (send_messages, messages) = mpsc::unbounded_channel();
        let router = handlers::router(function_arn(function), receive_invocations, send_messages);
        let mut server = JoinSet::new();
        server.spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the runtime API has stopped");
            }
        });
        Ok(Self {
            address,
            invocations,
            messages,
            _server: server,
        })
    }
}

/// The ARN of the function, as passed to the function.
fn function_arn(name: &str) -> String {
    format!("arn:aws:lambda:{REGION}:{ACCOUNT_ID}:function:{name}")
}

#[cfg(test)]
mod tests;
