//! What the tests of this crate share: events as gateways write them, payloads of tokens, claims and
//! requirements, and what the fuzz targets run.

pub mod answers;
pub mod declared;
pub mod editions;
pub mod events;
pub mod forged;
pub mod own_claims;
pub mod payloads;
pub mod random_attributes;
pub mod sdk_sets;
pub mod session;
pub mod targets;
pub mod vectors;
