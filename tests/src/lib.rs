//! What the tests of this crate share: events as gateways write them, and requirements at random.

pub mod events;
pub mod requirements;
