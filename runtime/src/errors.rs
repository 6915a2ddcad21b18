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

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(errors: Errors) -> Vec<String> {
        let errors = errors.into_list();
        errors.iter().map(|error| error.id().to_owned()).collect()
    }

    #[test]
    fn what_is_forgotten_is_what_came_since_the_mark() {
        for before in [&[][..], &["st-ev"], &["st-ev", "st-role"]] {
            let mut errors = Errors::recorded();
            for id in before {
                errors.deny(id, Reason::wrong_value);
            }
            let mark = errors.mark();
            errors.deny("st-mfa", Reason::wrong_value);
            errors.deny("st-perm", Reason::wrong_value);
            errors.forget_since(mark);
            assert_eq!(ids(errors), before);
        }
    }

    #[test]
    fn a_denial_is_false_whether_or_not_somebody_wants_to_know() {
        let mut recorded = Errors::recorded();
        assert!(!recorded.deny("st-ev", Reason::wrong_value));
        assert_eq!(ids(recorded), ["st-ev"]);

        let mut ignored = Errors::ignored();
        assert!(!ignored.deny("st-ev", || unreachable!("nobody wants to know")));
        let mark = ignored.mark();
        ignored.forget_since(mark);
        assert!(ids(ignored).is_empty());
    }
}
