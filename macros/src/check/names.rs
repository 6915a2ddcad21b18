//! Checks literals: names, factor ids, integers and path parameters.

use syn::LitInt;

use crate::parse::ast::Claim;
use crate::vocabulary::{self, FACTORS, Kind};

/// The error in an integer, if there is one.
pub(crate) fn wrong_integer(literal: &LitInt) -> Option<String> {
    /// JavaScript's `Number.MAX_SAFE_INTEGER`.
    const MAX_SAFE: u64 = (1 << 53) - 1;

    if !literal.suffix().is_empty() {
        return Some(format!("remove the suffix `{}`", literal.suffix()));
    }
    match literal.base10_parse::<u64>() {
        Ok(number) if number <= MAX_SAFE => None,
        _ => Some(format!(
            "integers beyond {MAX_SAFE} are not exact in JSON, so this can never be met"
        )),
    }
}

/// The error in a name of this claim, if there is one.
pub(crate) fn wrong_text(text: &str, is_custom_factor: bool, claim: &Claim) -> Option<String> {
    if let Some(message) = wrong_name(text, claim.row.example) {
        return Some(message);
    }
    let word = claim.written_keyword();
    let parameter = text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'));
    if let Some(parameter) = parameter.filter(|_| claim.row.kind == Kind::Single) {
        return Some(format!(
            "this text is compared literally; for the path parameter, write `{word} = path({parameter:?})`"
        ));
    }
    if !claim.row.spaces && text.contains(char::is_whitespace) {
        let all = text.split_whitespace().map(|one| format!("{one:?}"));
        let all = all.collect::<Vec<_>>().join(", ");
        return Some(format!(
            "a {word} contains no space; write several as `all({all})`"
        ));
    }
    if claim.row.kind == Kind::Factors {
        return wrong_factor(text, is_custom_factor);
    }
    None
}

/// The error in a name of any claim, if there is one.
pub(crate) fn wrong_name(text: &str, example: &str) -> Option<String> {
    let trimmed = text.trim();
    let message = if trimmed.is_empty() {
        format!("empty name; write a name, such as `\"{example}\"`")
    } else if trimmed != text {
        format!("remove the spaces around the name: `{trimmed:?}`")
    } else if text.contains(|c: char| c.is_control() || is_invisible(c)) {
        "the name contains an invisible character; remove it, or type the name again".to_owned()
    } else {
        return None;
    };
    Some(message)
}

/// Whether a character is invisible. With such characters, different names can look the same.
#[rustfmt::skip]
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

fn wrong_factor(text: &str, is_custom: bool) -> Option<String> {
    let is_known = FACTORS.contains(&text);
    if is_custom && is_known {
        return Some(format!(
            "`{text}` is a factor of SuperTokens; write `\"{text}\"`"
        ));
    }
    if text.contains(|c: char| c.is_whitespace() || ":[](){}".contains(c)) {
        return Some("a factor id contains no space, colon or bracket; remove it".to_owned());
    }
    if is_custom || is_known {
        return None;
    }
    let factors = vocabulary::listed(FACTORS.into_iter());
    let meant = match vocabulary::nearest(text, FACTORS.into_iter()) {
        Some(near) => format!("did you mean `\"{near}\"`?"),
        None => format!("the factors are {factors};"),
    };
    Some(format!(
        "`{text}` is not a factor; {meant} a custom factor is `custom(\"{text}\")`"
    ))
}

/// The error in the name of a path parameter, which may be written as in a route, or as the whole route.
pub(crate) fn wrong_parameter(text: &str) -> Option<String> {
    let braced = text
        .split_once('{')
        .and_then(|(_, rest)| rest.split_once('}'));
    let mut segments = braced
        .map_or(text, |(name, _)| name)
        .rsplit('/')
        .map(|segment| segment.trim_matches([':', '<', '>', '[', ']', '*', '+', ' ']));
    let name = segments.find(|name| !name.is_empty()).unwrap_or_default();
    let name = name.split_whitespace().collect::<Vec<_>>().join("_");
    if name.is_empty() {
        return Some(
            "empty name; write the parameter's name, such as `path(\"user_id\")`".to_owned(),
        );
    }
    (name != text).then(|| format!("write only the parameter's name: `path({name:?})`"))
}

#[cfg(test)]
mod tests {
    use super::is_invisible;

    #[test]
    fn includes_both_ends_of_each_range_of_invisible_characters() {
        for (first, last) in [
            (0xad, 0xad),
            (0x34f, 0x34f),
            (0x61c, 0x61c),
            (0x115f, 0x1160),
            (0x17b4, 0x17b5),
            (0x180b, 0x180f),
            (0x200b, 0x200f),
            (0x2028, 0x202e),
            (0x2060, 0x206f),
            (0x3164, 0x3164),
            (0xfe00, 0xfe0f),
            (0xfeff, 0xfeff),
            (0xffa0, 0xffa0),
            (0xfff0, 0xfffb),
            (0x1d173, 0x1d17a),
            (0xe0000, 0xe0fff),
        ] {
            let around = [first - 1, first, last, last + 1]
                .map(|code| char::from_u32(code).is_some_and(is_invisible));
            assert_eq!(around, [false, true, true, false], "{first:x} {last:x}");
        }
    }
}
