//! The events of the test kit, `require_claims::testing`, compared with what the function receives for the same
//! request and token.

use local_gateway::routes::{Route, Routes};
use local_gateway::{PayloadFormat, RunningGateway};
use require_claims::testing::{Caller, Event, HttpApi, http_api};
use serde_json::{Value, json};

use crate::client::send;
use crate::{function, start};

/// A request: its method and route, with a value for the parameter; its query, headers and body.
struct Sent {
    configure: fn(Event<HttpApi>) -> Event<HttpApi>,
    method: &'static str,
    route: &'static str,
    parameter: Option<(&'static str, &'static str)>,
    query: &'static [(&'static str, &'static str)],
    headers: &'static [(&'static str, &'static str)],
    body: &'static [u8],
    /// The path and query of the request.
    target: &'static str,
    has_token: bool,
}

const REQUESTS: &[Sent] = &[
    Sent {
        configure: |event| event,
        method: "GET",
        route: "/orders/{id}",
        parameter: Some(("id", "a b+ä%!")),
        query: &[],
        headers: &[],
        body: b"",
        target: "/orders/a%20b%2B%C3%A4%25!",
        has_token: true,
    },
    Sent {
        configure: |event| event,
        method: "POST",
        route: "/files/{path+}",
        parameter: Some(("path", "a/b c")),
        query: &[("q", "1 2"), ("p", "ä&="), ("q", "")],
        headers: &[
            ("content-type", "application/json; charset=utf-8"),
            ("x-list", "one"),
            ("x-list", "two"),
            ("cookie", "a=1; b=2"),
        ],
        body: br#"{"item": "teapot"}"#,
        target: "/files/a/b%20c?q=1%202&p=%C3%A4%26%3D&q=",
        has_token: true,
    },
    Sent {
        configure: |event| event,
        method: "POST",
        route: "/files/{path+}",
        parameter: Some(("path", "image")),
        query: &[],
        headers: &[
            ("content-type", "image/png"),
            ("x-forwarded-for", "198.51.100.1"),
        ],
        body: b"\x89PNG\r\n\0\xff",
        target: "/files/image",
        has_token: true,
    },
    Sent {
        configure: |event| event,
        method: "GET",
        route: "/health",
        parameter: None,
        query: &[("verbose", "")],
        headers: &[("accept-language", "de"), ("authorization", "Basic eDp5")],
        body: b"",
        target: "/health?verbose=",
        has_token: false,
    },
    Sent {
        configure: Event::any_method,
        method: "DELETE",
        route: "/any/{id}",
        parameter: Some(("id", "7")),
        query: &[],
        headers: &[],
        body: b"",
        target: "/any/7",
        has_token: true,
    },
    Sent {
        configure: Event::default_route,
        method: "PATCH",
        route: "/a b/7",
        parameter: None,
        query: &[],
        headers: &[],
        body: b"",
        target: "/a%20b/7",
        has_token: true,
    },
    Sent {
        configure: |event| event.route_scopes(&["reports.all", "reports.read"]),
        method: "GET",
        route: "/reports",
        parameter: None,
        query: &[],
        headers: &[],
        body: b"",
        target: "/reports",
        has_token: true,
    },
];

/// The headers that the HTTP client would add itself.
const CLIENT: [(&str, &str); 2] = [("user-agent", "test"), ("accept", "*/*")];

fn caller(gateway: &RunningGateway) -> Caller {
    let caller = Caller::new("user-1").claim("iss", gateway.issuer().unwrap().url());
    let caller = caller
        .email_verified()
        .role("customer")
        .role("order admin")
        .mfa();
    let caller = caller.claim("scope", json!("openid reports.read"));
    caller.claim(
        "custom",
        json!({"numbers": [1.5, 1e21, null], "text": "ä [b] map[]"}),
    )
}

impl Sent {
    /// What the function receives from the gateway.
    async fn received(&self, gateway: &RunningGateway, token: &str) -> Value {
        let mut headers = [&CLIENT, self.headers].concat();
        let authorization = format!("Bearer {token}");
        if self.has_token {
            headers.push(("authorization", &authorization));
        }
        let response = send(gateway, self.method, self.target, &headers, self.body).await;
        assert_eq!(response.status, 200, "{}", self.target);
        response.json()["event"].clone()
    }

    /// What the test kit writes. The token is the signed one, and the headers of the connection are those that the
    /// client and the gateway add.
    fn written(
        &self,
        format: PayloadFormat,
        gateway: &RunningGateway,
        caller: &Caller,
        token: &str,
    ) -> Value {
        let event = (self.configure)(http_api());
        let mut event = event.method(self.method.parse().unwrap(), self.route);
        if let Some((name, value)) = self.parameter {
            event = event.path_parameter(name, value);
        }
        for (name, value) in self.query {
            event = event.query(name, value);
        }
        let address = gateway.address();
        let is_forwarded = |(name, _): &&(&str, &str)| *name == "x-forwarded-for";
        let forwarded = match self.headers.iter().find(is_forwarded) {
            Some((_, client)) => format!("{client}, 127.0.0.1"),
            None => "127.0.0.1".to_owned(),
        };
        for header in self.headers.iter().filter(|header| !is_forwarded(header)) {
            event = event.header(header.0, header.1);
        }
        if self.has_token {
            let event_of_caller = event.caller(caller.clone()).without_token();
            event = event_of_caller.header("authorization", &format!("Bearer {token}"));
        }
        for (name, value) in CLIENT {
            event = event.header(name, value);
        }
        if self.body.is_empty() {
            // Of this HTTP client. The test kit adds the length of a body.
            event = event.header("content-length", "0");
        }
        let event = event
            .header("host", &address.to_string())
            .header("x-forwarded-for", &forwarded)
            .header("x-forwarded-port", &address.port().to_string())
            .header("x-forwarded-proto", "http")
            .body(self.body);
        match format {
            PayloadFormat::V1 => event.payload_1_0().json(),
            PayloadFormat::V2 => event.json(),
        }
    }
}

/// Replaces what differs from one request or API to the next, if it has the same type in both events.
fn without_ids_and_times(mut event: Value, other: &Value) -> Value {
    for path in [
        "/headers/x-amzn-trace-id",
        "/headers/X-Amzn-Trace-Id",
        "/multiValueHeaders/X-Amzn-Trace-Id/0",
        "/requestContext/apiId",
        "/requestContext/extendedRequestId",
        "/requestContext/requestId",
        "/requestContext/requestTime",
        "/requestContext/requestTimeEpoch",
        "/requestContext/resourceId",
        "/requestContext/time",
        "/requestContext/timeEpoch",
    ] {
        let other = other.pointer(path);
        let Some(value) = event.pointer_mut(path) else {
            continue;
        };
        if value.is_string() && other.is_some_and(Value::is_string) {
            *value = json!("text");
        } else if value.is_u64() && other.is_some_and(Value::is_u64) {
            *value = json!(0);
        }
    }
    event
}

#[tokio::test]
async fn writes_the_events_of_this_gateway() {
    for format in [PayloadFormat::V1, PayloadFormat::V2] {
        let gateway = start(|config| {
            config.function = function::with_behaviour("echoes the event");
            config.payload = format;
            let route = |text: &str| text.parse::<Route>().unwrap();
            let routes = [
                "GET /orders/{id}",
                "POST /files/{path+}",
                "ANY /any/{id}",
                "GET /reports reports.read reports.all",
                "$default",
            ];
            let mut routes = routes.map(route).to_vec();
            routes.push(route("GET /health").public());
            config.routes = Routes::new(routes);
        })
        .await;
        let caller = caller(&gateway);
        let token = gateway.issuer().unwrap().sign(&caller.payload());
        for sent in REQUESTS {
            let received = sent.received(&gateway, &token).await;
            let written = sent.written(format, &gateway, &caller, &token);
            assert_eq!(
                without_ids_and_times(written.clone(), &received),
                without_ids_and_times(received, &written),
                "{}",
                sent.target
            );
        }
    }
}
