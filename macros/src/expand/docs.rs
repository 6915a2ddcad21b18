//! "Requires claims: …", which the expansion adds to the handler's docs.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use crate::parse::ast::Args;

/// The line, after the handler's own docs.
pub(crate) fn docs(args: &Args) -> TokenStream {
    let all: Vec<String> = args
        .requirements
        .iter()
        .map(|one| code(&one.to_string()))
        .collect();
    let line = format!("Requires claims: {}", all.join(", "));
    quote_spanned! {Span::mixed_site()=> #[doc = ""] #[doc = #line] }
}

/// Text as code in Markdown, even if it contains a backtick.
fn code(text: &str) -> String {
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encloses_text_that_contains_a_backtick_in_two() {
        assert_eq!(code("role = \"a`b\""), "`` role = \"a`b\" ``");
        assert_eq!(code("mfa"), "`mfa`");
    }
}
