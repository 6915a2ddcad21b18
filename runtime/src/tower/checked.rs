//! The mark that a check leaves on a request.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::Extensions;

/// Whether a request was checked. `DenyUncheckedLayer` of the module `axum` adds it to the request, and reads it after
/// the response was returned. That orders the accesses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Checked(pub(crate) Arc<AtomicBool>);

impl Checked {
    /// Marks the request with these extensions, if the layer is used.
    pub(crate) fn mark(extensions: &Extensions) {
        if let Some(Self(is_checked)) = extensions.get() {
            is_checked.store(true, Ordering::Relaxed);
        }
    }
}
