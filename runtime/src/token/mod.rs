//! 1 FIND: the token's own payload, where it is bound to the claims that the authorizer passed.
//!
//! The gateway verified a token and passed its claims as text, which has lost their structure. Where the
//! event's `Authorization` header still has that token, its payload has the exact values. Nothing is
//! verified here, so the payload only counts as far as it renders to the very text that the authorizer
//! passed.

mod binding;
mod go_format;
mod payload;

pub(crate) use binding::ClaimSource;
pub(crate) use payload::decode;
