//! Whether a claim that is one string is the expected one: yes, no, or unclear.

use super::go_list::Contains;
use super::{Envelope, RawClaim};

/// A claim that is one string.
#[derive(Clone, Copy)]
pub(crate) enum Text<'a> {
    Exact(&'a str),
    /// The gateway's text of the whole claim.
    Gateway(&'a str),
    /// The end of the gateway's text of an object, `map[t:1 v:…]`.
    Member(&'a str),
    /// A string of a Lambda authorizer, which may be JSON text.
    Authorizer(&'a str),
}

impl<'a> Text<'a> {
    /// The text of a claim that is not exact. None where Go writes it for `null` too.
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

    /// Whether the gateway may have written this for a string that is not text: it writes U+FFFD for
    /// itself, and for half a surrogate pair.
    pub(crate) fn may_not_be_text(self) -> bool {
        let is_rendered = matches!(self, Self::Gateway(_) | Self::Member(_));
        is_rendered && self.as_str().contains(char::REPLACEMENT_CHARACTER)
    }

    /// Whether the claim is this string.
    pub(crate) fn is(self, name: &str) -> Contains {
        match self {
            Self::Member(text) => member_is(text, name),
            Self::Authorizer(text) if may_be_json(text) => Contains::Ambiguous,
            other => Contains::from(other.as_str() == name),
        }
    }

    /// Whether the claim is a string that is not empty; unclear cases are empty.
    pub(crate) fn is_present(self) -> bool {
        match self {
            Self::Authorizer(text) => !matches!(text.trim(), "" | "null" | "\"\""),
            other => !other.as_str().is_empty(),
        }
    }
}

/// Whether a string of a Lambda authorizer could be JSON text of a string, an array or an object, or
/// is `null`.
pub(crate) fn may_be_json(text: &str) -> bool {
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    text.starts_with(['"', '[', '{']) || text == "null"
}

/// Whether `v`, the last member that is declared, is this string.
///
/// An object with further members is written the same: after `v`, as in `map[t:1 v:free w:x]`, and
/// before it, as in `map[t:1 v:x v:free]`, where `t:1 v` is a key. Each member has a colon.
fn member_is(text: &str, name: &str) -> Contains {
    let has_members_after = |rest: &str| rest.starts_with(' ') && rest.contains(':');
    let may_be_name = |start: &str| {
        let rest = start.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || has_members_after(rest))
    };
    let may_have_members = text
        .split_once(' ')
        .is_some_and(|(_, rest)| rest.contains(':'));
    if text == name && !may_have_members {
        Contains::Yes
    } else if may_be_name(text) || starts_of_v(text).any(may_be_name) {
        Contains::Ambiguous
    } else {
        Contains::No
    }
}

/// The rest of a text after each place where another member `v` may start.
fn starts_of_v(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices(" v:");
    starts.filter_map(|(index, start)| text.get(index + start.len()..))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Contains::{Ambiguous, No, Yes};

    #[test]
    fn a_member_may_have_others_before_and_after_it() {
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
            // A further member would have a colon.
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
    fn a_string_of_an_authorizer_may_be_json() {
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
