//! Bodies whose first tokens could continue the code before them.

use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

macro_rules! response {
    () => {
        Response::new(Body::Empty)
    };
}

#[require_claims(mfa)]
async fn a_macro(_: Request) -> Response<Body> {
    response!()
}

#[allow(unused_braces)]
#[require_claims(mfa)]
async fn a_block(_: Request) -> Response<Body> {
    { Response::new(Body::Empty) }
}

#[require_claims(mfa)]
fn a_reference<'a>(
    _: &Request,
    texts: &'a [Response<String>],
) -> Result<Response<String>, &'a str> {
    #[allow(clippy::needless_return)]
    return match texts {
        [] => Err("none"),
        _ => Ok(Response::new("some".to_owned())),
    };
}

#[require_claims(mfa)]
async fn an_item(event: Request) -> Response<Body> {
    const EMPTY: Body = Body::Empty;
    fn empty() -> Body {
        EMPTY
    }
    if event.uri().path() == "/" {
        Response::new(empty())
    } else {
        panic!("elsewhere")
    }
}

#[require_claims(mfa)]
async fn a_star(mut event: Request) -> Response<Body> {
    *event.body_mut() = Body::Empty;
    response!()
}

#[require_claims(mfa)]
async fn nothing_that_returns(_: Request) -> Response<Body> {
    panic!("never called")
}

#[require_claims(mfa)]
async fn a_label(_: Request) -> Response<Body> {
    'outer: loop {
        loop {
            break 'outer response!();
        }
    }
}

#[test]
fn compiles() {
    let _ = (
        a_macro,
        a_block,
        an_item,
        a_star,
        nothing_that_returns,
        a_label,
    );
    let _ = a_reference;
}
