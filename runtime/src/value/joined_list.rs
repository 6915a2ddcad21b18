//! Decides whether a list in the string of an authorizer contains a name: yes, no or ambiguous.
//!
//! The Cognito authorizer joins a list with commas, without brackets ([developer guide, issue 158][joined]).
//! A Lambda authorizer may do the same. But a name may contain commas, too.
//!
//! [joined]: https://github.com/awsdocs/amazon-api-gateway-developer-guide/issues/158

use super::go_list::{Match, equals_name};
use super::text::may_be_json;

/// Whether the text of an array of strings contains `name`.
///
/// If the name does not occur in the text, it is not in the list. The only exception is JSON text with
/// escapes from a Lambda authorizer.
pub(super) fn names_contain(text: &str, name: &str) -> Match {
    let has_several_interpretations = text.is_empty() || text.contains([',', ' ', '[', ']', '"']);
    // A bracket or a quote at the start may belong to a name. Other JSON text is not a list.
    if may_be_json(text) && !text.starts_with(['[', '"']) {
        Match::Ambiguous
    } else if !has_several_interpretations {
        equals_name(text, name)
    } else if text.contains(name) || text.contains('\\') {
        Match::Ambiguous
    } else {
        Match::No
    }
}

/// Whether the text of `aud`, a string or an array of strings, contains `name`.
pub(super) fn audience_contains(text: &str, name: &str) -> Match {
    let may_be_empty_list = text.is_empty() && name.is_empty();
    if may_be_json(text) || may_be_empty_list || may_contain_piece(text, name) {
        Match::Ambiguous
    } else {
        equals_name(text, name)
    }
}

/// Whether the text of `scope` or `scp`, a string of scopes or an array of scopes, contains `name`.
pub(super) fn scopes_contain(text: &str, name: &str) -> Match {
    let is_no_scope = name.is_empty() || name.contains(' ');
    if may_be_json(text) || is_no_scope || may_contain_piece(text, name) {
        Match::Ambiguous
    } else {
        let mut scopes = text.split(' ').map(|scope| equals_name(scope, name));
        let found = scopes.find(|answer| *answer != Match::No);
        found.unwrap_or(Match::No)
    }
}

/// Whether a text with commas may be a list of pieces that contains the name. A piece may contain spaces and
/// brackets.
fn may_contain_piece(text: &str, name: &str) -> bool {
    const SEPARATORS: [char; 4] = [',', ' ', '[', ']'];
    let is_whole = |rest: &str| {
        let after = rest.strip_prefix(name);
        after.is_some_and(|after| after.is_empty() || after.starts_with(SEPARATORS))
    };
    let starts = text.match_indices(SEPARATORS);
    let mut rests = starts.filter_map(|(index, _)| text.get(index + 1..));
    text.contains(',') && (name.contains(',') || is_whole(text) || rests.any(is_whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Match::{Ambiguous, No, Yes};

    #[test]
    fn treats_commas_as_ambiguous() {
        for (text, name) in [("a,b", "a"), ("a, b", "b"), ("a,b", "a,b"), ("[a,b]", "a")] {
            assert_eq!(audience_contains(text, name), Ambiguous, "{text} {name}");
        }
        assert_eq!(audience_contains("a,b", "c"), No);
        assert_eq!(scopes_contain("a,b c", "a"), Ambiguous);
        assert_eq!(scopes_contain("a,b c", "d"), No);
    }

    #[test]
    fn finds_names_with_spaces_and_brackets_between_commas() {
        for (text, name) in [
            ("x [a,b]", "[a"),
            ("x [a,b]", "b]"),
            ("a b,c", "a b"),
            ("ba a a,c", "a a"),
        ] {
            assert_eq!(audience_contains(text, name), Ambiguous, "{text} {name}");
        }
        assert_eq!(scopes_contain("x [a,b]", "[a"), Ambiguous);
        assert_eq!(audience_contains("a b,c", "b c"), No);
    }

    #[test]
    fn reads_one_word_as_one_name_and_separators_as_ambiguous() {
        for (text, name, expected) in [
            ("admin", "admin", Yes),
            ("admin", "adm", No),
            ("admin", "", No),
            ("admin,user", "admin", Ambiguous),
            ("admin,user", "admin,user", Ambiguous),
            ("admin user", "admin", Ambiguous),
            ("\"admin\"", "admin", Ambiguous),
            ("admin,user", "guest", No),
            ("[admin]", "admin", Ambiguous),
            ("[admin]", "[admin]", Ambiguous),
            ("[a b,c]", "[a b", Ambiguous),
            ("[admin]", "user", No),
            ("", "", Ambiguous),
            ("", "admin", No),
            ("\u{fffd}", "\u{fffd}", Ambiguous),
            // JSON text, but not of a list.
            ("null", "admin", Ambiguous),
            ("{}", "admin", Ambiguous),
            ("nulls", "admin", No),
        ] {
            assert_eq!(names_contain(text, name), expected, "{text} {name}");
        }
    }

    #[test]
    fn reads_audiences_and_scopes_without_commas() {
        assert_eq!(audience_contains("orders", "orders"), Yes);
        assert_eq!(audience_contains("orders", "order"), No);
        assert_eq!(audience_contains("", "orders"), No);
        assert_eq!(audience_contains("", ""), Ambiguous);
        assert_eq!(scopes_contain("openid orders:read", "orders:read"), Yes);
        assert_eq!(scopes_contain("openid orders:read", "orders"), No);
        assert_eq!(scopes_contain("openid email", "openid email"), Ambiguous);
        for text in ["[a", "\"a\"", "null", " {}"] {
            assert_eq!(audience_contains(text, "x"), Ambiguous, "{text}");
            assert_eq!(scopes_contain(text, "x"), Ambiguous, "{text}");
        }
    }
}
