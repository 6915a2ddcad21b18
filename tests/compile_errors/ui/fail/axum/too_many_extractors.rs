use axum::http::Method;
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn list(
    _: Method,
    _: Method,
    _: Method,
    _: Method,
    _: Method,
    _: Method,
    _: Method,
    _: Method,
    _: Method,
    _: Method,
    _: Method,
    _: Method,
    _: Method,
    _: Method,
    _: Method,
    body: String,
) -> String {
    body
}

fn main() {
    let _ = list;
}
