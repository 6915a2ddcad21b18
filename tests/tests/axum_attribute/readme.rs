//! The README's example of a router.
#![expect(
    dead_code,
    reason = "the README's program has a `main`, which `front_page.rs` runs"
)]

use axum::{Router, extract::Path, routing};
use require_claims::axum::{GuardedRouter, delete};
use require_claims::require_claims;

#[require_claims(email_verified, role = "admin", mfa)]
async fn cancel_order(Path(id): Path<u64>) -> String {
    format!("cancelled {id}")
}

fn app() -> Router {
    GuardedRouter::new()
        .route("/orders/{id}", delete(cancel_order))
        .public_route("/health", routing::get(|| async { "healthy" }))
        .into_router()
}

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    lambda_http::run(app()).await
}

mod tests {
    use super::super::{admin, answer, request, user};
    use super::app;

    #[test]
    fn is_the_example_in_the_readme() {
        let file = include_str!("readme.rs");
        let code = file.split_once("\n\n").unwrap().1;
        let code = code.split_once("\nmod tests").unwrap().0;
        let readme = include_str!("../../../README.md");
        assert!(
            readme.contains(code),
            "the README does not contain:\n{code}"
        );
    }

    #[tokio::test]
    async fn guards_its_route() {
        let cancelled = answer(app(), request("DELETE", "/orders/7", "", &admin())).await;
        assert_eq!(cancelled, (200, "cancelled 7".to_owned()));
        let denied = answer(app(), request("DELETE", "/orders/7", "", &user())).await;
        assert_eq!(denied.0, 403);
        let health = answer(app(), request("GET", "/health", "", &user())).await;
        assert_eq!(health, (200, "healthy".to_owned()));
    }
}
