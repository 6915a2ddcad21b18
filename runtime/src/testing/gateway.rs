//! The kinds of API, and the event types in which a function can receive their events.

use std::fmt;

use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyRequest, ApiGatewayV2httpRequest};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::GatewayEvent;

/// An HTTP API with payload format 2.0: see [`http_api`](super::http_api).
///
/// ```
/// use require_claims::testing::{Event, HttpApi, http_api};
///
/// let event: Event<HttpApi> = http_api();
/// assert_eq!(event.json()["version"], "2.0");
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct HttpApi;

/// An HTTP API with payload format 1.0: see [`Event::payload_1_0`](super::Event::payload_1_0).
///
/// ```
/// use require_claims::testing::{Event, HttpApiPayload1, http_api};
///
/// let event: Event<HttpApiPayload1> = http_api().payload_1_0();
/// assert_eq!(event.json()["version"], "1.0");
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct HttpApiPayload1;

/// A REST API: see [`rest_api`](super::rest_api).
///
/// ```
/// use require_claims::testing::{Event, RestApi, rest_api};
///
/// let event: Event<RestApi> = rest_api();
/// assert!(event.json().get("version").is_none());
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RestApi;

/// A kind of API, which determines the format of the event.
///
/// ```
/// use require_claims::testing::{Caller, Event, Gateway, http_api, rest_api};
///
/// fn admin<G: Gateway>(event: Event<G>) -> lambda_http::Request {
///     event.delete("/orders").caller(Caller::new("user-1").role("admin")).request()
/// }
///
/// for request in [admin(http_api()), admin(rest_api())] {
///     assert_eq!(request.method(), "DELETE");
/// }
/// ```
///
/// The trait is implemented for [`HttpApi`], [`HttpApiPayload1`] and [`RestApi`]. It is sealed.
pub trait Gateway: sealed::Sealed + Copy + fmt::Debug {}

mod sealed {
    use super::Format;

    pub trait Sealed {
        const FORMAT: Format;
    }
}

/// The format of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    HttpApi2,
    HttpApi1,
    RestApi,
}

impl Gateway for HttpApi {}
impl sealed::Sealed for HttpApi {
    const FORMAT: Format = Format::HttpApi2;
}

impl Gateway for HttpApiPayload1 {}
impl sealed::Sealed for HttpApiPayload1 {
    const FORMAT: Format = Format::HttpApi1;
}

impl Gateway for RestApi {}
impl sealed::Sealed for RestApi {
    const FORMAT: Format = Format::RestApi;
}

/// An event type that a function can receive from this kind of API.
///
/// ```
/// use lambda_http::LambdaEvent;
/// use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyRequest, ApiGatewayV2httpRequest};
/// use require_claims::testing::{http_api, rest_api};
///
/// let event: LambdaEvent<ApiGatewayV2httpRequest> = http_api().lambda_event();
/// let event: LambdaEvent<ApiGatewayProxyRequest> = http_api().payload_1_0().lambda_event();
/// let event: LambdaEvent<ApiGatewayProxyRequest> = rest_api().lambda_event();
/// let event: LambdaEvent<serde_json::Value> = rest_api().lambda_event();
/// ```
///
/// Another type does not compile:
///
/// ```compile_fail,E0277
/// # use lambda_http::LambdaEvent;
/// # use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequest;
/// let event: LambdaEvent<ApiGatewayV2httpRequest> = require_claims::testing::rest_api().lambda_event();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event type of `{G}`",
    note = "`http_api()` is received as an `ApiGatewayV2httpRequest`, `http_api().payload_1_0()` and `rest_api()` \
            as an `ApiGatewayProxyRequest`, and each as a `serde_json::Value`"
)]
pub trait EventType<G>: GatewayEvent + DeserializeOwned {}

impl EventType<HttpApi> for ApiGatewayV2httpRequest {}
impl EventType<HttpApiPayload1> for ApiGatewayProxyRequest {}
impl EventType<RestApi> for ApiGatewayProxyRequest {}
impl<G: Gateway> EventType<G> for Value {}
