//! The Lambda Runtime API, which one process of the function talks to.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>. Every process has an address
//! of its own, so that an answer can only come from the process that was asked.

mod handlers;

use std::net::{Ipv4Addr, SocketAddr};
use std::time::SystemTime;

use axum::body::Bytes;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::event::{ACCOUNT, REGION};

/// The most that an invocation may carry either way, in bytes.
/// <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>
pub(crate) const MAX_PAYLOAD: usize = 6 * 1024 * 1024;

/// The name of the function, to itself.
pub(crate) const FUNCTION_NAME: &str = "local";

/// One event, on its way to the function.
#[derive(Debug)]
pub(crate) struct Invocation {
    pub(crate) id: String,
    pub(crate) event: Bytes,
    pub(crate) trace_id: String,
    pub(crate) deadline: SystemTime,
}

/// What a process says by its requests.
#[derive(Debug)]
pub(crate) enum ProcessMessage {
    /// It asks for the next event.
    Ready,
    /// It has answered the event that it was given.
    Response(Bytes),
    /// It could not answer it.
    Error(String),
    /// It cannot start.
    InitError(String),
}

/// The API of one process. Dropped, it is gone.
#[derive(Debug)]
pub(crate) struct RuntimeApi {
    pub(crate) address: SocketAddr,
    pub(crate) invocations: mpsc::Sender<Invocation>,
    pub(crate) messages: mpsc::UnboundedReceiver<ProcessMessage>,
    _server: JoinSet<()>,
}

impl RuntimeApi {
    /// Listens on a free port of the loopback interface.
    pub(crate) async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (invocations, receive_invocations) = mpsc::channel(1);
        let (send_messages, messages) = mpsc::unbounded_channel();
        let router = handlers::router(receive_invocations, send_messages);
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

/// The name under which AWS would know the function.
pub(crate) fn function_arn() -> String {
    format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{FUNCTION_NAME}")
}

#[cfg(test)]
mod tests;
