//! An HTTP client for the gateway.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use local_gateway::RunningGateway;
use serde_json::Value;

/// A response of the gateway.
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Response {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// Sends a request from a separate thread, because the client blocks.
pub(crate) fn send(
    gateway: &RunningGateway,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> impl Future<Output = Response> + use<> {
    let mut request = axum::http::Request::builder()
        .method(method)
        .uri(gateway.base_url() + path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(body.to_vec()).unwrap();
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let sent = tokio::task::spawn_blocking(move || {
        let response = agent.run(request).unwrap();
        let (head, mut body) = response.into_parts();
        Response {
            status: head.status.as_u16(),
            headers: head.headers,
            body: body.read_to_vec().unwrap(),
        }
    });
    async { sent.await.unwrap() }
}

pub(crate) fn get(
    gateway: &RunningGateway,
    path: &str,
    headers: &[(&str, &str)],
) -> impl Future<Output = Response> + use<> {
    send(gateway, "GET", path, headers, b"")
}

/// The status of a request over plain TCP, because HTTP clients add headers. It must close the connection.
pub(crate) async fn status_of(address: SocketAddr, request: String) -> String {
    let sent = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response.split(' ').nth(1).unwrap().to_owned()
    });
    sent.await.unwrap()
}
