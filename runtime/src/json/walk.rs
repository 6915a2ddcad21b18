//! Walks over JSON text, value by value and item by item.

use super::{Literal, Malformed};
use crate::number::after_number;

/// How deep a value may be nested, as many as an `u64` has bits.
const MAX_DEPTH: u32 = u64::BITS;

/// What stands in an object or array, item by item.
pub(super) struct Items<'a> {
    /// What is not yet read, blanks before it skipped.
    rest: &'a str,
    close: u8,
    is_first: bool,
    is_over: bool,
}

impl<'a> Items<'a> {
    pub(super) fn of(text: &'a str, open: u8, close: u8) -> Result<Self, Malformed> {
        let text = skip_blanks(text);
        let rest = after(text, open).ok_or(Malformed)?;
        Ok(Self {
            rest: skip_blanks(rest),
            close,
            is_first: true,
            is_over: false,
        })
    }

    /// The next item, read by a function that returns it with what follows.
    #[inline]
    pub(super) fn next_with<T>(
        &mut self,
        read: impl FnOnce(&'a str) -> Result<(T, &'a str), Malformed>,
    ) -> Option<Result<T, Malformed>> {
        if self.is_over {
            return None;
        }
        if let Some(rest) = after(self.rest, self.close) {
            self.is_over = true;
            return (!skip_blanks(rest).is_empty()).then_some(Err(Malformed));
        }
        let item = self.item(read);
        self.is_first = false;
        self.is_over = item.is_err();
        Some(item)
    }

    #[inline]
    fn item<T>(
        &mut self,
        read: impl FnOnce(&'a str) -> Result<(T, &'a str), Malformed>,
    ) -> Result<T, Malformed> {
        if !self.is_first {
            self.rest = skip_blanks(after(self.rest, b',').ok_or(Malformed)?);
        }
        let (item, rest) = read(self.rest)?;
        self.rest = skip_blanks(rest);
        // Behind an item stands another one or the end.
        match self.rest.bytes().next() {
            Some(next) if next == b',' || next == self.close => Ok(item),
            _ => Err(Malformed),
        }
    }
}

/// The value at the start of a text, and what follows. Neither recursion nor a list keeps track of
/// the levels, so depth costs nothing.
#[inline]
pub(super) fn split_value(text: &str) -> Result<(&str, &str), Malformed> {
    // One bit a level: whether it is an object.
    let mut levels: u64 = 0;
    let mut depth = 0;
    let mut rest = text;
    loop {
        let is_object = rest.starts_with('{');
        if is_object || rest.starts_with('[') {
            if depth == MAX_DEPTH {
                return Err(Malformed);
            }
            depth += 1;
            levels = (levels << 1) + u64::from(is_object);
            rest = skip_blanks(rest.get(1..).ok_or(Malformed)?);
            if after(rest, close_of(is_object)).is_none() {
                rest = skip_key(rest, is_object)?;
                continue;
            }
        } else {
            rest = skip_scalar(rest)?;
        }
        // A value is complete: it may be the last of its level, and that of the level above.
        loop {
            if depth == 0 {
                let length = text.len() - rest.len();
                return text.split_at_checked(length).ok_or(Malformed);
            }
            rest = skip_blanks(rest);
            let is_object = levels & 1 == 1;
            if let Some(next) = after(rest, b',') {
                rest = skip_key(skip_blanks(next), is_object)?;
                break;
            }
            rest = after(rest, close_of(is_object)).ok_or(Malformed)?;
            levels >>= 1;
            depth -= 1;
        }
    }
}

fn close_of(is_object: bool) -> u8 {
    if is_object { b'}' } else { b']' }
}

/// What follows this ASCII character at the start of a text: one comparison, where `strip_prefix`
/// makes a text of a character that it is not told in advance.
#[inline]
fn after(text: &str, character: u8) -> Option<&str> {
    let is_there = text.as_bytes().first() == Some(&character);
    is_there.then(|| text.get(1..))?
}

/// What follows a member's key and colon; in an array there is none.
fn skip_key(text: &str, is_object: bool) -> Result<&str, Malformed> {
    if !is_object {
        return Ok(text);
    }
    let (_, rest) = Literal::split(text)?;
    let rest = skip_blanks(rest).strip_prefix(':').ok_or(Malformed)?;
    Ok(skip_blanks(rest))
}

#[inline]
fn skip_scalar(text: &str) -> Result<&str, Malformed> {
    let rest = match text.bytes().next() {
        Some(b'"') => return Literal::split(text).map(|(_, rest)| rest),
        Some(b't') => text.strip_prefix("true"),
        Some(b'f') => text.strip_prefix("false"),
        Some(b'n') => text.strip_prefix("null"),
        _ => after_number(text),
    };
    rest.ok_or(Malformed)
}

#[inline]
pub(super) fn skip_blanks(text: &str) -> &str {
    // Tokens are written without blanks, so this mostly looks at one byte.
    match text.as_bytes() {
        [b' ' | b'\t' | b'\n' | b'\r', ..] => text.trim_start_matches([' ', '\t', '\n', '\r']),
        _ => text,
    }
}
