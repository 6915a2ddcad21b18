//! Code shared by the tests of this crate: claims, payloads, events, requirements, and the checks that the fuzz
//! targets run.

pub mod access_token_sets;
pub mod claims;
pub mod custom_claims;
pub mod declared_types;
pub mod denials;
pub mod editions;
pub mod events;
pub mod forged_tokens;
pub mod fuzzing;
pub mod handlers;
pub mod payloads;
pub mod random_attributes;
pub mod requirement_sets;
pub mod session;
pub mod vectors;
