//! Compares a claim that is one string with a name: yes, no or ambiguous.

use super::go_list::Match;
use super::{Envelope, RawClaim};

/// A claim that is one string.
#[derive(Clone, Copy)]
pub(crate) enum Text<'a> {
    Exact(&'a str),
    /// The gateway's rendering of the whole claim.
    Gateway(&'a str),
    /// The part after `v:` in the gateway's rendering of an object, `map[t:1 v:…]`.
    Member(&'a str),
    /// A string of a Lambda authorizer, which may be JSON text.
    Authorizer(&'a str),
}

impl<'a> Text<'a> {
    /// Reads a claim that is not exact. Returns `None` for `<nil>`, which Go also writes for `null`.
    pub(super) fn read(value: &RawClaim<'a>, envelope: Envelope) -> Option<Self> {
        match (value, envelope) {
            (RawClaim::GatewayText("<nil>") | RawClaim::Exact(_), _) => None,
            (RawClaim::GatewayText(text), Envelope::Bare) => Some(Self::Gateway(text)),
            (RawClaim::GatewayText(text), Envelope::Timestamped) => Some(Self::Member(text)),
            (RawClaim::AuthorizerString(text) | RawClaim::JoinedString(text), _) => {
                Some(Self::Authorizer(text))
            }
        }
    }

    /// The text as received.
    pub(crate) fn as_str(self) -> &'a str {
        let (Self::Exact(text) | Self::Gateway(text) | Self::Member(text) | Self::Authorizer(text)) =
            self;
        text
    }

    /// Whether the string may contain a lone surrogate. The gateway writes U+FFFD for one, and also for
    /// U+FFFD itself.
    pub(crate) fn may_have_lone_surrogate(self) -> bool {
        let is_rendered = matches!(self, Self::Gateway(_) | Self::Member(_));
        is_rendered && self.as_str().contains(char::REPLACEMENT_CHARACTER)
    }

    /// Whether the claim equals this string.
    pub(crate) fn is(self, name: &str) -> Match {
        match self {
            Self::Member(text) => member_v_equals(text, name),
            Self::Authorizer(text) if may_be_json(text) => Match::Ambiguous,
            other => Match::from(other.as_str() == name),
        }
    }

    /// Whether the claim is a string that is not empty. If it may be empty, this is `false`.
    pub(crate) fn is_present(self) -> bool {
        match self {
            Self::Authorizer(text) => !matches!(text.trim(), "" | "null" | "\"\""),
            other => !other.as_str().is_empty(),
        }
    }
}

/// Whether a string of a Lambda authorizer may be the JSON text of a string, an array, an object or `null`.
pub(crate) fn may_be_json(text: &str) -> bool {
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    text.starts_with(['"', '[', '{']) || text == "null"
}

/// Whether the member `v` of an object equals this string.
///
/// An object with more members than `t` and `v` can have the same rendering. They may follow `v`, as in
/// `map[t:1 v:free w:x]`, or precede it, as in `map[t:1 v:x v:free]`, where `t:1 v` is a key. Each member
/// contains a colon.
fn member_v_equals(text: &str, name: &str) -> Match {
    let has_members_after = |rest: &str| rest.starts_with(' ') && rest.contains(':');
    let may_be_name = |start: &str| {
        let rest = start.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || has_members_after(rest))
    };
    if text == name && !may_have_members(text) {
        Match::Yes
    } else if may_be_name(text) || possible_values_of_v(text).any(may_be_name) {
        Match::Ambiguous
    } else {
        Match::No
    }
}

/// Whether the text of `v` may contain another member of the object.
pub(super) fn may_have_members(text: &str) -> bool {
    let after_space = text.split_once(' ');
    after_space.is_some_and(|(_, rest)| rest.contains(':'))
}

/// The rest of the text after each ` v:`, where the value of `v` may start.
fn possible_values_of_v(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices(" v:");
    starts.filter_map(|(index, start)| text.get(index + start.len()..))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Match::{Ambiguous, No, Yes};

    #[test]
    fn considers_members_before_and_after_v() {
        for (text, name, expected) in [
            ("free", "free", Yes),
            ("free", "fre", No),
            ("freedom", "free", No),
            ("free w:x", "free", Ambiguous),
            ("free w:x", "free w:x", Ambiguous),
            ("free w x:y", "free", Ambiguous),
            ("x v:pro", "pro", Ambiguous),
            ("x v:pro", "x", Ambiguous),
            ("x v:pro w:y", "pro", Ambiguous),
            ("x v:pro", "pr", No),
            ("xv:pro", "pro", No),
            // Another member would contain a colon.
            ("free trial", "free", No),
            ("free trial", "free trial", Yes),
            ("pro 10:30", "pro", Ambiguous),
            ("10:30", "10:30", Yes),
            ("10:30", "10", No),
            ("", "", Yes),
            ("", "free", No),
        ] {
            assert_eq!(Text::Member(text).is(name), expected, "{text:?} {name:?}");
        }
    }

    #[test]
    fn treats_authorizer_strings_that_may_be_json_as_ambiguous() {
        for text in ["\"a\"", "[a", "{}", " \t\r\n[1]", "null", " null\n"] {
            assert_eq!(Text::Authorizer(text).is("x"), Ambiguous, "{text}");
            assert_eq!(Text::Gateway(text).is("x"), No, "{text}");
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
            assert_eq!(Text::Authorizer(text).is(text), Yes, "{text}");
            assert_eq!(Text::Authorizer(text).is("x"), No, "{text}");
        }
    }
}
