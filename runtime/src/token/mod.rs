//! FIND: the token's own payload, where it is bound to what the authorizer handed over.
//!
//! The gateway verified a token and handed over its claims as text. Where the event's
//! `Authorization` header still has that token, its payload says exactly what the text says only
//! roughly. Nothing is verified here, so the payload counts only as far as it renders to the very
//! text that the authorizer vouches for.

mod binding;
mod header;
mod payload;
mod rendering;

pub(crate) use binding::Bound;
pub(crate) use header::Authorization;
pub use header::ignore_authorization_header;
pub(crate) use payload::Payload;
