//! 2 READ: reads one claim as its declared type, from an exact value or from text.
//!
//! A claim is read before it is compared, and all of its elements and members must have the declared types.
//! Otherwise, the claim meets no requirement. Text can have several interpretations, so a comparison with
//! text has three results: yes, no and ambiguous.

mod declared;
pub(crate) mod factors;
pub(crate) mod go_list;
pub(crate) mod go_text;
pub(crate) mod joined_list;
pub(crate) mod json;
pub(crate) mod list;
pub(crate) mod number;
mod raw_claim;
pub(crate) mod text;
pub(crate) mod timestamped;
mod typed;

pub(crate) use declared::Type;
pub(crate) use declared::{Claim, Envelope, Form, Names, Path};
pub(crate) use raw_claim::{RawClaim, ReadError, json_type};
pub(crate) use typed::Typed;
