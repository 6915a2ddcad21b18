//! Type, const and lifetime parameters, `where` clauses, and types that use them.

use std::fmt::Display;

use lambda_http::http::Request;
use lambda_http::{Error, IntoResponse, Response};
use require_claims::require_claims;

#[require_claims(role = "admin")]
async fn named<'a, B, T: Display, const N: usize>(
    event: &'a Request<B>,
    texts: [&'a T; N],
) -> Result<Response<String>, Error>
where
    B: AsRef<[u8]> + Sync,
    T: Sync + ?Sized,
{
    let length = event.body().as_ref().len();
    Ok(Response::new(
        texts.iter().map(|text| format!("{text}{length}")).collect(),
    ))
}

#[require_claims(role = "admin")]
async fn wrapped<'a, B, T>(event: Request<B>, text: &'a T) -> Result<impl IntoResponse, Error>
where
    T: Display + ?Sized,
{
    let number: u32 = event.uri().path().parse()?;
    Ok(format!("{text}{number}"))
}

#[require_claims(role = "admin")]
async fn with_impl_arguments(event: Request<impl Send>, text: impl Display) -> impl IntoResponse {
    format!("{text}{}", event.uri())
}

#[test]
fn compiles() {
    let _ = named::<String, str, 2>;
    let _ = wrapped::<String, str>;
    let _ = with_impl_arguments(Request::new(""), 5);
}
