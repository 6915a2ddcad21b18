//! Syntax that is close to a list, a maximum age, a name or the end of a requirement, with a suggestion for each.

use lambda_http::{Error, IntoResponse, Request};
use require_claims::require_claims;

#[require_claims(
    role = none,
    permission = any["a", "b"],
    email_verified(max-age = "5m"),
    audience = Role::Admin.name(),
    issuer = Role::name(&x),
    scope = "a" if mfa,
    tenant = Tenant::A as str,
    subject = path("/users/:id"),
    claims::SEATS = 5.0,
    plan = "pro",
)]
async fn near(event: Request) -> Result<impl IntoResponse, Error> {
    Ok(event.uri().path().to_owned())
}

#[require_claims(
    role = none("admin"),
    any(role = "admin", all(mfa, role = "admin")),
    claims::FLAG,
    claims::FLAG = false,
    tenant = "a",
    tenant = any("b", "c"),
)]
async fn impossible(event: Request) -> Result<impl IntoResponse, Error> {
    Ok(event.uri().path().to_owned())
}

fn main() {}
