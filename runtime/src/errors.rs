//! DECIDE: the errors on the way, collected where somebody wants to know them.

use crate::reason::{ClaimValidationError, Reason};

/// Collects errors when asked to, so that a request that is allowed builds none.
pub struct Errors(Option<Vec<ClaimValidationError>>);

impl Errors {
    pub(crate) fn ignored() -> Self {
        Self(None)
    }

    pub(crate) fn recorded() -> Self {
        Self(Some(Vec::new()))
    }

    /// Takes note that a requirement is not met; `false`, for the caller to return.
    pub(crate) fn deny(&mut self, id: &str, reason: impl FnOnce() -> Reason) -> bool {
        if let Some(errors) = &mut self.0 {
            errors.push(ClaimValidationError::new(id, reason()));
        }
        false
    }

    /// A place to come back to with [`forget_since`](Self::forget_since).
    pub(crate) fn mark(&self) -> usize {
        self.0.as_ref().map_or(0, Vec::len)
    }

    /// Forgets the errors of alternatives that another alternative made good.
    pub(crate) fn forget_since(&mut self, mark: usize) {
        if let Some(errors) = &mut self.0 {
            errors.truncate(mark);
        }
    }

    pub(crate) fn into_list(self) -> Vec<ClaimValidationError> {
        self.0.unwrap_or_default()
    }
}
