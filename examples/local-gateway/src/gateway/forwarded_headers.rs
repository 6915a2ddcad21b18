//! The headers that the gateway adds to a request: client address, port, protocol and trace id.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::event::header_texts;

/// Adds the headers to those that the client sent.
pub(super) fn add(headers: &mut HeaderMap, client: IpAddr, port: u16, trace_id: &str) {
    let forwarded_for = HeaderName::from_static("x-forwarded-for");
    // Merge the client's own headers into one, followed by the address that the gateway has seen.
    let mut addresses = header_texts(headers, &forwarded_for);
    addresses.push(client.to_string());
    for (name, value) in [
        (forwarded_for, addresses.join(", ")),
        (
            HeaderName::from_static("x-forwarded-port"),
            port.to_string(),
        ),
        (
            HeaderName::from_static("x-forwarded-proto"),
            "http".to_owned(),
        ),
        (
            HeaderName::from_static("x-amzn-trace-id"),
            trace_id.to_owned(),
        ),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
}
