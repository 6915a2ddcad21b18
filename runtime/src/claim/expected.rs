//! What a claim is compared with: written in the requirement, or found in the request's path.

use crate::errors::Errors;
use crate::evidence::Evidence;
use crate::reason::Reason;

/// What a claim is compared with.
#[derive(Clone, Copy, Debug)]
pub(super) enum Expected<'a, V> {
    /// What the requirement says.
    Written(V),
    /// The value that the request's path has for the parameter of this name.
    PathParameter(&'a str),
}

impl<V> Expected<'_, V> {
    /// The validator of what is expected; none, and an error, where the path does not have it.
    pub(super) fn validator<'e>(
        self,
        key: &str,
        evidence: &Evidence<'e>,
        of_parameter: impl FnOnce(&'e str) -> V,
        errors: &mut Errors,
    ) -> Option<V> {
        let name = match self {
            Self::Written(validator) => return Some(validator),
            Self::PathParameter(name) => name,
        };
        let value = evidence.path.get(name);
        if value.is_none() {
            errors.deny(key, || Reason::no_path_parameter(name));
        }
        value.map(of_parameter)
    }
}
