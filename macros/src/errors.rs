//! Collects errors, so that one compile reports all of them.

use std::fmt::Display;

use quote::ToTokens;

/// The errors so far. In tests, dropping them without [`finish`](Self::finish) panics, so that no error is
/// forgotten.
#[must_use = "errors are lost without `finish`"]
#[derive(Default)]
pub(crate) struct Errors {
    found: Option<syn::Error>,
    #[cfg(test)]
    finished: bool,
}

impl Errors {
    /// Adds an error.
    pub(crate) fn push(&mut self, error: syn::Error) {
        match &mut self.found {
            Some(found) => found.combine(error),
            None => self.found = Some(error),
        }
    }

    /// Adds an error that underlines `tokens`, from the first to the last.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Adds the error of a result, or returns its success.
    pub(crate) fn take<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// The number of errors so far.
    pub(crate) fn count(&self) -> usize {
        self.found
            .as_ref()
            .map_or(0, |found| found.into_iter().count())
    }

    /// All errors, combined.
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
    fn combines_all_errors_in_order() {
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
    fn succeeds_without_errors() {
        assert!(Errors::default().finish().is_ok());
    }

    #[test]
    #[should_panic(expected = "errors were dropped unread")]
    fn panics_in_tests_without_finish() {
        drop(Errors::default());
    }
}
