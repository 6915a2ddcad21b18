//! Helpers for tests of guarded handlers: claims as API Gateway passes them to a function.
//!
//! ```
//! use require_claims::supertokens::EMAIL_VERIFIED;
//! use require_claims::testing::render::{Numbers, claims};
//!
//! let payload = r#"{"sub": "u1", "st-ev": {"v": true, "t": 1700000000000}}"#;
//! let event = serde_json::json!({
//!     "version": "2.0",
//!     "rawPath": "/orders",
//!     "requestContext": {
//!         "http": {"method": "GET", "path": "/orders"},
//!         "authorizer": {"jwt": {"claims": claims(payload, Numbers::Float64)?, "scopes": null}},
//!     },
//!     "isBase64Encoded": false,
//! });
//! let event = lambda_http::request::from_str(&event.to_string())?;
//! assert!(EMAIL_VERIFIED.is_true().check(&event).is_ok());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! This module requires the feature `testing`. Enable it for dev-dependencies only.

pub mod render;
