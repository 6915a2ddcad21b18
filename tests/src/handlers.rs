//! A guarded handler of axum that another crate adds to its router.

use std::future::{Ready, ready};

use require_claims::require_claims;

/// Lists all orders.
#[require_claims(role = "admin")]
pub fn list_orders() -> Ready<&'static str> {
    ready("orders of another crate")
}
