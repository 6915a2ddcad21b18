//! Decides whether the gateway's text of a list contains a name: yes, no or ambiguous.
//!
//! Spaces separate names, but names can also contain spaces: `[foo admin]` is one name or two. "Yes" and "no"
//! are returned only if they hold for every list with this text.

/// Whether a list contains a name, or a string equals it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    /// It matches in every interpretation of the text.
    Yes,
    /// It matches in no interpretation.
    No,
    /// It matches in some interpretations only, or the text may be a value of an undeclared type.
    Ambiguous,
}

impl From<bool> for Match {
    fn from(matches: bool) -> Self {
        if matches { Self::Yes } else { Self::No }
    }
}

impl Match {
    /// The result of two comparisons that must agree: different results are ambiguous.
    pub(crate) fn if_equal_to(self, other: Self) -> Self {
        if self == other { self } else { Self::Ambiguous }
    }
}

/// Whether `[content]`, the text of an array of strings, contains `name`.
///
/// These texts have several interpretations:
///
/// - A space may separate two names or be part of one.
/// - `[]` is an empty array or `[""]`.
/// - Other white space of JSON is a name or, in JSON text, the white space of an empty array.
/// - A bracket may end the array and start another member of an object: `map[v:[a] w:[b]]`.
/// - A quote may belong to JSON text.
///
/// A text with brackets or quotes is always ambiguous. For the other texts in this list, the result is "no"
/// if no sequence of whole words equals the name.
pub(crate) fn names_contain(content: &str, name: &str) -> Match {
    let (mut is_blank, mut has_space) = (true, false);
    for byte in content.bytes() {
        match byte {
            b'[' | b']' | b'"' => return Match::Ambiguous,
            b' ' => has_space = true,
            b'\t' | b'\n' | b'\r' => {}
            _ => is_blank = false,
        }
    }
    if !is_blank && !has_space {
        equals_name(content, name)
    } else if contains_word_sequence(content, name) {
        Match::Ambiguous
    } else {
        Match::No
    }
}

/// Like [`names_contain`], if names never contain spaces: each word is a name.
pub(crate) fn words_contain(content: &str, name: &str) -> Match {
    any_piece(content.split(' '), |word| names_contain(word, name))
}

/// Whether one of the pieces of a text matches. An ambiguous piece makes the result ambiguous, because it may
/// contain the end of the list.
pub(super) fn any_piece<'a>(
    pieces: impl Iterator<Item = &'a str>,
    matches: impl Fn(&str) -> Match,
) -> Match {
    let mut found = Match::No;
    for piece in pieces {
        match matches(piece) {
            Match::No => {}
            Match::Yes => found = Match::Yes,
            Match::Ambiguous => return Match::Ambiguous,
        }
    }
    found
}

/// Whether a text equals this name.
///
/// Names with U+FFFD and the name `<nil>` are ambiguous: Go also writes U+FFFD for a lone surrogate, and
/// `<nil>` for `null`.
pub(super) fn equals_name(text: &str, name: &str) -> Match {
    if text != name {
        Match::No
    } else if name.contains(char::REPLACEMENT_CHARACTER) || name == "<nil>" {
        Match::Ambiguous
    } else {
        Match::Yes
    }
}

/// Whether a sequence of whole words equals the name. The search starts at each word, because occurrences may
/// overlap.
fn contains_word_sequence(content: &str, name: &str) -> bool {
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
    use Match::{Ambiguous, No, Yes};

    /// All interpretations of a text, by brute force: each space may separate two names.
    fn interpretations(content: &str) -> Vec<Vec<String>> {
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
    fn agrees_with_all_interpretations() {
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
                let matches: Vec<bool> = interpretations(content)
                    .iter()
                    .map(|names| names.iter().any(|element| element == name))
                    .collect();
                let expected = match (matches.contains(&true), matches.contains(&false)) {
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
    fn reads_one_word_as_one_name_and_two_words_as_ambiguous() {
        assert_eq!(names_contain("admin", "admin"), Yes);
        assert_eq!(names_contain("administrator", "admin"), No);
        assert_eq!(names_contain("foo admin", "admin"), Ambiguous);
        assert_eq!(names_contain("foo admin", "foo admin"), Ambiguous);
        assert_eq!(names_contain("foo admin", "user"), No);
        assert_eq!(names_contain("", "admin"), No);
    }

    #[test]
    fn reads_each_word_as_a_name_if_names_never_contain_spaces() {
        let contains = words_contain;
        assert_eq!(contains("foo admin", "admin"), Yes);
        assert_eq!(contains("foo administrator", "admin"), No);
        assert_eq!(contains("foo admin", "foo admin"), No);
        assert_eq!(contains("", "admin"), No);
        assert_eq!(contains("admin x] w:[y", "admin"), Ambiguous);
    }

    #[test]
    fn treats_brackets_and_quotes_as_ambiguous() {
        for content in ["a] w:[admin", "\"admin\"", "[admin", "admin]"] {
            assert_eq!(names_contain(content, "admin"), Ambiguous, "{content}");
            assert_eq!(names_contain(content, "user"), Ambiguous, "{content}");
        }
    }

    #[test]
    fn treats_replacement_characters_as_ambiguous() {
        assert_eq!(names_contain("a\u{fffd}", "a\u{fffd}"), Ambiguous);
        assert_eq!(names_contain("a\u{fffd}", "a"), No);
    }

    #[test]
    fn treats_json_white_space_as_a_name_or_an_empty_list() {
        for name in ["\r", "\n\t", "\t\r\n"] {
            assert_eq!(names_contain(name, name), Ambiguous, "{name:?}");
            assert_eq!(names_contain(name, "a"), No, "{name:?}");
        }
        assert_eq!(names_contain("a\n", "a\n"), Yes);
    }

    #[test]
    fn reads_commas_as_part_of_a_name() {
        for content in ["CN=Admins,OU=x", "https://a,b"] {
            assert_eq!(names_contain(content, content), Yes);
            assert_eq!(names_contain(content, "CN=Admins"), No);
        }
        // Two names, or one name with a space.
        assert_eq!(names_contain("a,b c", "a,b"), Ambiguous);
    }
}
