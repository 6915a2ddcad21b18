//! Tests of the router, with the events of each kind of API.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests"
)]

mod body;
mod outside_lambda;
mod requirements;
mod routes;

use std::time::Duration;

use axum::Router;
use axum::body::{HttpBody, to_bytes};
use axum::http::{Method, Request};
use lambda_http::tower::ServiceExt as _;
use require_claims::testing::{Caller, Event, Gateway, http_api, rest_api};
use serde_json::{Value, json};

use crate::app;

/// The kinds of API.
#[derive(Clone, Copy, Debug)]
enum Api {
    Http,
    HttpPayload1,
    Rest,
}

const APIS: [Api; 3] = [Api::Http, Api::HttpPayload1, Api::Rest];

impl Api {
    /// The request that `lambda_http` passes to the router.
    fn request(self, call: &Call, caller: Option<&Caller>) -> lambda_http::Request {
        match self {
            Self::Http => call.event(http_api(), caller),
            Self::HttpPayload1 => call.event(http_api().payload_1_0(), caller),
            Self::Rest => call.event(rest_api(), caller),
        }
    }

    /// The response of a new function: its status and its body.
    async fn answer<B>(self, request: Request<B>) -> (u16, Value)
    where
        B: HttpBody<Data = axum::body::Bytes, Error: Into<axum::BoxError>> + Send + 'static,
    {
        let app = match self {
            // The path has the stage, unless a variable of the function removes it.
            Self::Rest => Router::new().nest("/prod", app()),
            Self::Http | Self::HttpPayload1 => app(),
        };
        let response = app.oneshot(request).await.unwrap();
        assert_eq!(response.headers()["content-type"], "application/json");
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }

    async fn call(self, call: &Call, caller: Option<&Caller>) -> (u16, Value) {
        self.answer(self.request(call, caller)).await
    }
}

/// A request without its caller.
#[derive(Clone, Debug)]
struct Call {
    method: Method,
    route: &'static str,
    /// The value of `{id}`.
    id: Option<&'static str>,
    body: Option<Value>,
}

impl Call {
    fn new(method: Method, route: &'static str) -> Self {
        let (id, body) = (None, None);
        Self {
            method,
            route,
            id,
            body,
        }
    }

    fn list() -> Self {
        Self::new(Method::GET, "/orders")
    }

    fn create(body: Value) -> Self {
        let body = Some(body);
        Self {
            body,
            ..Self::new(Method::POST, "/orders")
        }
    }

    fn cancel(id: &'static str) -> Self {
        let id = Some(id);
        Self {
            id,
            ..Self::new(Method::DELETE, "/orders/{id}")
        }
    }

    fn report() -> Self {
        Self::new(Method::GET, "/reports/daily")
    }

    fn event<G: Gateway>(&self, event: Event<G>, caller: Option<&Caller>) -> lambda_http::Request {
        let mut event = event.method(self.method.clone(), self.route);
        if let Some(id) = self.id {
            event = event.path_parameter("id", id);
        }
        if let Some(body) = &self.body {
            event = event.json_body(body);
        }
        if let Some(caller) = caller {
            event = event.caller(caller.clone());
        }
        event.request()
    }
}

/// A body that creates an order.
fn lamps() -> Value {
    json!({"item": "lamp", "quantity": 2})
}

/// A customer with a verified email address.
fn customer() -> Caller {
    Caller::new("customer-1").email_verified().role("customer")
}

/// An administrator who has completed the second factor.
fn admin() -> Caller {
    let admin = Caller::new("admin-1").email_verified().role("admin");
    admin.factor("totp", Duration::from_secs(60)).mfa()
}
