//! Extracts a valid order from the body of a request.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;

use crate::response::{Error, error};
use crate::store::NewOrder;

impl<S: Send + Sync> FromRequest<S> for NewOrder {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(|rejection| error(rejection.status(), &rejection.body_text()))?;
        let invalid = |message: &str| error(StatusCode::BAD_REQUEST, message);
        let order: Self = serde_json::from_slice(&body)
            .map_err(|error| invalid(&format!("invalid order: {error}")))?;
        if order.quantity == 0 {
            return Err(invalid("the quantity must be at least 1"));
        }
        Ok(order)
    }
}
