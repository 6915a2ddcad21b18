//! Whether a list that the gateway wrote as text has a name: yes, no, or unclear.
//!
//! Spaces both separate names and occur in them: `[foo admin]` is one name or two. An answer holds for
//! every list that is written like this.

use super::go_text::array;

/// Whether a name is in a list, or a string is the expected one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contains {
    /// In every interpretation of the text.
    Yes,
    /// In none of them.
    No,
    /// In some and not in others, or the text has interpretations of undeclared types.
    Ambiguous,
}

impl From<bool> for Contains {
    fn from(contained: bool) -> Self {
        if contained { Self::Yes } else { Self::No }
    }
}

impl Contains {
    /// The answer of two sources that must agree.
    pub(crate) fn and_also(self, other: Self) -> Self {
        if self == other { self } else { Self::Ambiguous }
    }
}

/// Whether `[content]`, an array of strings, has `name` as an element.
///
/// The content can be cut at every space, and `[]` is also `[""]`. White space of JSON alone may also be
/// that of an empty array in JSON text. A bracket could end the array and begin another member
/// (`map[v:[a] w:[b]]`), and a quote is JSON's, so a text with one is ambiguous.
pub(crate) fn names_contain(content: &str, name: &str) -> Contains {
    let mut several = content.trim_matches(['\t', '\n', '\r']).is_empty();
    for byte in content.bytes() {
        match byte {
            b'[' | b']' | b'"' => return Contains::Ambiguous,
            b' ' => several = true,
            _ => {}
        }
    }
    if !several {
        is_name(content, name)
    } else if some_run_is(content, name) {
        Contains::Ambiguous
    } else {
        Contains::No
    }
}

/// As [`names_contain`], where no name contains a space: each word is a name.
pub(crate) fn words_contain(content: &str, name: &str) -> Contains {
    let mut found = Contains::No;
    for word in content.split(' ') {
        match names_contain(word, name) {
            Contains::No => {}
            Contains::Yes => found = Contains::Yes,
            // The list may end within a word that is ambiguous.
            Contains::Ambiguous => return Contains::Ambiguous,
        }
    }
    found
}

/// Whether the text of `aud`, a string or an array of strings, has `name`.
pub(crate) fn audience_contains(text: &str, name: &str) -> Contains {
    match array(text) {
        None => is_name(text, name),
        // The string "[a]" and the array ["a"] are the same text.
        Some(content) => is_name(text, name).and_also(names_contain(content, name)),
    }
}

/// Whether the text of `scope` or `scp`, a string of scopes or an array of them, has `name`.
///
/// A scope contains no space (RFC 6749, section 3.3), but it may contain brackets.
pub(crate) fn scopes_contain(text: &str, name: &str) -> Contains {
    if name.is_empty() || name.contains(' ') {
        return Contains::Ambiguous;
    }
    let scope = text.split(' ').find(|scope| *scope == name);
    let as_string = scope.map_or(Contains::No, |scope| is_name(scope, name));
    match array(text) {
        None => as_string,
        Some(content) => as_string.and_also(names_contain(content, name)),
    }
}

/// Whether a text is this name.
///
/// Go writes U+FFFD for itself, and also for half a surrogate pair; and `<nil>` for itself, and also
/// for `null`.
pub(super) fn is_name(text: &str, name: &str) -> Contains {
    if text == name && (name.contains(char::REPLACEMENT_CHARACTER) || name == "<nil>") {
        Contains::Ambiguous
    } else {
        Contains::from(text == name)
    }
}

/// Whether some run of whole words is the name; looks at the start of each word, since matches may
/// overlap.
fn some_run_is(content: &str, name: &str) -> bool {
    let mut rest = content;
    loop {
        if rest
            .strip_prefix(name)
            .is_some_and(|after| after.is_empty() || after.starts_with(' '))
        {
            return true;
        }
        match rest.split_once(' ') {
            None => return false,
            Some((_, next)) => rest = next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Contains::{Ambiguous, No, Yes};

    /// Every way to cut at blanks, by brute force.
    fn readings(content: &str) -> Vec<Vec<String>> {
        let words: Vec<&str> = content.split(' ').collect();
        let mut all: Vec<Vec<String>> = (0..1_u32 << (words.len() - 1))
            .map(|cuts| {
                let mut names = vec![words[0].to_owned()];
                for (index, word) in words.iter().enumerate().skip(1) {
                    if cuts & (1 << (index - 1)) == 0 {
                        let last = names.last_mut().unwrap();
                        last.push(' ');
                        last.push_str(word);
                    } else {
                        names.push((*word).to_owned());
                    }
                }
                names
            })
            .collect();
        if content.is_empty() {
            all.push(Vec::new());
        }
        all
    }

    #[test]
    fn an_answer_is_that_of_every_reading() {
        let contents = [
            "",
            " ",
            "a",
            "a b",
            "ba a a",
            "a a",
            "a  b",
            " a",
            "a ",
            "  ",
            "b a a a b",
            "aa a",
        ];
        let names = [
            "", " ", "a", "b", "a b", "a a", "a ", " a", "aa", "ba a", "a a a",
        ];
        for content in contents {
            for name in names {
                let held: Vec<bool> = readings(content)
                    .iter()
                    .map(|reading| reading.iter().any(|element| element == name))
                    .collect();
                let expected = match (held.contains(&true), held.contains(&false)) {
                    (true, false) => Yes,
                    (false, true) => No,
                    _ => Ambiguous,
                };
                assert_eq!(
                    names_contain(content, name),
                    expected,
                    "{content:?} {name:?}"
                );
            }
        }
    }

    #[test]
    fn one_name_is_one_role_and_two_words_may_be_one() {
        assert_eq!(names_contain("admin", "admin"), Yes);
        assert_eq!(names_contain("administrator", "admin"), No);
        assert_eq!(names_contain("foo admin", "admin"), Ambiguous);
        assert_eq!(names_contain("foo admin", "foo admin"), Ambiguous);
        assert_eq!(names_contain("foo admin", "user"), No);
        assert_eq!(names_contain("", "admin"), No);
    }

    #[test]
    fn where_no_name_has_a_blank_each_word_is_one() {
        let contains = words_contain;
        assert_eq!(contains("foo admin", "admin"), Yes);
        assert_eq!(contains("foo administrator", "admin"), No);
        assert_eq!(contains("foo admin", "foo admin"), No);
        assert_eq!(contains("", "admin"), No);
        assert_eq!(contains("admin x] w:[y", "admin"), Ambiguous);
    }

    #[test]
    fn nothing_is_told_from_brackets_and_quotes() {
        for content in ["a] w:[admin", "\"admin\"", "[admin", "admin]"] {
            assert_eq!(names_contain(content, "admin"), Ambiguous, "{content}");
            assert_eq!(names_contain(content, "user"), Ambiguous, "{content}");
        }
    }

    #[test]
    fn what_go_writes_for_no_character_is_no_name() {
        assert_eq!(names_contain("a\u{fffd}", "a\u{fffd}"), Ambiguous);
        assert_eq!(names_contain("a\u{fffd}", "a"), No);
        assert_eq!(audience_contains("a\u{fffd}", "a\u{fffd}"), Ambiguous);
        assert_eq!(scopes_contain("b a\u{fffd}", "a\u{fffd}"), Ambiguous);
        assert_eq!(scopes_contain("b a\u{fffd}", "b"), Yes);
    }

    #[test]
    fn an_audience_in_brackets_may_be_a_string() {
        assert_eq!(audience_contains("orders", "orders"), Yes);
        assert_eq!(audience_contains("orders", "order"), No);
        assert_eq!(audience_contains("a b", "a"), No);
        assert_eq!(audience_contains("[orders]", "orders"), Ambiguous);
        assert_eq!(audience_contains("[orders]", "[orders]"), Ambiguous);
        assert_eq!(audience_contains("[orders]", "other"), No);
    }

    #[test]
    fn white_space_alone_is_a_name_or_none_at_all() {
        for name in ["\r", "\n\t", "\t\r\n"] {
            assert_eq!(names_contain(name, name), Ambiguous, "{name:?}");
            assert_eq!(names_contain(name, "a"), No, "{name:?}");
        }
        assert_eq!(names_contain("a\n", "a\n"), Yes);
    }

    #[test]
    fn scopes_are_cut_at_blanks() {
        assert_eq!(scopes_contain("orders:read openid", "openid"), Yes);
        assert_eq!(scopes_contain("orders:read openid", "orders"), No);
        assert_eq!(scopes_contain("openid email", "openid email"), Ambiguous);
        assert_eq!(scopes_contain("[openid email]", "openid"), Ambiguous);
        assert_eq!(scopes_contain("[openid email]", "phone"), No);
        assert_eq!(scopes_contain("[openid]", "[openid]"), Ambiguous);
    }

    #[test]
    fn commas_are_part_of_a_name() {
        for content in ["CN=Admins,OU=x", "https://a,b"] {
            assert_eq!(names_contain(content, content), Yes);
            assert_eq!(names_contain(content, "CN=Admins"), No);
            assert_eq!(audience_contains(content, content), Yes);
            assert_eq!(scopes_contain(content, content), Yes);
        }
        assert_eq!(audience_contains("a,b", "a"), No);
        assert_eq!(scopes_contain("a,b c", "a"), No);
        assert_eq!(scopes_contain("a,b c", "c"), Yes);
        // Two groups without a comma between them, or one with a space in its name.
        assert_eq!(names_contain("a,b c", "a,b"), Ambiguous);
    }
}
