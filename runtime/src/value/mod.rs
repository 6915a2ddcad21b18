//! 2 READ: the value of one claim, exact or as text with its possible interpretations.
//!
//! A claim is read into its declared type before anything is compared, down to each element and
//! member. What does not fit meets no requirement.

mod declared;
pub(crate) mod factors;
pub(crate) mod go_list;
pub(crate) mod go_text;
mod joined_list;
pub(crate) mod json;
pub(crate) mod list;
pub(crate) mod number;
mod raw_claim;
pub(crate) mod text;
pub(crate) mod timestamped;
mod typed;

pub(crate) use declared::{Claim, Envelope, Spaces, Type};
pub(crate) use raw_claim::{RawClaim, Unread, json_type};
pub(crate) use typed::Typed;
