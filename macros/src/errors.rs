//! Collects everything that is wrong, so that one compile shows all of it.

use std::fmt::Display;

use quote::ToTokens;

/// Errors found so far. Must be finished: in tests, dropping it unread panics, so that no error
/// can be found and then forgotten.
#[must_use = "errors that nobody finishes are lost"]
#[derive(Default)]
pub(crate) struct Errors {
    found: Option<syn::Error>,
    #[cfg(test)]
    finished: bool,
}

impl Errors {
    /// Adds one more.
    pub(crate) fn push(&mut self, error: syn::Error) {
        match &mut self.found {
            Some(found) => found.combine(error),
            None => self.found = Some(error),
        }
    }

    /// Adds a message that points at `tokens`, from the first to the last.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Adds the error of a step that has only one, and gives its success.
    pub(crate) fn take<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// How many there are so far.
    pub(crate) fn count(&self) -> usize {
        self.found
            .as_ref()
            .map_or(0, |found| found.into_iter().count())
    }

    /// All that were found, as one error.
    pub(crate) fn finish(mut self) -> syn::Result<()> {
        #[cfg(test)]
        {
            self.finished = true;
        }
        self.found.take().map_or(Ok(()), Err)
    }
}

#[cfg(test)]
impl Drop for Errors {
    fn drop(&mut self) {
        assert!(
            self.finished || std::thread::panicking(),
            "errors were dropped unread"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_errors_come_at_once_in_the_order_they_were_found() {
        let mut errors = Errors::default();
        errors.at(quote::quote!(a), "first");
        errors.at(quote::quote!(b), "second");
        let messages: Vec<String> = errors
            .finish()
            .unwrap_err()
            .into_iter()
            .map(|error| error.to_string())
            .collect();
        assert_eq!(messages, ["first", "second"]);
    }

    #[test]
    fn nothing_found_is_success() {
        assert!(Errors::default().finish().is_ok());
    }

    #[test]
    #[should_panic(expected = "errors were dropped unread")]
    fn forgetting_to_finish_is_noticed_in_tests() {
        drop(Errors::default());
    }
}
