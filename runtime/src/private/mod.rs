//! What the attribute's expansion names, and nothing else may.

mod answer;
mod own;

pub use std::result::Result;
pub use std::time::Duration;

pub use crate::claim::{ClaimValue, Factors};
pub use crate::decide::check;
pub use crate::extract::claims_for;
pub use crate::from_rejection::FromRejection;
pub use crate::guarded::Guarded;
pub use crate::requirement::{all, any};
pub use crate::supertokens::{
    AUDIENCE, AUTHENTICATED, EMAIL_VERIFIED, ISSUER, MFA, PERMISSION, ROLE, SCOPE, SUBJECT, TENANT,
};
pub use answer::{AnswerOfOnReject, allow, allow_or_answer, answer};
pub use own::{AllOf, Alone, AnyOf, Comparison, InPath, NoneOf, One};
