//! The event types of guarded handlers.

use http::{Extensions, HeaderMap};
use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyRequest, ApiGatewayV2httpRequest};
use lambda_http::request::RequestContext;
use lambda_http::{LambdaEvent, RequestExt};
use serde_json::Value;

use super::claims::Fields;
use super::{Authorization, EventParts, PathParameters, context};

/// An event of API Gateway, which may contain the claims of an authorizer.
///
/// ```
/// use require_claims::{GatewayEvent, Rejection, supertokens::ROLE};
///
/// fn must_be_admin(event: &impl GatewayEvent) -> Result<(), Rejection> {
///     ROLE.includes("admin").check(event)
/// }
///
/// assert!(must_be_admin(&lambda_http::Request::default()).is_err());
/// ```
///
/// The trait is implemented for:
///
/// - [`lambda_http::Request`] and any other [`http::Request`] with the request context of `lambda_http`;
/// - [`ApiGatewayV2httpRequest`] and [`ApiGatewayProxyRequest`];
/// - [`serde_json::Value`];
/// - a [`LambdaEvent`] of one of these;
/// - references to all of these.
///
/// The claims can come from the JWT authorizer of an [HTTP API] or a [REST API], from the Cognito authorizer of a
/// REST API, or from a Lambda authorizer, also that of a WebSocket API, which runs when the client connects. An
/// event without an authorizer in its request context, such as that of a load balancer, has no claims. Then every
/// requirement fails.
///
/// # Where the claims are
///
/// Claims are read only from `requestContext.authorizer`:
///
/// | Event | Authorizer | Claims |
/// |---|---|---|
/// | HTTP API, [payload 2.0][HTTP API] | JWT | `jwt.claims`; nothing may be next to `jwt` |
/// | HTTP API, payload 2.0 | [Lambda] | `lambda`, or in it `claims` or `jwtClaims` |
/// | HTTP API, payload 1.0 | JWT | `claims`, next to `scopes` |
/// | REST API | [JWT][REST API], Cognito | `claims`, and nothing else |
/// | HTTP API with payload 1.0, REST API, WebSocket API | Lambda | the authorizer itself, or in it `claims` or `jwtClaims` |
///
/// [Which authorizer do I have?][authorizers] shows an event of each of them.
///
/// ## The context that a Lambda authorizer must return
///
/// A Lambda authorizer verifies the token and returns a context, which is all that the function gets. Return the
/// token's payload as JSON text in `claims`. This works for every kind of API, and keeps the types of all claims:
///
/// ```
/// use require_claims::supertokens::ROLE;
/// use serde_json::json;
///
/// let payload = r#"{"sub": "user-1", "st-role": {"v": ["foo", "admin"], "t": 1700000000000}}"#;
/// let context = json!({"claims": payload});
/// // In the response of a REST API or WebSocket API, the context is next to the policy.
/// let response = json!({"isAuthorized": true, "context": context});
///
/// // The event that API Gateway then passes to the function.
/// let event = json!({
///     "version": "2.0",
///     "requestContext": {"authorizer": {"lambda": response["context"]}},
/// });
/// assert!(ROLE.includes("admin").check(&event).is_ok());
/// ```
///
/// A Lambda authorizer can also pass the claims one by one, or as an object, which REST APIs and WebSocket APIs do
/// not allow in a context. The text can be in `claims` or, as [oidc-authorizer] passes it, in `jwtClaims`. An event
/// with both is denied, and so is one with the same claim in the object and next to it.
///
/// # Events as JSON
///
/// A [`serde_json::Value`] is read like the event types. `version` is the payload format, and a REST API and a
/// WebSocket API have none. Emulators of an HTTP API that pass claims with their JSON types need a `Value`, because
/// the event types contain only strings. If a key occurs twice in an event, `serde_json` keeps the last value, and
/// the guard cannot detect it.
///
/// [authorizers]: crate::guide::authorizers
/// [Lambda]: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
/// [oidc-authorizer]: https://github.com/lmammino/oidc-authorizer
/// [HTTP API]: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
/// [REST API]: https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer-claims.html
///
/// The trait is sealed: the crate's guarantees depend on where claims are read from.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an API Gateway event, so it has no claims to check",
    label = "this argument is used as the event",
    note = "the event of a guarded handler is a `lambda_http::Request`, another `http::Request<B>`, \
            or a `LambdaEvent` of an `ApiGatewayV2httpRequest`, `ApiGatewayProxyRequest` or `serde_json::Value`",
    note = "if it is an extractor of axum, rename the argument, or write `#[require_claims(…, axum)]`"
)]
pub trait GatewayEvent: sealed::Sealed {}

pub(crate) mod sealed {
    use super::EventParts;

    pub trait Sealed {
        /// The parts of this event that the guard uses.
        fn parts(&self) -> EventParts<'_>;
    }
}

impl<B> GatewayEvent for http::Request<B> {}
impl<B> sealed::Sealed for http::Request<B> {
    fn parts(&self) -> EventParts<'_> {
        let path = PathParameters::Extensions(self.extensions());
        of_request(self.extensions(), self.headers(), path)
    }
}

/// The parts of a request with the request context of `lambda_http`.
pub(crate) fn of_request<'a>(
    extensions: &'a Extensions,
    headers: &'a HeaderMap,
    path: PathParameters<'a>,
) -> EventParts<'a> {
    let context = extensions.request_context_ref();
    let authorization = match context {
        Some(RequestContext::ApiGatewayV2(_)) => Authorization::from_headers(headers),
        // If a header occurs twice in payload format 1.0, `lambda_http` keeps only the last one, but
        // the gateway may have used the first one.
        _ => Authorization::Ignored,
    };
    EventParts {
        context: context::read(context),
        authorization,
        path,
    }
}

impl GatewayEvent for ApiGatewayV2httpRequest {}
impl sealed::Sealed for ApiGatewayV2httpRequest {
    fn parts(&self) -> EventParts<'_> {
        EventParts {
            context: (context::claims_v2(&self.request_context), false),
            authorization: Authorization::from_headers(&self.headers),
            path: PathParameters::Event(&self.path_parameters),
        }
    }
}

impl GatewayEvent for ApiGatewayProxyRequest {}
impl sealed::Sealed for ApiGatewayProxyRequest {
    fn parts(&self) -> EventParts<'_> {
        EventParts {
            context: context::read_v1(Fields::Map(&self.request_context.authorizer.fields)),
            authorization: Authorization::from_headers(&self.headers)
                .merge(Authorization::from_headers(&self.multi_value_headers)),
            path: PathParameters::Event(&self.path_parameters),
        }
    }
}

impl GatewayEvent for Value {}
impl sealed::Sealed for Value {
    fn parts(&self) -> EventParts<'_> {
        EventParts {
            context: context::read_json(self).unwrap_or_else(|claims| (claims, false)),
            authorization: Authorization::from_json(self.get("headers"))
                .merge(Authorization::from_json(self.get("multiValueHeaders"))),
            path: PathParameters::Json(self),
        }
    }
}

impl<E: GatewayEvent> GatewayEvent for LambdaEvent<E> {}
impl<E: GatewayEvent> sealed::Sealed for LambdaEvent<E> {
    fn parts(&self) -> EventParts<'_> {
        self.payload.parts()
    }
}

impl<E: GatewayEvent + ?Sized> GatewayEvent for &E {}
impl<E: GatewayEvent + ?Sized> sealed::Sealed for &E {
    fn parts(&self) -> EventParts<'_> {
        (**self).parts()
    }
}

impl<E: GatewayEvent + ?Sized> GatewayEvent for &mut E {}
impl<E: GatewayEvent + ?Sized> sealed::Sealed for &mut E {
    fn parts(&self) -> EventParts<'_> {
        (**self).parts()
    }
}
