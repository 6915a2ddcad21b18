//! Checked arguments and a handler → code.
//!
//! Each kind of handler has a file. The attribute's page shows what they write, and `tests/docs.rs` compares
//! that with the code. The expansion's variables have unusual names, because a pattern with the name of a
//! constant would refer to that constant.

mod axum;
mod body;
mod claims_parameters;
mod custom_claims;
mod docs;
mod fallback;
mod guard;
mod lambda_http;
mod names;
mod parameters;
mod requirements;
mod spans;

use proc_macro2::TokenStream;

use crate::handler::{Handler, Shape};
use crate::parse::ast::Args;

pub(crate) use self::fallback::fallback;

/// The handler with its guard. None if that would require less than the attribute.
pub(crate) fn expand(args: &Args, handler: Handler, shape: &Shape) -> Option<TokenStream> {
    let guard = guard::guard(args, &handler)?;
    match shape {
        Shape::Event { event, returns } => {
            lambda_http::expand(args, &guard, handler, *event, returns)
        }
        Shape::Extractors => axum::expand(args, &guard, handler),
    }
}
