//! The cases that are counted. Each checks its result.

mod axum;
mod rest;
mod text;
mod token;

use lambda_http::{Request, Response};
use require_claims::require_claims;

use crate::events;
use crate::measure::measure;

/// The name of a case, and a function that prepares its input and calls [`measure`] once.
pub(crate) type Case = (&'static str, fn());

/// All cases.
pub(crate) const CASES: [Case; 29] = [
    ("event", text::parse),
    ("event with token", token::parse),
    ("text", text::allowed),
    ("text by hand", text::by_hand),
    ("text by substring", text::by_substring),
    ("text denied", text::denied),
    ("text 50 roles denied", text::ambiguous),
    ("text #[claims]", text::claims),
    ("text #[claims] by hand", text::claims_by_hand),
    ("text Session", text::session),
    ("token", token::allowed),
    ("token by hand Value", token::by_hand_as_value),
    ("token by hand struct", token::by_hand_as_struct),
    ("token denied", token::denied),
    ("token of somebody else", token::of_somebody_else),
    ("token 1000 permissions", token::permissions),
    ("token 1000 permissions by hand", token::permissions_by_hand),
    ("token #[claims]", token::claims),
    ("token Session", token::session),
    ("REST typed", rest::typed),
    ("REST typed by hand", rest::typed_by_hand),
    ("REST JSON text", rest::json_text),
    ("REST JSON text by hand", rest::json_text_by_hand),
    ("REST flat", rest::flat),
    ("REST flat by hand", rest::flat_by_hand),
    ("axum", axum::allowed),
    ("axum by hand", axum::by_hand),
    ("axum denied", axum::denied),
    ("axum token", axum::token),
];

/// The requirements of almost all cases.
#[require_claims(email_verified, role = "admin", mfa)]
fn guarded(event: &Request) -> Response<String> {
    let _ = event;
    Response::new(String::new())
}

/// Measures the guarded handler, which answers with this status. A denial has its body.
fn measure_guarded(event: &Request, status: u16) {
    assert_eq!(measure(|| guarded(event)).status(), status);
}

/// Measures the parsing that `lambda_http` does before a handler runs.
fn measure_parsing(event: &str) {
    assert_eq!(measure(|| events::read(event)).uri().path(), "/orders/7");
}
