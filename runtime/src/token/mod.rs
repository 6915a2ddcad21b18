//! 1 FIND: the payload of the token, if it is bound to the claims that the authorizer passed.
//!
//! The gateway verified a token and passed its claims as text, which loses their structure. If the
//! `Authorization` header of the event still contains that token, its payload has the exact values. This
//! module does not verify signatures. Therefore, a value of the payload is used only if it renders to exactly
//! the text that the authorizer passed.

mod binding;
mod go_format;
mod payload;

pub(crate) use binding::ClaimSource;
pub(crate) use payload::decode;
