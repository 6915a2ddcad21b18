//! `lambda_http` would send the JSON with the status 200.

use lambda_http::{Error, Request};
use require_claims::{Rejection, require_claims};
use serde_json::{Value, json};

fn value(rejection: Rejection) -> Value {
    json!({"statusCode": 403, "body": rejection.body()})
}

fn result(rejection: Rejection) -> Result<Value, Error> {
    Ok(value(rejection))
}

#[require_claims(mfa, on_reject = value)]
async fn named(event: Request) -> Value {
    event.uri().path().into()
}

#[require_claims(mfa, on_reject = result)]
async fn in_a_result(event: Request) -> Result<Value, Error> {
    Ok(event.uri().path().into())
}

#[require_claims(mfa, on_reject = require_claims::reject::hidden)]
async fn ready_made(event: Request) -> Value {
    event.uri().path().into()
}

fn main() {
    let _ = (named, in_a_result, ready_made);
}
