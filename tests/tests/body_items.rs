//! Items in a handler's body do not shadow names in the attribute. These are regression tests: they once did.

#![allow(
    clippy::items_after_statements,
    clippy::unused_async,
    dead_code,
    unused_imports,
    reason = "the handlers are async, and the items in their bodies are not used"
)]

use lambda_http::{Body, Error, IntoResponse, Request, Response};
use require_claims::{BooleanClaim, ClaimValue, Rejection, require_claims};
use require_claims_tests::events;
use serde_json::json;

mod names {
    pub(super) const ADMIN: &str = "admin";
}

mod claims {
    pub(super) const VERIFIED: require_claims::BooleanClaim =
        require_claims::BooleanClaim::new("st-ev");
}

mod legacy {
    pub(super) mod names {
        pub(crate) const ADMIN: &str = "guest";
    }
    pub(super) mod claims {
        pub(crate) const VERIFIED: require_claims::BooleanClaim =
            require_claims::BooleanClaim::new("open");
    }
}

const ADMIN: &str = "admin";

#[derive(ClaimValue)]
#[claim(rename_all = "lowercase")]
enum Role {
    Admin,
}

fn deny(rejection: Rejection) -> Response<Body> {
    rejection.into()
}

#[require_claims(role = names::ADMIN)]
async fn a_glob(event: Request) -> Result<Response<Body>, Error> {
    let _path = event.uri().path();
    use legacy::*;
    Ok(Response::new(Body::from("ran")))
}

#[require_claims(role = names::ADMIN)]
async fn a_module(event: Request) -> Response<Body> {
    let _path = event.uri().path();
    mod names {
        pub(super) const ADMIN: &str = "guest";
    }
    Response::new(Body::from("ran"))
}

#[require_claims(role = ADMIN)]
async fn a_constant(event: Request) -> Response<Body> {
    let _path = event.uri().path();
    const ADMIN: &str = "guest";
    Response::new(Body::from("ran"))
}

#[require_claims(role = ADMIN)]
async fn a_public_constant_first(_event: Request) -> Response<Body> {
    pub(crate) const ADMIN: &str = "guest";
    Response::new(Body::from("ran"))
}

macro_rules! items {
    () => {
        const ADMIN: &str = "guest";
    };
}

#[require_claims(role = ADMIN)]
async fn items_of_a_macro(_event: Request) -> Response<Body> {
    items! {}
    Response::new(Body::from("ran"))
}

#[require_claims(role = Role::Admin)]
async fn a_type(event: Request) -> Response<Body> {
    let _path = event.uri().path();
    #[derive(ClaimValue)]
    enum Role {
        #[claim(rename = "guest")]
        Admin,
    }
    Response::new(Body::from("ran"))
}

#[require_claims(claims::VERIFIED)]
async fn a_claim(event: Request) -> Response<Body> {
    let _path = event.uri().path();
    use legacy::claims;
    Response::new(Body::from("ran"))
}

#[require_claims(role = "admin", on_reject = deny)]
async fn an_answer(event: Request) -> Response<Body> {
    let _path = event.uri().path();
    fn deny(_: Rejection) -> Response<Body> {
        Response::new(Body::from("not the answer"))
    }
    Response::new(Body::from("ran"))
}

#[require_claims(role = ADMIN)]
fn without_async(event: Request) -> impl IntoResponse {
    let _path = event.uri().path();
    const ADMIN: &str = "guest";
    "ran"
}

#[tokio::test]
async fn items_in_the_body_do_not_shadow_names_in_the_attribute() {
    let guest = json!({
        "st-role": "map[v:[guest]]", "st-ev": "map[v:false]", "open": "map[v:true]",
    });
    let guest = || events::request(&events::http_api_jwt(&guest));
    for (name, answer) in [
        ("a glob", a_glob(guest()).await.unwrap()),
        ("a module", a_module(guest()).await),
        ("a constant", a_constant(guest()).await),
        ("a public constant", a_public_constant_first(guest()).await),
        ("a macro", items_of_a_macro(guest()).await),
        ("a type", a_type(guest()).await),
        ("a claim", a_claim(guest()).await),
        ("an answer", an_answer(guest()).await),
        (
            "without async",
            without_async(guest()).into_response().await,
        ),
    ] {
        assert_eq!(answer.status(), 403, "{name}");
    }
    let admin = json!({"st-role": "map[v:[admin]]", "st-ev": "map[v:true]"});
    let admin = || events::request(&events::http_api_jwt(&admin));
    assert_eq!(a_glob(admin()).await.unwrap().status(), 200);
    assert_eq!(a_type(admin()).await.status(), 200);
    assert_eq!(a_claim(admin()).await.status(), 200);
}

/// An item in the body can have the name of a type in the signature.
#[require_claims(email_verified)]
async fn an_error_type_in_the_body(event: Request) -> Result<impl IntoResponse, Error> {
    let path = event.uri().path().to_owned();
    use std::fmt::Error;
    let _: Result<(), Error> = Ok(());
    Ok(path)
}

#[require_claims(email_verified)]
async fn another_error_type_in_the_body(event: Request) -> Result<Response<Body>, Error> {
    let path = event.uri().path().to_owned();
    use std::fmt::Error;
    let _: Result<(), Error> = Ok(());
    Ok(Response::new(path.into()))
}

#[tokio::test]
async fn a_type_in_the_body_does_not_shadow_one_in_the_signature() {
    let event = || events::request(&events::http_api_jwt(&json!({"st-ev": "map[v:true]"})));
    let answer = an_error_type_in_the_body(event()).await.unwrap();
    assert_eq!(answer.into_response().await.status(), 200);
    assert_eq!(
        another_error_type_in_the_body(event())
            .await
            .unwrap()
            .status(),
        200
    );
}
