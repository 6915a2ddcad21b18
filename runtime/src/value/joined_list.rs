//! Decides whether a list in the string of an authorizer contains a name: yes, no or ambiguous.
//!
//! The Cognito authorizer joins a list with commas, without brackets ([developer guide, issue 158][joined]).
//! A Lambda authorizer may do the same. But a name may contain commas, too.
//!
//! [joined]: https://github.com/awsdocs/amazon-api-gateway-developer-guide/issues/158

use super::go_list::{Match, any_piece, equals_name};
use super::text::may_be_json;

/// Whether the text of an array of strings contains `name`.
///
/// If the name does not occur in the text, it is not in the list. The only exception is JSON text with
/// escapes from a Lambda authorizer.
pub(crate) fn names_contain(text: &str, name: &str) -> Match {
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

/// Like [`names_contain`], if names never contain commas: each piece is a name.
pub(super) fn pieces_contain(text: &str, name: &str) -> Match {
    any_piece(text.split(','), |piece| names_contain(piece, name))
}

/// Whether the text of a string or an array of strings, such as `aud`, contains `name`. `string_contains` is
/// whether the string does.
pub(super) fn one_or_many_contain(
    text: &str,
    name: &str,
    string_contains: impl Fn(&str) -> Match,
) -> Match {
    if text.is_empty() || text.contains(',') {
        names_contain(text, name).if_equal_to(string_contains(text))
    } else {
        string_contains(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Match::{Ambiguous, No, Yes};

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
}
