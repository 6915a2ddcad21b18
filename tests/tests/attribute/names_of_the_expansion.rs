//! The body may use the names of the expansion's variables.

use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use lambda_http::{Body, Error, IntoResponse, LambdaEvent, Request, Response};
use require_claims::{Rejection, Session, require_claims};

#[require_claims(mfa)]
async fn arguments(event: Request, rejection: u8, outcome: u8, check: u8) -> Response<Body> {
    let private = rejection + outcome + check;
    Response::new(format!("{private}{}", event.uri()).into())
}

#[require_claims(mfa)]
async fn arguments_of_a_wrapped_body(
    LambdaEvent {
        payload: outcome,
        context: rejection,
    }: LambdaEvent<ApiGatewayV2httpRequest>,
    (event,): (u8,),
) -> Result<impl IntoResponse, Error> {
    let allow = event;
    let name = rejection.request_id;
    Ok(format!("{allow}{name}{:?}", outcome.raw_path))
}

// Within a pattern, because an argument that is named `event` is the event.
#[require_claims(mfa)]
async fn a_variable_named_event(_: Request, (event,): (u8,)) -> impl IntoResponse {
    let outcome = event;
    outcome.to_string()
}

fn answer(rejection: Rejection) -> Response<Body> {
    rejection.into()
}

#[require_claims(mfa, on_reject = answer)]
async fn claims_as_arguments(
    event: Request,
    #[claims] rejection: Session,
    #[claims] claims: Session,
) -> impl IntoResponse {
    let outcome = (rejection, claims);
    format!("{event:?} {}", outcome == outcome.clone())
}

#[require_claims(mfa)]
async fn r#async(r#type: Request) -> impl IntoResponse {
    r#type.uri().path().to_owned()
}

#[test]
fn compiles() {
    let _ = (
        arguments,
        arguments_of_a_wrapped_body,
        a_variable_named_event,
        claims_as_arguments,
        r#async,
    );
}
