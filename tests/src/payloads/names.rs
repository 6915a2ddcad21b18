//! Usual names, and names that look like something else in the gateway's text.

use arbitrary::{Result, Unstructured};

use super::one_in;

/// The ids of factors: known ones, a custom one, and one that is a property of every JavaScript object.
pub const FACTORS: [&str; 8] = [
    "emailpassword",
    "totp",
    "webauthn",
    "otp-email",
    "link-phone",
    "thirdparty",
    "my-factor",
    "constructor",
];

/// Usual names.
pub const PLAIN: [&str; 8] = [
    "admin",
    "user",
    "editor",
    "orders:read",
    "orders:write",
    "public",
    "pro",
    "*",
];

/// Names that an imprecise reader of the text confuses with other names or with the structure of the text.
pub const HOSTILE: [&str; 64] = [
    "",
    " ",
    "  ",
    "foo admin",
    "admin foo",
    " admin",
    "admin ",
    "foo admin bar",
    "[",
    "]",
    "[]",
    "[admin]",
    "[admin",
    "admin]",
    "a]] b[[c",
    "x] v:[admin",
    "] v:[",
    "x] w:[admin",
    "] v:true t:[",
    "map[",
    "map[v:true]",
    "map[t:1 v:[admin]]",
    "v:true",
    "v:[admin]",
    "t:1",
    "t:1 v:true",
    "true",
    "true t:1",
    "false v:true",
    "pro t:1",
    "free w:x",
    "<nil>",
    "null",
    "undefined",
    "admin,user",
    "user,admin",
    ",",
    "[admin,user]",
    "\"admin\"",
    "\"",
    "'admin'",
    "[\"admin\"]",
    "{\"v\":true}",
    "{\"v\":[\"admin\"],\"t\":1}",
    "{",
    "administrator",
    "adm",
    "Admin",
    "ADMIN",
    "\u{430}dmin",
    "\u{ff41}dmin",
    "admin\u{200b}",
    "\u{feff}admin",
    "foo\u{a0}admin",
    "foo\u{2003}admin",
    "\u{e9}diteur",
    "e\u{301}diteur",
    "admin\0",
    "\0",
    "foo\tadmin",
    "admin\n",
    "\u{1b}[0m",
    "\\u0061dmin",
    "1.7e+12",
];

/// Separators between two names in one.
const BETWEEN: [&str; 12] = [
    " ", "  ", ",", ":", "[", "]", "] [", "] v:[", " v:", "\"", "\\", "\0",
];

/// One name: usual, hostile, of a factor, or a combination of two.
///
/// # Errors
///
/// Never, whatever the bytes are: the type is that of `Unstructured`.
pub fn name(bytes: &mut Unstructured<'_>) -> Result<String> {
    if one_in(bytes, 8)? {
        let between = bytes.choose(&BETWEEN)?;
        let (first, second) = (piece(bytes)?, piece(bytes)?);
        return Ok(format!("{first}{between}{second}"));
    }
    piece(bytes).map(str::to_owned)
}

/// Up to four names.
///
/// # Errors
///
/// Never, as with [`name`].
pub fn several(bytes: &mut Unstructured<'_>) -> Result<Vec<String>> {
    let count = match bytes.int_in_range(0..=15_u8)? {
        0..=5 => 1,
        6..=9 => 2,
        10..=12 => 3,
        13 => 4,
        _ => 0,
    };
    (0..count).map(|_| name(bytes)).collect()
}

fn piece(bytes: &mut Unstructured<'_>) -> Result<&'static str> {
    let pieces: &[&'static str] = match bytes.int_in_range(0..=15_u8)? {
        0..=8 => &PLAIN,
        9..=14 => &HOSTILE,
        _ => &FACTORS,
    };
    bytes.choose(pieces).copied()
}
