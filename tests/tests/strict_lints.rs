//! A public API in a crate that denies the lints of rustc and clippy.
#![deny(
    warnings,
    missing_docs,
    unsafe_code,
    unused_qualifications,
    unreachable_pub
)]
#![deny(
    future_incompatible,
    nonstandard_style,
    rust_2018_idioms,
    unused,
    let_underscore_drop
)]
#![deny(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    single_use_lifetimes,
    unused_results
)]

use lambda_http::{Body, Error, IntoResponse, Request, Response};
use require_claims::{ClaimValue, PrimitiveClaim, Rejection, Session, require_claims};

/// Lists.
///
/// # Errors
///
/// None so far.
#[require_claims(
    email_verified(max_age = "1h"),
    role = "admin",
    mfa,
    any(tenant = "a", scope = "b")
)]
pub async fn list(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

/// Lists too.
///
/// # Errors
///
/// If the path is not a number.
#[require_claims(email_verified)]
pub async fn list_too(event: Request) -> Result<impl IntoResponse, Error> {
    let number: u32 = event.uri().path().parse()?;
    Ok(number.to_string())
}

/// Greets.
#[require_claims(email_verified)]
#[must_use]
pub fn greet(_event: &Request) -> impl IntoResponse + use<> {
    "hello"
}

/// Has items in its body.
#[require_claims(email_verified)]
pub async fn with_items(_event: Request) -> Response<Body> {
    #[derive(Default)]
    struct Answer(Body);
    fn into_body(answer: Answer) -> Body {
        answer.0
    }
    Response::new(into_body(Answer::default()))
}

/// Has items in its body too.
///
/// # Errors
///
/// If the path is not a number.
#[require_claims(email_verified)]
pub async fn with_items_too(event: Request) -> Result<impl IntoResponse, Error> {
    const LIMIT: u32 = 5;
    let number: u32 = event.uri().path().parse()?;
    Ok(number.min(LIMIT).to_string())
}

/// Orders.
#[derive(Debug)]
pub struct Orders;

impl Orders {
    /// Counts.
    #[must_use]
    #[require_claims(email_verified)]
    pub fn count(&self, _: &Request) -> Response<Body> {
        Response::new(Body::Empty)
    }
}

/// Roles.
#[derive(Clone, Copy, Debug, ClaimValue)]
#[claim(rename_all = "kebab-case")]
pub enum Role {
    /// Everything.
    Admin,
    /// Some things.
    OrderDesk,
}

/// The groups, of which no code uses the last one.
#[derive(ClaimValue)]
enum Group {
    Staff,
    Guests,
}

/// Uses one variant.
#[must_use]
#[require_claims(role = Group::Staff)]
pub fn staff(_event: &Request) -> Response<Body> {
    Response::new(Body::Empty)
}

/// A plan.
pub const PLAN: PrimitiveClaim = PrimitiveClaim::new("plan");
/// Seats.
pub const SEATS: PrimitiveClaim<i64> = PrimitiveClaim::new("seats");

/// Rejects.
///
/// # Errors
///
/// Always.
pub fn reject(rejection: Rejection) -> Result<Response<Body>, Error> {
    Err(rejection.into())
}

/// Uses the remaining syntax.
///
/// # Errors
///
/// If the request is rejected or the path is not a number.
#[require_claims(
    role = any(Role::Admin, Role::OrderDesk),
    PLAN = any("pro", "team"),
    any(SEATS = 5, SEATS = -1),
    subject = path("user_id"),
    on_reject = reject
)]
pub async fn everything(
    event: Request,
    #[claims] session: Session,
) -> Result<impl IntoResponse, Error> {
    let number: u32 = event.uri().path().parse()?;
    Ok(format!("{number}{}", session.user_id()))
}

/// Handlers of axum.
pub mod of_axum {
    #![deny(clippy::exhaustive_structs)]

    use axum::extract::{Path, State};
    use axum::response::IntoResponse;
    use require_claims::{Rejection, Session, require_claims};

    /// Shows.
    #[require_claims(email_verified, super::PLAN("pro", max_age = "1h"))]
    pub async fn show(
        State(shop): State<&'static str>,
        Path(id): Path<u64>,
        #[claims] session: Session,
    ) -> String {
        format!("{shop} {id} {}", session.user_id())
    }

    /// Greets.
    #[require_claims(email_verified)]
    pub async fn greet() -> &'static str {
        "hello"
    }

    /// Counts.
    ///
    /// # Errors
    ///
    /// If the path is not a number.
    #[require_claims(role = super::Role::Admin, on_reject = reject)]
    pub async fn count(Path(id): Path<String>) -> Result<impl IntoResponse, String> {
        let number: u32 = id.parse().map_err(|_| id)?;
        Ok(number.to_string())
    }

    /// Rejects.
    #[must_use]
    pub fn reject(rejection: Rejection) -> impl IntoResponse {
        rejection
    }
}

/// Starts.
pub fn main() {
    let _ = (
        list,
        list_too,
        greet,
        with_items,
        with_items_too,
        Orders::count,
        everything,
        staff,
        of_axum::show,
        of_axum::greet,
        of_axum::count,
    );
}
