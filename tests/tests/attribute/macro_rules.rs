//! Names, handlers and bodies that a `macro_rules!` passes as fragments.

use lambda_http::{Body, Error, IntoResponse, Request, Response};
use require_claims::require_claims;

macro_rules! handler {
    ($name:ident, $role:literal, $event:ident: $event_type:ty, $output:ty, $body:block) => {
        #[require_claims(role = $role, role = none("banned", "blocked"))]
        async fn $name($event: $event_type) -> $output $body
    };
}

handler!(named, "admin", event: Request, Response<Body>, { Response::new(event.into_body()) });
handler!(opaque, "admin", event: Request, impl IntoResponse, { Response::new(event.into_body()) });
handler!(wrapped, "admin", it: &Request, Result<impl IntoResponse, Error>, {
    let number: u32 = it.uri().path().parse()?;
    Ok(number.to_string())
});

macro_rules! passed_on {
    ($item:item) => {
        #[require_claims(mfa)]
        $item
    };
}

passed_on! {
    async fn whole(event: Request) -> Response<Body> {
        Response::new(event.into_body())
    }
}

#[test]
fn compiles() {
    let _ = (named, opaque, wrapped, whole);
}
