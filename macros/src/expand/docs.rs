//! "Requires claims: …", which the expansion adds to the handler's docs.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use crate::parse::ast::Args;

/// The line, after the handler's own docs.
pub(crate) fn docs(args: &Args) -> TokenStream {
    let all: Vec<String> = args
        .requirements
        .iter()
        .map(|one| code(&without_crate(&one.to_string())))
        .collect();
    let line = format!("Requires claims: {}", all.join(", "));
    quote_spanned! {Span::mixed_site()=> #[doc = ""] #[doc = #line] }
}

/// Removes the `$crate::` of a `macro_rules!`, which means nothing to a reader. In quotes it is text, and stays.
fn without_crate(written: &str) -> String {
    let (mut plain, mut rest, mut quoted, mut escaped) = (String::new(), written, false, false);
    while let Some(next) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("$crate::").filter(|_| !quoted) {
            rest = after;
            continue;
        }
        quoted ^= next == '"' && !escaped;
        escaped = next == '\\' && !escaped;
        plain.push(next);
        rest = rest.strip_prefix(next).unwrap_or_default();
    }
    plain
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
    fn omits_the_crate_of_a_macro_but_not_in_text() {
        for (written, shown) in [
            ("$crate::claims::PLAN = $crate::PRO", "claims::PLAN = PRO"),
            ("any($crate::A, role = \"a\")", "any(A, role = \"a\")"),
            ("role = \"$crate::x\"", "role = \"$crate::x\""),
            (
                r#"role = "\"$crate::x", $crate::A"#,
                r#"role = "\"$crate::x", A"#,
            ),
            (r#"role = "\\", $crate::A"#, r#"role = "\\", A"#),
        ] {
            assert_eq!(without_crate(written), shown);
        }
    }

    #[test]
    fn encloses_text_that_contains_a_backtick_in_two() {
        assert_eq!(code("role = \"a`b\""), "`` role = \"a`b\" ``");
        assert_eq!(code("mfa"), "`mfa`");
    }
}
