//! Events as gateways write them, for the tests of this crate.

pub mod events;
