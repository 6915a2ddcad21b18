//! Why a template cannot be read.

use std::fmt;

pub(super) type Result<T> = std::result::Result<T, TemplateError>;

/// Why a template cannot be read: one message, with the file and the line.
///
/// ```
/// use require_claims::testing::template::Template;
///
/// let error = Template::parse("Resources: {Api: {}, Api: {}}", "template.yaml").unwrap_err();
/// assert_eq!(error.to_string(), "template.yaml:1: `Api` is defined twice, first in line 1");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError(pub(super) String);

impl TemplateError {
    /// Adds the name of the file to the line and the message.
    pub(super) fn in_file(self, file: &str) -> Self {
        Self(format!("{file}:{}", self.0))
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TemplateError {}

/// Returns an error, with a line and a message like that of `format!`. Its file is set by [`TemplateError::in_file`].
macro_rules! bail {
    ($line:expr => $($message:tt)+) => {
        return Err($crate::testing::template::TemplateError(format!("{}: {}", $line, format!($($message)+))))
    };
}
pub(super) use bail;
