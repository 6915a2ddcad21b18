//! Builds events.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::Value;

use super::authorizer::Authorizer;
use super::caller::Caller;
use super::gateway::{Gateway, HttpApi, RestApi};
use super::misuse::misuse;
use super::sent::{RouteKey, Sent};

/// Starts an event of an HTTP API with payload format 2.0, its default.
///
/// ```
/// use require_claims::testing::http_api;
///
/// let request = http_api().get("/orders").request();
/// assert_eq!(request.uri().path(), "/orders");
/// ```
///
/// The event has all members of the [format], which [`Event::payload_1_0`] changes.
///
/// [format]: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
pub fn http_api() -> Event<HttpApi> {
    Event::new(HttpApi)
}

/// Starts an event of a REST API.
///
/// ```
/// use require_claims::testing::rest_api;
///
/// let event = rest_api().get("/orders").json();
/// assert_eq!(event["requestContext"]["stage"], "prod");
/// ```
///
/// The event has the members of the [format] of a proxy integration. Its stage is `prod`, which `lambda_http` adds to
/// the path of the URI.
///
/// [format]: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
pub fn rest_api() -> Event<RestApi> {
    Event::new(RestApi)
}

/// The event that API Gateway passes to a function for a request.
///
/// ```
/// use require_claims::supertokens::ROLE;
/// use require_claims::testing::{Caller, http_api};
///
/// let event = http_api()
///     .delete("/orders/{id}")
///     .path_parameter("id", "7")
///     .caller(Caller::new("user-1").role("admin"));
///
/// assert_eq!(event.json()["rawPath"], "/orders/7");
/// assert!(ROLE.includes("admin").check(&event.request()).is_ok());
/// ```
///
/// [`http_api`] and [`rest_api`] start with `GET /`, without a caller and an authorizer. [`request`](Self::request),
/// [`lambda_event`](Self::lambda_event) and [`json`](Self::json) return the event.
///
/// An event contains the headers that every request has: `host`, `user-agent`, `x-amzn-trace-id`, `x-forwarded-for`,
/// `x-forwarded-port` and `x-forwarded-proto`, and `content-length` if it has a body. Set one to replace it. The
/// client's address, its user agent and the domain of the API are those in the headers, and the time is now.
#[derive(Clone, Debug)]
#[must_use]
pub struct Event<G> {
    pub(super) gateway: G,
    pub(super) sent: Sent,
    pub(super) authorizer: Authorizer,
    pub(super) caller: Option<Caller>,
    pub(super) is_token_sent: bool,
}

impl<G: Gateway> Event<G> {
    fn new(gateway: G) -> Self {
        let sent = Sent {
            method: Method::GET,
            key: RouteKey::Method,
            route: "/".to_owned(),
            path_parameters: [].into(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: Vec::new(),
        };
        Self {
            gateway,
            sent,
            authorizer: Authorizer::Jwt(Vec::new()),
            caller: None,
            is_token_sent: true,
        }
    }

    /// Sets the method `GET` and the route: see [`method`](Self::method).
    ///
    /// ```
    /// # use require_claims::testing::http_api;
    /// assert_eq!(http_api().get("/orders").request().method(), "GET");
    /// ```
    pub fn get(self, route: &str) -> Self {
        self.method(Method::GET, route)
    }

    /// Sets the method `POST` and the route: see [`method`](Self::method).
    ///
    /// ```
    /// # use require_claims::testing::http_api;
    /// assert_eq!(http_api().post("/orders").request().method(), "POST");
    /// ```
    pub fn post(self, route: &str) -> Self {
        self.method(Method::POST, route)
    }

    /// Sets the method `PUT` and the route: see [`method`](Self::method).
    ///
    /// ```
    /// # use require_claims::testing::http_api;
    /// assert_eq!(http_api().put("/orders").request().method(), "PUT");
    /// ```
    pub fn put(self, route: &str) -> Self {
        self.method(Method::PUT, route)
    }

    /// Sets the method `PATCH` and the route: see [`method`](Self::method).
    ///
    /// ```
    /// # use require_claims::testing::http_api;
    /// assert_eq!(http_api().patch("/orders").request().method(), "PATCH");
    /// ```
    pub fn patch(self, route: &str) -> Self {
        self.method(Method::PATCH, route)
    }

    /// Sets the method `DELETE` and the route: see [`method`](Self::method).
    ///
    /// ```
    /// # use require_claims::testing::http_api;
    /// assert_eq!(http_api().delete("/orders").request().method(), "DELETE");
    /// ```
    pub fn delete(self, route: &str) -> Self {
        self.method(Method::DELETE, route)
    }

    /// Sets the method and the route, as configured in API Gateway, such as `/orders/{id}` or `/files/{proxy+}`.
    ///
    /// ```
    /// use lambda_http::http::Method;
    /// use require_claims::testing::http_api;
    ///
    /// let event = http_api().method(Method::HEAD, "/files/{path+}").path_parameter("path", "a/b").json();
    /// assert_eq!(event["routeKey"], "HEAD /files/{path+}");
    /// assert_eq!(event["rawPath"], "/files/a/b");
    /// ```
    ///
    /// Write the path decoded. A REST API passes it percent-encoded, as a client sends it, and an HTTP API decoded.
    pub fn method(mut self, method: Method, route: &str) -> Self {
        self.sent.method = method;
        route.clone_into(&mut self.sent.route);
        self
    }

    /// Sets the value of a parameter of the route, decoded.
    ///
    /// ```
    /// use require_claims::testing::{http_api, rest_api};
    ///
    /// let event = http_api().get("/users/{id}").path_parameter("id", "a b").json();
    /// assert_eq!(event["pathParameters"]["id"], "a b");
    ///
    /// let event = rest_api().get("/users/{id}").path_parameter("id", "a b").json();
    /// assert_eq!(event["pathParameters"]["id"], "a%20b");
    /// ```
    ///
    /// A REST API passes it percent-encoded, with the characters that JavaScript's `encodeURIComponent` encodes.
    pub fn path_parameter(mut self, name: &str, value: &str) -> Self {
        self.sent
            .path_parameters
            .insert(name.to_owned(), value.to_owned());
        self
    }

    /// Adds a parameter to the query string, decoded.
    ///
    /// ```
    /// use require_claims::testing::http_api;
    ///
    /// let event = http_api().get("/orders").query("page", "2").query("q", "a b").json();
    /// assert_eq!(event["rawQueryString"], "page=2&q=a%20b");
    /// ```
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.sent.query.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a header. The same name can occur several times.
    ///
    /// ```
    /// use require_claims::testing::http_api;
    ///
    /// let request = http_api().header("accept-language", "de").request();
    /// assert_eq!(request.headers()["accept-language"], "de");
    /// ```
    ///
    /// # Panics
    ///
    /// If the name or the value is not valid in HTTP.
    #[track_caller]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
            misuse(&format!("`{name}` is not a valid name of a header"));
        };
        let Ok(value) = HeaderValue::from_str(value) else {
            misuse(&format!(
                "the value of the header `{name}` contains a character other than visible ASCII"
            ));
        };
        self.sent.headers.append(header, value);
        self
    }

    /// Sets the body.
    ///
    /// ```
    /// use require_claims::testing::http_api;
    ///
    /// let request = http_api().post("/notes").header("content-type", "text/plain").body("a note").request();
    /// assert_eq!(request.body().as_ref(), b"a note");
    /// ```
    ///
    /// An HTTP API passes a body in Base64 if its `content-type` is binary, such as `image/png`, or if it has a
    /// `content-encoding`; a REST API if it is not UTF-8. `lambda_http` decodes it.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.sent.body = body.into();
        self
    }

    /// Sets the body to JSON, and `content-type` to `application/json`.
    ///
    /// ```
    /// use require_claims::testing::http_api;
    /// use serde_json::json;
    ///
    /// let request = http_api().post("/orders").json_body(&json!({"item": "teapot"})).request();
    /// assert_eq!(request.headers()["content-type"], "application/json");
    /// ```
    pub fn json_body(mut self, body: &Value) -> Self {
        let json = HeaderValue::from_static("application/json");
        self.sent.headers.insert(CONTENT_TYPE, json);
        self.body(body.to_string())
    }

    /// Sets the caller, whose claims the route's authorizer passes, and whose token is in `Authorization`.
    ///
    /// ```
    /// use require_claims::testing::{Caller, http_api, rest_api};
    ///
    /// let caller = Caller::new("user-1").role("admin");
    /// let event = http_api().caller(caller.clone()).json();
    /// let role = event["requestContext"]["authorizer"]["jwt"]["claims"]["st-role"].as_str();
    /// assert!(role.is_some_and(|text| text.ends_with(" v:[admin]]")));
    ///
    /// let event = rest_api().caller(caller).json();
    /// assert_eq!(event["requestContext"]["authorizer"]["claims"]["st-role"]["v"][0], "admin");
    /// ```
    ///
    /// The authorizer is the JWT authorizer, unless the event has another. An [HTTP API] writes each claim as text,
    /// with [`render`](super::render); a [REST API] passes JSON types. Without a caller, the route has no authorizer.
    ///
    /// [HTTP API]: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
    /// [REST API]: https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer-claims.html
    pub fn caller(mut self, caller: Caller) -> Self {
        self.caller = Some(caller);
        self
    }

    /// Sends the caller's token in a place other than `Authorization`, such as a cookie.
    ///
    /// ```
    /// use require_claims::testing::{Caller, http_api};
    ///
    /// let request = http_api().caller(Caller::new("user-1")).without_token().request();
    /// assert!(!request.headers().contains_key("authorization"));
    /// ```
    ///
    /// Claims are then read from the authorizer's text alone, of which some is ambiguous. The place is not part of the
    /// event; add it with [`header`](Self::header).
    pub fn without_token(mut self) -> Self {
        self.is_token_sent = false;
        self
    }

    /// Makes the route's authorizer a Lambda authorizer, which returns this context for the payload of a token.
    ///
    /// ```
    /// use require_claims::supertokens::ROLE;
    /// use require_claims::testing::{Caller, rest_api};
    /// use serde_json::json;
    ///
    /// let event = rest_api()
    ///     .lambda_authorizer(|payload| json!({"claims": payload.to_string()}))
    ///     .caller(Caller::new("user-1").role("admin"))
    ///     .request();
    /// assert!(ROLE.includes("admin").check(&event).is_ok());
    /// ```
    ///
    /// Return what your authorizer returns. [`GatewayEvent`](crate::GatewayEvent) lists the contexts that are read.
    /// On a [REST API], values are strings, numbers and booleans. On an [HTTP API], they have any JSON type.
    ///
    /// [REST API]: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
    /// [HTTP API]: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
    pub fn lambda_authorizer(mut self, context: fn(payload: &Value) -> Value) -> Self {
        self.authorizer = Authorizer::Lambda(context);
        self
    }
}

impl Event<RestApi> {
    /// Makes the route's authorizer a Cognito user pool authorizer.
    ///
    /// ```
    /// use require_claims::testing::{Caller, rest_api};
    /// use serde_json::json;
    ///
    /// let caller = Caller::from_payload(json!({
    ///     "sub": "user-1", "exp": 1_700_000_000, "email_verified": true, "cognito:groups": ["admin", "user"],
    /// }));
    /// let event = rest_api().cognito_authorizer().caller(caller).json();
    /// let claims = &event["requestContext"]["authorizer"]["claims"];
    /// assert_eq!(claims["exp"], "Tue Nov 14 22:13:20 UTC 2023");
    /// assert_eq!(claims["email_verified"], "true");
    /// assert_eq!(claims["cognito:groups"], "admin,user");
    /// ```
    ///
    /// It writes every claim as text, and joins lists with commas ([measured by others]). The caller's token is that
    /// of a user pool, so create it with [`Caller::from_payload`].
    ///
    /// [measured by others]: https://github.com/awsdocs/amazon-api-gateway-developer-guide/issues/158
    pub fn cognito_authorizer(mut self) -> Self {
        self.authorizer = Authorizer::Cognito;
        self
    }
}
