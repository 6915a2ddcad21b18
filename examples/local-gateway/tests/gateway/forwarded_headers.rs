//! Tests of what the function receives about the client, the connection and the trace.

use local_gateway::PayloadFormat;
use serde_json::Value;

use crate::client::get;
use crate::{function, set_function, start};

/// Sends a request with these headers and returns what the function received.
async fn receive(format: PayloadFormat, headers: &[(&str, &str)]) -> Received {
    let gateway = start(|config| {
        set_function(config, function::with_behaviour("echoes the event"));
        config.payload = format;
    })
    .await;
    let echoed = get(&gateway, "/open/a", headers).await.json();
    Received {
        event: echoed["event"].clone(),
        trace: echoed["trace"].clone(),
        port: gateway.address().port(),
    }
}

struct Received {
    event: Value,
    /// The trace id in the Lambda context.
    trace: Value,
    port: u16,
}

impl Received {
    /// A header of the event, ignoring case, because format 1.0 capitalises some names.
    fn header(&self, name: &str) -> &str {
        let mut headers = self.event["headers"].as_object().unwrap().iter();
        let found = headers.find(|(spelling, _)| spelling.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value.as_str().unwrap())
    }
}

#[tokio::test]
async fn passes_client_address_and_protocol_in_both_formats() {
    for format in [PayloadFormat::V1, PayloadFormat::V2] {
        let received = receive(format, &[]).await;
        assert_eq!(received.header("x-forwarded-for"), "127.0.0.1");
        assert_eq!(
            received.header("x-forwarded-port"),
            received.port.to_string()
        );
        assert_eq!(received.header("x-forwarded-proto"), "http");
        let context = &received.event["requestContext"];
        let (source, protocol) = match format {
            PayloadFormat::V1 => (&context["identity"]["sourceIp"], &context["protocol"]),
            PayloadFormat::V2 => (&context["http"]["sourceIp"], &context["http"]["protocol"]),
        };
        assert_eq!(source, "127.0.0.1");
        assert_eq!(protocol, "HTTP/1.1");
    }
}

#[tokio::test]
async fn passes_the_same_trace_id_in_the_header_and_the_lambda_context() {
    for format in [PayloadFormat::V1, PayloadFormat::V2] {
        let received = receive(format, &[]).await;
        let trace = received.header("x-amzn-trace-id");
        assert!(trace.starts_with("Root=1-"), "{trace}");
        assert_eq!(
            trace.len(),
            "Root=1-12345678-123456789012345678901234".len()
        );
        assert_eq!(received.trace, trace);
    }
}

#[tokio::test]
async fn appends_the_client_address_to_x_forwarded_for() {
    for format in [PayloadFormat::V1, PayloadFormat::V2] {
        for (sent, expected) in [
            (&["1.2.3.4"][..], "1.2.3.4, 127.0.0.1"),
            (&["1.2.3.4, 5.6.7.8"], "1.2.3.4, 5.6.7.8, 127.0.0.1"),
            (&["1.2.3.4", "5.6.7.8"], "1.2.3.4, 5.6.7.8, 127.0.0.1"),
        ] {
            let sent: Vec<_> = sent
                .iter()
                .map(|value| ("x-forwarded-for", *value))
                .collect();
            let received = receive(format, &sent).await;
            assert_eq!(received.header("x-forwarded-for"), expected);
        }
    }
}
