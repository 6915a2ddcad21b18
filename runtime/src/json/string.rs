//! JSON strings, read and compared where they stand, without a copy of them.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::Malformed;

/// A JSON string, as it stands between its quotes. Its escapes are well-formed.
#[derive(Clone, Copy)]
pub(crate) struct Literal<'a> {
    content: &'a str,
    has_escapes: bool,
}

impl<'a> Literal<'a> {
    /// Stands where there is none yet.
    pub(crate) const NONE: Self = Self {
        content: "",
        has_escapes: false,
    };

    /// The string that is this whole text, if it is one.
    pub(crate) fn of(text: &'a str) -> Option<Self> {
        let (literal, rest) = Self::split(text).ok()?;
        rest.is_empty().then_some(literal)
    }

    /// The string at the start of a text, and what follows its quotes.
    #[inline]
    pub(super) fn split(text: &'a str) -> Result<(Self, &'a str), Malformed> {
        let text = text.strip_prefix('"').ok_or(Malformed)?;
        let mut rest = text.as_bytes();
        let mut has_escapes = false;
        loop {
            let end = rest.iter().position(|byte| ends_run(*byte));
            rest = match rest.get(end.ok_or(Malformed)?..) {
                Some([b'"', rest @ ..]) => {
                    let end = text.len() - rest.len();
                    let content = text.get(..end - 1).ok_or(Malformed)?;
                    let rest = text.get(end..).ok_or(Malformed)?;
                    let literal = Self {
                        content,
                        has_escapes,
                    };
                    return Ok((literal, rest));
                }
                Some([b'\\', escape, rest @ ..]) => skip_escape(*escape, rest)?,
                _ => return Err(Malformed),
            };
            has_escapes = true;
        }
    }

    /// Whether it is this string. Half a surrogate pair is no character, so a string with one is
    /// no name that anybody asks for.
    #[inline]
    pub(crate) fn is(self, name: &str) -> bool {
        if self.has_escapes {
            self.characters().eq(name.chars().map(Some))
        } else {
            // Keys of one length are many, and differ mostly in the first byte.
            self.content.as_bytes().first() == name.as_bytes().first() && self.content == name
        }
    }

    /// Whether it is text: half a surrogate pair is no character.
    #[inline]
    pub(crate) fn is_text(self) -> bool {
        !self.has_escapes || self.characters().all(|character| character.is_some())
    }

    /// Whether this word is in the string, where blanks stand between words.
    pub(crate) fn has_word(self, word: &str) -> bool {
        if !self.has_escapes {
            return self.content.split(' ').any(|found| found == word);
        }
        // What of the word is still to come, as long as the string's word begins like it.
        let mut left = Some(word.chars());
        for character in self.characters() {
            if character != Some(' ') {
                let expected = left.as_mut().and_then(Iterator::next);
                left = left.filter(|_| expected.is_some() && expected == character);
            } else if left.is_some_and(|left| left.as_str().is_empty()) {
                return true;
            } else {
                left = Some(word.chars());
            }
        }
        left.is_some_and(|left| left.as_str().is_empty())
    }

    /// The string as Go reads it, borrowed unless it has escapes.
    pub(crate) fn name(self) -> Cow<'a, str> {
        if !self.has_escapes {
            return Cow::Borrowed(self.content);
        }
        let characters = self.characters();
        let read = |character: Option<char>| character.unwrap_or(char::REPLACEMENT_CHARACTER);
        Cow::Owned(characters.map(read).collect())
    }

    /// The string itself, borrowed unless it has escapes; `None` where half a surrogate pair is in
    /// it.
    pub(super) fn decoded(self) -> Option<Cow<'a, str>> {
        if self.has_escapes {
            let decoded: Option<String> = self.characters().collect();
            decoded.map(Cow::Owned)
        } else {
            Some(Cow::Borrowed(self.content))
        }
    }

    /// The rest of a text that begins with this string as Go writes it, which puts U+FFFD for half
    /// a surrogate pair.
    #[inline]
    pub(crate) fn strip_from(self, text: &str) -> Option<&str> {
        if !self.has_escapes {
            return text.strip_prefix(self.content);
        }
        self.characters().try_fold(text, |rest, character| {
            rest.strip_prefix(character.unwrap_or(char::REPLACEMENT_CHARACTER))
        })
    }

    /// The order in which Go writes the keys of a map, that of their bytes; to Go, all halves of
    /// surrogate pairs are the same.
    #[inline]
    pub(crate) fn order(self, other: Self) -> Ordering {
        if !self.has_escapes && !other.has_escapes {
            // Mostly decided by the first byte.
            return self.content.bytes().cmp(other.content.bytes());
        }
        // UTF-8 has the order of the characters' numbers.
        let written = |literal: Self| {
            let characters = literal.characters();
            characters.map(|each| each.unwrap_or(char::REPLACEMENT_CHARACTER))
        };
        written(self).cmp(written(other))
    }

    /// What it says, character by character; `None` for half a surrogate pair.
    fn characters(self) -> impl Iterator<Item = Option<char>> + use<'a> {
        let mut rest = self.content;
        std::iter::from_fn(move || {
            let (character, behind) = if let Some(escape) = rest.strip_prefix('\\') {
                unescape(escape)?
            } else {
                let mut characters = rest.chars();
                (Some(characters.next()?), characters.as_str())
            };
            rest = behind;
            Some(character)
        })
    }
}

/// Whether a byte cannot stand for itself in a string.
fn ends_run(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..0x20)
}

/// What follows an escape, whose letter is behind already.
fn skip_escape(letter: u8, rest: &[u8]) -> Result<&[u8], Malformed> {
    match letter {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Ok(rest),
        b'u' => match rest.split_at_checked(4) {
            Some((digits, rest)) if digits.iter().all(u8::is_ascii_hexdigit) => Ok(rest),
            _ => Err(Malformed),
        },
        _ => Err(Malformed),
    }
}

/// The character of the escape whose backslash is behind, and what follows.
fn unescape(escape: &str) -> Option<(Option<char>, &str)> {
    let mut rest = escape.chars();
    let character = match rest.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unescape_unit(rest.as_str()),
        itself => itself,
    };
    Some((Some(character), rest.as_str()))
}

/// The same of `\u`: a character, the two halves of one, or half of one alone.
fn unescape_unit(text: &str) -> Option<(Option<char>, &str)> {
    let (unit, rest) = split_unit(text)?;
    if let 0xd800..0xdc00 = unit
        && let Some((low @ 0xdc00..0xe000, rest)) = rest.strip_prefix("\\u").and_then(split_unit)
    {
        let pair = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        return Some((char::from_u32(pair), rest));
    }
    Some((char::from_u32(unit), rest))
}

fn split_unit(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    Some((u32::from_str_radix(digits, 16).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Literal<'_> {
        Literal::of(text).unwrap()
    }

    #[test]
    fn words_are_found_whole_and_after_their_escapes() {
        for (json, words, others) in [
            (r#""a bc""#, ["a", "bc"], ["b", "a bc", ""]),
            (r#""\u0061 bc""#, ["a", "bc"], ["b", "a bc", ""]),
            (r#""a\u0020bc""#, ["a", "bc"], ["c", "a bc", "ab"]),
            (r#""\/ab a""#, ["/ab", "a"], ["/a", "/", "ab"]),
            (r#""\u0061b  ""#, ["ab", ""], ["a", "b", " "]),
            (r#""\ud800a b""#, ["b", "b"], ["a", "", "\u{fffd}a"]),
        ] {
            let literal = Literal::of(json).unwrap();
            assert_eq!(
                words.map(|word| literal.has_word(word)),
                [true; 2],
                "{json}"
            );
            assert_eq!(
                others.map(|word| literal.has_word(word)),
                [false; 3],
                "{json}"
            );
        }
    }

    #[test]
    fn half_a_surrogate_pair_is_no_text() {
        for (json, is_text) in [
            (r#""a""#, true),
            (r#""\ud83d\ude00""#, true),
            (r#""a\ud83d""#, false),
        ] {
            assert_eq!(Literal::of(json).unwrap().is_text(), is_text, "{json}");
        }
    }

    #[test]
    fn every_escape_is_what_the_library_takes_it_for() {
        for text in [
            r#""""#,
            r#""admin""#,
            r#""\u0061dm\u0069n""#,
            r#""\"\\\/\b\f\n\r\t""#,
            r#""\u00e4\u20ac\ud83d\ude00\uffff\u0000""#,
            r#""a\\u0062""#,
            "\"ä€😀\u{7f}\u{fffd}\"",
        ] {
            let library: String = serde_json::from_str(text).unwrap();
            let literal = literal(text);
            assert!(literal.is(&library), "{text}");
            assert!(!literal.is(&format!("{library}x")), "{text}");
            assert!(!literal.is("another"), "{text}");
            assert_eq!(literal.decoded().as_deref(), Some(library.as_str()));
            assert_eq!(literal.name(), library);
            assert_eq!(literal.strip_from(&format!("{library}x")), Some("x"));
            assert_eq!(literal.strip_from("another").is_some(), library.is_empty());
        }
    }

    #[test]
    fn what_is_no_string_is_none() {
        for text in [
            "",
            "\"",
            "true",
            "\"a",
            "a\"",
            r#""a"b""#,
            r#""a" "#,
            r#" "a""#,
            r#""\""#,
            r#""\x""#,
            r#""\u12""#,
            r#""\u12g4""#,
            r#""\u+123""#,
            "\"\n\"",
            "\"\u{0}\"",
        ] {
            assert!(Literal::of(text).is_none(), "{text}");
        }
    }

    #[test]
    fn half_a_surrogate_pair_is_no_name_and_the_replacement_for_go() {
        for (text, written) in [
            (r#""x\ud800""#, "x\u{fffd}"),
            (r#""\udc00x""#, "\u{fffd}x"),
            (r#""\ud83d!""#, "\u{fffd}!"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
            (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
        ] {
            let literal = literal(text);
            assert_eq!(literal.strip_from(written), Some(""), "{text}");
            assert!(!literal.is(written), "{text}");
            assert_eq!(literal.decoded(), None, "{text}");
            assert_eq!(literal.name(), written, "{text}");
        }
    }

    #[test]
    fn the_order_is_that_of_the_bytes_after_the_escapes() {
        let texts = [
            r#""""#,
            r#""\u0000""#,
            r#""A""#,
            r#""\u0061""#,
            r#""a b""#,
            r#""\u00e4""#,
            r#""ﬀ""#,
            r#""\ud800""#,
            r#""\ud83d\ude00""#,
        ];
        for (index, text) in texts.iter().enumerate() {
            for (other_index, other) in texts.iter().enumerate() {
                let expected = index.cmp(&other_index);
                assert_eq!(
                    literal(text).order(literal(other)),
                    expected,
                    "{text} {other}"
                );
            }
        }
    }
}
