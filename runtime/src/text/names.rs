//! Whether a list of names holds one, where blanks both separate names and stand in them.

/// What all readings of a text say about a name together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contains {
    /// It is in the list, in every reading.
    Yes,
    /// It is in no reading.
    No,
    /// It is in some readings and not in others, or the text has readings of undeclared types.
    Ambiguous,
}

impl From<bool> for Contains {
    fn from(contained: bool) -> Self {
        if contained { Self::Yes } else { Self::No }
    }
}

impl Contains {
    /// What two sources say that must agree.
    pub(crate) fn and_also(self, other: Self) -> Self {
        if self == other { self } else { Self::Ambiguous }
    }
}

/// Whether `[content]`, an array of strings, has `name` as an element.
///
/// The readings are all ways to cut the content at blanks, and `[]` is also `[""]`, as JSON's other
/// white space is also that of an empty array in JSON text. A bracket
/// could end the array and begin a neighbour (`map[v:[a] w:[b]]`), and a quote is JSON's, so
/// nothing is told from a text with one.
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

/// As [`names_contain`] or [`bare_names_contain`], where no name has a blank in it.
pub(crate) fn words_contain(
    content: &str,
    name: &str,
    contain: fn(&str, &str) -> Contains,
) -> Contains {
    let mut found = Contains::No;
    for word in content.split(' ') {
        match contain(word, name) {
            Contains::No => {}
            Contains::Yes => found = Contains::Yes,
            // One word that nothing is told from may be the end of the list.
            Contains::Ambiguous => return Contains::Ambiguous,
        }
    }
    found
}

/// As [`names_contain`], of an array that is a claim by itself. Some authorizers join those with
/// commas, so a comma may separate names, too.
pub(crate) fn bare_names_contain(content: &str, name: &str) -> Contains {
    if some_piece_is(content, name) {
        Contains::Ambiguous
    } else {
        names_contain(content, name)
    }
}

/// As [`bare_names_contain`], of the whole text, where an authorizer joins names with commas and
/// writes no brackets: the array `["a"]` of one and the array `["[a]"]` of the other are the same
/// text. A name that is nowhere in the text is in no reading of it, but for one that has escapes in
/// the JSON text of a Lambda authorizer.
pub(crate) fn joined_names_contain(text: &str, name: &str) -> Contains {
    let has_several_readings = text.is_empty() || text.contains([',', ' ', '[', ']', '"']);
    if !has_several_readings {
        is_name(text, name)
    } else if text.contains(name) || text.contains('\\') {
        Contains::Ambiguous
    } else {
        Contains::No
    }
}

/// Whether the text of `aud`, a string or an array of strings, has `name`.
pub(crate) fn audience_contains(text: &str, name: &str) -> Contains {
    if some_piece_is(text, name) {
        return Contains::Ambiguous;
    }
    match super::array(text) {
        None => is_name(text, name),
        // The string "[a]" and the array ["a"] are the same text.
        Some(content) => is_name(text, name).and_also(names_contain(content, name)),
    }
}

/// Whether the text of `scope` or `scp`, a string of scopes or an array of them, has `name`.
///
/// A scope has no blank in it (RFC 6749, section 3.3), but it may have brackets.
pub(crate) fn scopes_contain(text: &str, name: &str) -> Contains {
    if name.is_empty() || name.contains(' ') || some_piece_is(text, name) {
        return Contains::Ambiguous;
    }
    let scope = text.split(' ').find(|scope| *scope == name);
    let as_string = scope.map_or(Contains::No, |scope| is_name(scope, name));
    match super::array(text) {
        None => as_string,
        Some(content) => as_string.and_also(names_contain(content, name)),
    }
}

/// Whether a text is this name.
///
/// Go writes U+FFFD for itself, and also for what is no character, such as half a surrogate pair; and
/// `<nil>` for itself, and also for `null`.
fn is_name(text: &str, name: &str) -> Contains {
    if text == name && (name.contains(char::REPLACEMENT_CHARACTER) || name == "<nil>") {
        Contains::Ambiguous
    } else {
        Contains::from(text == name)
    }
}

/// Whether a text of several pieces with commas between has the name among them, or may have. A
/// piece may have blanks and brackets in it.
fn some_piece_is(text: &str, name: &str) -> bool {
    const SEPARATORS: [char; 4] = [',', ' ', '[', ']'];
    let is_whole = |rest: &str| {
        let after = rest.strip_prefix(name);
        after.is_some_and(|after| after.is_empty() || after.starts_with(SEPARATORS))
    };
    let starts = text.match_indices(SEPARATORS);
    let mut rests = starts.filter_map(|(index, _)| text.get(index + 1..));
    text.contains(',') && (name.contains(',') || is_whole(text) || rests.any(is_whole))
}

/// Whether some run of whole words is the name; looks at each start of a word, since matches may
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
        let contains = |content, name| words_contain(content, name, names_contain);
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
    fn commas_may_separate_what_is_no_claim_of_supertokens() {
        for (text, name) in [("a,b", "a"), ("a, b", "b"), ("a,b", "a,b"), ("[a,b]", "a")] {
            assert_eq!(audience_contains(text, name), Ambiguous, "{text} {name}");
        }
        assert_eq!(audience_contains("a,b", "c"), No);
        assert_eq!(bare_names_contain("a,b", "a"), Ambiguous);
        assert_eq!(bare_names_contain("a,b", "c"), No);
        assert_eq!(scopes_contain("a,b c", "a"), Ambiguous);
        assert_eq!(scopes_contain("a,b c", "d"), No);
        // SuperTokens' own claims are never joined like that.
        assert_eq!(names_contain("a,b", "a"), No);
    }

    #[test]
    fn a_name_between_commas_may_have_blanks_and_brackets() {
        for (text, name) in [
            ("[a,b]", "[a"),
            ("[a,b]", "b]"),
            ("a b,c", "a b"),
            ("ba a a,c", "a a"),
        ] {
            assert_eq!(audience_contains(text, name), Ambiguous, "{text} {name}");
        }
        assert_eq!(scopes_contain("[a,b]", "[a"), Ambiguous);
        assert_eq!(audience_contains("a b,c", "b c"), No);
    }

    #[test]
    fn brackets_around_what_may_be_joined_with_commas_may_be_those_of_a_name() {
        assert_eq!(joined_names_contain("[admin]", "admin"), Ambiguous);
        assert_eq!(joined_names_contain("[admin]", "[admin]"), Ambiguous);
        assert_eq!(joined_names_contain("[a b,c]", "[a b"), Ambiguous);
        assert_eq!(joined_names_contain("[admin]", "user"), No);
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
    fn one_name_without_commas_is_one_and_several_may_be_one() {
        for (text, name, expected) in [
            ("admin", "admin", Yes),
            ("admin", "adm", No),
            ("admin", "", No),
            ("admin,user", "admin", Ambiguous),
            ("admin,user", "admin,user", Ambiguous),
            ("admin user", "admin", Ambiguous),
            ("\"admin\"", "admin", Ambiguous),
            ("admin,user", "guest", No),
            ("", "", Ambiguous),
            ("", "admin", No),
            ("\u{fffd}", "\u{fffd}", Ambiguous),
        ] {
            assert_eq!(joined_names_contain(text, name), expected, "{text} {name}");
        }
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
}
