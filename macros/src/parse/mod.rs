//! Tokens → syntax tree.

pub(crate) mod ast;
mod attribute;
mod claim;
mod display;
mod duration;
mod list;
pub(crate) mod mistakes;
pub(crate) mod peek;

pub(crate) use self::attribute::Parsed;
