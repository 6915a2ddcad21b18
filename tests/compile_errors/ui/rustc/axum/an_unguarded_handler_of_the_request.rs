use axum::extract::Request;
use require_claims::axum::{GuardedRouter, post};

async fn upload(request: Request) -> String {
    request.uri().path().to_owned()
}

fn main() {
    let _: GuardedRouter = GuardedRouter::new().route("/files", post(upload));
}
