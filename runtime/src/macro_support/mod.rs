//! The items that the attribute's expansion uses. They are not part of the public API.

mod answer;
mod custom_claims;
mod guarded;
mod on_reject;

pub use std::marker::PhantomData;
pub use std::result::Result;
pub use std::time::Duration;

pub use crate::__axum_guard as axum_guard;
pub use crate::claims::ClaimValue;
pub use crate::claims::supertokens::*;
pub use crate::extract::read;
pub use crate::guard::{check, guard};
pub use crate::requirement::{all, any};
pub use crate::validator::Factors;
pub use answer::AnswerWith;
pub use custom_claims::{Aged, AllOf, Alone, AnyOf, Comparison, InPath, NoneOf, One, Recent};
pub use guarded::{DefaultAnswer, Guarded, allow};
pub use on_reject::{Converted, Custom, OnReject, OnRejectReturns};
