use axum::extract::Request;
use axum::response::Response;
use require_claims::require_claims;

#[require_claims(role = "admin")]
#[require_claims(mfa)]
async fn cancel_order() -> &'static str {
    "cancelled"
}

#[require_claims(role = "admin")]
#[cfg_attr(all(), require_claims(mfa))]
async fn show_order(id: String) -> String {
    id
}

#[require_claims(role = "admin", axum)]
#[require_claims(mfa)]
async fn upload(request: Request) -> Response {
    Response::new(request.into_body())
}

fn main() {
    let _: axum::Router = axum::Router::new()
        .route("/orders", axum::routing::get(show_order).delete(cancel_order))
        .route("/files", axum::routing::post(upload));
}
