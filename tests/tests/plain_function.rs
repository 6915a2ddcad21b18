//! A guarded handler behaves like the plain function where other attribute macros had bugs, according to public
//! reports: conditions in patterns, lints, the size of the future. `parameters.rs` compares the order of drops.

// Lints that the plain function does not trigger. Clippy checks this file, too.
#![deny(
    unused_mut,
    unused_parens,
    unused_variables,
    unused_assignments,
    clippy::implicit_return,
    clippy::shadow_reuse,
    clippy::shadow_same,
    clippy::shadow_unrelated
)]
#![allow(
    clippy::needless_return,
    clippy::unnecessary_wraps,
    clippy::unused_async,
    reason = "handlers of every kind, and `implicit_return` wants each `return`"
)]

use std::mem::size_of_val;

use lambda_http::{Error, IntoResponse, Request};
use require_claims::require_claims;
use require_claims_tests::{events, session};

fn event() -> Request {
    return events::request(&events::rest_jwt(&session::payload()));
}

struct Page {
    number: u8,
}

#[require_claims(email_verified)]
async fn a_condition_in_a_pattern(
    event: Request,
    Page {
        #[cfg(any())]
        gone,
        number,
    }: Page,
) -> Result<impl IntoResponse, Error> {
    return Ok(format!("{} {number}", event.uri().path()));
}

#[require_claims(email_verified)]
async fn alternatives(
    event: Request,
    (Ok(number) | Err(number)): Result<u8, u8>,
) -> Result<impl IntoResponse, Error> {
    return Ok(format!("{} {number}", event.uri().path()));
}

#[require_claims(email_verified)]
fn alternatives_without_async(
    event: Request,
    (Ok(number) | Err(number)): Result<u8, u8>,
) -> impl IntoResponse {
    return format!("{} {number}", event.uri().path());
}

macro_rules! handler {
    ($number:ident) => {
        // A name of this macro and a name of its caller, both spelt `number`.
        #[require_claims(email_verified)]
        async fn names_with_the_same_spelling(
            event: Request,
            mut $number: u8,
            number: u8,
        ) -> Result<impl IntoResponse, Error> {
            $number += number;
            return Ok(format!("{} {}", event.uri().path(), $number));
        }
    };
}

handler!(number);

#[require_claims(email_verified)]
async fn lints_and_conditions_in_cfg_attr(
    #[cfg_attr(all(), allow(unused_mut))] mut event: Request,
    #[cfg_attr(all(), allow(unused_variables))] unused: u8,
    #[cfg_attr(all(), cfg(any()))] gone: Missing,
) -> Result<impl IntoResponse, Error> {
    return Ok(event.uri().path().to_owned());
}

struct Counter {
    count: u8,
}

impl Counter {
    #[require_claims(email_verified)]
    async fn count(mut self, event: Request) -> Result<impl IntoResponse, Error> {
        let response = format!("{} {}", event.uri().path(), self.count);
        self.count = 0;
        return Ok(response);
    }
}

#[tokio::test]
async fn handlers_with_unusual_parameters_run() {
    let page = Page { number: 7 };
    let responses = [
        a_condition_in_a_pattern(event(), page).await.is_ok(),
        alternatives(event(), Err(7)).await.is_ok(),
        names_with_the_same_spelling(event(), 5, 2).await.is_ok(),
        lints_and_conditions_in_cfg_attr(event(), 7).await.is_ok(),
        Counter { count: 7 }.count(event()).await.is_ok(),
    ];
    assert_eq!(responses, [true; 5]);
    let response = alternatives_without_async(event(), Ok(7))
        .into_response()
        .await;
    assert_eq!(response.status(), 200);
}

#[require_claims(email_verified, role = "admin", mfa)]
async fn cancel_order(event: Request) -> Result<impl IntoResponse, Error> {
    return Ok(format!("cancelled {}", event.uri().path()));
}

/// Two copies of the event: the argument of the function, and the variable of the body's block.
#[test]
fn the_future_has_room_for_two_events() {
    let future = size_of_val(&cancel_order(event()));
    assert!(future < 2 * size_of::<Request>() + 64, "{future}");
}
