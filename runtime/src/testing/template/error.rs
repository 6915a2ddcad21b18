//! Why a template cannot be read.

use std::fmt;

/// Why a template cannot be read: one message, with the file and the line.
///
/// ```
/// use require_claims::testing::template::Template;
///
/// let error = Template::parse("Resources: {Api: {}, Api: {}}", "template.yaml").unwrap_err();
/// assert_eq!(error.to_string(), "template.yaml:1: `Api` is defined twice, first in line 1");
/// assert_eq!(error.line(), Some(1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    file: String,
    line: Option<usize>,
    message: String,
}

/// An error in this line of the template. Its file is set by [`TemplateError::in_file`].
pub(super) fn problem<T>(
    line: impl Into<Option<usize>>,
    message: impl Into<String>,
) -> Result<T, TemplateError> {
    let (line, message, file) = (line.into(), message.into(), String::new());
    Err(TemplateError {
        file,
        line,
        message,
    })
}

impl TemplateError {
    pub(super) fn in_file(mut self, file: &str) -> Self {
        file.clone_into(&mut self.file);
        self
    }

    /// The line, counted from 1, or `None` if the error concerns no line, such as a file that does not exist.
    ///
    /// ```
    /// # use require_claims::testing::template::Template;
    /// let error = Template::read("no-such-template.yaml").unwrap_err();
    /// assert_eq!(error.line(), None);
    /// ```
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.line
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line.map(|line| format!(":{line}"));
        let line = line.unwrap_or_default();
        write!(f, "{}{line}: {}", self.file, self.message)
    }
}

impl std::error::Error for TemplateError {}
