//! The events that a handler can be guarded on.

use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyRequest, ApiGatewayV2httpRequest};
use lambda_http::request::RequestContext;
use lambda_http::{LambdaEvent, RequestExt};

use super::{Authorization, Handover, PathParameters, context};

/// An event that may carry the claims of an authorizer of API Gateway.
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
/// Implemented for [`lambda_http::Request`] and every other [`http::Request`] that `lambda_http`
/// made, for [`ApiGatewayV2httpRequest`] and [`ApiGatewayProxyRequest`], for a [`LambdaEvent`] of
/// one of these, and for references to all of them. An event without a gateway's context, such as
/// that of a load balancer, has no claims: every requirement on it fails.
///
/// The authorizers are those for JWTs of an [HTTP API] and a [REST API], Lambda authorizers, and that
/// for Cognito's user pools.
///
/// [HTTP API]: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
/// [REST API]: https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer-claims.html
///
/// The trait is sealed: the crate's guarantees depend on where claims are read from.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an event of API Gateway, so it has no claims to check",
    label = "this argument is taken for the event",
    note = "the event of a guarded handler is a `lambda_http::Request`, another `http::Request<B>`, \
            or a `LambdaEvent` of an `ApiGatewayV2httpRequest` or `ApiGatewayProxyRequest`"
)]
pub trait GatewayEvent: sealed::Sealed {}

mod sealed {
    use super::Handover;

    pub trait Sealed {
        /// What the gateway passed with this event.
        fn handover(&self) -> Handover<'_>;
    }
}

impl<B> GatewayEvent for http::Request<B> {}
impl<B> sealed::Sealed for http::Request<B> {
    fn handover(&self) -> Handover<'_> {
        let context = self.extensions().request_context_ref();
        let authorization = match context {
            Some(RequestContext::ApiGatewayV2(_)) => Authorization::of(self.headers()),
            // Of a header that occurs twice in payload format 1.0, `lambda_http` passes on the last
            // alone, and the gateway may have looked at the first.
            _ => Authorization::Ignored,
        };
        Handover {
            claims: context::claims(context),
            authorization,
            path: PathParameters::OfRequest(self.extensions()),
        }
    }
}

impl GatewayEvent for ApiGatewayV2httpRequest {}
impl sealed::Sealed for ApiGatewayV2httpRequest {
    fn handover(&self) -> Handover<'_> {
        Handover {
            claims: context::claims_v2(&self.request_context),
            authorization: Authorization::of(&self.headers),
            path: PathParameters::OfEvent(&self.path_parameters),
        }
    }
}

impl GatewayEvent for ApiGatewayProxyRequest {}
impl sealed::Sealed for ApiGatewayProxyRequest {
    fn handover(&self) -> Handover<'_> {
        Handover {
            claims: context::claims_v1(&self.request_context),
            authorization: Authorization::of(&self.headers)
                .and(Authorization::of(&self.multi_value_headers)),
            path: PathParameters::OfEvent(&self.path_parameters),
        }
    }
}

impl<E: GatewayEvent> GatewayEvent for LambdaEvent<E> {}
impl<E: GatewayEvent> sealed::Sealed for LambdaEvent<E> {
    fn handover(&self) -> Handover<'_> {
        self.payload.handover()
    }
}

impl<E: GatewayEvent + ?Sized> GatewayEvent for &E {}
impl<E: GatewayEvent + ?Sized> sealed::Sealed for &E {
    fn handover(&self) -> Handover<'_> {
        (**self).handover()
    }
}

impl<E: GatewayEvent + ?Sized> GatewayEvent for &mut E {}
impl<E: GatewayEvent + ?Sized> sealed::Sealed for &mut E {
    fn handover(&self) -> Handover<'_> {
        (**self).handover()
    }
}
