//! Answers the console's requests, and invokes functions with events that its user pasted.

use std::time::SystemTime;

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use http_body_util::{BodyExt as _, Collected};
use serde_json::{Value, json};

use super::error::Error;
use super::handler::{Gateway, read_body};
use crate::console::{self, Answer, Pasted};
use crate::json_response::{json_response, message_response};
use crate::{identifier, response};

impl Gateway {
    pub(super) async fn console_response(
        &self,
        head: &Parts,
        path: &str,
        body: Body,
    ) -> Result<Response<Body>, Error> {
        match self.console.answer(head, path) {
            Answer::Response(response) => Ok(response),
            Answer::Invoke => {
                let body = read_body(body).await?;
                let response = match console::address(&body, &self.routes) {
                    Ok(pasted) => self.invoked(pasted).await,
                    Err(reason) => message_response(StatusCode::BAD_REQUEST, &reason),
                };
                Ok(console::secured(response))
            }
        }
    }

    /// What a function returned for a pasted event, with the event: the response, or the reason why there is none.
    async fn invoked(&self, pasted: Pasted<'_>) -> Response<Body> {
        let event = Bytes::from(pasted.event.to_string());
        let trace_id = identifier::trace_id(SystemTime::now());
        let invoked = self.invoke(pasted.route, event, trace_id, pasted.format);
        let mut answer = match invoked.await {
            Ok(json) => match response::from_function_response(&json, pasted.format) {
                Ok(response) => described(response).await,
                Err(reason) => {
                    json!({"reason": format!("the function's response is invalid: {reason}")})
                }
            },
            Err(error) => json!({"reason": error.to_string()}),
        };
        if let Some(members) = answer.as_object_mut() {
            let claims = console::compared_claims(&pasted.event, None);
            members.insert("claims".to_owned(), claims);
            members.insert("event".to_owned(), pasted.event);
        }
        json_response(StatusCode::OK, &answer)
    }
}

/// The response of a function, as JSON for the page.
async fn described(response: Response<Body>) -> Value {
    let (head, body) = response.into_parts();
    let headers: Vec<_> = head
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
        .collect();
    let headers = json!(headers);
    let body = body.collect().await.map(Collected::to_bytes);
    let body = body.unwrap_or_default();
    json!({
        "status": head.status.as_u16(),
        "headers": headers,
        "body": String::from_utf8_lossy(&body),
    })
}
