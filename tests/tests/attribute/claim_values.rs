//! Constants and enum variants in all places of a value.

use lambda_http::{Body, Request, Response};
use require_claims::{ClaimValue, require_claims};

#[derive(ClaimValue)]
#[claim(rename_all = "snake_case")]
pub enum Role {
    Admin,
    OrderDesk,
}

#[derive(ClaimValue)]
enum Permission {
    #[claim(rename = "orders:read")]
    OrdersRead,
}

struct Badge(String);

impl ClaimValue for Badge {
    fn claim_value(&self) -> &str {
        &self.0
    }
}

mod names {
    pub(crate) const ADMIN: &str = "admin";
    pub(crate) static OWNER: &str = "owner";
    pub(crate) const BADGE: super::Badge = super::Badge(String::new());
}

use names::ADMIN;

#[require_claims(
    role = any(Role::Admin, Role::OrderDesk, crate::claim_values::names::OWNER, "else"),
    permission = Permission::OrdersRead,
    scope = none(ADMIN),
    mfa = any(ADMIN, "totp"),
    tenant = names::BADGE
)]
async fn typed(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(role(Role::Admin, max_age = "1h"))]
async fn with_an_age(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

struct Orders;

impl Orders {
    const ROLE: &str = "admin";

    #[require_claims(role = Self::ROLE)]
    fn list(&self, event: Request) -> Response<Body> {
        Response::new(event.into_body())
    }
}

#[test]
fn names_the_values_of_an_enum() {
    assert_eq!(Role::OrderDesk.claim_value(), "order_desk");
    assert_eq!(Permission::OrdersRead.claim_value(), "orders:read");
    let _ = (typed, with_an_age, Orders.list(Request::default()));
}
