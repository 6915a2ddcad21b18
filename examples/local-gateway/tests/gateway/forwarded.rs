//! What the gateway tells the function of the client and of the connection.

use local_gateway::PayloadFormat;
use serde_json::Value;

use crate::client::get;
use crate::{function, start};

/// The event of a request with these headers.
async fn event(format: PayloadFormat, headers: &[(&str, &str)]) -> Told {
    let gateway = start(|config| {
        config.function = function::that("shows the event");
        config.payload = format;
    })
    .await;
    let shown = get(&gateway, "/open/a", headers).await.json();
    Told {
        event: shown["event"].clone(),
        trace: shown["trace"].clone(),
        port: gateway.address().port(),
    }
}

struct Told {
    event: Value,
    /// What Lambda itself tells, beside the event.
    trace: Value,
    port: u16,
}

impl Told {
    /// A header by its name in lower case: format 1.0 has some in capitals.
    fn header(&self, name: &str) -> &str {
        let mut headers = self.event["headers"].as_object().unwrap().iter();
        let found = headers.find(|(spelling, _)| spelling.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value.as_str().unwrap())
    }
}

#[tokio::test]
async fn the_function_is_told_who_asks_over_which_connection_in_both_formats() {
    for format in [PayloadFormat::V1, PayloadFormat::V2] {
        let told = event(format, &[]).await;
        assert_eq!(told.header("x-forwarded-for"), "127.0.0.1");
        assert_eq!(told.header("x-forwarded-port"), told.port.to_string());
        assert_eq!(told.header("x-forwarded-proto"), "http");
        let context = &told.event["requestContext"];
        let (source, protocol) = match format {
            PayloadFormat::V1 => (&context["identity"]["sourceIp"], &context["protocol"]),
            PayloadFormat::V2 => (&context["http"]["sourceIp"], &context["http"]["protocol"]),
        };
        assert_eq!(source, "127.0.0.1");
        assert_eq!(protocol, "HTTP/1.1");
    }
}

#[tokio::test]
async fn the_header_and_lambda_name_the_same_trace() {
    for format in [PayloadFormat::V1, PayloadFormat::V2] {
        let told = event(format, &[]).await;
        let trace = told.header("x-amzn-trace-id");
        assert!(trace.starts_with("Root=1-"), "{trace}");
        assert_eq!(
            trace.len(),
            "Root=1-12345678-123456789012345678901234".len()
        );
        assert_eq!(told.trace, trace);
    }
}

#[tokio::test]
async fn the_proxies_that_the_client_names_stay_before_its_address() {
    for format in [PayloadFormat::V1, PayloadFormat::V2] {
        for (sent, expected) in [
            (&["1.2.3.4"][..], "1.2.3.4, 127.0.0.1"),
            (&["1.2.3.4, 5.6.7.8"], "1.2.3.4, 5.6.7.8, 127.0.0.1"),
            (&["1.2.3.4", "5.6.7.8"], "1.2.3.4, 5.6.7.8, 127.0.0.1"),
        ] {
            let sent: Vec<_> = sent.iter().map(|one| ("x-forwarded-for", *one)).collect();
            let told = event(format, &sent).await;
            assert_eq!(told.header("x-forwarded-for"), expected);
        }
    }
}
