//! The events of the test kit, `require_claims::testing`, compared with what the function receives for the same
//! request and token.

use local_gateway::authorizer::lambda::LambdaAuthorizer;
use local_gateway::routes::{Route, Routes};
use local_gateway::{Api, Config, PayloadFormat, RunningGateway};
use require_claims::testing::{Caller, Event, Gateway, HttpApi, http_api, rest_api};
use serde_json::{Value, json};

use crate::client::send;
use crate::lambda_authorizer::authorize;
use crate::{function, set_function, start};

/// A request: its method and route, with a value for the parameter; its query, headers and body.
struct Sent {
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
        method: "POST",
        route: "/files/{path+}",
        parameter: Some(("path", "form")),
        query: &[],
        headers: &[("content-type", "application/x-www-form-urlencoded")],
        body: b"a=1",
        target: "/files/form",
        has_token: true,
    },
    Sent {
        method: "GET",
        route: "/health",
        parameter: None,
        query: &[("verbose", "")],
        headers: &[("accept-language", "de"), ("authorization", "Basic eDp5")],
        body: b"",
        target: "/health?verbose=",
        has_token: false,
    },
];

type Declare = fn(Event<HttpApi>) -> Event<HttpApi>;

/// What only HTTP APIs have: how the route is declared, and a request to it.
const OF_HTTP_APIS: &[(Declare, Sent)] = &[
    (
        Event::any_method,
        Sent {
            method: "DELETE",
            route: "/any/{id}",
            parameter: Some(("id", "7")),
            query: &[],
            headers: &[],
            body: b"",
            target: "/any/7",
            has_token: true,
        },
    ),
    (
        Event::default_route,
        Sent {
            method: "PATCH",
            route: "/a b/7",
            parameter: None,
            query: &[],
            headers: &[],
            body: b"",
            target: "/a%20b/7",
            has_token: true,
        },
    ),
    (
        |event| event.route_scopes(&["reports.all", "reports.read"]),
        Sent {
            method: "GET",
            route: "/reports",
            parameter: None,
            query: &[],
            headers: &[],
            body: b"",
            target: "/reports",
            has_token: true,
        },
    ),
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
        let target = gateway.api_url().replace(&gateway.base_url(), "") + self.target;
        let response = send(gateway, self.method, &target, &headers, self.body).await;
        assert_eq!(response.status, 200, "{}", self.target);
        response.json()["event"].clone()
    }

    /// What the test kit writes. The token is the signed one, and the headers of the connection are those that the
    /// client and the gateway add.
    fn written<G: Gateway>(
        &self,
        event: Event<G>,
        gateway: &RunningGateway,
        caller: &Caller,
        token: &str,
    ) -> Value {
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
        event
            .header("host", &address.to_string())
            .header("x-forwarded-for", &forwarded)
            .header("x-forwarded-port", &address.port().to_string())
            .header("x-forwarded-proto", "http")
            .body(self.body)
            .json()
    }
}

/// Replaces what differs from one request or API to the next, if it has the same type in both events.
fn without_ids_and_times(mut event: Value, other: &Value) -> Value {
    for path in [
        "/headers/x-amzn-trace-id",
        "/headers/X-Amzn-Trace-Id",
        "/multiValueHeaders/X-Amzn-Trace-Id/0",
        "/requestContext/apiId",
        "/requestContext/authorizer/integrationLatency",
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

/// A kind of API, and the format of its events.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Http(PayloadFormat),
    Rest,
}

const KINDS: [Kind; 3] = [
    Kind::Http(PayloadFormat::V1),
    Kind::Http(PayloadFormat::V2),
    Kind::Rest,
];

/// A gateway of this kind with a function that returns its event.
async fn start_echo(kind: Kind, change: impl FnOnce(&mut Config)) -> RunningGateway {
    start(|config| {
        set_function(config, function::with_behaviour("echoes the event"));
        match kind {
            Kind::Http(payload) => config.payload = payload,
            Kind::Rest => {
                config.api = Api::Rest {
                    stage: "prod".to_owned(),
                }
            }
        }
        let route = |text: &str| text.parse::<Route>().unwrap();
        let routes = ["GET /orders/{id}", "POST /files/{path+}"];
        let mut routes = routes.map(route).to_vec();
        routes.push(route("GET /health").public());
        config.routes = Routes::new(routes).unwrap();
        change(config);
    })
    .await
}

#[tokio::test]
async fn writes_the_events_of_this_gateway() {
    for kind in KINDS {
        let gateway = start_echo(kind, |_| {}).await;
        let caller = caller(&gateway);
        let token = gateway.issuer().unwrap().sign(&caller.payload());
        for sent in REQUESTS {
            let received = sent.received(&gateway, &token).await;
            let (gateway, caller, token) = (&gateway, &caller, &token);
            let written = match kind {
                Kind::Http(PayloadFormat::V1) => {
                    sent.written(http_api().payload_1_0(), gateway, caller, token)
                }
                Kind::Http(PayloadFormat::V2) => sent.written(http_api(), gateway, caller, token),
                Kind::Rest => sent.written(rest_api(), gateway, caller, token),
            };
            assert_same(&written, &received, sent);
        }
    }
}

#[tokio::test]
async fn writes_the_events_of_routes_that_only_http_apis_have() {
    for payload in [PayloadFormat::V1, PayloadFormat::V2] {
        let gateway = start_echo(Kind::Http(payload), |config| {
            let route = |text: &str| text.parse::<Route>().unwrap();
            let routes = [
                "ANY /any/{id}",
                "GET /reports reports.read reports.all",
                "$default",
            ];
            config.routes = Routes::new(routes.map(route).to_vec()).unwrap();
        })
        .await;
        let caller = caller(&gateway);
        let token = gateway.issuer().unwrap().sign(&caller.payload());
        for (declared, sent) in OF_HTTP_APIS {
            let received = sent.received(&gateway, &token).await;
            let event = declared(http_api());
            let written = match payload {
                PayloadFormat::V1 => sent.written(event.payload_1_0(), &gateway, &caller, &token),
                PayloadFormat::V2 => sent.written(event, &gateway, &caller, &token),
            };
            assert_same(&written, &received, sent);
        }
    }
}

/// The context that the authorizer program of these tests returns, with `userId` from the token.
fn context(_payload: &Value) -> Value {
    json!({"userId": "user-1", "level": 7, "active": true})
}

#[tokio::test]
async fn writes_the_events_behind_a_lambda_authorizer() {
    for kind in KINDS {
        let gateway = start_echo(kind, |config| {
            let authorizer = LambdaAuthorizer {
                payload: match kind {
                    Kind::Http(payload) => payload,
                    Kind::Rest => PayloadFormat::V2,
                },
                ..LambdaAuthorizer::new("authorizer")
            };
            authorize(config, authorizer);
        })
        .await;
        let caller = caller(&gateway);
        // The authorizer program allows everyone with this token.
        let token = "user-1";
        for sent in REQUESTS.iter().filter(|sent| sent.has_token) {
            let received = sent.received(&gateway, token).await;
            let (gateway, caller) = (&gateway, &caller);
            let written = match kind {
                Kind::Http(PayloadFormat::V1) => {
                    let event = http_api().payload_1_0().lambda_authorizer(context);
                    sent.written(event, gateway, caller, token)
                }
                Kind::Http(PayloadFormat::V2) => {
                    let event = http_api().lambda_authorizer(context);
                    sent.written(event, gateway, caller, token)
                }
                Kind::Rest => {
                    let event = rest_api().lambda_authorizer(context);
                    sent.written(event, gateway, caller, token)
                }
            };
            assert_same(&written, &received, sent);
        }
    }
}

#[track_caller]
fn assert_same(written: &Value, received: &Value, sent: &Sent) {
    assert_eq!(
        without_ids_and_times(written.clone(), received),
        without_ids_and_times(received.clone(), written),
        "{}",
        sent.target
    );
}
