//! Compares a claim that is one string with a name: yes, no or ambiguous.

use super::RawClaim;
use super::go_list::Match;

/// A claim that is one string.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a>(&'a RawClaim<'a>);

impl<'a> Text<'a> {
    /// Reads a string. Returns `None` for the text `<nil>`, which Go also writes for `null`.
    pub(super) fn read(value: &'a RawClaim<'a>) -> Option<Self> {
        let is_null = matches!(value, RawClaim::GatewayText("<nil>"));
        (!is_null && value.string().is_some()).then_some(Self(value))
    }

    /// The text as received.
    pub(crate) fn as_str(self) -> &'a str {
        self.0.string().unwrap_or_default()
    }

    /// Whether the string may contain a lone surrogate. The gateway writes U+FFFD for one, and also for
    /// U+FFFD itself.
    pub(crate) fn may_have_lone_surrogate(self) -> bool {
        matches!(self.0, RawClaim::GatewayText(text) if text.contains(char::REPLACEMENT_CHARACTER))
    }

    /// Whether the claim equals this string.
    pub(crate) fn is(self, name: &str) -> Match {
        match self.0 {
            RawClaim::AuthorizerString(text) | RawClaim::JoinedString(text)
                if may_be_json(text) =>
            {
                Match::Ambiguous
            }
            _ => (self.as_str() == name).into(),
        }
    }

    /// Whether the claim is a string that is not empty. If it may be empty, this is `false`.
    pub(crate) fn is_present(self) -> bool {
        match self.0 {
            RawClaim::AuthorizerString(text) | RawClaim::JoinedString(text) => {
                !matches!(text.trim(), "" | "null" | "\"\"")
            }
            _ => !self.as_str().is_empty(),
        }
    }
}

/// Whether a string of a Lambda authorizer may be the JSON text of a string, an array, an object or `null`.
pub(crate) fn may_be_json(text: &str) -> bool {
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    text.starts_with(['"', '[', '{']) || text == "null"
}

/// Whether the text of `v` may contain another member of the object, which contains a colon. It may also follow
/// the value: in `map[t:1 v:x v:y]`, `t:1 v` may be a key.
pub(super) fn may_have_members(text: &str) -> bool {
    let after_space = text.split_once(' ');
    after_space.is_some_and(|(_, rest)| rest.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Match::{Ambiguous, No, Yes};

    #[test]
    fn finds_text_that_may_have_other_members() {
        for text in ["free w:x", "free w x:y", "x v:pro", "pro 10:30", " :"] {
            assert!(may_have_members(text), "{text}");
        }
        for text in ["", "free", "free trial", "10:30", "10:30 free", "xv:pro"] {
            assert!(!may_have_members(text), "{text}");
        }
    }

    #[test]
    fn treats_authorizer_strings_that_may_be_json_as_ambiguous() {
        for text in ["\"a\"", "[a", "{}", " \t\r\n[1]", "null", " null\n"] {
            assert_eq!(
                Text(&RawClaim::AuthorizerString(text)).is("x"),
                Ambiguous,
                "{text}"
            );
            assert_eq!(Text(&RawClaim::GatewayText(text)).is("x"), No, "{text}");
        }
        for text in [
            "",
            "a",
            "a[",
            "true",
            "5",
            "map[v:true]",
            "\u{a0}[1]",
            "nulls",
        ] {
            let string = RawClaim::AuthorizerString(text);
            assert_eq!(Text(&string).is(text), Yes, "{text}");
            assert_eq!(Text(&string).is("x"), No, "{text}");
        }
    }
}
