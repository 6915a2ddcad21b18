//! Tests of the whole authorizer: with events of each kind of API, and an issuer on the local machine.

mod accepted;
mod api;
mod cached_keys;
mod events;
mod guard;
mod headers;
mod issuer;
mod log;
mod rejected;
pub(crate) mod signer;
