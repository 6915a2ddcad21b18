//! What only the events of an HTTP API have.

use super::authorizer::Authorizer;
use super::event::Event;
use super::gateway::{HttpApi, HttpApiPayload1};
use super::sent::RouteKey;

impl Event<HttpApi> {
    /// Changes the payload format to 1.0.
    ///
    /// ```
    /// use require_claims::testing::http_api;
    ///
    /// let event = http_api().payload_1_0().get("/orders").json();
    /// assert_eq!(event["path"], "/orders");
    /// ```
    pub fn payload_1_0(self) -> Event<HttpApiPayload1> {
        let Self {
            gateway: HttpApi,
            sent,
            authorizer,
            caller,
            is_token_sent,
        } = self;
        Event {
            gateway: HttpApiPayload1,
            sent,
            authorizer,
            caller,
            is_token_sent,
        }
    }

    /// Configures the route for any method: its key is `ANY /orders/{id}`. The request still has one method.
    ///
    /// ```
    /// use require_claims::testing::http_api;
    ///
    /// let event = http_api().get("/{proxy+}").path_parameter("proxy", "orders/7").any_method().json();
    /// assert_eq!(event["routeKey"], "ANY /{proxy+}");
    /// assert_eq!(event["requestContext"]["http"]["method"], "GET");
    /// ```
    ///
    /// Only payload format 2.0 contains the key. A REST API does not pass it, so there is no such method for
    /// [`rest_api`](super::rest_api).
    pub fn any_method(mut self) -> Self {
        self.sent.key = RouteKey::AnyMethod;
        self
    }

    /// Makes the route the [default route], `$default`, which has no path parameters. Write the path as the client
    /// sends it, decoded.
    ///
    /// ```
    /// use require_claims::testing::http_api;
    ///
    /// let event = http_api().get("/orders/7").default_route().json();
    /// assert_eq!(event["routeKey"], "$default");
    /// assert_eq!(event["rawPath"], "/orders/7");
    /// ```
    ///
    /// [default route]: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
    pub fn default_route(mut self) -> Self {
        self.sent.key = RouteKey::Default;
        self
    }

    /// Makes the route's authorizer a JWT authorizer that requires one of these scopes.
    ///
    /// ```
    /// use require_claims::testing::{Caller, http_api};
    /// use serde_json::json;
    ///
    /// let caller = Caller::new("user-1").claim("scope", json!("openid reports:read"));
    /// let event = http_api().get("/reports").route_scopes(&["reports:read", "admin"]).caller(caller).json();
    /// let scopes = &event["requestContext"]["authorizer"]["jwt"]["scopes"];
    /// assert_eq!(*scopes, json!(["openid", "reports:read"]));
    /// ```
    ///
    /// The authorizer then passes all scopes of the token next to its claims. Without scopes of the route, it passes
    /// `null`.
    pub fn route_scopes(mut self, scopes: &[&str]) -> Self {
        let scopes = scopes.iter().copied().map(str::to_owned);
        self.authorizer = Authorizer::Jwt(scopes.collect());
        self
    }
}
