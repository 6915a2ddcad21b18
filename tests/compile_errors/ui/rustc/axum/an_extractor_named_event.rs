use axum::response::Response;
use require_claims::require_claims;

struct Order;

#[require_claims(email_verified)]
async fn receive(event: Order) -> Response {
    let Order = event;
    Response::default()
}

fn main() {
    let _ = receive;
}
