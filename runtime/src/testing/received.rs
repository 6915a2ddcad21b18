//! An event in each type in which a function receives it.

use http::HeaderValue;
use http::header::AUTHORIZATION;
use lambda_http::{Context, LambdaEvent, Request, RequestExt as _};
use serde_json::Value;

use super::event::Event;
use super::gateway::{EventType, Gateway};
use super::misuse::misuse;
use super::write;

impl<G: Gateway> Event<G> {
    /// Returns the event as the request of `lambda_http`.
    ///
    /// ```
    /// use lambda_http::RequestExt as _;
    /// use require_claims::testing::http_api;
    ///
    /// let request = http_api().get("/orders").request();
    /// assert_eq!(request.raw_http_path(), "/orders");
    /// ```
    ///
    /// # Panics
    ///
    /// If the event is impossible: see [`json`](Self::json).
    #[must_use]
    #[track_caller]
    pub fn request(&self) -> Request {
        match lambda_http::request::from_str(&self.json().to_string()) {
            Ok(request) => request.with_lambda_context(Context::default()),
            Err(error) => misuse(&format!("`lambda_http` cannot read this event: {error}")),
        }
    }

    /// Returns the event as the request of an axum router. Requires the feature `axum`, too.
    ///
    /// ```
    /// use axum::{Router, routing::delete};
    /// use require_claims::supertokens::ROLE;
    /// use require_claims::testing::{Caller, http_api};
    /// use require_claims::tower::RequireClaimsLayer;
    /// use tower::ServiceExt as _;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), std::convert::Infallible> {
    /// let app: Router = Router::new()
    ///     .route("/orders/{id}", delete(|| async { "cancelled" }))
    ///     .layer(RequireClaimsLayer::new(ROLE.includes("admin")));
    ///
    /// let event = http_api().delete("/orders/7").default_route();
    /// let admin = event.clone().caller(Caller::new("user-1").role("admin"));
    /// assert_eq!(app.clone().oneshot(admin.axum_request()).await?.status(), 200);
    ///
    /// let customer = event.caller(Caller::new("user-2").role("customer"));
    /// assert_eq!(app.oneshot(customer.axum_request()).await?.status(), 403);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// It is the request that `lambda_http::run(app)` passes to the router. The path of a REST API contains the stage:
    /// the router receives `/prod/orders/7`, unless the variable `AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH` is `true`.
    ///
    /// # Panics
    ///
    /// If the event is impossible: see [`json`](Self::json).
    #[cfg(feature = "axum")]
    #[must_use]
    #[track_caller]
    pub fn axum_request(&self) -> http::Request<axum::body::Body> {
        self.request().map(axum::body::Body::new)
    }

    /// Returns the event as the argument of a handler without `lambda_http`.
    ///
    /// ```
    /// use lambda_http::LambdaEvent;
    /// use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequest;
    /// use require_claims::testing::http_api;
    ///
    /// let event: LambdaEvent<ApiGatewayV2httpRequest> = http_api().get("/orders").lambda_event();
    /// assert_eq!(event.payload.raw_path.as_deref(), Some("/orders"));
    /// ```
    ///
    /// # Panics
    ///
    /// If the event is impossible: see [`json`](Self::json).
    #[must_use]
    #[track_caller]
    pub fn lambda_event<E: EventType<G>>(&self) -> LambdaEvent<E> {
        match serde_json::from_value(self.json()) {
            Ok(payload) => LambdaEvent::new(payload, Context::default()),
            Err(error) => misuse(&format!("the event type cannot be read: {error}")),
        }
    }

    /// Returns the event as API Gateway writes it.
    ///
    /// ```
    /// use require_claims::testing::http_api;
    ///
    /// let event = http_api().get("/orders").json();
    /// assert_eq!(event["requestContext"]["http"]["method"], "GET");
    /// ```
    ///
    /// # Panics
    ///
    /// If the event is impossible, with a message that says what to change:
    ///
    /// - the route is not a path, or its parameters are not exactly those that were set;
    /// - an authorizer has no caller, or its scopes are not those of the caller;
    /// - the authorizer cannot write the caller's claims or its context;
    /// - `Authorization` was set next to the caller's token.
    #[must_use]
    #[track_caller]
    pub fn json(&self) -> Value {
        let mut sent = self.sent.clone();
        if let (Some(caller), true) = (&self.caller, self.is_token_sent) {
            if sent.headers.contains_key(AUTHORIZATION) {
                misuse(
                    "`Authorization` contains the caller's token; to set another value, add `.without_token()`",
                );
            }
            // A token has only characters that a header can contain.
            let token = HeaderValue::from_str(&format!("Bearer {}", caller.token()));
            sent.headers
                .extend(token.ok().map(|token| (AUTHORIZATION, token)));
        }
        let authorizer = self.authorizer.context(G::FORMAT, self.caller.as_ref());
        write::event(G::FORMAT, &sent, authorizer)
    }
}
